import IAMIdentifiers

/// Every layer's word on a request, and what they say together.
struct LayerReading {
  private let request: AuthorizationRequest
  private let identity, boundary, session, resource, grants, endpoint: LayerOutcome
  private let controls: [LayerOutcome]

  init(_ request: AuthorizationRequest, _ policies: AuthorizationPolicies, _ facts: some ActionFacts) {
    self.request = request
    // An action without resource-level permissions is checked against every resource, whatever the call was about.
    let isWithoutResource = !facts.supportsResourceLevelPermissions(request.action)
    let asked = RequestedResource(request.resource)
    let target = isWithoutResource ? RequestedResource("*") : asked
    let hasBoundary = policies.permissionsBoundaries != nil
    let own = StatementEvaluation(
      request: request, resource: target, isWithoutResource: isWithoutResource, hasBoundary: hasBoundary,
      grammar: .ofCallers)
    identity = LayerReading.identity(own, policies)
    boundary = LayerReading.limit(.permissionsBoundary, own, policies.permissionsBoundaries)
    session = LayerReading.limit(.sessionPolicies, own, policies.sessionPolicies)
    resource = LayerReading.resource(
      StatementEvaluation(
        request: request, resource: asked, hasBoundary: hasBoundary, grammar: .ofResource),
      policies.resourcePolicies)
    grants = LayerReading.grants(request, policies)
    endpoint = LayerReading.limit(
      .endpointPolicy,
      StatementEvaluation(
        request: request, resource: target, isWithoutResource: isWithoutResource, hasBoundary: hasBoundary,
        grammar: .ofEndpoint),
      policies.endpointPolicies)
    let every = StatementEvaluation(
      request: request, resource: asked, hasBoundary: hasBoundary, grammar: .ofResources)
    controls =
      OrganisationLayers.serviceControl(own, policies.serviceControlPolicies)
      + OrganisationLayers.resourceControl(every, policies.resourceControlPolicies)
  }

  var all: [LayerOutcome] { controls + [resource, grants, identity, boundary, session, endpoint] }

  private static func identity(_ own: StatementEvaluation, _ policies: AuthorizationPolicies) -> LayerOutcome
  {
    switch own.request.principal {
    case .root: return LayerOutcome(.identityPolicies, exempt: "the root user needs no identity policy")
    case .service, .federated, .anonymous: return LayerOutcome(absent: .identityPolicies, allow: .no)
    case .federatedUser where policies.sessionPolicies == nil:
      // Source: "GetFederationToken", AWS STS API Reference: without a session policy the session has no permissions of its own.
      return LayerOutcome(
        .identityPolicies, own.outcomes(of: policies.identityPolicies), allow: .no,
        note:
          "a federated user's session that was made without a session policy has none of its user's permissions"
      )
    default: return LayerOutcome(.identityPolicies, own.outcomes(of: policies.identityPolicies))
    }
  }

  private static func limit(
    _ kind: LayerOutcome.Kind, _ evaluation: StatementEvaluation, _ policies: [NamedPolicy]?
  ) -> LayerOutcome {
    guard let policies else { return LayerOutcome(absent: kind, allow: .yes) }
    return LayerOutcome(kind, evaluation.outcomes(of: policies))
  }

  private static func resource(_ evaluation: StatementEvaluation, _ policies: [NamedPolicy]) -> LayerOutcome {
    guard !policies.isEmpty else { return LayerOutcome(absent: .resourcePolicy, allow: .no) }
    let outcomes = evaluation.outcomes(of: policies)
    guard evaluation.request.isRepairOfBucketPolicy else { return LayerOutcome(.resourcePolicy, outcomes) }
    return LayerOutcome(
      .resourcePolicy, outcomes, deny: .no, note: "it cannot keep the owner's root user from repairing it")
  }

  private static func grants(_ request: AuthorizationRequest, _ policies: AuthorizationPolicies)
    -> LayerOutcome
  {
    let isAboutKeys = String(request.action.service).lowercased() == "kms"
    let more = isAboutKeys ? policies.moreKeyGrants : nil
    guard !policies.keyGrants.isEmpty || more != nil else {
      return LayerOutcome(absent: .keyGrants, allow: .no)
    }
    var outcomes = policies.keyGrants.compactMap { grant -> StatementOutcome? in
      let (match, truth) = grant.match(request)
      guard match > .none else { return nil }
      return StatementOutcome(
        policy: grant.id, index: 0, sid: nil, effect: .allow, truth: truth, principal: match)
    }
    if let more {
      outcomes.append(
        StatementOutcome(
          policy: "other grants", index: 0, sid: nil, effect: .allow,
          truth: .depends(on: ["other grants of the key: \(more)"]), principal: .direct))
    }
    return LayerOutcome(.keyGrants, outcomes)
  }

  /// What the resource side allows a caller that it takes in at least so.
  private func resourceAllows(_ match: PrincipalMatch) -> Truth {
    let statements = (resource.statements + grants.statements).filter { $0.effect != .deny }
    return Truth.any(statements.filter { $0.principal >= match }.map(\.truth))
  }

