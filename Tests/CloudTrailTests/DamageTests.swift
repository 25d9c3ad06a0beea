import Foundation
import Testing
import TrailFacts

@Suite("What is damaged costs no more than itself") struct DamageTests {
  struct Damage: CustomTestStringConvertible, Sendable {
    let name: String
    /// What stands in the second of four records' place.
    let record: String
    /// Numbers of the events that come in.
    var numbers = [1, 3, 4]
    var problems = ["record-damaged"]
    var testDescription: String { name }
  }

  static let whole = event(2)
  static let records: [Damage] = [
    Damage(name: "a missing quote", record: whole.replacing("\"GetObject\"", with: "\"GetObject")),
    Damage(name: "a missing opening quote", record: whole.replacing("\"GetObject\"", with: "GetObject\"")),
    Damage(name: "a missing brace", record: String(whole.dropLast())),
    Damage(name: "a missing inner brace", record: whole.replacing("\"SigV4\"}", with: "\"SigV4\"")),
    Damage(name: "a missing first brace", record: String(whole.dropFirst())),
    Damage(name: "a missing bracket", record: whole.replacing("b/c\"}]", with: "b/c\"}")),
    Damage(name: "a raw line feed in a string", record: whole.replacing("GetObject", with: "Get\nObject")),
    Damage(name: "half a surrogate in a needed field", record: whole.replacing("GetObject", with: "\\ud800")),
    Damage(name: "garbage before it", record: "\u{1}garbage}{,\"x" + whole, numbers: [1, 2, 3, 4]),
    Damage(name: "text in its place", record: "garbage"),
    Damage(name: "a cut and joined record", record: String(whole.prefix(300)), problems: ["record-damaged"]),
    Damage(
      name: "a time that is a number", record: event(2, ["eventTime": "1234"]),
      problems: ["record-incomplete"]),
    Damage(
      name: "a name that is an object", record: event(2, ["eventName": "{\"a\":1}"]),
      problems: ["record-incomplete"]),
    Damage(
      name: "an id that is null", record: event(2, ["eventID": "null"]), problems: ["record-incomplete"]),
    Damage(name: "no id", record: event(2, ["eventID": nil]), problems: ["record-incomplete"]),
    Damage(name: "no time", record: event(2, ["eventTime": nil]), problems: ["record-incomplete"]),
    Damage(
      name: "a malformed time", record: event(2, ["eventTime": "\"2026-02-30T00:00:00Z\""]),
      problems: ["record-incomplete"]),
    Damage(
      name: "an empty source", record: event(2, ["eventSource": "\"\""]), problems: ["record-incomplete"]),
    Damage(name: "an object without anything", record: "{}", problems: ["record-incomplete"]),
    Damage(name: "a record that is null", record: "null"),
    Damage(name: "a number in its place", record: "17"),
    Damage(name: "a string in its place", record: "\"{\""),
    Damage(name: "an array in its place", record: "[[{\"a\":1}]]"),
  ]

  @Test("One bad record never costs the others", arguments: records)
  func oneOfFour(_ damage: Damage) throws {
    for content in [
      delivery([event(1), damage.record, event(3), event(4)]),
      "[" + [event(1), damage.record, event(3), event(4)].joined(separator: ",\n") + "]",
      #"{"nextToken":1,"Records":["# + [event(1), damage.record, event(3), event(4)].joined(separator: ",")
        + "]}",
    ] {
      let scanned = try scan(content)
      #expect(scanned.numbers == damage.numbers, "\(scanned.problems)")
      #expect(scanned.problems == damage.problems)
      #expect(scanned.file?.kind == .trail)
      #expect(scanned.file?.problems.first?.severity == .loss)
      let compressed = try scan(gzip(content.utf8))
      #expect(compressed.events == scanned.events)
    }
  }

