import IAMIdentifiers

/// Goes over JSON where it lies: checks that it is JSON (RFC 8259) and says where values begin and end, copying nothing.
///
/// Values may be nested as deep as they like, since nothing here calls itself.
struct JSONScanner {
  /// Where a text stops being JSON, and why.
  struct Mistake: Error {
    let problem: String
    let byteOffset: Int
  }

  let bytes: UnsafeBufferPointer<UInt8>
  var at: Int
  /// Whether a byte beyond ASCII was passed: then somebody has to look whether it is UTF-8.
  private(set) var hasOtherThanASCII = false
  /// How deep values were nested so far.
  private(set) var deepest = 0
  /// What ends the containers that are open.
  private var containers: [UInt8] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int = 0) {
    self.bytes = bytes
    at = start
  }

  func mistake(_ problem: String) -> Mistake { Mistake(problem: problem, byteOffset: at) }

  /// The byte at hand; 0, which is no JSON, at the end.
  var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

  mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  /// Steps over a string and gives the range between its quotes, and whether escapes stand in it.
  mutating func string() throws(Mistake) -> (content: Range<Int>, hasEscapes: Bool) {
    guard byte == UInt8(ascii: "\"") else { throw mistake("a name in quotes is missing") }
    at += 1
    let start = at
    var hasEscapes = false
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return (start..<at - 1, hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try escape()
      case 0..<0x20: throw mistake("a control character stands in a string")
      case 0x80...:
        hasOtherThanASCII = true
        at += 1
      default: at += 1
      }
    }
    throw mistake("the text ends inside a string")
  }

  private mutating func escape() throws(Mistake) {
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 1
    case UInt8(ascii: "u"):
      at += 1
      for _ in 0..<4 {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: at += 1
        default: throw mistake("four hexadecimal digits are missing after \\u")
        }
      }
    default: throw mistake("there is no such escape in JSON")
    }
  }

  /// Steps over a value and gives its range.
  mutating func value() throws(Mistake) -> Range<Int> {
    skipSpace()
    let start = at
    let outer = containers.count
    while true {
      skipSpace()
      if let end = JSONScanner.end(ofWhatBeginsWith: byte) {
        at += 1
        skipSpace()
        if byte != end {
          containers.append(end)
          deepest = max(deepest, containers.count)
          if end == UInt8(ascii: "}") { try name() }
          continue
        }
        at += 1
      } else {
        try scalar()
      }
      guard try continues(above: outer) else { return start..<at }
    }
  }

  private static func end(ofWhatBeginsWith byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    default: nil
    }
  }

  private mutating func name() throws(Mistake) {
    skipSpace()
    _ = try string()
    try colon()
  }

  mutating func colon() throws(Mistake) {
    skipSpace()
    guard byte == UInt8(ascii: ":") else { throw mistake("a colon is missing") }
    at += 1
  }

  /// After a value: closes what ends here, and says whether another value follows inside.
  private mutating func continues(above outer: Int) throws(Mistake) -> Bool {
    while containers.count > outer {
      let end = containers[containers.count - 1]
      skipSpace()
      if byte == UInt8(ascii: ",") {
        at += 1
        if end == UInt8(ascii: "}") { try name() }
        return true
      }
      guard byte == end else {
        throw mistake(
          at < bytes.count ? "a comma or the end is missing" : "the text ends inside an array or object")
      }
      at += 1
      containers.removeLast()
    }
    return false
  }

  private mutating func scalar() throws(Mistake) {
    switch byte {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: try number()
    }
  }

  private mutating func word(_ word: StaticString) throws(Mistake) {
    let fits = word.withUTF8Buffer { bytes[min(at, bytes.count)...].starts(with: $0) }
    guard fits else { throw mistake("no JSON value begins like this") }
    at += word.utf8CodeUnitCount
  }

  private mutating func number() throws(Mistake) {
    if byte == UInt8(ascii: "-") { at += 1 }
    guard (0x30...0x39).contains(byte) else {
      throw mistake(
        at < bytes.count ? "no JSON value begins like this" : "the text ends where a value should be")
    }
    if byte == UInt8(ascii: "0") { at += 1 } else { digits() }
    if byte == UInt8(ascii: ".") {
      at += 1
      guard digits() else { throw mistake("a digit is missing after the decimal point") }
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
      guard digits() else { throw mistake("a digit is missing in the exponent") }
    }
  }

  @discardableResult
  private mutating func digits() -> Bool {
    let start = at
    while (0x30...0x39).contains(byte) { at += 1 }
    return at > start
  }
}
