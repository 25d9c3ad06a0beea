/// The 12 digits of an AWS account.
///
/// Source: "View AWS account identifiers", AWS Account Management Reference Guide.
public struct AccountID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The digits, leading zeros included.
  public let description: String

  /// Nil unless the text is exactly 12 ASCII digits.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    description = String(text)
  }

  /// In the order of their spelling.
  public static func < (left: AccountID, right: AccountID) -> Bool { left.description < right.description }
}
