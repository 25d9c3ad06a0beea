/// A place in a call's `requestParameters` where a role is passed to a service.
///
/// `iam:PassRole` has no event of its own: it shows in the calls that carry a role.
/// Source: "Grant a user permissions to pass a role to an AWS service", IAM User Guide.
public struct PassRoleParameter: Hashable, Sendable {
  /// What stands at the place.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case roleARN = "role-arn"
    case roleName = "role-name"
    case roleARNOrName = "role-arn-or-name"
    case instanceProfileARN = "instance-profile-arn"
    case instanceProfileName = "instance-profile-name"
    case instanceProfileARNOrName = "instance-profile-arn-or-name"
  }

  /// Names joined by dots; `[]` after a name stands for each element of a list, `{}` for each value of a map.
  public let place: String
  public let kind: Kind

  /// Made of its parts.
  public init(place: String, kind: Kind) {
    self.place = place
    self.kind = kind
  }

  /// Whether a path in a call's parameters, in which the keys of maps stand like any other names, is this place.
  public func isAt(path: String) -> Bool {
    let parts = place.split(separator: "{}", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return path == place }
    var rest = Substring(path)
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
        continue
      }
      guard rest.first == "." else { return false }
      rest = rest.dropFirst()
      if index == parts.count - 1 {
        return rest.count > part.count && rest.hasSuffix(part)
      }
      guard let found = rest.dropFirst().firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return false
  }
}

extension ActionCatalog {
  /// The places where a call's parameters may hold a role that it passes; empty for calls that pass none.
  public func passRoleParameters(eventSource: String, eventName: String) -> [PassRoleParameter] {
    guard let source = content.sources.source(eventSource) else { return [] }
    return withLowercasedBytes(of: eventName) { content.passRolePlaces(source, $0) } ?? []
  }
}

extension CatalogContent {
  /// The places of a call whose name is in lower case.
  func passRolePlaces(_ source: EventSource, _ name: UnsafeBufferPointer<UInt8>) -> [PassRoleParameter] {
    for service in source.services {
      if let found = passRole.find(name, scope: service.label) { return places(found) }
      if let count = EventName.undatedCount(name),
        let found = passRole.find(UnsafeBufferPointer(rebasing: name[..<count]), scope: service.label)
      {
        return places(found)
      }
    }
    return []
  }
}
