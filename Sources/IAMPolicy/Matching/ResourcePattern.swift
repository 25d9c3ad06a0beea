/// An entry of `Resource` or `NotResource`: an ARN with wildcards, or `*`.
///
/// Matching regards case. A `*` spans `/`, but a `:` only where it ends its ARN segment; `?` is one character other
/// than a colon; the service segment takes no wildcard.
/// Source: "IAM JSON policy elements: Resource", IAM User Guide, section "Using wildcards in resource ARNs".
public struct ResourcePattern: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The pattern as it was written.
  public let description: String
  /// True for `*` alone: every resource of every service. `arn:aws:s3:::*` is not everything.
  public let isEverything: Bool
  /// True where a wildcard stands in the service segment, in which it counts as plain text.
  public let hasWildcardInService: Bool
  private let glob: Glob

  /// - Parameters:
  ///   - text: the entry; any text is taken, and what is no ARN matches no ARN.
  ///   - variables: whether `${…}` is a policy variable, as in version 2012-10-17, or plain text.
  public init(_ text: String, variables: Bool = true) {
    description = text
    let bytes = Array(text.utf8)
    // Looked for once: in a text of nothing but `${` each of them would search to the end.
    let lastBrace = bytes.lastIndex(of: UInt8(ascii: "}")) ?? -1
    isEverything = !bytes.isEmpty && bytes.allSatisfy { $0 == UInt8(ascii: "*") }
    let isARN = text.hasPrefix("arn:")
    var tokens: [Glob.Token] = []
    var segment = 0
    var odd = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      switch byte {
      case Glob.colon:
        segment += 1
        tokens.append(.byte(byte))
      case UInt8(ascii: "*"), UInt8(ascii: "?"):
        if isARN, segment == 2 {
          odd = true
          tokens.append(.byte(byte))
        } else if byte == UInt8(ascii: "?") {
          tokens.append(.one)
        } else {
          tokens.append(at == bytes.count || bytes[at] == Glob.colon ? .any : .within)
        }
      case UInt8(ascii: "$") where variables && at < bytes.count && bytes[at] == UInt8(ascii: "{"):
        guard at < lastBrace, let end = bytes[at...].firstIndex(of: UInt8(ascii: "}")) else {
          tokens.append(.byte(byte))
          continue
        }
        let name = bytes[(at + 1)..<end]
        // `${*}`, `${?}` and `${$}` stand for the characters themselves.
        if name.count == 1, let only = name.first, "*?$".utf8.contains(only) {
          tokens.append(.byte(only))
        } else {
          tokens.append(.variable(String(decoding: name, as: UTF8.self)))
        }
        at = end + 1
      default: tokens.append(.byte(byte))
      }
    }
    hasWildcardInService = odd
    glob = Glob(tokens: tokens)
  }

  /// True where the entry names one resource: no wildcard, no policy variable.
  public var isLiteral: Bool { glob.isLiteral }

  /// True where what the entry names depends on the request, by a policy variable.
  public var hasVariables: Bool {
    glob.tokens.contains { if case .variable = $0 { true } else { false } }
  }

  /// True if the pattern describes the resource; a policy variable may be any text.
  ///
  /// - Parameter resource: an ARN in plain text.
  public func matches(_ resource: String) -> Bool {
    isEverything || glob.matches(Array(resource.utf8)[...])
  }

  /// True only if every resource that the other pattern describes is described by this one too; false says "not
  /// proved". The same policy variable has the same value on both sides.
  public func covers(_ other: ResourcePattern) -> Bool { isEverything || glob.covers(other.glob) }

  /// True only if every resource that a request for a pattern asks for is described by this one.
  func covers(asked: ResourcePattern) -> Bool { isEverything || glob.covers(asked: asked.glob) }

  /// True where some resource is described by both; a policy variable may be any text.
  public func overlaps(_ other: ResourcePattern) -> Bool {
    isEverything || other.isEverything || glob.overlaps(other.glob)
  }

  /// Services that check actions without a resource against the ARN of all they have: `s3:ListAllMyBuckets` is
  /// commonly, and with effect, granted on `arn:aws:s3:::*`.
  public static let servicesWithAccountARN = ["s3"]

  /// True where the pattern takes in those actions of a service that can only be granted on every resource, though it
  /// is not `*` alone.
  ///
  /// - Parameter service: the service prefix in lower case.
  public func namesWholeAccount(of service: String) -> Bool {
    ResourcePattern.servicesWithAccountARN.contains(service) && isWholeService(service)
  }

  /// True for the pattern of everything that a service has, such as `arn:aws:s3:::*` or `arn:aws:s3:*:*:*`.
  public func isWholeService(_ service: String) -> Bool {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 6, parts[0] == "arn", parts[2] == service else { return false }
    return parts[3...4].allSatisfy { $0.isEmpty || $0 == "*" } && parts[5...].allSatisfy { $0 == "*" }
  }

  /// In the order of their spelling.
  public static func < (left: ResourcePattern, right: ResourcePattern) -> Bool {
    left.description < right.description
  }
}
