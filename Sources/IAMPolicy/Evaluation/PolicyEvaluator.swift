public import IAMIdentifiers

/// Decides on requests as IAM does.
///
/// An explicit deny of any layer decides. Else the identity side must allow (identity policies within permissions boundary and
/// session policies), or the resource side where both are of one account; between accounts both must. Keys and roles need
/// their own policy's word in any case. Service control policies limit the caller's account, resource control policies the
/// resource's, an endpoint policy what passes through the endpoint.
/// Source: "Policy evaluation logic", IAM User Guide.
public struct PolicyEvaluator: Sendable {
  let facts: any ActionFacts

  /// - Parameter facts: what must be known of actions.
  public init(facts: some ActionFacts) { self.facts = facts }

  /// The decision on a request and what it rests on.
  public func evaluate(_ request: AuthorizationRequest, _ policies: AuthorizationPolicies) -> Evaluation {
    if let reason = request.reasonBeyondPolicies {
      return Evaluation(decision: .allowed, dependsOn: [], layers: [], reason: reason)
    }
    let reading = LayerReading(request, policies, facts)
    let deny = Truth.any(reading.all.map(\.deny))
    let allow = reading.allow
    let layers = reading.all
    switch (deny, allow) {
    case (.yes, _):
      let layer = layers.first { $0.deny == .yes }
      return Evaluation(
        decision: .explicitlyDenied, dependsOn: [], layers: layers,
        reason: "A statement of the \(layer?.kind.name ?? "policies") denies it")
    case (.no, .yes):
      return Evaluation(decision: .allowed, dependsOn: [], layers: layers, reason: reading.reasonToAllow)
    case (_, .no):
      return Evaluation(
        decision: .implicitlyDenied, dependsOn: deny.keys, layers: layers, reason: reading.reasonToDeny)
    case (.depends, _), (.no, .depends):
      return Evaluation(
        decision: .implicitlyDenied, dependsOn: Set(deny.keys + allow.keys).sorted(), layers: layers,
        reason: "It depends on what is not known")
    }
  }
}

/// What must be known of actions to decide.
public protocol ActionFacts: Sendable {
  /// False for actions that can only be granted on every resource; true where it is not known.
  func supportsResourceLevelPermissions(_ action: ActionName) -> Bool
}

extension Truth {
  var keys: [String] { if case .depends(let keys) = self { keys } else { [] } }
}
