public import JSONText

/// Looks for mistakes and traps in a policy document that show without knowing which actions there are.
///
/// Sources: "IAM policy validation check reference" and "IAM JSON policy element reference", IAM User Guide.
public struct PolicyLint: Sendable {
  private let document: PolicyDocument
  private let json: JSONValue
  private let kind: PolicyKind
  private let writtenCharacters: Int?

  /// - Parameters:
  ///   - document: read from `json`.
  ///   - json: the document as it was written.
  ///   - kind: what it is used as.
  ///   - writtenCharacters: how many characters the text has in which it was written; nil where that is not known.
  public init(_ document: PolicyDocument, json: JSONValue, kind: PolicyKind, writtenCharacters: Int? = nil) {
    self.document = document
    self.json = json
    self.kind = kind
    self.writtenCharacters = writtenCharacters
  }

  /// In the order of the document.
  public var findings: [LintFinding] {
    var findings = document.problems.map(finding)
    findings += DocumentSize(json, kind: kind, writtenCharacters: writtenCharacters).findings
    var budget = PolicyLint.mostComparisons
    for statement in document.statements {
      findings += ElementLint(statement, kind: kind).findings
      findings += ResourceLint(statement).findings
      findings += AliasLint(statement).findings
      findings += GrantLint(statement, kind: kind).findings
      let cost =
        statement.conditions.count
        * (statement.conditions.count + (statement.principals?.principals.count ?? 0))
      if cost <= budget {
        budget -= cost
        findings += conditions(of: statement)
      } else {
        findings.append(
          LintFinding(
            .checkLeftOut, in: statement, element: "Condition",
            "There are too many conditions to compare them with each other", remedy: "Split the policy."))
      }
      if document.version == PolicyDocument.oldVersion {
        findings += variables(in: statement)
      } else {
        findings += VariableLint(statement).findings
      }
    }
    findings += RedundancyLint(document).findings
    return findings.sorted(by: LintFinding.precedes)
  }

  /// Comparisons of conditions that are made at most: no document within AWS's quotas comes near it.
  private static let mostComparisons = 200_000

  /// What depends on how the conditions of a statement go together.
  private func conditions(of statement: Statement) -> [LintFinding] {
    var findings = PrincipalLint(statement, kind: kind).findings
    if kind == .trust, let lint = TrustLint(statement) { findings += lint.findings }
    for condition in statement.conditions {
      findings += ConditionLint(condition, in: statement).findings
      findings += ConditionKeyLint(condition, in: statement).findings
      findings += ConditionTrapLint(condition, in: statement).findings
    }
    return findings
  }

  private func finding(_ problem: PolicyProblem) -> LintFinding {
    let rule: LintRule =
      switch problem.kind {
      case .refused: .grammar
      case .duplicateSid: .duplicateSid
      case .emptyList: .emptyList
      case .noStatements: .noStatements
      case .malformedPrincipal: .malformedPrincipal
      case .notAnARN: .notAnARN
      case .wildcardInService: .wildcardInService
      }
    let index = problem.statementIndex
    let sid = index.flatMap { document.statements.indices.contains($0) ? document.statements[$0].sid : nil }
    return LintFinding(
      rule, severity: nil, statementIndex: index, sid: sid, element: problem.element, problem.sentence,
      remedy: problem.remedy)
  }

  /// Source: "IAM policy elements: Variables and tags", IAM User Guide.
  private func variables(in statement: Statement) -> [LintFinding] {
    let conditions = statement.conditions.flatMap(\.values)
    let resources = statement.resources?.patterns.map(\.description) ?? []
    return [("Resource", resources), ("Condition", conditions)].compactMap { element, texts in
      guard let text = texts.first(where: { $0.contains("${") }) else { return nil }
      return LintFinding(
        .variablesInOldVersion, in: statement, element: element,
        "\(quoted(text)) is plain text in version \(PolicyDocument.oldVersion), which holds where none is written",
        remedy: "Write \"Version\": \"\(PolicyDocument.currentVersion)\".")
    }
  }
}

extension ResourceClause {
  /// The patterns that are written down, whichever element they stand in.
  var patterns: [ResourcePattern] {
    switch self {
    case .only(let patterns), .except(let patterns): patterns
    }
  }

  /// The element in AWS's word.
  var element: String { if case .only = self { "Resource" } else { "NotResource" } }
}

extension ActionClause {
  /// The patterns that are written down, whichever element they stand in.
  public var patterns: [ActionPattern] {
    switch self {
    case .only(let patterns), .except(let patterns): patterns
    }
  }

  /// The element in AWS's word.
  public var element: String { if case .only = self { "Action" } else { "NotAction" } }
}
