public import IAMIdentifiers

/// What an action lets its holder do.
///
/// Source: "Access levels in policy summaries", IAM User Guide. An action can have two (`Tagging, Write`).
public struct AccessLevels: OptionSet, Hashable, Sendable, CustomStringConvertible {
  public let rawValue: UInt8
  /// Levels by their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let list = AccessLevels(rawValue: 1)
  public static let read = AccessLevels(rawValue: 2)
  public static let write = AccessLevels(rawValue: 4)
  public static let tagging = AccessLevels(rawValue: 8)
  public static let permissionsManagement = AccessLevels(rawValue: 16)

  /// The names, joined by a space: `tagging write`.
  public var description: String {
    let names: [(AccessLevels, String)] = [
      (.list, "list"), (.read, "read"), (.tagging, "tagging"),
      (.permissionsManagement, "permissions-management"),
      (.write, "write"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: " ")
  }
}

/// As what a trail records the calls that need an action.
///
/// Source: "Understanding CloudTrail events", CloudTrail User Guide, and the services' pages on logging.
public enum Visibility: String, Hashable, Sendable, CaseIterable {
  /// Management events: recorded by every trail that records such events.
  case management
  /// Data events: recorded only where a trail's selectors name their resource type.
  case data
  /// Some of the calls are management events, some data events: both kinds must be covered before absence says anything.
  case both
  case networkActivity = "network-activity"
  /// No call of its own: no trail ever shows it.
  case never
  /// Nothing proves either: absence says nothing.
  case unknown
}

/// What `readOnly` says in the records of a call.
///
/// It is not the access level: `kms:Decrypt` and `sts:AssumeRole` are of level Write and recorded as read.
public enum ReadOrWrite: String, Hashable, Sendable, CaseIterable {
  case read, write
}

/// A type of resource that an action's policy statements can name.
public struct ActionResourceType: Hashable, Sendable {
  /// The type's name in the Service Authorization Reference, such as `bucket`.
  public let name: String
  /// Whether a statement that allows the action must name a resource of this type.
  public let isRequired: Bool
}

/// An action, as the catalogue knows it.
public struct Entry: Hashable, Sendable {
  /// The name, written as AWS writes it.
  public let name: ActionName
  public let accessLevels: AccessLevels
  /// No API operation of this name exists. It may still be needed by calls of other names.
  public let isPermissionOnly: Bool
  /// AWS no longer lists the action; old policies and trails name it.
  public let isRetired: Bool
  public let resourceTypes: [ActionResourceType]
  /// Actions that a call of this one may need as well, such as `iam:PassRole`.
  public let dependentActions: [ActionName]
  public let visibility: Visibility
  /// `resources.type` of its data events, such as `AWS::S3::Object`; empty unless visibility is `data` or `both`.
  public let dataResourceTypes: [String]
  /// Nil where it is unknown, or differs between the calls that need the action.
  public let recordedAs: ReadOrWrite?

  /// Whether a statement's `Resource` narrows the action; without it, the action needs `*`.
  public var supportsResourceLevelPermissions: Bool { !resourceTypes.isEmpty }

  init(service: String, line: some Collection<UInt8>) {
    let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    func cell(_ column: Int) -> String { column < cells.count ? cells[column] : "" }
    name = ActionName.ofTable(service: service, name: cell(0))
    var levels: AccessLevels = []
    for letter in cell(1) {
      switch letter {
      case "l": levels.insert(.list)
      case "r": levels.insert(.read)
      case "w": levels.insert(.write)
      case "t": levels.insert(.tagging)
      case "p": levels.insert(.permissionsManagement)
      default: break
      }
    }
    accessLevels = levels
    isPermissionOnly = cell(2).contains("o")
    isRetired = cell(2).contains("r")
    visibility =
      switch cell(3) {
      case "m": .management
      case "d": .data
      case "b": .both
      case "n": .networkActivity
      case "x": .never
      default: .unknown
      }
    recordedAs =
      switch cell(4) {
      case "r": .read
      case "w": .write
      default: nil
      }
    resourceTypes = cell(5).split(separator: " ").map {
      ActionResourceType(name: String($0.last == "*" ? $0.dropLast() : $0), isRequired: $0.last == "*")
    }
    dataResourceTypes = cell(6).split(separator: " ").map(String.init)
    dependentActions = cell(7).split(separator: " ").compactMap { ActionName($0) }
  }
}

extension ActionName {
  /// A name from the embedded table, all of whose names are well-formed (a test reads every line).
  fileprivate static func ofTable(service: String, name: String) -> ActionName {
    guard let action = ActionName("\(service):\(name)") else {
      preconditionFailure("the embedded table of actions holds a malformed name")
    }
    return action
  }
}
