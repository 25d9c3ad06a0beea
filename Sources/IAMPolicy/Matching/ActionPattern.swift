public import IAMIdentifiers

/// An entry of `Action` or `NotAction`: a service prefix and a name in which `*` and `?` may stand anywhere.
///
/// Names are compared without regard to case. The prefix takes no wildcard, except that `*` and `*:*` are every
/// action. Source: "IAM JSON policy elements: Action", IAM User Guide; IAM refuses other wildcards before the colon.
public struct ActionPattern: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// How much a pattern leaves open.
  public enum WildcardKind: Hashable, Sendable {
    /// One action by its name.
    case none
    /// `*` or `*:*`.
    case everything
    /// `s3:*`.
    case wholeService
    /// `s3:Get*`: one wildcard, at the end.
    case prefix
    /// `s3:*Object`, `iam:?etRole`.
    case inside
  }

  /// The pattern as it was written.
  public let description: String
  /// What the wildcards leave open.
  public let wildcardKind: WildcardKind
  /// The service prefix in lower case; nil for every action.
  public let servicePrefix: String?
  private let name: Glob

  /// Nil unless the text is `*`, `*:*`, or a prefix without wildcards, one colon, and a name of letters, digits,
  /// `-`, `_`, `.`, `*` and `?`.
  public init?(_ text: String) {
    description = text
    let parts = text.utf8.split(separator: Glob.colon, omittingEmptySubsequences: false)
    func isStars(_ part: Substring.UTF8View) -> Bool {
      !part.isEmpty && part.allSatisfy { $0 == UInt8(ascii: "*") }
    }
    guard parts.count <= 2, let first = parts.first, let last = parts.last else { return nil }
    if isStars(first), isStars(last) {
      wildcardKind = .everything
      servicePrefix = nil
      name = Glob(tokens: [.any])
      return
    }
    guard parts.count == 2, !first.isEmpty, first.allSatisfy(ActionPattern.isNameByte) else { return nil }
    var tokens: [Glob.Token] = []
    for byte in last {
      switch byte {
      case UInt8(ascii: "*"): tokens.append(.any)
      case UInt8(ascii: "?"): tokens.append(.one)
      case _ where ActionPattern.isNameByte(byte): tokens.append(.byte(ActionPattern.lowercase(byte)))
      default: return nil
      }
    }
    guard !tokens.isEmpty else { return nil }
    name = Glob(tokens: tokens)
    servicePrefix = String(decoding: first.map(ActionPattern.lowercase), as: UTF8.self)
    wildcardKind =
      switch name.tokens.firstIndex(where: { $0 == .any || $0 == .one }) {
      case nil: .none
      case 0 where name.tokens == [.any]: .wholeService
      case let place? where place == name.tokens.count - 1 && name.tokens[place] == .any: .prefix
      default: .inside
      }
  }

  /// True where the pattern is the name of one action.
  public var isLiteral: Bool { wildcardKind == .none }

  /// The action, spelled as it was written, where the pattern holds no wildcard.
  public var literal: ActionName? { isLiteral ? ActionName(description) : nil }

  /// True if the pattern describes the action, whatever the case.
  public func matches(_ action: ActionName) -> Bool {
    guard let servicePrefix else { return true }
    let bytes = Array(action.lowercased.utf8)
    let prefix = Array(servicePrefix.utf8)
    guard bytes.count > prefix.count, bytes.starts(with: prefix), bytes[prefix.count] == Glob.colon else {
      return false
    }
    return name.matches(bytes[(prefix.count + 1)...])
  }

  /// True if the pattern describes a name of its own service.
  ///
  /// - Parameter name: the name after the colon, in lower case.
  public func matchesName(_ name: ArraySlice<UInt8>) -> Bool { self.name.matches(name) }

  /// True only if every action that the other pattern describes is described by this one too.
  public func covers(_ other: ActionPattern) -> Bool {
    guard let servicePrefix else { return true }
    return servicePrefix == other.servicePrefix && name.covers(other.name)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  /// In the order of their spelling.
  public static func < (left: ActionPattern, right: ActionPattern) -> Bool {
    left.description < right.description
  }
}
