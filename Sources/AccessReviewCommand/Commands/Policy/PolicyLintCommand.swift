import ActionCatalog
import ArgumentParser
import IAMPolicy
import PolicyAlgebra

/// `accessreview policy lint FILE…`
struct PolicyLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find mistakes and traps in policies.",
    discussion: """
      Unknown actions, resources that the actions are not about, conditions that hold for requests without the key, ARNs \
      that match nothing, principals and wildcards that open too much, statements that others make superfluous, documents \
      over the quota, and whatever IAM refuses. Severities:

        error    AWS refuses it, or a part of the policy certainly does
                 nothing
        warning  it probably does not do what was meant, or opens more than
                 it should
        note     it could be put better

      What a policy must have and may not have depends on its kind. Without --kind it is taken for an identity policy, or, \
      where it names principals, for a trust policy or a resource policy.

        accessreview policy lint policies/*.json
        accessreview policy lint --kind scp guardrail.json
        accessreview policy lint --format sarif policies/*.json > lint.sarif

      With --format json there is a line for each file: {"file": …, "kind": …, "findings": […]}. Rules are listed in \
      Documentation/Policies.md.

      The exit status is 0 where there are no errors, whatever else was found; 1 where there are, also where a file holds no \
      JSON or no policy; 3 where a file could not be opened (1 where none could).
      """)

  /// The forms of findings.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif
  }

  @OptionGroup var options: PolicyFileOptions

  @Option(help: "\(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: Format = .text

  @Option(
    help: ArgumentHelp("What the policies are used as: \(PolicyLintCommand.kinds).", valueName: "kind"),
    transform: PolicyLintCommand.kind)
  var kind: PolicyKind?

  private static let kinds = PolicyKind.allCases.map(\.rawValue).joined(separator: ", ")

  private static func kind(_ text: String) throws -> PolicyKind {
    guard let kind = PolicyKind(rawValue: text) else {
      throw ValidationError("There is no kind of policy '\(text)'; there are \(kinds).")
    }
    return kind
  }

  func run() throws {
    let catalog = try options.store.catalog()
    let lint = CatalogLint(catalog, space: ActionSpace(catalog))
    var results = ResultStream()
    var log = SARIFLog()
    var counts: [LintRule.Severity: Int] = [:]
    func add(_ linted: LintedFile) throws {
      for finding in linted.findings { counts[finding.severity, default: 0] += 1 }
      switch format {
      case .text: try results.appending { $0 += linted.text.utf8 }
      case .json: try results.line(linted.json.closed)
      case .sarif: log.add(linted)
      }
    }
    let tally = try PolicyFile.forEach(options.files, orElse: { try add(LintedFile($0, as: kind)) }) { file in
      try add(LintedFile(file, as: kind, lint))
      return true
    }
    if format == .sarif {
      if tally.failed > 0 { log.noteFailure() }
      try results.line(log.json.closed)
    }
    try results.flush()
    if format == .text, !counts.isEmpty { Console.error(PolicyLintCommand.summary(counts)) }
    try tally.check()
    if counts[.error] != nil { throw ExitCode(ExitStatus.failure.rawValue) }
  }

  private static func summary(_ counts: [LintRule.Severity: Int]) -> String {
    LintRule.Severity.allCases.compactMap { severity in
      counts[severity].map { "\($0) \(severity.rawValue)\($0 == 1 ? "" : "s")" }
    }.joined(separator: ", ")
  }
}
