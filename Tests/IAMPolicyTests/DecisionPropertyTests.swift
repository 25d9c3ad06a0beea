import IAMIdentifiers
import IAMPolicy
import JSONText
import Testing

/// What holds of every decision, whatever the policies say.
@Suite("What holds of every decision")
struct DecisionPropertyTests {
  private static let count = 1_000

  /// Calls the check with random requests and a source of further random parts; stops at the first failure, whose seed it names.
  private func forRandomRequests(
    offset: UInt64, unknownShare: Int = 5, _ check: (JSONValue, inout RandomRequest) throws -> Bool
  ) throws {
    for seed in offset..<offset + UInt64(randomCount(DecisionPropertyTests.count)) {
      var random = RandomRequest(seed: seed, unknownShare: unknownShare)
      let json = random.request()
      guard try check(json, &random) else {
        Issue.record("Seed \(seed): \(json.canonicalText)")
        return
      }
    }
  }

  private static let layers: [(field: String, layer: RandomRequest.Layer)] = [
    ("identityPolicies", .caller), ("resourcePolicy", .resource), ("permissionsBoundaries", .caller),
    ("sessionPolicy", .caller), ("endpointPolicies", .endpoint),
  ]

  /// The request with one more policy of one statement in a layer that it has.
  private func adding(_ effect: String, to json: JSONValue, _ random: inout RandomRequest) -> JSONValue {
    let present = DecisionPropertyTests.layers.filter { layer in
      // An empty list of endpoint policies is no layer.
      json[layer.field].map { layer.field != "endpointPolicies" || $0.array?.isEmpty == false } ?? false
    }
    let (field, layer) = random.pick(present)
    let policy = JSONValue.object([
      .init("Version", .string("2012-10-17")),
      .init("Statement", random.statement(layer, effect: effect)),
    ])
    return json.replacing(field) { .array(($0.array ?? []) + [policy]) }
  }

  @Test("One more deny never allows")
  func moreDenials() throws {
    try forRandomRequests(offset: 1_000_000) { json, random in
      let before = try evaluate(json)
      let after = try evaluate(adding("Deny", to: json, &random))
      if before.decision == .explicitlyDenied { return after.decision == .explicitlyDenied }
      return before.decision == .allowed || after.decision != .allowed
    }
  }

  @Test("One more allow never denies")
  func moreAllows() throws {
    try forRandomRequests(offset: 2_000_000) { json, random in
      let before = try evaluate(json)
      let after = try evaluate(adding("Allow", to: json, &random))
      if before.decision == .explicitlyDenied { return after.decision == .explicitlyDenied }
      return after.decision != .explicitlyDenied
        && (before.decision != .allowed || after.decision == .allowed)
    }
  }

  @Test("The order of statements and of policies is of no account")
  func order() throws {
    try forRandomRequests(offset: 3_000_000) { json, _ in
      let before = try evaluate(json)
      let after = try evaluate(json.reversed)
      return before.decision == after.decision && before.isCertain == after.isCertain
    }
  }

  @Test(
    "A layer that only limits never adds",
    arguments: [
      "permissionsBoundaries", "sessionPolicy", "serviceControlPolicies", "resourceControlPolicies",
      "endpointPolicies",
    ])
  func limits(field: String) throws {
    try forRandomRequests(offset: 4_000_000) { json, random in
      // Without its session policy a federated user has nothing: there it is no mere limit.
      if field == "sessionPolicy", json["principal"]?.string?.contains("federated-user") == true {
        return true
      }
      let without = try evaluate(json.replacing(field) { _ in .null })
      let layer: RandomRequest.Layer =
        switch field {
        case "resourceControlPolicies": .resourceControl
        case "endpointPolicies": .endpoint
        default: .caller
        }
      let isLevels = field.hasSuffix("ControlPolicies")
      let policies = JSONValue.array([random.policy(layer), random.policy(layer)])
      let with = try evaluate(json.replacing(field) { _ in isLevels ? .array([policies]) : policies })
      return with.decision != .allowed || without.decision == .allowed
    }
  }

