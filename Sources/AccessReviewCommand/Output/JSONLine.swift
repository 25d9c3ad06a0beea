/// JSON written piece by piece, in the order in which it is said.
struct JSONLine {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// Begins an object.
  init() { bytes.append(UInt8(ascii: "{")) }

  /// Continues an object of which nothing, or members without a comma at the end, stand elsewhere.
  init(continuing isFirst: Bool) { self.isFirst = isFirst }

  /// The object, closed.
  var closed: [UInt8] { bytes + [UInt8(ascii: "}")] }

  mutating func member(_ name: String, _ value: String?) {
    begin(name)
    if let value { JSONLine.quote(value, into: &bytes) } else { bytes += "null".utf8 }
  }

  mutating func member(_ name: String, _ value: Int?) {
    begin(name)
    bytes += (value.map(String.init) ?? "null").utf8
  }

  /// - Parameter number: a number as JSON writes it.
  mutating func member(_ name: String, number: String) {
    begin(name)
    bytes += number.utf8
  }

  /// - Parameter json: a value, as it is to be written.
  mutating func member(_ name: String, json: some Sequence<UInt8>) {
    begin(name)
    bytes += json
  }

  mutating func member(_ name: String, _ value: Bool) {
    begin(name)
    bytes += (value ? "true" : "false").utf8
  }

  mutating func member(_ name: String, _ values: [String]) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONLine.quote(value, into: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func member(_ name: String, _ object: JSONLine) {
    begin(name)
    bytes += object.closed
  }

  mutating func member(_ name: String, _ objects: [JSONLine]) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (index, object) in objects.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += object.closed
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func begin(_ name: String) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    JSONLine.quote(name, into: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes += "\\n".utf8
      case 0x0D: bytes += "\\r".utf8
      case 0x09: bytes += "\\t".utf8
      case 0..<0x20, 0x7F:
        bytes += "\\u00".utf8
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
