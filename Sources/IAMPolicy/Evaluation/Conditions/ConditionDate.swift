/// A moment in a condition, as exact as it was written.
///
/// Accepted are the W3C profile of ISO 8601 (`2026`, `2026-10`, `2026-10-31`, `2026-10-31T10:00Z`,
/// `2026-10-31T10:00:00.5+02:00`) and seconds since 1970. Source: "IAM JSON policy elements: Condition operators", section
/// "Date condition operators", IAM User Guide.
struct ConditionDate: Hashable, Comparable, Sendable {
  private let seconds: DecimalSeconds

  private struct DecimalSeconds: Hashable, Comparable, Sendable {
    var whole: Int64
    /// Nanoseconds; further digits are dropped.
    var fraction: Int64
    static func < (left: DecimalSeconds, right: DecimalSeconds) -> Bool {
      (left.whole, left.fraction) < (right.whole, right.fraction)
    }
  }

  /// Nil for what is no date.
  init?(_ text: String) {
    var scanner = Scanner(text)
    if let epoch = scanner.epoch() {
      seconds = DecimalSeconds(whole: epoch, fraction: 0)
      return
    }
    guard let (whole, fraction) = scanner.calendarTime() else { return nil }
    seconds = DecimalSeconds(whole: whole, fraction: fraction)
  }

  static func < (left: ConditionDate, right: ConditionDate) -> Bool { left.seconds < right.seconds }

  private struct Scanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8.prefix(64))[...] }

    /// Four digits alone are a year, more are seconds.
    func epoch() -> Int64? {
      var digits = rest
      let negative = digits.first == UInt8(ascii: "-")
      if negative { digits = digits.dropFirst() }
      guard digits.count > 4 || negative || (1...3).contains(digits.count), digits.count <= 15,
        digits.allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      return Int64(String(decoding: rest, as: UTF8.self))
    }

    mutating func calendarTime() -> (Int64, Int64)? {
      guard let year = number(4) else { return nil }
      var (month, day) = (1, 1)
      if take("-") {
        guard let value = number(2), (1...12).contains(value) else { return nil }
        month = value
        if take("-") {
          guard let value = number(2), (1...ConditionDate.days(in: month, of: year)).contains(value) else {
            return nil
          }
          day = value
        }
      }
      var whole = ConditionDate.dayNumber(year, month, day) * 86_400
      guard !rest.isEmpty else { return (whole, 0) }
      guard take("T") || take("t") || take(" "), let hour = number(2), hour < 24, take(":"),
        let minute = number(2), minute < 60
      else { return nil }
      var (second, fraction) = (0, Int64(0))
      if take(":") {
        guard let value = number(2), value <= 60 else { return nil }
        second = value
        if take(".") || take(",") {
          let digits = rest.prefix { (0x30...0x39).contains($0) }
          guard !digits.isEmpty else { return nil }
          rest = rest.dropFirst(digits.count)
          for place in 0..<9 {
            let digit = place < digits.count ? digits[digits.startIndex + place] - 0x30 : 0
            fraction = fraction * 10 + Int64(digit)
          }
        }
      }
      whole += Int64(hour * 3_600 + minute * 60 + second)
      guard let zone = zone(), rest.isEmpty else { return nil }
      return (whole - zone, fraction)
    }

    private mutating func zone() -> Int64? {
      if take("Z") || take("z") || rest.isEmpty { return 0 }
      let sign: Int64
      if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
      guard let hour = number(2), hour < 24 else { return nil }
      _ = take(":")
      guard let minute = rest.isEmpty ? 0 : number(2), minute < 60 else { return nil }
      return sign * Int64(hour * 3_600 + minute * 60)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }

    private mutating func number(_ count: Int) -> Int? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      rest = rest.dropFirst(count)
      return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 in the Gregorian calendar.
  private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
  }
}
