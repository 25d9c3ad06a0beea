import IAMIdentifiers

/// Compares one value of the request with one of the policy.
enum Comparison {
  /// Whether a value fits, by the positive form of an operator: `StringNotEquals` asks `StringEquals` and takes the
  /// opposite.
  ///
  /// Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
  static func fits(_ value: String, _ wanted: [VariableText.Piece], _ comparison: ConditionOperator) -> Bool {
    let text = wanted.map(\.text).joined()
    switch comparison {
    case .stringEquals, .stringNotEquals: return isSame(value, text)
    case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
      return isSame(value.lowercased(), text.lowercased())
    case .stringLike, .stringNotLike: return TextPattern(wanted).matches(value)
    case .numericEquals, .numericNotEquals: return compare(value, text, DecimalNumber.init) { $0 == $1 }
    case .numericLessThan: return compare(value, text, DecimalNumber.init) { $0 < $1 }
    case .numericLessThanEquals: return compare(value, text, DecimalNumber.init) { $0 <= $1 }
    case .numericGreaterThan: return compare(value, text, DecimalNumber.init) { $0 > $1 }
    case .numericGreaterThanEquals: return compare(value, text, DecimalNumber.init) { $0 >= $1 }
    case .dateEquals, .dateNotEquals: return compare(value, text, ConditionDate.init) { $0 == $1 }
    case .dateLessThan: return compare(value, text, ConditionDate.init) { $0 < $1 }
    case .dateLessThanEquals: return compare(value, text, ConditionDate.init) { $0 <= $1 }
    case .dateGreaterThan: return compare(value, text, ConditionDate.init) { $0 > $1 }
    case .dateGreaterThanEquals: return compare(value, text, ConditionDate.init) { $0 >= $1 }
    case .bool: return compare(value, text, truth) { $0 == $1 }
    case .binaryEquals: return compare(value, text, Base64.bytes) { $0 == $1 }
    case .ipAddress, .notIpAddress:
      guard let network = IPNetwork(text), let address = IPAddress(value) else { return false }
      return network.contains(address)
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: return ARNPattern(wanted).matches(value)
    case .null: return false
    }
  }

  /// Alike byte by byte: `==` would take two spellings of one accented letter for the same.
  private static func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

  private static func compare<Value>(
    _ value: String, _ text: String, _ read: (String) -> Value?, _ holds: (Value, Value) -> Bool
  ) -> Bool {
    guard let left = read(value), let right = read(text) else { return false }
    return holds(left, right)
  }

  private static func truth(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }
}

/// Base64, as `BinaryEquals` compares it.
enum Base64 {
  /// Nil for what is no Base64.
  static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits = 0
    var held: UInt32 = 0
    var padding = 0
    for character in text.utf8 {
      let value: UInt32
      switch character {
      case 0x41...0x5A: value = UInt32(character - 0x41)
      case 0x61...0x7A: value = UInt32(character - 0x61) + 26
      case 0x30...0x39: value = UInt32(character - 0x30) + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      case 0x3D:
        padding += 1
        continue
      default: return nil
      }
      guard padding == 0 else { return nil }
      held = (held << 6 | value) & 0xFF_FFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
      }
    }
    guard padding <= 2, bits < 6, text.utf8.count % 4 == 0 else { return nil }
    return bytes
  }
}
