import IAMPolicy
import JSONText

/// A JSON object as it lies in a text: checked to the end, and its members known by their places only, so that they can be
/// written again byte by byte.
struct RawObject {
  /// A name and its value.
  struct Member {
    /// From the quote before the name to the end of the value.
    let whole: Range<Int>
    /// Between the quotes.
    let name: Range<Int>
    let nameHasEscapes: Bool
    let value: Range<Int>
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let members: [Member]
  /// How deep its values are nested.
  let deepest: Int

  /// Reads a text that is one object and nothing else but white space around it.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONScanner.Mistake) {
    var scanner = JSONScanner(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.at = 3 }
    scanner.skipSpace()
    guard scanner.byte == UInt8(ascii: "{") else { throw scanner.mistake("a JSON object should begin here") }
    members = try RawObject.members(&scanner)
    scanner.skipSpace()
    guard scanner.at == bytes.count else { throw scanner.mistake("something follows the end of the object") }
    if scanner.hasOtherThanASCII, String(validating: bytes, as: UTF8.self) == nil {
      scanner.at = 0
      throw scanner.mistake("the text is not UTF-8")
    }
    self.bytes = bytes
    deepest = scanner.deepest
  }

  /// Reads the object that lies at a place of a text which is known to be JSON; nil where another value lies there.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at place: Range<Int>) {
    guard !place.isEmpty, bytes[place.lowerBound] == UInt8(ascii: "{") else { return nil }
    var scanner = JSONScanner(bytes, at: place.lowerBound)
    guard let members = try? RawObject.members(&scanner) else { return nil }
    self.bytes = bytes
    self.members = members
    deepest = scanner.deepest
  }

  private static func members(_ scanner: inout JSONScanner) throws(JSONScanner.Mistake) -> [Member] {
    var members: [Member] = []
    members.reserveCapacity(24)
    scanner.at += 1
    scanner.skipSpace()
    if scanner.byte == UInt8(ascii: "}") {
      scanner.at += 1
      return members
    }
    while true {
      scanner.skipSpace()
      let start = scanner.at
      let name = try scanner.string()
      try scanner.colon()
      let value = try scanner.value()
      members.append(
        Member(
          whole: start..<value.upperBound, name: name.content, nameHasEscapes: name.hasEscapes, value: value))
      scanner.skipSpace()
      guard scanner.byte == UInt8(ascii: ",") else { break }
      scanner.at += 1
    }
    guard scanner.byte == UInt8(ascii: "}") else {
      throw scanner.mistake(
        scanner.at < scanner.bytes.count
          ? "a comma or the end is missing" : "the text ends inside an array or object")
    }
    scanner.at += 1
    return members
  }

  /// The place of an item of the array that lies at a place; nil where no array lies there, or one of fewer items.
  func item(_ index: Int, of place: Range<Int>) -> Range<Int>? {
    guard !place.isEmpty, bytes[place.lowerBound] == UInt8(ascii: "[") else { return nil }
    var scanner = JSONScanner(bytes, at: place.lowerBound + 1)
    for number in 0...index {
      scanner.skipSpace()
      guard scanner.byte != UInt8(ascii: "]"), let value = try? scanner.value() else { return nil }
      if number == index { return value }
      scanner.skipSpace()
      guard scanner.byte == UInt8(ascii: ",") else { return nil }
      scanner.at += 1
    }
    return nil
  }

  /// Whether a member has this name.
  func isNamed(_ member: Member, _ name: StaticString) -> Bool {
    guard member.nameHasEscapes || member.name.count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { isNamed(member, $0) }
  }

  /// Whether a member has this name.
  func isNamed(_ member: Member, _ name: some RandomAccessCollection<UInt8>) -> Bool {
    if member.nameHasEscapes { return self.name(of: member).utf8.elementsEqual(name) }
    return member.name.count == name.count && bytes[member.name].elementsEqual(name)
  }

  /// The name of a member, without escapes.
  func name(of member: Member) -> String {
    RawObject.text(bytes, member.name.lowerBound - 1..<member.name.upperBound + 1) ?? ""
  }

  /// The text of a string; nil for every other value.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>, _ value: Range<Int>) -> String? {
    guard value.count >= 2, bytes[value.lowerBound] == UInt8(ascii: "\"") else { return nil }
    let inside = bytes[value.lowerBound + 1..<value.upperBound - 1]
    guard inside.contains(UInt8(ascii: "\\")) else { return String(decoding: inside, as: UTF8.self) }
    return (try? JSONValue(json: bytes[value]))?.string
  }
}
