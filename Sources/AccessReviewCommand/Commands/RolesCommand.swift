import AccessReview
import ArgumentParser
import ReviewReport

/// `accessreview roles`
struct RolesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roles",
    abstract: "List roles with what they hold and use, the riskiest first.",
    discussion: "On a terminal the first twelve; --all, or a pipe, shows every one.")

  /// Roles that fit on a screen.
  private static let few = 12

  @OptionGroup var period: PeriodOptions
  @OptionGroup var store: StoreOptions

  @Flag(help: "Show every role.")
  var all = false

  func run() throws {
    let result = try StoredReview(store: store, period: period).result()
    let limit = all || !Console.outputIsTerminal ? nil : RolesCommand.few
    Console.output(RolesTable(result, .ofConsole, limit: limit).render())
  }
}

extension TerminalStyle {
  /// What standard output can show.
  static var ofConsole: TerminalStyle {
    TerminalStyle(hasColor: Console.wantsColor, isUnicode: Console.isUnicode, width: Console.width)
  }
}
