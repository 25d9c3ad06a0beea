import ActionCatalog
import ArgumentParser
import PolicyAlgebra

/// `accessreview policy expand FILE…`
struct PolicyExpandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expand",
    abstract: "List the actions that policies allow, wildcards spelled out.",
    discussion: """
      Every action of the catalogue that some Allow statement is about (Action or NotAction), whatever its resources and \
      conditions, less those that a Deny without condition takes away on all resources. Sorted, one a line, each once: of \
      several files all that any of them allows. With --format json a line for each file:

        {"file": …, "actions": […], "unknown": […]}

      Unknown are actions that a policy spells out and the catalogue does not know; in text they are told on standard error. \
      So are statements that are not understood; then the exit status is 3.

        accessreview policy expand policy.json | grep ^iam:
        accessreview policy expand --format json policies/*.json |
          jq -r 'select(.actions | index("iam:PassRole")) | .file'
      """)

  @OptionGroup var options: PolicyFileOptions

  @Option(help: "\(SummaryFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
  var format: SummaryFormat = .text

  func run() throws {
    let space = ActionSpace(try options.store.catalog())
    var results = ResultStream()
    var union = ActionSet(capacity: space.count)
    let tally = try PolicyFile.forEach(options.files) { file in
      let expanded = ExpandedFile(file, in: space)
      switch format {
      case .text:
        union.formUnion(expanded.expansion.actions)
        return expanded.tell()
      case .json:
        let names = space.names(expanded.expansion.actions).map(\.description)
        try results.line(expanded.line("actions", names).closed)
        return expanded.expansion.obstacles.isEmpty
      }
    }
    for name in space.names(union) { try results.line(name.description.utf8) }
    try results.flush()
    try tally.check()
  }
}
