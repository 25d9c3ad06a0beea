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
  /// Whether the request is about all that a pattern describes, and the statement names only a part of it. Such an Allow does
  /// not apply, as not all is allowed; of a Deny, and of an Allow that takes the part out by `NotResource`, it depends on the
  /// resource.
  public let namesPart: Bool
  let reach: PrincipalReach

  init(
    policy: String, index: Int, sid: String?, effect: Statement.Effect, truth: Truth,
    unmet: [ConditionOutcome] = [], namesPart: Bool = false, reach: PrincipalReach
  ) {
    self.policy = policy
    self.index = index
    self.sid = sid
    self.effect = effect
    self.truth = truth
    self.unmet = unmet
    self.namesPart = namesPart
    self.reach = reach
  }

  /// Whether the statement applies and takes the caller in at least so.
  func truth(for match: PrincipalMatch) -> Truth { Truth.all([truth, reach.atLeast(match)]) }
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
  /// Resource control policies: resources, and everyone as the principal.
  case ofResources
  /// Policies of a VPC endpoint: whoever is not named is everyone.
  case ofEndpoint

  /// Why nobody can say what a statement does in such a layer; nil where it is plain.
  ///
  /// AWS refuses a resource control policy without `Principal`, but nobody else than everyone can be meant.
  func obstacle(_ statement: Statement) -> String? {
    if let reason = statement.notUnderstood { return reason }
    switch self {
    case .ofCallers where statement.principals != nil: return "The statement names principals"
    case .ofResource where statement.principals == nil: return "The statement has no Principal"
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
  let resource: RequestedResource
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

  /// Whether the action is one without resource-level permissions that some Allow names, but on other resources than all.
  func isAllowedInVain(by policies: [NamedPolicy]) -> Bool {
    isWithoutResource
      && policies.contains { policy in
        policy.document.statements.contains { statement in
          guard statement.effect == .allow, grammar.obstacle(statement) == nil else { return false }
          return statement.actions?.matches(request.action) == true
            && matches(statement, in: policy.name).0 == .no
        }
      }
  }

  private func outcome(of statement: Statement, in policy: String) -> StatementOutcome? {
    // What is not understood may be about anything, but for what can be told: its actions.
    if let actions = statement.actions, !actions.matches(request.action) { return nil }
    if let reason = grammar.obstacle(statement) {
      return StatementOutcome(
        policy: policy, index: statement.index, sid: statement.sid, effect: statement.effect,
        truth: .depends(on: ["\(statement.place(in: policy)): \(reason)"]), reach: .direct)
    }
    let reach =
      statement.principals?.reach(request, effect: statement.effect, hasBoundary: hasBoundary) ?? .direct
    let isCaller = reach.atLeast(.account)
    guard isCaller != .no else { return nil }
    let (resourceTruth, namesPart) = matches(statement, in: policy)
    guard resourceTruth != .no || namesPart else { return nil }
    let outcomes = statement.conditions.map { $0.outcome(in: request.context) }
    return StatementOutcome(
      policy: policy, index: statement.index, sid: statement.sid, effect: statement.effect,
      truth: Truth.all([isCaller, resourceTruth] + outcomes.map(\.truth)),
      unmet: outcomes.filter { $0.truth != .yes }, namesPart: namesPart, reach: reach)
  }

  /// Whether a statement is about the resource, and whether it is so in part only.
  private func matches(_ statement: Statement, in policy: String) -> (Truth, namesPart: Bool) {
    let (patterns, isExcept): ([ResourcePattern], Bool)
    switch statement.resources {
    // Trust policies name no resource, and some resource policies leave it out.
    case nil: return (.yes, false)
    case .only(let named): (patterns, isExcept) = (named, false)
    case .except(let named): (patterns, isExcept) = (named, true)
    }
    var namesPart = false
    let truth = Truth.any(
      patterns.lazy.map { pattern in
        let (share, key) = share(in: pattern)
        if let key { return Truth.depends(on: [key]) }
        guard share == .part else { return Truth(share == .whole) }
        namesPart = true
        // What allows a part does not allow the whole; what takes a part away leaves the rest.
        return statement.effect == .allow && !isExcept
          ? .no
          : .depends(on: ["\(statement.place(in: policy)): It names a part of the resources only"])
      })
    return (isExcept ? truth.negated : truth, namesPart && truth != .yes)
  }

  /// How much of the resource a pattern takes in, and the variable on which that depends.
  private func share(in pattern: ResourcePattern) -> (RequestedResource.Share, variable: String?) {
    if isWithoutResource, pattern.namesWholeAccount(of: request.action.service.lowercased()) {
      return (.whole, nil)
    }
    guard pattern.hasVariables else { return (resource.share(in: pattern), nil) }
    let text = VariableText(pattern.description, variables: true)
    // Source: "IAM policy elements: Variables and tags", IAM User Guide: no variable can stand for a part of the ARN before the
    // fifth colon; what comes of one there, nobody says.
    if let variable = text.variable(beforeColon: 5) {
      return (.none, "${\(variable)} before the fifth colon of a resource")
    }
    switch text.resolved(in: request.context) {
    case .nothing: return (.none, nil)
    case .depends(let key): return (.none, key)
    case .pieces(let pieces):
      return (resource.share(in: ResourcePattern(VariableText.escaped(pieces))), nil)
    }
  }
}

extension Statement {
  /// Where the statement stands, for explanations; the policy alone where its document as a whole is not understood.
  func place(in policy: String) -> String {
    if isDocumentAtFault { return policy }
    let sid = sid.map { " (\(cut($0)))" } ?? ""
    return "\(policy), statement \(index + 1)\(sid)"
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
