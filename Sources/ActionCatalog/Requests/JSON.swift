/// A JSON value, and where it stands in its text. Members are kept in their order, those of one name too.
enum JSON: Sendable {
  case null
  case bool(Bool)
  /// A number's text.
  case number(String)
  case string(String)
  case array([JSON], Range<Int>)
  case object([(name: String, value: JSON)], Range<Int>)

  /// The value of the last member of a name.
  subscript(name: String) -> JSON? {
    guard case .object(let members, _) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  var array: [JSON]? {
    if case .array(let items, _) = self { items } else { nil }
  }

  /// What kind of value it is, for a person.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// Reads one JSON text (RFC 8259).
///
/// The module of policies has a reader of its own, which keeps what this does not need; this module imports none.
struct JSONReader {
  /// Deeper than any request or reference, and shallow enough for every thread's stack.
  static let deepest = 128

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  /// Reads one value, and nothing after it but white space.
  static func read(_ bytes: some Collection<UInt8>, limit: Int) throws(CatalogError) -> (JSON, [UInt8]) {
    guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
    var reader = JSONReader(bytes: Array(bytes))
    if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.at = 3 }
    let value = try reader.value()
    reader.skipSpace()
    guard reader.at == reader.bytes.count else { throw reader.error("something follows its end") }
    return (value, reader.bytes)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func error(_ reason: String) -> CatalogError { .notJSON(reason: reason, byteOffset: at) }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] <= 0x20, " \n\r\t".utf8.contains(bytes[at]) { at += 1 }
  }

  private mutating func value() throws(CatalogError) -> JSON {
    skipSpace()
    guard at < bytes.count else { throw error("it ends where a value should be") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(CatalogError) -> JSON {
    guard bytes[at...].starts(with: word.utf8) else { throw error("no value begins like this") }
    at += word.utf8.count
    return value
  }

  private mutating func number() throws(CatalogError) -> JSON {
    let start = at
    pass("-")
    let isZero = pass("0")
    guard isZero || digits() else { throw error("no value begins like this") }
    if pass("."), !digits() { throw error("a digit is missing after the point") }
    if pass("eE") {
      pass("+-")
      guard digits() else { throw error("a digit is missing in the exponent") }
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  /// Passes over one byte, if it is one of some.
  @discardableResult
  private mutating func pass(_ some: StaticString) -> Bool {
    guard at < bytes.count, some.withUTF8Buffer({ $0.contains(bytes[at]) }) else { return false }
    at += 1
    return true
  }

  /// Passes over digits; false where there are none.
  private mutating func digits() -> Bool {
    let start = at
    while at < bytes.count, bytes[at] &- 0x30 < 10 { at += 1 }
    return at > start
  }

  /// Enters a list or an object; false where it ends at once.
  private mutating func enter(_ end: UInt8) throws(CatalogError) -> Bool {
    depth += 1
    guard depth <= Self.deepest else { throw error("values are nested more than \(Self.deepest) deep") }
    at += 1
    skipSpace()
    guard at < bytes.count, bytes[at] == end else { return true }
    at += 1
    depth -= 1
    return false
  }

  /// After an item: true where another follows, false at the end, which is consumed.
  private mutating func another(before end: UInt8) throws(CatalogError) -> Bool {
    skipSpace()
    guard at < bytes.count else { throw error("it ends inside a list or an object") }
    if bytes[at] == end {
      at += 1
      depth -= 1
      return false
    }
    guard bytes[at] == UInt8(ascii: ",") else { throw error("a comma or the end is missing") }
    at += 1
    return true
  }

  private mutating func array() throws(CatalogError) -> JSON {
    let start = at
    var items: [JSON] = []
    if try enter(UInt8(ascii: "]")) {
      repeat { items.append(try value()) } while try another(before: UInt8(ascii: "]"))
    }
    return .array(items, start..<at)
  }

  private mutating func object() throws(CatalogError) -> JSON {
    let start = at
    var members: [(name: String, value: JSON)] = []
    if try enter(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw error("a name is missing") }
        let name = try string()
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw error("a colon is missing") }
        at += 1
        members.append((name, try value()))
      } while try another(before: UInt8(ascii: "}"))
    }
    return .object(members, start..<at)
  }

  private mutating func string() throws(CatalogError) -> String {
    at += 1
    var text: [UInt8] = []
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw error("a string is not UTF-8")
        }
        at += 1
        return valid
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw error("a control character stands in a string")
      default:
        text.append(byte)
        at += 1
      }
    }
    throw error("it ends inside a string")
  }

  private mutating func escape(into text: inout [UInt8]) throws(CatalogError) {
    guard at + 1 < bytes.count else { throw error("it ends inside a string") }
    let letter = bytes[at + 1]
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var scalar = try hexadecimal(at + 2)
      if scalar & 0xFC00 == 0xD800, at + 7 < bytes.count, bytes[at + 6] == UInt8(ascii: "\\"),
        bytes[at + 7] == UInt8(ascii: "u")
      {
        let low = try hexadecimal(at + 8)
        if low & 0xFC00 == 0xDC00 {
          scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
          at += 6
        }
      }
      // Half of a surrogate pair is no character.
      text += Array(String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
      at += 4
    default: throw error("there is no such escape")
    }
    at += 2
  }

  private func hexadecimal(_ start: Int) throws(CatalogError) -> UInt32 {
    guard start + 4 <= bytes.count else { throw error("it ends inside a string") }
    var value: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits should follow \\u")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
