import AccessReview
import ArgumentParser
import IAMIdentifiers

/// `accessreview review`
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Compare what every role is granted with what it used, and store the verdicts.",
    discussion: """
      The window ends with the month, or at --as-of, and begins 90 days before. Without either the review is of the newest \
      month whose last day the trail reaches; it never looks at the clock.

      An action is called unused only where the trail would have shown it on 95 % of the window's days (--min-coverage) and \
      it was granted all the time. What cannot be known is said with its reason.

        accessreview review --month 2026-10
        sqlite3 accessreview.sqlite 'SELECT role_arn, action FROM unused_permissions'
      """)

  @OptionGroup var period: PeriodOptions
  @OptionGroup var store: StoreOptions

  @Option(help: "The form of the summary: \(SummaryFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: SummaryFormat = .text

  func run() throws {
    let evidence = try store.open(.write)
    let request = ReviewRequest(period: try period.period(of: evidence), minimumCoverage: period.minCoverage)
    let review = try ReviewEngine(request).run(on: evidence)
    let summary = ReviewSummary(result: review.result)
    Console.output(format == .json ? try summary.json() : summary.text)
  }
}
