public import IAMIdentifiers

/// As of when a review speaks, and how far back it looks.
public struct ReviewPeriod: Hashable, Sendable {
  /// The moment of which the review speaks: the window's end.
  public let asOf: UTCTime
  /// Days that the window has.
  public let days: Int
  /// The month, where the review is of a whole one.
  public let month: ReviewMonth?

  /// The `days` up to a moment.
  public init(asOf: UTCTime, days: Int = 90, month: ReviewMonth? = nil) {
    self.asOf = asOf
    self.days = days
    self.month = month ?? ReviewMonth(endingAt: asOf)
  }

  /// The month up to its last second in UTC.
  public init(month: ReviewMonth, days: Int = 90) {
    self.init(asOf: month.end, days: days, month: month)
  }

  /// The first moment of the window, which belongs to it.
  public var start: UTCTime { UTCTime(seconds: asOf.seconds - Int64(days) * 86_400) }

  /// The window's days: those after the day of its start up to the day of its end.
  public var calendar: ClosedRange<Int> { (asOf.day.number - days + 1)...asOf.day.number }
}

/// A calendar month.
public struct ReviewMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let year, month: Int

  /// Reads `2026-10`; nil for everything else.
  public init?(_ text: some StringProtocol) {
    guard let day = UTCDay("\(text)-01") else { return nil }
    (year, month, _) = day.date
  }

  init(year: Int, month: Int) { (self.year, self.month) = (year, month) }

  /// Nil unless the moment is the last second of a month.
  init?(endingAt time: UTCTime) {
    let next = UTCTime(seconds: time.seconds + 1)
    guard next.seconds == UTCTime(next.day).seconds, next.day.date.day == 1 else { return nil }
    let day = time.day.date
    self.init(year: day.year, month: day.month)
  }

  /// The newest month whose last day is not after a day.
  init(endedBy day: UTCDay) {
    let date = day.date
    if date.day == UTCDay.length(ofMonth: date.month, in: date.year) {
      self.init(year: date.year, month: date.month)
    } else {
      self.init(
        year: date.month == 1 ? date.year - 1 : date.year, month: date.month == 1 ? 12 : date.month - 1)
    }
  }

  /// The month's last second in UTC.
  public var end: UTCTime {
    let day = UTCDay(year: year, month: month, day: UTCDay.length(ofMonth: month, in: year))
    return UTCTime(seconds: UTCTime(day).seconds + 86_399)
  }

  /// `2026-10`.
  public var description: String { String(UTCDay(year: year, month: month, day: 1).description.prefix(7)) }

  /// `October 2026`.
  public var name: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November",
      "December",
    ]
    return "\(names[month - 1]) \(year)"
  }

  /// In the order of their spelling.
  public static func < (left: ReviewMonth, right: ReviewMonth) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }
}
