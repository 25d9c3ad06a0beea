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
  /// AWS's documents name the action, and AWS's lists of actions do not have it yet: not to be held against anybody.
  public let isUnlisted: Bool
  public let resourceTypes: [ActionResourceType]
  /// Actions that a call of this one may need as well, such as `iam:PassRole`.
  public let dependentActions: [ActionName]
  public let visibility: Visibility
  /// What shows the visibility: the title of an AWS page, or what in the sources does; nil where none is kept.
  public let visibilityEvidence: String?
  /// `resources.type` of its data events, such as `AWS::S3::Object`; empty unless visibility is `data` or `both`.
  public let dataResourceTypes: [String]
  /// Nil where it is unknown, or differs between the calls that need the action.
  public let recordedAs: ReadOrWrite?

  /// Whether a statement's `Resource` narrows the action; without it, the action needs `*`.
  ///
  /// True also for actions that AWS does not list yet: of them nobody knows which resources they take.
  public var supportsResourceLevelPermissions: Bool { !resourceTypes.isEmpty || isUnlisted }

  init(_ line: TableLine, _ known: KnownAction) {
    name = known.name
    var levels: AccessLevels = []
    for letter in line.cell(2) { levels.formUnion(AccessLevels(letter: letter)) }
    accessLevels = levels
    let flags = line.cell(3)
    isPermissionOnly = flags.contains(UInt8(ascii: "o"))
    isRetired = flags.contains(UInt8(ascii: "r"))
    isUnlisted = flags.contains(UInt8(ascii: "n"))
    visibility =
      switch line.cell(4).first {
      case UInt8(ascii: "m"): .management
      case UInt8(ascii: "d"): .data
      case UInt8(ascii: "b"): .both
      case UInt8(ascii: "n"): .networkActivity
      case UInt8(ascii: "x"): .never
      default: .unknown
      }
    recordedAs =
      switch line.cell(5).first {
      case UInt8(ascii: "r"): .read
      case UInt8(ascii: "w"): .write
      default: nil
      }
    resourceTypes = line.words(6).map {
      ActionResourceType(name: String($0.last == "*" ? $0.dropLast() : $0), isRequired: $0.last == "*")
    }
    dataResourceTypes = line.words(7).map(String.init)
    dependentActions = known.dependents.map(\.action)
    let key = line.cell(9)
    visibilityEvidence = key.isEmpty ? nil : VisibilityEvidence.texts[line.text(9)]
  }
}

extension AccessLevels {
  /// The level that the table writes as a letter; none for any other letter.
  init(letter: UInt8) {
    self =
      switch letter {
      case UInt8(ascii: "l"): .list
      case UInt8(ascii: "r"): .read
      case UInt8(ascii: "w"): .write
      case UInt8(ascii: "t"): .tagging
      case UInt8(ascii: "p"): .permissionsManagement
      default: []
      }
  }
}

enum VisibilityEvidence {
  static let texts: [String: String] = {
    var texts: [String: String] = [:]
    Table.evidence.forEachLine { line, _ in texts[line.text(0)] = line.text(1) }
    return texts
  }()
}

extension CatalogContent {
  /// What the table says of an action.
  func entry(_ number: Int) -> Entry {
    let known = action(number)
    return actions.withLine(number) { Entry($0, known) }
  }
}
