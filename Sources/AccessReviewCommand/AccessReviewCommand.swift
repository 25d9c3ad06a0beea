import ArgumentParser
import Foundation
import IAMIdentifiers

/// The `accessreview` program.
@main
struct AccessReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accessreview",
    abstract: "Which permissions does each role hold, which has it used, which may safely go?",
    discussion: """
      Imports CloudTrail exports and IAM snapshots into one SQLite file, computes granted against used actions for \
      every role, and writes the periodic access review. It works on files and never calls AWS.

        accessreview import trails iam config org
        accessreview review --month 2026-10
        accessreview report --month 2026-10 --output report.html

      Exit status: 0 done, 1 failed, 2 wrong usage, 3 some input could not be read (the rest was imported).
      """,
    version: "0.1.0",
    subcommands: [
      ImportCommand.self, ReviewCommand.self, ReportCommand.self, RolesCommand.self, ShowCommand.self,
      PermissionsCommand.self, CollectScriptCommand.self, SimulateCommand.self, PolicyCommand.self,
      CatalogCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      exit(withStatusOf: error)
    }
  }

  /// Without a subcommand there is nothing to do.
  func run() throws {
    Console.error(Self.helpMessage())
    throw ExitCode(ExitStatus.usage.rawValue)
  }

  private static func exit(withStatusOf error: any Error) -> Never {
    if let error = error as? any DescribedError {
      // Lines of our own stay lines; what stands in them is escaped.
      let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false).map {
        TerminalLine.escaped(String($0))
      }
      Console.error("accessreview: \(lines.joined(separator: "\n"))")
      Foundation.exit(error.code == "usage" ? ExitStatus.usage.rawValue : ExitStatus.failure.rawValue)
    }
    if let status = error as? ExitCode { Foundation.exit(status.rawValue) }
    let message = fullMessage(for: error)
    let status = exitCode(for: error)
    if status.isSuccess {
      print(message)
      Foundation.exit(0)
    }
    // The message quotes what was typed, or what a shell put in the place of a pattern.
    Console.error(
      message.split(separator: "\n", omittingEmptySubsequences: false).map {
        TerminalLine.escaped(String($0))
      }
      .joined(separator: "\n"))
    Foundation.exit(status == .validationFailure ? ExitStatus.usage.rawValue : ExitStatus.failure.rawValue)
  }
}

/// What the program's exit status means.
enum ExitStatus: Int32 {
  case failure = 1
  case usage = 2
  /// Some input could not be read; the rest was imported.
  case incomplete = 3
}

/// Arguments that fit no store or review.
struct UsageError: DescribedError {
  let problem: String
  let remedy: String
  var code: String { "usage" }
  var place: String? { nil }
}
