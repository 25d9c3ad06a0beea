import ActionCatalog
import ArgumentParser
import IAMPolicy
import PolicyAlgebra

/// `accessreview policy minimise FILE…`
struct PolicyMinimiseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minimise",
    abstract: "Find the shortest list of actions and wildcards that allows the same.",
    discussion: """
      The actions are those of `policy expand`: of several files all that any of them allows, or with --format json a line \
      for each file, {"file": …, "patterns": […], "unknown": […]}. The patterns stand for exactly these among the actions \
      that there are today; a wildcard may come to allow more when AWS adds actions. With --no-wildcards each action is \
      spelled out, which stays as it is.

        accessreview policy minimise policy.json
        accessreview policy minimise --no-wildcards policy.json

      Actions that a policy spells out and the catalogue does not know stay in the list.
      """)

  @OptionGroup var options: PolicyFileOptions

  @Flag(name: .customLong("no-wildcards"), help: "Spell every action out.")
  var spellsOut = false

  @Option(help: "\(SummaryFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
  var format: SummaryFormat = .text

  func run() throws {
    let space = ActionSpace(try options.store.catalog())
    var results = ResultStream()
    var union = ActionSet(capacity: space.count)
    var unknown: Set<String> = []
    let tally = try PolicyFile.forEach(options.files) { file in
      let expanded = ExpandedFile(file, in: space)
      let expansion = expanded.expansion
      switch format {
      case .text:
        union.formUnion(expansion.actions)
        unknown.formUnion(expansion.unknown.map(\.description))
        return expanded.tell()
      case .json:
        let patterns = patterns(expansion.actions, expansion.unknown.map(\.description), in: space)
        try results.line(expanded.line("patterns", patterns).closed)
        return expansion.obstacles.isEmpty
      }
    }
    if format == .text {
      for pattern in patterns(union, unknown.sorted(), in: space) { try results.line(pattern.utf8) }
    }
    try results.flush()
    try tally.check()
  }

  /// The patterns of known actions and, after them, the unknown actions that none of them stands for.
  private func patterns(_ set: ActionSet, _ unknown: [String], in space: ActionSpace) -> [String] {
    let patterns = space.minimise(set, wildcards: !spellsOut)
    let others = unknown.compactMap { ActionPattern($0) }.filter { other in
      !patterns.contains { $0.covers(other) }
    }
    return (patterns + others).map(\.description)
  }
}
