import Testing

@Suite("However events are laid out in a file, they are read") struct LayoutTests {
  static let three = events(1...3)

  static let layouts: [(name: String, content: [UInt8])] = [
    ("a delivery", bytes(delivery(three))),
    (
      "a delivery with white space everywhere",
      bytes(" {\n \"Records\" : [\r\n" + three.joined(separator: " ,\n") + "\t]\n}\n")
    ),
    ("a delivery with a byte-order mark", [0xEF, 0xBB, 0xBF] + bytes(delivery(three))),
    (
      "Records that are not the first member",
      bytes(#"{"nextToken":"x]}","n":{"a":[1]},"Records":["# + three.joined(separator: ",") + "]}")
    ),
    (
      "members after Records",
      bytes(#"{"Records":["# + three.joined(separator: ",") + #"],"a":{"b":[1,"]"]},"c":-1.5e3,"d":null}"#)
    ),
    ("a bare array", bytes("[" + three.joined(separator: ",") + "]")),
    ("JSON Lines", bytes(three.joined(separator: "\n") + "\n")),
    ("JSON Lines with carriage returns", bytes(three.joined(separator: "\r\n") + "\r\n")),
    ("JSON Lines without a last line feed", bytes(three.joined(separator: "\n"))),
    ("JSON Lines with empty lines", bytes("\n\n" + three.joined(separator: "\n\n\n"))),
    ("lines of deliveries", bytes(delivery([three[0]]) + "\n" + delivery(Array(three[1...])) + "\n")),
    (
      "deliveries without anything between",
      bytes(delivery([three[0]]) + delivery([]) + delivery(Array(three[1...])))
    ),
    ("an array of deliveries", bytes("[" + delivery([three[0]]) + "," + delivery(Array(three[1...])) + "]")),
    ("values of several layouts", bytes(three[0] + "[" + three[1] + "]" + delivery([three[2]]))),
    (
      "lines of CloudWatch Logs",
      bytes(three.map { "2026-10-31T12:00:00.000Z " + $0 }.joined(separator: "\n"))
    ),
    ("values joined by commas", bytes(three.joined(separator: ",\n") + ",\n")),
    (
      "an event whose first field is another one",
      bytes(reordered(1) + "\n" + reordered(2) + "\n" + reordered(3))
    ),
  ]

  @Test("Plain files of every layout give all events", arguments: layouts)
  func plain(_ layout: (name: String, content: [UInt8])) throws {
    let scanned = try scan(layout.content)
    #expect(scanned.numbers == [1, 2, 3])
    #expect(scanned.problems == [])
    #expect(scanned.file?.kind == .trail)
    #expect(scanned.file?.records == 3)
    #expect(scanned.events.map(\.record).sorted() == [1, 2, 3])
    #expect(scanned.file?.account == "111122223333")
  }

  @Test("Gzip files of every layout give the same events as plain ones", arguments: layouts)
  func compressed(_ layout: (name: String, content: [UInt8])) throws {
    let plain = try scan(layout.content), compressed = try scan(gzip(layout.content))
    #expect(compressed.events == plain.events)
    #expect(compressed.problems == [])
    #expect(compressed.file?.contentSHA256 == plain.file?.sha256)
    #expect(compressed.file?.contentBytes == layout.content.count)
  }

  @Test("Gzip members may end anywhere", arguments: layouts)
  func members(_ layout: (name: String, content: [UInt8])) throws {
    let content = layout.content
    let plain = try scan(content)
    for pieces in [2, 3, 7] {
      let size = content.count / pieces + 1
      let members = stride(from: 0, to: content.count, by: size).map {
        gzip(content[$0..<min($0 + size, content.count)])
      }
      let scanned = try scan(members.flatMap { $0 } + [0, 0, 0])
      #expect(scanned.events == plain.events)
      #expect(scanned.problems == [])
    }
  }

  @Test("One event is a file") func one() throws {
    let scanned = try scan(event(7))
    #expect(scanned.numbers == [7])
    #expect(scanned.problems == [])
  }

  @Test("All layouts give the same rows") func same() throws {
    let first = try scan(Self.layouts[0].content).events
    for layout in Self.layouts.dropLast() { #expect(try scan(layout.content).events == first) }
  }

  @Test(
    "A delivery without records is a trail file without events",
    arguments: [#"{"Records":[]}"#, "[]", " {\"Records\" : [ ] } "])
  func nothing(_ content: String) throws {
    let scanned = try scan(content)
    #expect(scanned.file?.kind == .trail)
    #expect(scanned.file?.records == 0)
    #expect(scanned.problems == [])
    #expect(scanned.file?.firstTime == nil)
  }

  @Test("Events that look nested in strings or parameters never count") func nested() throws {
    let inner = event(9)
    let quoted = inner.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let outer = event(
      1,
      [
        "requestParameters": "{\"entries\":[\(inner),\(inner)],\"detail\":\(inner),\"Records\":[\(inner)]}",
        "responseElements": "{\"events\":[{\"CloudTrailEvent\":\"\(quoted)\"}],\"text\":\"},\(quoted)\"}",
      ])
    for content in [delivery([outer, event(2)]), outer + "\n" + event(2), "[\(outer),\(event(2))]"] {
      let scanned = try scan(content)
      #expect(scanned.numbers == [1, 2])
      #expect(scanned.problems == [])
    }
  }

  @Test("Rows come by time and id") func order() throws {
    let scanned = try scan(delivery(events([5, 3, 61, 4, 3, 1])))
    #expect(scanned.isOrdered)
    #expect(scanned.events.map { number(of: $0.id) } == [1, 3, 3, 4, 5, 61])
  }

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// As tools write it that sort names.
  static func reordered(_ number: Int) -> String {
    let whole = event(number, ["additionalEventData": nil])
    return "{\"additionalEventData\":{\"a\":[]}," + whole.dropFirst()
  }
}
