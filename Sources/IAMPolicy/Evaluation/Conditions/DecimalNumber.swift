/// A number of a condition, exact: `0.1` is not a binary fraction, and ids with many digits keep them all.
struct DecimalNumber: Hashable, Comparable, Sendable {
  private let isNegative: Bool
  /// Digits of value 0 to 9 without zeros at the front, and how many of them stand before the point.
  private let digits: [UInt8]
  private let whole: Int

  /// Nil for what is no number: digits with perhaps a sign, a point and an exponent.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    while rest.first == 0x20 { rest = rest.dropFirst() }
    while rest.last == 0x20 { rest = rest.dropLast() }
    guard rest.count <= 400 else { return nil }
    var negative = false
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
      negative = rest.first == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var digits: [UInt8] = []
    var whole = 0
    var seenPoint = false
    var seenDigit = false
    scan: while let byte = rest.first {
      switch byte {
      case 0x30...0x39:
        digits.append(byte - 0x30)
        seenDigit = true
        if !seenPoint { whole += 1 }
      case UInt8(ascii: "."):
        guard !seenPoint else { return nil }
        seenPoint = true
      default: break scan
      }
      rest = rest.dropFirst()
    }
    guard seenDigit else { return nil }
    if let byte = rest.first {
      guard byte | 0x20 == UInt8(ascii: "e"),
        let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(exponent) <= 10_000
      else { return nil }
      whole += exponent
    }
    while digits.last == 0 { digits.removeLast() }
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    self.digits = digits
    self.whole = digits.isEmpty ? 0 : whole - zeros
    isNegative = negative && !digits.isEmpty
  }

  static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let (small, large) = left.isNegative ? (right, left) : (left, right)
    if small.digits.isEmpty || large.digits.isEmpty { return small.digits.isEmpty && !large.digits.isEmpty }
    if small.whole != large.whole { return small.whole < large.whole }
    return small.digits.lexicographicallyPrecedes(large.digits)
  }
}
