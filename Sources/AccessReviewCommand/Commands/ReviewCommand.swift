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

      Data events (S3 objects, Lambda invocations, items of tables) are recorded only where a trail's selectors say so: import \
      the output of describe-trails and get-event-selectors. Where that cannot be had, --assume-recorded says it in their \
      place; the report tells which verdicts rest on it. Days of which nothing was delivered stay gaps.

        accessreview review --month 2026-10
        accessreview review --month 2026-10 --assume-recorded AWS::S3::Object --assume-recorded AWS::Lambda::Function
        sqlite3 accessreview.sqlite 'SELECT role_arn, action FROM unused_permissions'
      """)

  @OptionGroup var period: PeriodOptions
  @OptionGroup var store: StoreOptions

  @Option(
    name: .customLong("assume-recorded"),
    help: ArgumentHelp(
      """
      A kind of events that was recorded wholly in the window, in every account, whatever selectors are imported: a \
      resource type of data events such as AWS::S3::Object, management-read or management-write. May be repeated.
      """, valueName: "type"))
  var assumed: [String] = []

  @Option(help: "The form of the summary: \(SummaryFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: SummaryFormat = .text

  private var assumption: AssumedRecording {
    get throws {
      do throws(UnknownKind) {
        return try AssumedRecording(assumed)
      } catch {
        throw UsageError(problem: "--assume-recorded: \(error.problem)", remedy: error.remedy)
      }
    }
  }

  func run() throws {
    let assumption = try assumption
    let evidence = try store.open(.write)
    let request = ReviewRequest(
      period: try period.period(of: evidence), minimumCoverage: period.minCoverage,
      assumed: assumption)
    let review = try ReviewEngine(request).run(on: evidence)
    let summary = ReviewSummary(result: review.result)
    Console.output(format == .json ? try summary.json() : summary.text)
  }
}
