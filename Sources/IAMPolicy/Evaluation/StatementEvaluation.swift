import IAMIdentifiers

/// How a statement came out for a request.
public struct StatementOutcome: Hashable, Sendable {
  public let policy: String
  /// The statement's place in its document, counted from 0.
  public let index: Int
  public let sid: String?
  public let effect: Statement.Effect
  /// Whether the statement applies; what it says holds only then.
  public let truth: Truth
  /// Conditions that do not hold, or of which it is not known.
  public let unmet: [ConditionOutcome]
  let principal: PrincipalMatch
}

/// Evaluates the statements of one layer.
struct StatementEvaluation {
  let request: AuthorizationRequest
  /// What the action's resource counts as: `*` for an action without resource-level permissions.
  let resource: String
  let hasBoundary: Bool
  /// Whether statements of the layer name principals.
  let namesPrincipals: Bool

  /// Statements that are about the action, the resource and the caller; others have no say.
  func outcomes(of policies: [NamedPolicy]) -> [StatementOutcome] {
    policies.flatMap { policy in
      policy.document.statements.compactMap { outcome(of: $0, in: policy.name) }
    }
  }

  private func outcome(of statement: Statement, in policy: String) -> StatementOutcome? {
    if let reason = statement.notUnderstood { return unknown(statement, policy, reason) }
    guard let actions = statement.actions, actions.matches(request.action) else { return nil }
    var principal = PrincipalMatch.direct
    if let clause = statement.principals {
      principal = clause.match(request.principal, effect: statement.effect, hasBoundary: hasBoundary)
    } else if namesPrincipals {
      return nil
    }
    guard principal > .none else { return nil }
    let resourceTruth = matches(statement.resources)
    guard resourceTruth != .no else { return nil }
    let outcomes = statement.conditions.map { $0.outcome(in: request.context) }
    return StatementOutcome(
      policy: policy, index: statement.index, sid: statement.sid, effect: statement.effect,
      truth: Truth.all([resourceTruth] + outcomes.map(\.truth)), unmet: outcomes.filter { $0.truth != .yes },
      principal: principal)
  }

  /// What is not understood may allow or deny, wherever it can be told at all what it is about.
  private func unknown(_ statement: Statement, _ policy: String, _ reason: String) -> StatementOutcome? {
    if let actions = statement.actions, !actions.matches(request.action) { return nil }
    return StatementOutcome(
      policy: policy, index: statement.index, sid: statement.sid, effect: statement.effect,
      truth: .depends(on: ["\(policy): \(reason)"]), unmet: [], principal: .direct)
  }

  private func matches(_ clause: ResourceClause?) -> Truth {
    switch clause {
    // Trust policies name no resource, and some resource policies leave it out.
    case nil: .yes
    case .only(let patterns): Truth.any(patterns.map(matches))
    case .except(let patterns): Truth.any(patterns.map(matches)).negated
    }
  }

  private func matches(_ pattern: ResourcePattern) -> Truth {
    guard pattern.hasVariables else { return Truth(pattern.matches(resource)) }
    switch VariableText(pattern.description, variables: true).resolved(in: request.context) {
    case .nothing: return .no
    case .depends(let key): return .depends(on: [key])
    case .pieces(let pieces): return Truth(ResourcePattern(VariableText.escaped(pieces)).matches(resource))
    }
  }
}

extension VariableText {
  /// Pieces as text again, in which characters that are no wildcards are written as such.
  static func escaped(_ pieces: [Piece]) -> String {
    pieces.map { piece in
      guard !piece.hasWildcards else { return piece.text }
      return piece.text.map { "*?$".contains($0) ? "${\($0)}" : String($0) }.joined()
    }.joined()
  }
}
