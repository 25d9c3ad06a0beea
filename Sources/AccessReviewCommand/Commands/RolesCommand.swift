import ArgumentParser

/// `accessreview roles`
struct RolesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "roles")
}
