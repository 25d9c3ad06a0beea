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

/// What the statements of a layer must say and what they may not.
///
/// Sources: "Grammar of the IAM JSON policy language" and "AWS JSON policy elements: Principal", IAM User Guide; "SCP syntax" and
/// "RCP syntax", AWS Organizations User Guide.
enum LayerGrammar {
  /// Policies of a caller and service control policies: resources, and no principals.
  case ofCallers
  /// Policies of a resource: principals; resources only in some.
  case ofResource
  /// Resource control policies: both.
  case ofResources
  /// Policies of a VPC endpoint: whoever is not named is everyone.
  case ofEndpoint

  /// Why nobody can say what a statement does in such a layer; nil where it is plain.
  func obstacle(_ statement: Statement) -> String? {
    if let reason = statement.notUnderstood { return reason }
    switch self {
    case .ofCallers where statement.principals != nil: return "The statement names principals"
    case .ofResource where statement.principals == nil, .ofResources where statement.principals == nil:
      return "The statement has no Principal"
    default: break
    }
    if statement.resources == nil, self == .ofCallers || self == .ofResources {
      return "The statement has neither Resource nor NotResource"
    }
    // Source: "AWS JSON policy elements: NotPrincipal", IAM User Guide: only Deny is supported.
    if case .except = statement.principals, statement.effect != .deny {
      return "The statement has NotPrincipal without Deny"
    }
    return nil
  }
}

/// Evaluates the statements of one layer.
struct StatementEvaluation {
  let request: AuthorizationRequest
  /// What the action's resource counts as: `*` for an action without resource-level permissions.
  let resource: String
  /// Whether the action has no resource-level permissions and this layer is asked for it on every resource.
  var isWithoutResource = false
  let hasBoundary: Bool
  let grammar: LayerGrammar

  /// Statements that are about the action, the resource and the caller; others have no say.
  func outcomes(of policies: [NamedPolicy]) -> [StatementOutcome] {
    policies.flatMap { policy in
      policy.document.statements.compactMap { outcome(of: $0, in: policy.name) }
    }
  }

  private func outcome(of statement: Statement, in policy: String) -> StatementOutcome? {
    // What is not understood may be about anything, but for what can be told: its actions.
    if let actions = statement.actions, !actions.matches(request.action) { return nil }
    if let reason = grammar.obstacle(statement) {
      return StatementOutcome(
        policy: policy, index: statement.index, sid: statement.sid, effect: statement.effect,
        truth: .depends(on: ["\(policy): \(reason)"]), unmet: [], principal: .direct)
    }
    let (principal, isCaller) = caller(statement)
    guard isCaller != .no else { return nil }
    let resourceTruth = matches(statement.resources)
    guard resourceTruth != .no else { return nil }
    let outcomes = statement.conditions.map { $0.outcome(in: request.context) }
    return StatementOutcome(
      policy: policy, index: statement.index, sid: statement.sid, effect: statement.effect,
      truth: Truth.all([isCaller, resourceTruth] + outcomes.map(\.truth)),
      unmet: outcomes.filter { $0.truth != .yes }, principal: principal)
  }

  /// How a statement takes in the caller, and whether it does.
  private func caller(_ statement: Statement) -> (PrincipalMatch, Truth) {
    guard let clause = statement.principals else { return (.direct, .yes) }
    let match = clause.match(request.principal, effect: statement.effect, hasBoundary: hasBoundary)
    if match == .none, let id = clause.canonicalUser, request.principal.account != nil {
      // The id is of an account, and nothing tells of which.
      return (.account, .depends(on: ["canonical user \(String(id.prefix(64)))"]))
    }
    return (match, Truth(match > .none))
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
    if isWithoutResource, pattern.namesWholeAccount(of: request.action.service.lowercased()) { return .yes }
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
  ///
  /// All variables have been taken apart, so that every `$` that is left is a character: were it not written as one, a value
  /// after it could begin a variable.
  static func escaped(_ pieces: [Piece]) -> String {
    var text = String.UnicodeScalarView()
    for piece in pieces {
      for scalar in piece.text.unicodeScalars {
        if scalar == "$" || (!piece.hasWildcards && (scalar == "*" || scalar == "?")) {
          text.append(contentsOf: ["$", "{", scalar, "}"])
        } else {
          text.append(scalar)
        }
      }
    }
    return String(text)
  }
}
