import IAMPolicy

/// The inputs as effects of statements, and what about them is unknown.
struct InputReading {
  let space: ExtendedSpace
  /// Allow statements of identity policies, and those that may be one.
  private(set) var allows: [StatementEffect] = []
  /// Deny statements of every layer, and those that may be one.
  private(set) var denies: [StatementEffect] = []
  /// The boundary, then the levels of SCPs.
  private(set) var layers: [Layer] = []
  private(set) var unknownSources: [UnknownSource] = []
  private(set) var ineffective: [IneffectiveAllow] = []

  init(_ inputs: GrantInputs, in space: ExtendedSpace) {
    self.space = space
    for (index, policy) in inputs.identityPolicies.enumerated() {
      guard let document = policy.document else {
        note(.identity(index), "The document of the policy \(policy.source.name) is missing")
        continue
      }
      let effects = read(document, of: .identity(index), inputs.context)
      // A statement of which not even the actions can be read grants the unknown: it is listed as a source of that,
      // but not as an unknown grant of every action there is.
      allows += effects.filter { $0.statement.effect != .deny && $0.statement.actions != nil }
      for effect in effects where effect.statement.effect == .allow && !effect.inVain.isEmpty {
        var actions = ActionSet(capacity: space.space.count)
        actions.formUnion(effect.inVain)
        ineffective.append(
          IneffectiveAllow(
            policyIndex: index, statementIndex: effect.statement.index, reason: .needsEveryResource,
            actions: actions))
      }
    }
    readLayers(inputs)
  }

  private mutating func readLayers(_ inputs: GrantInputs) {
    switch inputs.permissionsBoundary {
    case .document(let document)?:
      let effects = read(document, of: .permissionsBoundary, inputs.context)
      layers.append(Layer(limit: .permissionsBoundary, effects: effects, in: space))
    case .missing?:
      note(.permissionsBoundary, "The document of the permissions boundary is missing")
      layers.append(Layer(missing: .permissionsBoundary, in: space))
    case nil: break
    }
    for (level, documents) in inputs.serviceControlPolicies.enumerated() {
      guard !documents.isEmpty else {
        note(
          .serviceControlPolicy(level: level, index: 0),
          "No service control policy of level \(level) is known, though one must be attached")
        layers.append(Layer(missing: .serviceControlPolicy, in: space))
        continue
      }
      var effects: [StatementEffect] = []
      for (index, document) in documents.enumerated() {
        effects += read(document, of: .serviceControlPolicy(level: level, index: index), inputs.context)
      }
      layers.append(Layer(limit: .serviceControlPolicy, effects: effects, in: space))
    }
    // Their Allow statements say nothing: `RCPFullAWSAccess` is always attached beside them.
    for (level, documents) in inputs.resourceControlPolicies.enumerated() {
      for (index, document) in documents.enumerated() {
        _ = read(document, of: .resourceControlPolicy(level: level, index: index), inputs.context)
      }
    }
  }

  private mutating func read(
    _ document: PolicyDocument, of policy: PolicyReference, _ context: RequestContext
  ) -> [StatementEffect] {
    let effects = document.statements.map { StatementEffect($0, of: policy, in: space, context) }
    denies += effects.filter { $0.statement.effect != .allow }
    for effect in effects {
      guard let reason = effect.notUnderstood else { continue }
      note(policy, reason, statement: effect.statement.index)
    }
    return effects
  }

  private mutating func note(_ policy: PolicyReference, _ reason: String, statement: Int? = nil) {
    unknownSources.append(UnknownSource(policy: policy, statementIndex: statement, reason: reason))
  }
}

extension PolicyReference {
  /// What a Deny of this policy is called among the limits of a grant.
  var limitOfDeny: GrantLimit {
    switch self {
    case .identity: .denyStatement
    case .permissionsBoundary: .permissionsBoundary
    case .serviceControlPolicy: .serviceControlPolicy
    case .resourceControlPolicy: .resourceControlPolicy
    }
  }
}
