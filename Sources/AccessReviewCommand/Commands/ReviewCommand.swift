import ArgumentParser

/// `accessreview review`
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "review")
}
