import ArgumentParser

/// `accessreview report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "report")
}
