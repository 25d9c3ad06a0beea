import IAMPolicy

extension JSONLine {
  /// What a decision rests on.
  init(_ evaluation: Evaluation) {
    self.init()
    member("reason", evaluation.reason)
    if !evaluation.isCertain { member("dependsOn", evaluation.dependsOn) }
    member("layers", evaluation.layers.filter { $0.result != .absent }.map { JSONLine($0) })
  }

  private init(_ layer: LayerOutcome) {
    self.init()
    member("layer", layer.kind.code)
    if let level = layer.kind.level { member("level", level + 1) }
    member("result", layer.result.rawValue)
    if let note = layer.note { member("note", note) }
    member("statements", layer.statements.map { JSONLine($0) })
  }

  private init(_ statement: StatementOutcome) {
    self.init()
    member("policy", statement.policy)
    member("statementIndex", statement.index)
    if let sid = statement.sid { member("sid", sid) }
    member("effect", statement.effect.word)
    member("applies", statement.truth.word)
    if statement.namesPart { member("namesPart", true) }
    if case .depends(let keys) = statement.truth { member("dependsOn", keys) }
    member("unmet", statement.unmet.map { JSONLine($0) })
  }

  private init(_ condition: ConditionOutcome) {
    self.init()
    member("operator", condition.condition.operatorText)
    member("key", condition.condition.key)
    member("wanted", condition.condition.values)
    if let values = condition.values { member("found", values) } else { member("found", nil as String?) }
    member("holds", condition.truth.word)
    if let note = condition.note { member("note", note) }
  }
}

extension LayerOutcome.Kind {
  /// The word for programs.
  var code: String {
    switch self {
    case .identityPolicies: "identity-policies"
    case .permissionsBoundary: "permissions-boundary"
    case .sessionPolicies: "session-policies"
    case .resourcePolicy: "resource-policy"
    case .keyGrants: "key-grants"
    case .endpointPolicy: "endpoint-policy"
    case .serviceControlPolicies: "service-control-policies"
    case .resourceControlPolicies: "resource-control-policies"
    }
  }

  /// Of the organisation's policies, counted from 0 at the root.
  var level: Int? {
    switch self {
    case .serviceControlPolicies(let level), .resourceControlPolicies(let level): level
    default: nil
    }
  }
}

extension Statement.Effect {
  /// As policies write it.
  var word: String {
    switch self {
    case .allow: "Allow"
    case .deny: "Deny"
    case .unknown: "unknown"
    }
  }
}

extension Truth {
  /// The word for programs.
  var word: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .depends: "depends"
    }
  }
}
