/// The unique id of an IAM principal: four letters that tell its kind, then word characters.
///
/// A name can be deleted and given to somebody else; the unique id never is. Real ids are not always 21
/// characters long, so no length is asked for.
/// Source: "IAM identifiers", section "Unique identifiers", IAM User Guide.
public struct PrincipalID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// What the first four letters say.
  public enum Kind: Hashable, Sendable {
    case role, user, group, managedPolicy, instanceProfile, other
  }

  /// The id as it was written.
  public let description: String

  /// Nil unless the text is four upper-case letters followed by at least one letter, digit or underscore.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count > 4, bytes.count <= 128 else { return nil }
    guard bytes[..<4].allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
    guard bytes[4...].allSatisfy(PrincipalID.isWord) else { return nil }
    description = String(text)
  }

  /// The kind of principal that the prefix names.
  public var kind: Kind {
    switch description.prefix(4) {
    case "AROA": .role
    case "AIDA": .user
    case "AGPA": .group
    case "ANPA": .managedPolicy
    case "AIPA": .instanceProfile
    default: .other
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      || byte == 0x5F
  }

  /// In the order of their spelling.
  public static func < (left: PrincipalID, right: PrincipalID) -> Bool {
    left.description < right.description
  }
}

/// The unique id of a role: a `PrincipalID` that begins with `AROA`.
public struct RoleID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The id as any principal's.
  public let principal: PrincipalID

  /// Nil unless the text is the unique id of a role.
  public init?(_ text: some StringProtocol) {
    guard let principal = PrincipalID(text), principal.kind == .role else { return nil }
    self.principal = principal
  }

  public var description: String { principal.description }

  /// In the order of their spelling.
  public static func < (left: RoleID, right: RoleID) -> Bool { left.principal < right.principal }
}
