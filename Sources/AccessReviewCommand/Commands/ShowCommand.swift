import ArgumentParser

/// `accessreview show`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show")
}
