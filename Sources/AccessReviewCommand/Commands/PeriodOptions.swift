import AccessReview
import ArgumentParser
import EvidenceStore
import IAMIdentifiers

/// Which period a review is of.
struct PeriodOptions: ParsableArguments {
  @Option(help: "The calendar month (UTC), such as 2026-10.")
  var month: String?

  @Option(help: "The moment of which the review speaks, such as 2026-10-31T23:59:59Z or 2026-10-31.")
  var asOf: UTCTime?

  @Option(help: "How far back the review looks: 1d to 365d.")
  var window: String = "90d"

  @Option(help: "Percent of the window's days that must be covered before anything is called unused.")
  var minCoverage: Double = 95

  func validate() throws {
    if month != nil, asOf != nil { throw ValidationError("Give --month or --as-of, not both.") }
    if let month, ReviewMonth(month) == nil {
      throw ValidationError(
        "--month wants a year and a month, such as 2026-10; this is '\(TerminalLine.escaped(month))'.")
    }
    guard days != nil else {
      throw ValidationError(
        "--window wants a number of days from 1d to 365d; this is '\(TerminalLine.escaped(window))'.")
    }
    guard (0...100).contains(minCoverage) else {
      throw ValidationError("--min-coverage wants a number from 0 to 100.")
    }
  }

  /// The window in days.
  var days: Int? {
    let text = window.hasSuffix("d") ? window.dropLast() : Substring(window)
    return Int(text).flatMap { (1...365).contains($0) ? $0 : nil }
  }

  /// The period that was asked for; nil where nothing was said.
  var asked: ReviewPeriod? {
    let days = days ?? 90
    if let asOf { return ReviewPeriod(asOf: asOf, days: days) }
    return month.flatMap { ReviewMonth($0) }.map { ReviewPeriod(month: $0, days: days) }
  }

  /// The period that was asked for, else the newest month whose end the trail reaches.
  func period(of store: EvidenceStore) throws -> ReviewPeriod {
    if let asked { return asked }
    guard let period = try ReviewEngine.defaultPeriod(of: store, days: days ?? 90) else {
      throw UsageError(
        problem: "the store \(store.path) holds no events, so no month follows from it",
        remedy: "Import trails first, or say which period with --month or --as-of.")
    }
    return period
  }
}
