extension PolicyEvaluator {
  /// Which kinds of policies could turn a decision round if more were known of them.
  ///
  /// A kind that only limits cannot allow what is denied by others, and none can allow what a statement denies. Of an
  /// organisation's policies, whole levels are taken to be missing.
  /// - Parameters:
  ///   - decision: on the request by these policies.
  ///   - open: kinds of which the policies lack some, or all.
  /// - Returns: those of `open` that could deny what is allowed, or allow what is implicitly denied, in the order given.
  public func layersThatMayChange(
    _ decision: Decision, on request: AuthorizationRequest, _ policies: AuthorizationPolicies,
    open: [LayerOutcome.Kind]
  ) -> [LayerOutcome.Kind] {
    guard decision != .explicitlyDenied, request.reasonBeyondPolicies == nil else { return [] }
    // Each kind gets a policy that may say anything; what the layers together then depend on, may change.
    var more = policies
    for kind in open where decision == .allowed ? kind.mayDeny : kind.mayAllow(beside: policies) {
      more.add(kind.openPolicy)
    }
    let reading = LayerReading(request, more, facts)
    var keys = Set(reading.allow.keys)
    if decision == .allowed { keys.formUnion(reading.all.flatMap(\.deny.keys)) }
    return open.filter { kind in keys.contains { $0.contains(kind.mark) } }
  }
}

extension LayerOutcome.Kind {
  /// Whether more policies of the kind may allow what these do not: a kind that only limits does where it limits already.
  fileprivate func mayAllow(beside policies: AuthorizationPolicies) -> Bool {
    switch self {
    case .identityPolicies, .resourcePolicy, .keyGrants: true
    case .permissionsBoundary: policies.permissionsBoundaries != nil
    case .sessionPolicies: policies.sessionPolicies != nil
    case .endpointPolicy: policies.endpointPolicies != nil
    // A further level allows nothing.
    case .serviceControlPolicies, .resourceControlPolicies: false
    }
  }

  /// Whether policies of the kind take away what others allow. A grant does not.
  fileprivate var mayDeny: Bool { self != .keyGrants }

  /// A name that no policy has.
  fileprivate var mark: String { "\u{0}\(nameOfAllLevels)" }

  fileprivate var openPolicy: (kind: LayerOutcome.Kind, policy: NamedPolicy) {
    (self, NamedPolicy(name: mark, document: PolicyDocument(unknownBecause: "It is not known")))
  }
}

extension AuthorizationPolicies {
  fileprivate mutating func add(_ open: (kind: LayerOutcome.Kind, policy: NamedPolicy)) {
    switch open.kind {
    case .identityPolicies: identityPolicies.append(open.policy)
    case .permissionsBoundary: permissionsBoundaries = (permissionsBoundaries ?? []) + [open.policy]
    case .sessionPolicies: sessionPolicies = (sessionPolicies ?? []) + [open.policy]
    case .resourcePolicy: resourcePolicies.append(open.policy)
    case .keyGrants: moreKeyGrants = open.policy.name
    case .endpointPolicy: endpointPolicies = (endpointPolicies ?? []) + [open.policy]
    case .serviceControlPolicies: serviceControlPolicies.append([open.policy])
    case .resourceControlPolicies: resourceControlPolicies.append([open.policy])
    }
  }
}
