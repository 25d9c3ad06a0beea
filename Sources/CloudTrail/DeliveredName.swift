public import IAMIdentifiers

/// The name that CloudTrail gives to a file which it delivers:
/// `ACCOUNT_CloudTrail_REGION_TIME_ID.json.gz` (or `.json`).
///
/// Source: "CloudTrail log file names", AWS CloudTrail User Guide.
public struct DeliveredName: Hashable, Sendable {
  public let account: AccountID
  public let region: Substring
  /// `YYYYMMDDTHHmmZ`: when the file was delivered, which says nothing exact about its events.
  public let time: Substring

  /// Nil unless the last part of the path has CloudTrail's form.
  public init?(path: some StringProtocol) {
    let name = Substring(path).split(separator: "/").last ?? ""
    var stem = name
    if stem.hasSuffix(".gz") { stem = stem.dropLast(3) }
    guard stem.hasSuffix(".json") else { return nil }
    stem = stem.dropLast(5)
    let parts = stem.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[1] == "CloudTrail", let account = AccountID(parts[0]) else { return nil }
    guard !parts[2].isEmpty, !parts[4].isEmpty, DeliveredName.isTime(parts[3]) else { return nil }
    self.account = account
    region = parts[2]
    time = parts[3]
  }

  private static func isTime(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 14, bytes[8] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: "Z") else {
      return false
    }
    return bytes.indices.allSatisfy { $0 == 8 || $0 == 13 || (0x30...0x39).contains(bytes[$0]) }
  }
}
