import Foundation
import Testing

/// What somebody could put beside trails to keep an import from ending.
@Suite("Hostile content costs no more time and memory than its size") struct HostileTests {
  static let patterns = [
    "{", "[", "}", "]", "\"", ",", ":", "\\", " ", "{\"", "[{", "{\"a\":", "[{\"a\":", ",{\"eventVersion\":",
    "[{\"eventVersion\":",
    "{\"eventVersion\":\"1\"", "{\"eventVersion\":\"1\",", "{\"eventVersion\":1}", "\n{\"eventVersion\":\"",
    ",{   ", "{\"Records\":[", "{\"Records\":",
    "{\"Records\":[]", "{\"a\":1,", "1", "1 ", "\"a\",", "{}", "{},", "[]", "\n", "\u{FEFF}", "{\"a\":[1],",
    ",{\"eventID\":[",
  ]

  @Test(
    "Repeated without end", .timeLimit(.minutes(15)), arguments: patterns,
    ["", "{\"Records\":[", "[", "{\"a\":[", "{\"eventVersion\":["])
  func repeated(_ pattern: String, _ beginning: String) throws {
    let bytes =
      Array(beginning.utf8) + Array(String(repeating: pattern, count: 300_000 / pattern.utf8.count).utf8)
    // Cost that grew with the square of the size would take hours.
    #expect(try scan(bytes).events.isEmpty)
  }
}
