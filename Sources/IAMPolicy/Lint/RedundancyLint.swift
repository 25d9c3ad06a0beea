/// Statements and entries that say nothing that others do not say.
struct RedundancyLint {
  private let statements: [Statement]

  init(_ document: PolicyDocument) { statements = document.statements.filter(\.isUnderstood) }

  /// Comparisons of patterns that are made at most: no document within AWS's quotas comes near it.
  private static let most = 2_000_000

  var findings: [LintFinding] {
    let entries = statements.map { statement in
      max(1, (statement.actions?.patterns.count ?? 0) + (statement.resources?.patterns.count ?? 0))
    }.reduce(0, +)
    guard entries * entries <= RedundancyLint.most, length <= RedundancyLint.longest else {
      return [
        LintFinding(
          .checkLeftOut, in: nil, element: "Statement",
          "Actions and resources are too many or too long to compare them with each other",
          remedy: "Split the policy.")
      ]
    }
    return shadowed + statements.flatMap(redundantEntries)
  }

  /// Bytes of all patterns together: each is compared with each other one, at a cost of the product of their lengths.
  private static let longest = 25_000

  private var length: Int {
    statements.reduce(0) { sum, statement in
      sum + (statement.actions?.patterns ?? []).reduce(0) { $0 + $1.description.utf8.count }
        + (statement.resources?.patterns ?? []).reduce(0) { $0 + $1.description.utf8.count }
    }
  }

  private var shadowed: [LintFinding] {
    statements.enumerated().compactMap { place, statement in
      for (other, wider) in statements.enumerated() where other != place {
        guard wider.covers(statement) else { continue }
        if wider.effect == .deny, statement.effect == .allow {
          guard wider.conditions.isEmpty else { continue }
          return LintFinding(
            .deniedStatement, in: statement, element: "Effect",
            "All that it allows is denied by \(RedundancyLint.name(wider))",
            remedy: "Remove it, or narrow the Deny.")
        }
        guard wider.effect == statement.effect, wider.hasNoMoreConditions(than: statement) else { continue }
        // Of two that say the same, the later one is superfluous.
        if statement.covers(wider), statement.hasNoMoreConditions(than: wider), place < other { continue }
        return LintFinding(
          .shadowedStatement, in: statement, element: "Statement",
          "All that it says is said by \(RedundancyLint.name(wider))", remedy: "Remove it.")
      }
      return nil
    }
  }

  private static func name(_ statement: Statement) -> String {
    let sid = statement.sid.map { ", \(quoted($0))" } ?? ""
    return "statement \(statement.index + 1)\(sid)"
  }

  private func redundantEntries(_ statement: Statement) -> [LintFinding] {
    var findings: [LintFinding] = []
    func note(_ element: String, _ entry: String, _ wider: String) {
      findings.append(
        LintFinding(
          .redundantEntry, in: statement, element: element,
          entry == wider
            ? "\(quoted(entry)) stands there twice" : "\(quoted(entry)) is part of \(quoted(wider))",
          remedy: "Remove it."))
    }
    if let clause = statement.actions {
      for (entry, wider) in RedundancyLint.covered(clause.patterns, by: { $0.covers($1) }) {
        note(clause.element, entry.description, wider.description)
      }
    }
    if let clause = statement.resources {
      for (entry, wider) in RedundancyLint.covered(clause.patterns, by: { $0.covers($1) }) {
        note(clause.element, entry.description, wider.description)
      }
    }
    return findings
  }

  private static func covered<Pattern>(
    _ patterns: [Pattern], by covers: (Pattern, Pattern) -> Bool
  ) -> [(Pattern, Pattern)] {
    patterns.enumerated().compactMap { place, pattern in
      for (other, wider) in patterns.enumerated() where other != place && covers(wider, pattern) {
        if covers(pattern, wider), place < other { continue }
        return (pattern, wider)
      }
      return nil
    }
  }
}

extension Statement {
  /// Whether the statement is about all that another is about, conditions left aside; false says "not proved".
  fileprivate func covers(_ other: Statement) -> Bool {
    guard let actions, let others = other.actions, actions.covers(others) else { return false }
    switch (principals, other.principals) {
    case (nil, nil): break
    case (.only(let mine)?, .only(let theirs)?):
      guard mine.contains(.everyone) || Set(theirs).isSubset(of: mine) else { return false }
    case (let mine, let theirs): guard mine == theirs else { return false }
    }
    switch (resources, other.resources) {
    case (nil, nil): return true
    case (let mine?, let theirs?): return mine.covers(theirs)
    default: return false
    }
  }

  /// Whether it applies wherever the other does, as far as its conditions go.
  fileprivate func hasNoMoreConditions(than other: Statement) -> Bool {
    Set(conditions).isSubset(of: other.conditions)
  }
}

extension ActionClause {
  fileprivate func covers(_ other: ActionClause) -> Bool {
    switch (self, other) {
    case (.only(let mine), .only(let theirs)):
      !theirs.isEmpty && theirs.allSatisfy { pattern in mine.contains { $0.covers(pattern) } }
    case (.except(let mine), .except(let theirs)):
      mine.allSatisfy { pattern in theirs.contains { $0.covers(pattern) } }
    case (.only(let mine), .except): mine.contains { $0.wildcardKind == .everything }
    case (.except, .only): false
    }
  }
}

extension ResourceClause {
  fileprivate func covers(_ other: ResourceClause) -> Bool {
    switch (self, other) {
    case (.only(let mine), .only(let theirs)):
      !theirs.isEmpty && theirs.allSatisfy { pattern in mine.contains { $0.covers(pattern) } }
    case (.except(let mine), .except(let theirs)):
      mine.allSatisfy { pattern in theirs.contains { $0.covers(pattern) } }
    case (.only(let mine), .except): mine.contains { $0.isEverything }
    case (.except, .only): false
    }
  }
}
