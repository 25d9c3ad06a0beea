import ArgumentParser

/// `accessreview policy`
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract:
      "Look into policy documents: what they grant, how short they could be, what is wrong with them.",
    discussion: """
      A file holds a policy document by itself, or an answer of the AWS CLI with one in it (get-policy-version, \
      get-role-policy, get-role, get-bucket-policy, get-key-policy, describe-policy …), as an object, as text, or \
      percent-encoded; - is standard input.

        accessreview policy expand policy.json
        accessreview policy minimise policy.json
        accessreview policy lint --kind scp guardrail.json
        aws iam get-policy-version --policy-arn ARN --version-id v1 |
          accessreview policy expand -
      """,
    subcommands: [PolicyExpandCommand.self, PolicyMinimiseCommand.self, PolicyLintCommand.self])

  /// Without a subcommand there is nothing to do.
  func run() throws {
    Console.error(AccessReviewCommand.helpMessage(for: PolicyCommand.self))
    throw ExitCode(ExitStatus.usage.rawValue)
  }
}

/// Files with policies, and the catalogue to read them by.
struct PolicyFileOptions: ParsableArguments {
  @Argument(help: "Files with a policy document each; - for standard input.")
  var files: [String]

  @OptionGroup var store: CatalogStoreOptions
}
