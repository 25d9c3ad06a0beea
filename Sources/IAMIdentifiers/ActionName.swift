/// The full name of an IAM action: `service:Name`, compared without regard to case.
///
/// Source: "IAM JSON policy elements: Action", IAM User Guide (names are case-insensitive).
public struct ActionName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name as it was written.
  public let description: String
  /// The name in lower case: what is compared.
  public let lowercased: String

  /// Nil unless the text is a service prefix and a name, both of letters, digits, `-`, `_` and `.`, joined by one
  /// colon, without wildcards.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 256 else { return nil }
    self.init(whole: String(text))
  }

  /// Of a string alone: most of a review's names come this way, and generic code is several times slower.
  private init?(whole text: String) {
    var text = text
    let isName = text.withUTF8 { bytes in
      var colons = 0
      var length = 0
      for byte in bytes {
        switch byte {
        case 0x3A:
          guard length > 0 else { return false }
          colons += 1
          length = 0
        case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F: length += 1
        default: return false
        }
      }
      return colons == 1 && length > 0
    }
    guard isName else { return nil }
    description = text
    lowercased = text.lowercased()
  }

  /// The service prefix, as it was written.
  public var service: Substring { description.prefix { $0 != ":" } }

  /// What follows the colon, as it was written.
  public var name: Substring { description.drop { $0 != ":" }.dropFirst() }

  /// Alike without regard to case.
  public static func == (left: ActionName, right: ActionName) -> Bool { left.lowercased == right.lowercased }
  /// As `==` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(lowercased) }
  /// In the order of their spelling.
  public static func < (left: ActionName, right: ActionName) -> Bool { left.lowercased < right.lowercased }
}
