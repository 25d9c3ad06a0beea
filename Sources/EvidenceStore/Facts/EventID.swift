import ContentHash
import GRDB

/// An event's id as CloudTrail writes it, out of the 16 bytes or the text that the store keeps.
enum EventID {
  static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .blob(let data):
      let hex = Array(ContentHash.hexadecimal(data))
      guard hex.count == 32 else { return String(hex) }
      return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }
        .joined(separator: "-")
    case .string(let text): return text
    default: return ""
    }
  }
}