  @Test(
    "One bad line never costs the others",
    arguments: records.filter { !["null", "17", "\"{\"", "[[{\"a\":1}]]", "{}"].contains($0.record) })
  func oneLineOfFour(_ damage: Damage) throws {
    let scanned = try scan([event(1), damage.record, event(3), event(4)].joined(separator: "\n"))
    #expect(scanned.numbers == damage.numbers, "\(scanned.problems)")
    #expect(scanned.problems.count >= 1)
  }

  @Test("Half a surrogate in a field that is not needed costs that field only") func surrogate() throws {
    let odd = event(2, ["userAgent": "\"\\ud800\""])
    for content in [delivery([event(1), odd, event(3)]), [event(1), odd, event(3)].joined(separator: "\n")] {
      let scanned = try scan(content)
      #expect(scanned.numbers == [1, 2, 3])
      #expect(scanned.problems == [])
    }
  }

  @Test(
    "Lines come in though the first one is no JSON",
    arguments: ["0\"eventVersion\":\"1.11\"}", "garbage", "{\"eventVersion\":\"1.11\"}\n,\"x"])
  func firstLine(_ line: String) throws {
    let scanned = try scan(([line] + events(2...4)).joined(separator: "\n"))
    #expect(scanned.numbers == [2, 3, 4])
    #expect(!scanned.problems.isEmpty)
    #expect(scanned.file?.kind == .trail)
  }

