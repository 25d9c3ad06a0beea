/// A moment in UTC, to the second; the only kind of time that the project knows.
///
/// There is no clock here: times come out of files or from the caller.
public struct UTCTime: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64

  /// The moment so many seconds after 1970 began.
  public init(seconds: Int64) { self.seconds = seconds }

  /// The start of a UTC day.
  public init(_ day: UTCDay) { seconds = Int64(day.number) * 86_400 }

  /// Reads `2026-10-31T23:59:59Z`, also with a fraction of a second (dropped) and with an offset such as `+00:00`.
  /// Nil for everything else, and for dates that do not exist.
  public init?(iso8601 text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, let day = UTCDay(bytes[0..<10]) else { return nil }
    guard bytes[10] == 0x54 || bytes[10] == 0x74 || bytes[10] == 0x20, bytes[13] == 0x3A, bytes[16] == 0x3A
    else {
      return nil
    }
    guard let hour = decimal(bytes[11..<13]), let minute = decimal(bytes[14..<16]),
      let second = decimal(bytes[17..<19]), hour < 24, minute < 60, second < 61
    else { return nil }
    var rest = bytes[19...]
    if rest.first == 0x2E {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
    }
    var offset = 0
    if rest.first == 0x2B || rest.first == 0x2D {
      let sign = rest.first == 0x2B ? 1 : -1
      let digits = rest.dropFirst().filter { $0 != 0x3A }
      guard digits.count == 4, let hours = decimal(digits[0..<2]), let minutes = decimal(digits[2..<4]) else {
        return nil
      }
      offset = sign * (hours * 3600 + minutes * 60)
    } else {
      guard rest.count == 1, rest.first == 0x5A || rest.first == 0x7A else { return nil }
    }
    seconds = Int64(day.number) * 86_400 + Int64(hour * 3600 + minute * 60 + min(second, 59) - offset)
  }

  /// The UTC day in which the moment lies.
  public var day: UTCDay { UTCDay(number: Int((seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400)) }

  /// `2026-10-31T23:59:59Z`.
  public var description: String {
    let rest = Int(seconds - Int64(day.number) * 86_400)
    return "\(day)T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
  }

  /// The earlier first.
  public static func < (left: UTCTime, right: UTCTime) -> Bool { left.seconds < right.seconds }
}

/// A day in UTC.
public struct UTCDay: Hashable, Sendable, Comparable, CustomStringConvertible, Strideable {
  /// Days since 1970-01-01.
  public let number: Int

  /// The day so many days after 1970-01-01.
  public init(number: Int) { self.number = number }

  /// Reads `2026-10-31`; nil for everything else, and for days that do not exist.
  public init?(_ text: some StringProtocol) { self.init(Array(text.utf8)[...]) }

  init?(_ bytes: ArraySlice<UInt8>) {
    let at = bytes.startIndex
    guard bytes.count == 10, bytes[at + 4] == 0x2D, bytes[at + 7] == 0x2D else { return nil }
    guard let year = decimal(bytes[at..<at + 4]), let month = decimal(bytes[at + 5..<at + 7]),
      let day = decimal(bytes[at + 8..<at + 10])
    else { return nil }
    guard (1...12).contains(month), day >= 1, day <= UTCDay.length(ofMonth: month, in: year) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// The day of a date in the Gregorian calendar, which must exist.
  public init(year: Int, month: Int, day: Int) {
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Year, month and day in the Gregorian calendar.
  public var date: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// How many days a month has.
  public static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `2026-10-31`.
  public var description: String {
    let (year, month, day) = date
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// The earlier first.
  public static func < (left: UTCDay, right: UTCDay) -> Bool { left.number < right.number }
  /// In days.
  public func distance(to other: UTCDay) -> Int { other.number - number }
  /// The day so many days later.
  public func advanced(by n: Int) -> UTCDay { UTCDay(number: number + n) }
}

private func decimal(_ digits: some Sequence<UInt8>) -> Int? {
  var value = 0
  for digit in digits {
    guard (0x30...0x39).contains(digit) else { return nil }
    value = value * 10 + Int(digit) - 0x30
  }
  return value
}

private func padded(_ value: Int, _ width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
