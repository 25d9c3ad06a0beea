import Testing

/// A generator whose numbers are always the same (SplitMix64).
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

@Suite("Whatever is damaged, the rest comes in") struct RandomDamageTests {
  /// An event with odd, but sound, content.
  static func oddEvent(_ number: Int, _ dice: inout Dice) -> String {
    var changes: [String: String?] = ["eventTime": "\"2026-10-\(10 + number % 20)T00:00:00Z\""]
    for field in ["requestParameters", "responseElements", "additionalEventData", "serviceEventDetails"]
    where Bool.random(using: &dice) {
      changes[field] = value(3, &dice)
    }
    for field in ["userAgent", "errorMessage", "sourceIPAddress", "sharedEventID"]
    where Bool.random(using: &dice) {
      changes[field] = text(&dice)
    }
    for field in ["recipientAccountId", "readOnly", "resources", "awsRegion"]
    where Int.random(in: 0..<5, using: &dice) == 0 {
      changes[field] = .some(nil)
    }
    return event(number, changes)
  }

  static func value(_ depth: Int, _ dice: inout Dice) -> String {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &dice) {
    case 0: return "null"
    case 1: return ["1", "-1.5e-3", "true", "false", "0"].randomElement(using: &dice) ?? "0"
    case 2, 3: return text(&dice)
    case 4:
      return "["
        + (0..<Int.random(in: 0..<4, using: &dice)).map { _ in value(depth - 1, &dice) }.joined(
          separator: ", ") + "]"
    default:
      let members = (0..<Int.random(in: 0..<4, using: &dice)).map { _ in
        "\(text(&dice)):\(value(depth - 1, &dice))"
      }
      return "{" + members.joined(separator: " ,") + "}"
    }
  }

  static let words = [
    "a", "b", " ", "{", "}", "[", "]", ",", ":", "\\\"", "\\\\", "\\n", "\\u00e9", "é", "\u{1F600}",
    "eventVersion", "arn:aws:iam::1:role/x", "Records", "},{",
  ]
  static func text(_ dice: inout Dice) -> String {
    "\""
      + (0..<Int.random(in: 0..<8, using: &dice)).map { _ in words.randomElement(using: &dice) ?? "" }
      .joined() + "\""
  }

  @Test("Sound content gives the same rows by every way of reading it", arguments: 0..<40)
  func sameRows(_ seed: UInt64) throws {
    var dice = Dice(state: seed)
    let records = (1...50).map { Self.oddEvent($0, &dice) }
    let whole = try scan(delivery(records))
    #expect(whole.problems == [])
    #expect(whole.numbers == Array(1...50))
    for content in [
      records.joined(separator: "\n"), "[" + records.joined(separator: ",\r\n") + "]",
      delivery(records) + "\n" + delivery([]),
    ] {
      #expect(try scan(content).events == whole.events)
    }
  }

  static let marks = Array("{}[]\",:\\\n0e \u{0}\u{1}\u{FF}".utf8)

  /// Flips, inserts or cuts bytes within a record.
  static func damage(_ record: String, _ dice: inout Dice) -> [UInt8] {
    var bytes = Array(record.utf8)
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      let place = Int.random(in: 0..<bytes.count, using: &dice)
      switch Int.random(in: 0..<4, using: &dice) {
      case 0: bytes[place] = marks.randomElement(using: &dice) ?? 0
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
      case 2: bytes.insert(marks.randomElement(using: &dice) ?? 0, at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1..<40, using: &dice)))
      }
      if bytes.isEmpty { break }
    }
    return bytes
  }

  @Test("Each damaged record costs at most itself and the next", arguments: 0..<120)
  func damaged(_ seed: UInt64) throws {
    var dice = Dice(state: seed)
    let count = 40
    var broken: Set<Int> = []
    for _ in 0..<Int.random(in: 1...4, using: &dice) {
      broken.insert(Int.random(in: 1...count, using: &dice))
    }
    let records = (1...count).map { number in
      let record = Self.oddEvent(number, &dice)
      return broken.contains(number) ? Self.damage(record, &dice) : Array(record.utf8)
    }
    for (before, separator, after) in [("{\"Records\":[", ",", "]}"), ("", "\n", "\n"), ("[", ",\n", "]")] {
      let content = Array(before.utf8) + records.joined(separator: separator.utf8) + after.utf8
      let scanned = try scan(content)
      let numbers = Set(scanned.numbers)
      let lost = (1...count).filter { !numbers.contains($0) && !broken.contains($0) }
      #expect(
        lost.allSatisfy { broken.contains($0 - 1) }, "seed \(seed): lost \(lost), broken \(broken.sorted())")
      let problems = scanned.problems.count
      // Nothing is lost without a word.
      if (1...count).contains(where: { !numbers.contains($0) }) && numbers.count == scanned.events.count {
        #expect(problems > 0 || scanned.events.count == count, "seed \(seed): broken \(broken.sorted())")
      }
      #expect(problems <= 3 * broken.count)
      #expect(try scan(gzip(content)).events == scanned.events)
    }
  }
}
