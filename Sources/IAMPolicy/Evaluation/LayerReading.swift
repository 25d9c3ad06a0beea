import IAMIdentifiers

/// Every layer's word on a request, and what they say together.
struct LayerReading {
  private let request: AuthorizationRequest
  private let identity, boundary, session, resource, grants, endpoint: LayerOutcome
  private let controls: [LayerOutcome]

  init(_ request: AuthorizationRequest, _ policies: AuthorizationPolicies, _ facts: some ActionFacts) {
    self.request = request
    // An action without resource-level permissions is checked against every resource, whatever the call was about.
    let target = facts.supportsResourceLevelPermissions(request.action) ? request.resource : "*"
    let own = StatementEvaluation(
      request: request, resource: target, hasBoundary: false, namesPrincipals: false)
    let named = StatementEvaluation(
      request: request, resource: request.resource, hasBoundary: policies.permissionsBoundaries != nil,
      namesPrincipals: true)
    identity = LayerReading.identity(own, policies)
    boundary = LayerReading.limit(.permissionsBoundary, own, policies.permissionsBoundaries, request)
    session = LayerReading.limit(.sessionPolicies, own, policies.sessionPolicies, request)
    resource =
      policies.resourcePolicies.isEmpty
      ? LayerOutcome(absent: .resourcePolicy, allow: .no)
      : LayerOutcome(.resourcePolicy, named.outcomes(of: policies.resourcePolicies))
    grants = LayerReading.grants(request, policies.keyGrants)
    endpoint =
      policies.endpointPolicies.map {
        let evaluation = StatementEvaluation(
          request: request, resource: target, hasBoundary: policies.permissionsBoundaries != nil,
          namesPrincipals: false)
        return LayerOutcome(.endpointPolicy, evaluation.outcomes(of: $0))
      } ?? LayerOutcome(absent: .endpointPolicy, allow: .yes)
    controls =
      OrganisationLayers.serviceControl(own, policies.serviceControlPolicies)
      + OrganisationLayers.resourceControl(named, policies.resourceControlPolicies)
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
    _ kind: LayerOutcome.Kind, _ own: StatementEvaluation, _ policies: [NamedPolicy]?,
    _ request: AuthorizationRequest
  ) -> LayerOutcome {
    guard let policies else { return LayerOutcome(absent: kind, allow: .yes) }
    return LayerOutcome(kind, own.outcomes(of: policies))
  }

  private static func grants(_ request: AuthorizationRequest, _ grants: [KeyGrant]) -> LayerOutcome {
    guard !grants.isEmpty else { return LayerOutcome(absent: .keyGrants, allow: .no) }
    let outcomes = grants.compactMap { grant -> StatementOutcome? in
      let (match, truth) = grant.match(request)
      guard match > .none else { return nil }
      return StatementOutcome(
        policy: grant.id, index: 0, sid: nil, effect: .allow, truth: truth, unmet: [], principal: match)
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
    if request.isSameAccount, identityAllows != .yes { return "The resource-based policy allows it" }
    if resource.result == .absent { return "The identity-based policies allow it" }
    return request.isSameAccount
      ? "The identity-based policies allow it" : "The policies of both sides allow it"
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
      case let caller where caller.isServiceLinkedRole:
        return LayerOutcome(kind, exempt: "they do not limit service-linked roles")
      default: return LayerOutcome(kind, own.outcomes(of: policies))
      }
    }
  }

  /// Source: "Resource control policies (RCPs)", AWS Organizations User Guide: they limit whoever calls, for the services listed
  /// there; `RCPFullAWSAccess` is always attached, so only their denials count.
  static func resourceControl(_ named: StatementEvaluation, _ levels: [[NamedPolicy]]) -> [LayerOutcome] {
    levels.enumerated().map { level, policies in
      let kind = LayerOutcome.Kind.resourceControlPolicies(level: level)
      if let note = exemption(named.request) { return LayerOutcome(kind, exempt: note) }
      return LayerOutcome(kind, named.outcomes(of: policies), allow: .yes)
    }
  }

  private static func exemption(_ request: AuthorizationRequest) -> String? {
    if request.principal.isServiceLinkedRole { return "they do not limit service-linked roles" }
    if request.action.lowercased == "kms:retiregrant" { return "they do not limit kms:RetireGrant" }
    let service = String(request.action.service).lowercased()
    return ResourceControlServices.prefixes.contains(service)
      ? nil : "they do not limit \(service), which is not among the services that support them"
  }
}
