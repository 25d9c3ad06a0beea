import IAMIdentifiers

/// Every layer's word on a request, and what they say together.
struct LayerReading {
  private let request: AuthorizationRequest
  private let identity, resource, grants, endpoint: LayerOutcome
  private var boundary, session: LayerOutcome
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
    noteWhatIsPassed()
  }

  /// Says of limits that do not allow why the request is allowed all the same.
  ///
  /// Source: "Permissions boundaries for IAM entities", IAM User Guide.
  private mutating func noteWhatIsPassed() {
    guard request.principal.account != nil, request.isSameAccount, !request.isWithoutResourceSide,
      !request.isAssumptionByRoot, resourceAllows(.direct) == .yes
    else { return }
    let note =
      "what the resource's side allows to the caller itself, or to everyone, is not limited by it"
    if boundary.result == .doesNotAllow { boundary = boundary.noting(note) }
    if session.result == .doesNotAllow { session = session.noting(note) }
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
    default:
      let outcome = LayerOutcome(.identityPolicies, own.outcomes(of: policies.identityPolicies))
      guard outcome.allow == .no, own.isAllowedInVain(by: policies.identityPolicies) else { return outcome }
      return outcome.noting("only a statement on every resource (\"*\") would grant it")
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
      let (reach, truth) = grant.match(request)
      guard reach.atLeast(.account) != .no else { return nil }
      return StatementOutcome(
        policy: grant.id, index: 0, sid: nil, effect: .allow,
        truth: Truth.all([truth, reach.atLeast(.account)]), reach: reach)
    }
    if let more {
      outcomes.append(
        StatementOutcome(
          policy: "other grants", index: 0, sid: nil, effect: .allow,
          truth: .depends(on: ["other grants of the key: \(more)"]), reach: .direct))
    }
    return LayerOutcome(.keyGrants, outcomes)
  }

  /// What the resource side allows a caller that it takes in at least so.
  private func resourceAllows(_ match: PrincipalMatch) -> Truth {
    let statements = (resource.statements + grants.statements).filter { $0.effect != .deny }
    return Truth.any(statements.map { $0.truth(for: match) })
  }

  /// What grants allow to more than the caller's account.
  private var grantsAllow: Truth { Truth.any(grants.statements.map { $0.truth(for: .role) }) }

  /// What limits the caller, whoever grants.
  private var limitsAllow: Truth { Truth.all([boundary.allow, session.allow]) }

  /// The caller's own policies, within what limits them.
  private var identityAllows: Truth { Truth.all([identity.allow, limitsAllow]) }

  private var sidesAllow: Truth {
    if request.isAssumptionByRoot || request.isUnsignedGetCallerIdentity { return .no }
    if request.isRetirementByOwner { return .yes }
    if request.isWithoutResourceSide { return identityAllows }
    switch request.principal {
    case .service, .federated, .anonymous: return resourceAllows(.direct)
    default: break
    }
    guard request.isSameAccount else {
      // Source: "Required AWS KMS key policy for use with encrypted volumes", Amazon EC2 Auto Scaling User Guide: a grant to the
      // service-linked role of another account, which has no permissions on the key, lets it use the key.
      return Truth.any([
        Truth.all([identityAllows, resourceAllows(.account)]), Truth.all([grantsAllow, limitsAllow]),
      ])
    }
    let named = Truth.any([resourceAllows(.direct), Truth.all([resourceAllows(.role), limitsAllow])])
    guard request.needsResourceSide else { return Truth.any([identityAllows, named]) }
    return Truth.any([named, Truth.all([resourceAllows(.account), identityAllows])])
  }

  var allow: Truth { Truth.all([sidesAllow, endpoint.allow] + controls.map(\.allow)) }

  var reasonToAllow: String {
    let byGrant = "A grant on the key allows it"
    let byResource =
      resourceNames(in: resource) || !resourceNames(in: grants)
      ? "The resource-based policy allows it" : byGrant
    switch request.principal {
    case .service, .federated, .anonymous: return byResource
    default: break
    }
    if request.isRetirementByOwner {
      return "The root user of the key's account may retire its grants"
    }
    if !request.needsResourceSide, request.isSameAccount || request.isWithoutResourceSide,
      identityAllows == .yes
    {
      if case .root = request.principal { return "The root user of the account needs no policy to allow it" }
      return "The identity-based policies allow it"
    }
    guard request.isSameAccount else {
      return resourceNames(in: grants) ? byGrant : "The policies of both sides allow it"
    }
    if resourceNames(in: resource) || resourceNames(in: grants) { return byResource }
    return "The policies of both sides allow it"
  }

  /// Whether a layer of the resource certainly allows the caller by more than its account.
  private func resourceNames(in layer: LayerOutcome) -> Bool {
    layer.statements.contains { $0.effect == .allow && $0.truth(for: .role) == .yes }
  }

  var reasonToDeny: String {
    if let control = controls.first(where: { $0.allow == .no }) {
      return "The \(control.kind.name) do not allow it"
    }
    if endpoint.allow == .no { return "The VPC endpoint policy does not allow it" }
    if request.isUnsignedGetCallerIdentity { return "sts:GetCallerIdentity must be signed by its caller" }
    switch request.principal {
    case .service, .federated, .anonymous: return "The resource-based policy does not allow it"
    default: break
    }
    if request.isAssumptionByRoot {
      return "The root user cannot assume \(request.isWithoutResourceSide ? "root" : "a role")"
    }
    if request.needsResourceSide, resourceAllows(.account) == .no {
      return "The resource's own policy must allow it, and does not"
    }
    if !request.isSameAccount, !request.isWithoutResourceSide, resourceAllows(.account) == .no {
      return "The resource is of another account, and no policy of it allows the caller"
    }
    let isGranted =
      identity.allow != .no || grantsAllow != .no || request.isSameAccount && resourceAllows(.role) != .no
    for limit in [boundary, session] where limit.allow == .no && isGranted {
      return "The \(limit.kind.name) \(limit.kind == .sessionPolicies ? "do" : "does") not allow it"
    }
    let reason = "No identity-based policy allows it"
    return identity.note.map { "\(reason): \($0)" } ?? reason
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