  @Test("A record that is not UTF-8 costs itself") func invalidUTF8() throws {
    var bytes = Array(delivery(events(1...4)).utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: event(2).utf8) })
    let agent = try #require(bytes[place...].indices.first { bytes[$0...].starts(with: "aws-cli".utf8) })
    bytes[agent] = 0xFF
    let scanned = try scan(bytes)
    #expect(scanned.numbers == [1, 3, 4])
    #expect(scanned.problems == ["record-damaged"])
    #expect(scanned.file?.problems.first?.record == 2)
  }

  @Test("A problem names the record and where it begins") func places() throws {
    let content = delivery([event(1), "{}", event(3)])
    let problem = try #require(try scan(content).file?.problems.first)
    #expect(problem.record == 2)
    #expect(problem.byteOffset == #"{"Records":["#.utf8.count + event(1).utf8.count + 1)
    #expect(problem.problem.contains("eventTime"))
  }

  @Test("What stands after a delivery is reported", arguments: ["garbage", "}", "]", "\"", "{\"Records\":["])
  func junk(_ junk: String) throws {
    let scanned = try scan(delivery(events(1...3)) + junk)
    #expect(scanned.numbers == [1, 2, 3])
    #expect(scanned.problems.count == 1)
    #expect(scanned.file?.kind == .trail)
  }

  @Test(
    "A file that was cut gives the records before the cut",
    arguments: Array(stride(from: 13, to: delivery(events(1...3)).utf8.count, by: 37)))
  func cut(_ length: Int) throws {
    let content = delivery(events(1...3))
    let scanned = try scan(content.utf8.prefix(length))
    let whole = (1...3).filter { number in
      content.range(of: event(number)).map {
        content.utf8.distance(from: content.startIndex, to: $0.upperBound) <= length
      } ?? false
    }
    #expect(scanned.numbers == whole)
    #expect(scanned.problems == ["json-truncated"])
    #expect(scanned.file?.kind == .trail)
  }

  @Test("Gzip data that ends too early gives the records before the cut") func truncatedGzip() throws {
    let member = gzip(delivery(events(1...3)).utf8)
    let scanned = try scan(member.prefix(member.count - event(3).utf8.count))
    #expect(scanned.numbers == [1, 2])
    #expect(scanned.problems == ["gzip-truncated"])
    #expect(scanned.file?.kind == .trail)
  }

  @Test("Damaged gzip data gives what comes before the damage") func damagedGzip() throws {
    var bytes = gzip(delivery(events(1...100)).utf8)
    bytes.replaceSubrange(65_550..., with: gzip("x".utf8))
    let scanned = try scan(bytes)
    #expect(scanned.numbers.starts(with: 1...30))
    #expect(scanned.problems == ["gzip-damaged"])
  }

  @Test("A wrong checksum is reported, and the records are read") func checksum() throws {
    var bytes = gzip(delivery(events(1...3)).utf8)
    bytes[bytes.count - 6] ^= 1
    let scanned = try scan(bytes)
    #expect(scanned.numbers == [1, 2, 3])
    #expect(scanned.problems == ["gzip-damaged"])
  }

  @Test("Bytes after the last gzip member are reported") func afterGzip() throws {
    let scanned = try scan(gzip(delivery(events(1...3)).utf8) + Array("junk".utf8))
    #expect(scanned.numbers == [1, 2, 3])
    #expect(scanned.problems == ["gzip-damaged"])
  }

  @Test(
    "An empty file is reported",
    arguments: [[], gzip([]), gzip([]) + gzip([]), Array(" \n".utf8), [0xEF, 0xBB, 0xBF]])
  func empty(_ content: [UInt8]) throws {
    let scanned = try scan(content)
    #expect(scanned.problems == ["file-empty"])
    #expect(scanned.file?.kind == .unknown)
    #expect(scanned.file?.records == 0)
  }

  @Test("A path that cannot be opened is reported, and the others are read") func missing() throws {
    try withFolder { folder in
      let path = "\(folder)/a.json"
      try event(1).write(toFile: path, atomically: true, encoding: .utf8)
      let scanned = scan(paths: ["\(folder)/none.json", folder, path])
      #expect(
        scanned.files.map { $0.problems.map(\.code) } == [["file-unreadable"], ["file-unreadable"], []])
      #expect(scanned.files[0].sha256 == nil)
      #expect(scanned.numbers == [1])
    }
  }

  @Test("Containers that were joined after a lost bracket all come in") func joined() throws {
    let first = delivery(events(1...2)), second = delivery(events(3...4))
    for content in [first.dropLast() + second, first.dropLast(2) + second, first.dropLast(2) + "," + second] {
      #expect(try scan(String(content)).numbers == [1, 2, 3, 4])
    }
  }

  @Test(
    "A record cut in an array does not take the others for its own",
    arguments: ["\"resources\":[", "\"list\":[", "\"list\":[{"])
  func swallowed(_ cut: String) throws {
    let record = event(2)
    let end = try #require(record.range(of: cut)).upperBound
    for separator in ["", ","] {
      let content =
        "{\"Records\":[" + event(1) + "," + record[..<end] + separator + events(3...6).joined(separator: ",")
        + "]}"
      let scanned = try scan(content)
      #expect(Set(scanned.numbers).isSuperset(of: [1, 3, 4, 5, 6]))
      #expect(scanned.file?.problems.contains { $0.code == "record-damaged" } == true)
    }
  }

  @Test("Two damaged records are not taken for one, with all that lies between") func merged() throws {
    // Each lost a quote where the parser only counts brackets.
    let broken = ["responseElements": Optional("{\"a\":\"b,\"c\":\"d\"}")]
    let scanned = try scan(
      delivery([event(1), event(2, broken), event(3), event(4), event(5, broken), event(6)]))
    #expect(scanned.numbers == [1, 3, 4, 6])
    #expect(scanned.problems == ["record-damaged", "record-damaged"])
  }

  @Test("An array whose first event is damaged is one of events") func firstOfArray() throws {
    let broken = event(1).replacing("eventVersion", with: "eventVersiom").replacing(
      "eventName", with: "evntName"
    )
    .replacing("userIdentity", with: "userIdentiti")
    let scanned = try scan("[" + [broken, event(2), event(3)].joined(separator: ",") + "]")
    #expect(scanned.numbers == [2, 3])
    #expect(scanned.problems == ["record-incomplete"])
  }
}
