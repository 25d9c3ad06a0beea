import AccessReview
public import ArgumentParser
import EvidenceStore
public import IAMIdentifiers
import Logging

/// `accessreview import PATH…`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read trails, IAM snapshots, trail configuration and organisation policies into the store.",
    discussion: """
      Paths are files, folders (all files in them, but for names that begin with a dot), and - for standard input. What a \
      file is, is told by its content, never by its name:

        trails                 {"Records":[…]}, an array of events, one event,
                               JSON Lines; plain or gzip
        snapshots              aws iam get-account-authorization-details
        trail configuration    aws cloudtrail describe-trails,
                               get-event-selectors and get-trail-status, or one
                               object of account, describeTrails,
                               getEventSelectors and getTrailStatus
        organisation policies  {"managementAccountId", "accounts":
                               {ACCOUNT: [[policies of a level], …]}}, or the
                               outputs of aws organizations
        resources              policies of buckets, keys, queues, topics,
                               functions, secrets, repositories, VPC endpoints;
                               grants of keys
        reports                credential reports, last-accessed reports,
                               IAM Identity Center
        collected answers      lines {"accessreview":1, "command", "account",
                               "region", "resource", "takenAt", "complete",
                               "error", "output"}, of any of these calls and of
                               aws cloudtrail lookup-events

      What does not say whom it is about needs such a line: see Documentation/OrganisationPolicies.md.

      Digests are read for their lists of files. Insights, Config, load-balancer, flow and access logs that lie in the same \
      bucket are counted and left alone.

      Importing a file again is free and doubles nothing; an import that was killed is run again and brings the rest.

      Exit status: 0; 3 where something could not be read, be it one record (the rest was imported).
      """)

  @Argument(help: "Files, folders, or - for standard input.")
  var paths: [String]

  @OptionGroup var store: StoreOptions

  @Flag(
    help: """
      The trails are whole deliveries, whatever their names: what they do not show did not happen. Files with \
      CloudTrail's own names, or listed by a digest, count as whole without it.
      """)
  var complete = false

  @Option(
    help: """
      When what does not say so itself (snapshots, outputs of the AWS CLI) was taken, such as 2026-10-31T23:59:59Z; also \
      for files that were imported before.
      """)
  var takenAt: UTCTime?

  @Option(help: "The form of the summary: \(SummaryFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: SummaryFormat = .text

  @Flag(name: .shortAndLong, help: "Say on standard error what is being read.")
  var verbose = false

  @Option(help: ArgumentHelp("Reader threads beside the writer.", visibility: .hidden))
  var threads: Int?

  @Option(help: ArgumentHelp("Events after which what was read is committed.", visibility: .hidden))
  var transactionEvents: Int?

  func validate() throws {
    if paths.isEmpty { throw ValidationError("Name at least one file or folder, or - for standard input.") }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1.") }
    if let transactionEvents, transactionEvents < 1 {
      throw ValidationError("--transaction-events must be at least 1.")
    }
  }

  func run() throws {
    let evidence = try store.open(.create)
    let importer = Importer(
      Importer.Request(
        paths: paths, declaresComplete: complete, takenAt: takenAt, threads: threads,
        eventsInTransaction: transactionEvents))
    var bar = ProgressBar()
    var logger = Logger(label: "accessreview", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = verbose ? .debug : .error
    let tally: ImportTally
    do {
      tally = try importer.run(into: evidence) { progress in
        bar.update(progress)
        logger.debug("\(progress.filesDone) of \(progress.files) files read, \(progress.events) new events")
      }
      bar.end()
    } catch {
      bar.end()
      throw error
    }
    let summary = ImportSummary(tally: tally)
    Console.output(format == .json ? try summary.json() : summary.text(store: store.path))
    if tally.hasLoss { throw ExitCode(ExitStatus.incomplete.rawValue) }
  }
}

extension UTCTime: ExpressibleByArgument {
  /// Reads a time as CloudTrail writes it, or a day, which stands for its last second.
  public init?(argument: String) {
    if let time = UTCTime(iso8601: argument) {
      self = time
    } else if let day = UTCDay(argument) {
      self = UTCTime(seconds: UTCTime(day).seconds + 86_399)
    } else {
      return nil
    }
  }
}
