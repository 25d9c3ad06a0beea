import ArgumentParser
struct PolicyLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "lint")
}
