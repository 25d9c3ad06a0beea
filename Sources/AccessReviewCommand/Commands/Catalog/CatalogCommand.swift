import ArgumentParser

/// `accessreview catalog`
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Look into the catalogue of actions: what exists, and what a call needed.",
    discussion: """
      The catalogue tells which IAM actions there are and which of them authorises which recorded call. It is part of the \
      program; AWS's own service reference files, where you have downloaded them, can be laid over it.

        accessreview catalog resolve s3 CopyObject
        accessreview catalog actions sqs sns
        accessreview catalog status
      """,
    subcommands: [
      CatalogStatusCommand.self, CatalogActionsCommand.self, CatalogResolveCommand.self,
      CatalogUpdateCommand.self,
      CatalogDiffCommand.self,
    ])

  /// Without a subcommand there is nothing to do.
  func run() throws {
    Console.error(AccessReviewCommand.helpMessage(for: CatalogCommand.self))
    throw ExitCode(ExitStatus.usage.rawValue)
  }
}
