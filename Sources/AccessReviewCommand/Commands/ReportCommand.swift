import AccessReview
import ArgumentParser
import Foundation
import ReviewReport

/// `accessreview report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a review as one document.",
    discussion: """
      Shows the stored review of the period, or the newest where none is named; where there is none, it is made first. \
      The HTML is one file that needs no network and no script.

        accessreview report --month 2026-10 --output report.html
        accessreview report --format json | jq '.roles[].name'
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case html, json
  }

  @OptionGroup var period: PeriodOptions
  @OptionGroup var store: StoreOptions

  @Option(
    help:
      "\(Format.allCases.map(\.rawValue).joined(separator: " or ")). Default: what the output's name ends in, else html."
  )
  var format: Format?

  @Option(name: .shortAndLong, help: "The file to write. Default: standard output.")
  var output: String?

  func run() throws {
    let result = try StoredReview(store: store, period: period).result()
    let text =
      switch format ?? (output?.hasSuffix(".json") == true ? .json : .html) {
      case .html: HTMLReport(result).render()
      case .json: try JSONReport(result).render()
      }
    guard let output, output != "-" else {
      Console.output(text)
      return
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      throw OutputError(path: output, problem: "it cannot be written: \(error.localizedDescription)")
    }
    Console.error("Wrote \(TerminalLine.escaped(output)).")
  }
}
