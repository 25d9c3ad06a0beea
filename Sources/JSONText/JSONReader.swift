public import IAMIdentifiers

/// Why a text is not JSON.
public struct JSONError: DescribedError, Hashable {
  public let problem: String
  /// Bytes from the beginning of the text to the place of the mistake.
  public let byteOffset: Int

  public var code: String { "not-json" }
  public var place: String? { "byte \(byteOffset)" }
  public var remedy: String { "Export the document again; it may be cut off or edited by hand." }
}

extension JSONValue {
  /// Reads one JSON value (RFC 8259) and nothing after it but white space; a leading byte-order mark is skipped.
  ///
  /// - Parameter bytes: the text in UTF-8.
  /// - Throws: `JSONError` with the byte at which the text stops being JSON.
  public init(json bytes: some Collection<UInt8>) throws(JSONError) {
    var reader = JSONReader(bytes: Array(bytes))
    self = try reader.document()
  }

  /// Reads one JSON value from a text.
  public init(json text: String) throws(JSONError) { try self.init(json: text.utf8) }
}

struct JSONReader {
  /// Deeper nesting than any policy, request or export has, and shallow enough for every thread's stack.
  static let deepest = 200

  let bytes: [UInt8]
  var at = 0
  var depth = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    let value = try self.value()
    skipSpace()
    guard at == bytes.count else { throw error("something follows the end of the document") }
    return value
  }

  private func error(_ problem: String) -> JSONError { JSONError(problem: problem, byteOffset: at) }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
      at += 1
    }
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    guard at < bytes.count else { throw error("the text ends where a value should be") }
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

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let fits = word.withUTF8Buffer { bytes[at...].starts(with: $0) }
    guard fits else { throw error("no JSON value begins like this") }
    at += word.utf8CodeUnitCount
    return value
  }

  private mutating func enter() throws(JSONError) {
    depth += 1
    guard depth <= JSONReader.deepest else {
      throw error("values are nested more than \(JSONReader.deepest) deep")
    }
    at += 1
    skipSpace()
  }

  /// After an item: true where another follows, false at the end, which is consumed.
  private mutating func another(before end: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    guard at < bytes.count else { throw error("the text ends inside an array or object") }
    defer { at += 1 }
    if bytes[at] == end {
      depth -= 1
      return false
    }
    guard bytes[at] == UInt8(ascii: ",") else { throw error("a comma or the end is missing here") }
    return true
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    try enter()
    var items: [JSONValue] = []
    if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
      at += 1
      depth -= 1
      return .array(items)
    }
    repeat { items.append(try value()) } while try another(before: UInt8(ascii: "]"))
    return .array(items)
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try enter()
    var members: [JSONValue.Member] = []
    if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
      at += 1
      depth -= 1
      return .object(members)
    }
    repeat {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw error("a name in quotes is missing here")
      }
      let name = try string()
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { throw error("a colon is missing here") }
      at += 1
      members.append(JSONValue.Member(name, try value()))
    } while try another(before: UInt8(ascii: "}"))
    return .object(members)
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = at
    func isDigit(_ index: Int) -> Bool { index < bytes.count && (0x30...0x39).contains(bytes[index]) }
    if at < bytes.count, bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard isDigit(at) else { throw error("no JSON value begins like this") }
    if bytes[at] == UInt8(ascii: "0"), isDigit(at + 1) { throw error("a number may not begin with 0") }
    while isDigit(at) { at += 1 }
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard isDigit(at) else { throw error("a digit is missing after the decimal point") }
      while isDigit(at) { at += 1 }
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard isDigit(at) else { throw error("a digit is missing in the exponent") }
      while isDigit(at) { at += 1 }
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"),
      bytes[at] >= 0x20
    {
      at += 1
    }
    guard at < bytes.count else { throw error("the text ends inside a string") }
    if bytes[at] == UInt8(ascii: "\"") {
      let text = try utf8(bytes[start..<at])
      at += 1
      return text
    }
    var unescaped = Array(bytes[start..<at])
    while true {
      guard at < bytes.count else { throw error("the text ends inside a string") }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        let text = try utf8(unescaped[...])
        at += 1
        return text
      case UInt8(ascii: "\\"): try escape(into: &unescaped)
      case 0..<0x20: throw error("a control character stands in a string")
      default:
        unescaped.append(byte)
        at += 1
      }
    }
  }

  private func utf8(_ slice: ArraySlice<UInt8>) throws(JSONError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else { throw error("the string is not UTF-8") }
    return text
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard at + 1 < bytes.count else { throw error("the text ends inside a string") }
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
      if (0xD800..<0xDC00).contains(scalar), at + 7 < bytes.count, bytes[at + 6] == UInt8(ascii: "\\"),
        bytes[at + 7] == UInt8(ascii: "u")
      {
        let low = try hexadecimal(at + 8)
        if (0xDC00..<0xE000).contains(low) {
          scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
          at += 6
        }
      }
      // Half of a surrogate pair is no character: it becomes the replacement character.
      text.append(contentsOf: Character(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
      at += 4
    default: throw error("no such escape in JSON")
    }
    at += 2
  }

  private func hexadecimal(_ start: Int) throws(JSONError) -> UInt32 {
    guard start + 4 <= bytes.count else { throw error("the text ends inside a string") }
    var value: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x61 + 10)
      default: throw error("four hexadecimal digits should follow \\u")
      }
    }
    return value
  }
}