  /// The caller's own policies, within what limits them.
  private var identityAllows: Truth { Truth.all([identity.allow, boundary.allow, session.allow]) }

  private var sidesAllow: Truth {
    if request.isAssumptionByRoot { return .no }
    switch request.principal {
    case .service, .federated, .anonymous: return resourceAllows(.direct)
    default: break
    }
    guard request.isSameAccount else { return Truth.all([identityAllows, resourceAllows(.account)]) }
    let named = Truth.any([
      resourceAllows(.direct), Truth.all([resourceAllows(.role), boundary.allow, session.allow]),
    ])
    guard request.needsResourceSide else { return Truth.any([identityAllows, named]) }
    return Truth.any([named, Truth.all([resourceAllows(.account), identityAllows])])
  }

  var allow: Truth { Truth.all([sidesAllow, endpoint.allow] + controls.map(\.allow)) }

  var reasonToAllow: String {
    let byResource =
      resourceNames(in: resource) || !resourceNames(in: grants)
      ? "The resource-based policy allows it" : "A grant on the key allows it"
    switch request.principal {
    case .service, .federated, .anonymous: return byResource
    default: break
    }
    guard request.isSameAccount else { return "The policies of both sides allow it" }
    if !request.needsResourceSide, identityAllows == .yes {
      if case .root = request.principal { return "The root user of the account needs no policy to allow it" }
      return "The identity-based policies allow it"
    }
    if resourceNames(in: resource) || resourceNames(in: grants) { return byResource }
    return "The policies of both sides allow it"
  }

  /// Whether a layer of the resource certainly allows the caller by more than its account.
  private func resourceNames(in layer: LayerOutcome) -> Bool {
    layer.statements.contains { $0.effect == .allow && $0.truth == .yes && $0.principal >= .role }
  }

  var reasonToDeny: String {
    if let control = controls.first(where: { $0.allow == .no }) {
      return "The \(control.kind.name) do not allow it"
    }
    if endpoint.allow == .no { return "The VPC endpoint policy does not allow it" }
    switch request.principal {
    case .service, .federated, .anonymous: return "The resource-based policy does not allow it"
    default: break
    }
    if request.isAssumptionByRoot { return "The root user cannot assume a role" }
    if request.needsResourceSide, resourceAllows(.account) == .no {
      return "The resource's own policy must allow it, and does not"
    }
    if !request.isSameAccount, resourceAllows(.account) == .no {
      return "The resource is of another account, and no policy of it allows the caller"
    }
    for limit in [boundary, session] where limit.allow == .no && identity.allow != .no {
      return "The \(limit.kind.name) \(limit.kind == .sessionPolicies ? "do" : "does") not allow it"
    }
    return identity.note ?? "No identity-based policy allows it"
  }
}

/// The organisation's policies: limits that allow nothing by themselves.
enum OrganisationLayers {
  /// Source: "Service control policies (SCPs)", AWS Organizations User Guide: they limit users and roles of member accounts, the
  /// root user included, and no service-linked roles.
  static func serviceControl(_ own: StatementEvaluation, _ levels: [[NamedPolicy]]) -> [LayerOutcome] {
    levels.enumerated().map { level, policies in
      let kind = LayerOutcome.Kind.serviceControlPolicies(level: level)
      switch own.request.principal {
      case .service, .federated, .anonymous:
        return LayerOutcome(kind, exempt: "they limit users and roles of member accounts only")
      case _ where own.request.isByServiceLinkedRole:
        return LayerOutcome(kind, exempt: "they do not limit service-linked roles")
      default: return LayerOutcome(kind, own.outcomes(of: policies))
      }
    }
  }

  /// Source: "Resource control policies (RCPs)", AWS Organizations User Guide: they limit whoever calls, for the services listed
  /// there; `RCPFullAWSAccess` is always attached, so only their denials count.
  static func resourceControl(_ every: StatementEvaluation, _ levels: [[NamedPolicy]]) -> [LayerOutcome] {
    levels.enumerated().map { level, policies in
      let kind = LayerOutcome.Kind.resourceControlPolicies(level: level)
      if let note = exemption(every.request) { return LayerOutcome(kind, exempt: note) }
      return LayerOutcome(kind, every.outcomes(of: policies), allow: .yes)
    }
  }

  private static func exemption(_ request: AuthorizationRequest) -> String? {
    if request.isByServiceLinkedRole { return "they do not limit service-linked roles" }
    if request.isAboutManagedKey { return "they do not limit keys that AWS manages" }
    if request.action.lowercased == "kms:retiregrant" { return "they do not limit kms:RetireGrant" }
    let service = String(request.action.service).lowercased()
    if service == "sts", let role = ARN(request.resource), role.path.hasPrefix("/aws-service-role/") {
      return "they do not limit who assumes a service-linked role"
    }
    return ResourceControlServices.prefixes.contains(service)
      ? nil : "they do not limit \(service), which is not among the services that support them"
  }
}