  private static let kinds: [(field: String, kind: LayerOutcome.Kind, layer: RandomRequest.Layer)] = [
    ("identityPolicies", .identityPolicies, .caller), ("resourcePolicy", .resourcePolicy, .resource),
    ("sessionPolicy", .sessionPolicies, .caller), ("endpointPolicies", .endpointPolicy, .endpoint),
    ("serviceControlPolicies", .serviceControlPolicies(level: 0), .caller),
    ("resourceControlPolicies", .resourceControlPolicies(level: 0), .resourceControl),
  ]

  @Test("More policies of kinds that are not said to change a decision do not turn it round")
  func openLayers() throws {
    var (listed, turned) = (0, 0)
    try forRandomRequests(offset: 7_000_000, unknownShare: 0) { json, random in
      // To a session of a federated user a session policy is no mere limit.
      if json["principal"]?.string?.contains("federated-user") == true { return true }
      let open = DecisionPropertyTests.kinds.filter { _ in random.chance(40) }
      let request = try SimulationRequest(json: json)
      let evaluator = PolicyEvaluator(facts: ScenarioFacts())
      let before = evaluator.evaluate(request.request, request.policies)
      guard before.isCertain else { return true }
      let said = evaluator.layersThatMayChange(
        before.decision, on: request.request, request.policies, open: open.map(\.kind))
      var more = json
      for (field, _, layer) in open {
        let policy = random.policy(layer)
        let isLevels = field.hasSuffix("ControlPolicies")
        more = more.replacing(field) { .array(($0.array ?? []) + [isLevels ? .array([policy]) : policy]) }
      }
      let after = try evaluate(more)
      let isTurned = (before.decision == .allowed) != (after.decision == .allowed)
      listed += said.isEmpty ? 0 : 1
      turned += isTurned ? 1 : 0
      return !isTurned || !said.isEmpty
    }
    #expect(turned > 20 && listed < randomCount(DecisionPropertyTests.count), "\(turned), \(listed)")
  }

  @Test("Without any policy nothing is allowed, but to root users and what needs no permission")
  func nothing() throws {
    try forRandomRequests(offset: 5_000_000) { json, _ in
      let bare = JSONValue.object(
        (json.members ?? []).filter {
          ["principal", "action", "resource", "resourceAccount", "context"].contains($0.name)
        })
      return try evaluate(bare).decision == .implicitlyDenied
        || json["principal"]?.string?.hasSuffix(":root") == true
        || json["action"]?.string == "sts:GetCallerIdentity"
    }
  }

  @Test("What is said of a request of which less is known, holds when more is known")
  func knowing() throws {
    try forRandomRequests(offset: 6_000_000) { json, random in
      let request = try SimulationRequest(json: json)
      let evaluator = PolicyEvaluator(facts: ScenarioFacts())
      var known: [String: [String]] = [:]
      for member in json["context"]?.members ?? [] where random.chance(50) {
        known[member.name] =
          member.value.array?.compactMap(\.string) ?? member.value.string.map { [$0] } ?? []
      }
      let asked = request.request
      let forgetful = AuthorizationRequest(
        principal: asked.principal, action: asked.action, resource: asked.resource,
        resourceAccount: asked.resourceAccount, context: RequestContext(known, isComplete: false))
      let less = evaluator.evaluate(forgetful, request.policies)
      let more = evaluator.evaluate(asked, request.policies)
      return less.isCertain ? less.decision == more.decision : less.decision == .implicitlyDenied
    }
  }
}

extension JSONValue {
  /// The object with another value for a name; a null takes it away.
  fileprivate func replacing(_ name: String, _ value: (JSONValue) -> JSONValue) -> JSONValue {
    let new = value(self[name] ?? .null)
    let others = (members ?? []).filter { $0.name != name }
    return .object(new == .null ? others : others + [.init(name, new)])
  }

  /// The value with every list in it turned round.
  fileprivate var reversed: JSONValue {
    switch self {
    case .array(let items): .array(items.reversed().map(\.reversed))
    case .object(let members): .object(members.map { .init($0.name, $0.value.reversed) })
    default: self
    }
  }
}
