/// KMS statements that name keys by their aliases, which few actions take.
///
/// Sources: "Using aliases to control access to KMS keys" and "AWS KMS permissions", AWS KMS Developer Guide: an alias as a
/// resource is checked by the three actions that manage aliases alone.
struct AliasLint {
  private let statement: Statement

  init(_ statement: Statement) { self.statement = statement }

  var findings: [LintFinding] {
    guard let clause = statement.resources, case .only(let actions)? = statement.actions else { return [] }
    let places = clause.patterns.map { ($0, AliasLint.resource($0)) }
    let misspelled = places.filter { $1?.hasPrefix("key/alias/") ?? false }.map { pattern, _ in
      finding(
        clause, "\(quoted(pattern.description)) is the ARN of neither a key nor an alias",
        "Write key/ and the key's id, or alias/ and the alias's name.")
    }
    let aliases = places.filter { $1?.hasPrefix("alias/") ?? false }.map(\.0)
    guard let alias = aliases.first, !actions.contains(where: { $0.wildcardKind == .everything }) else {
      return misspelled
    }
    let others = actions.filter { $0.servicePrefix == "kms" && AliasLint.worksOnKeys($0) }
    guard !others.isEmpty else { return misspelled }
    let managing = actions.contains { $0.servicePrefix == "kms" && AliasLint.managesAliases($0) }
    if !managing {
      return misspelled
        + aliases.map { alias in
          finding(
            clause,
            "\(quoted(alias.description)) is an alias, and these actions are checked against the key's own ARN",
            AliasLint.remedy)
        }
    }
    // Beside a key the alias is there for the actions that manage aliases.
    if case .only = clause, aliases.count < clause.patterns.count { return misspelled }
    let keysOnly = others.filter { !AliasLint.managesAliases($0) }
    guard let shown = keysOnly.first ?? others.first else { return misspelled }
    return misspelled + [
      finding(
        clause,
        "\(quoted(shown.description)) "
          + (keysOnly.isEmpty ? "is but for three actions" : "is")
          + " checked against keys' own ARNs, which \(quoted(alias.description)) is none of",
        AliasLint.remedy, keysOnly.isEmpty ? .warning : nil)
    ]
  }

  private static let remedy =
    "Name the key, or all keys and a condition on kms:RequestAlias or kms:ResourceAliases."

  private func finding(
    _ clause: ResourceClause, _ sentence: String, _ remedy: String, _ severity: LintRule.Severity? = nil
  ) -> LintFinding {
    LintFinding(
      .kmsAliasARN, severity: severity, in: statement, element: clause.element, sentence, remedy: remedy)
  }

  /// The last segment of an ARN of KMS.
  private static func resource(_ pattern: ResourcePattern) -> Substring? {
    let parts = pattern.description.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 && parts[2] == "kms" ? parts[5] : nil
  }

  private static func managesAliases(_ pattern: ActionPattern) -> Bool {
    ["createalias", "deletealias", "updatealias"].contains { pattern.matchesName(Array($0.utf8)[...]) }
  }

  /// Actions that know no resources at all, which are another rule's affair.
  private static let withoutResource: Set<String> = [
    "connectcustomkeystore", "createcustomkeystore", "createkey", "deletecustomkeystore",
    "describecustomkeystores", "disconnectcustomkeystore", "generaterandom", "listaliases", "listkeys",
    "updatecustomkeystore",
  ]

  /// Some actions on keys, by which a pattern shows that it is about more than aliases.
  private static let onKeys = [
    "creategrant", "decrypt", "describekey", "encrypt", "generatedatakey", "getkeypolicy",
    "schedulekeydeletion",
    "sign", "updatekeydescription",
  ]

  private static func worksOnKeys(_ pattern: ActionPattern) -> Bool {
    if let action = pattern.literal {
      return !managesAliases(pattern) && !withoutResource.contains(action.name.lowercased())
    }
    return !managesAliases(pattern) || onKeys.contains { pattern.matchesName(Array($0.utf8)[...]) }
  }
}
