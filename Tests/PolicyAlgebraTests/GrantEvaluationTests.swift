import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra
import Testing

/// Grants are sets of actions, decisions are about single requests: the two must never contradict each other.
@Suite("Grants and decisions on requests")
struct GrantEvaluationTests {
  private static let space = ActionSpace(FixtureUniverse.small)
  private static let resources = [
    "arn:aws:s3:::b/1", "arn:aws:s3:::b/2", "arn:aws:iam::111122223333:role/x",
    "arn:aws:sqs:eu-west-1:111122223333:q",
  ]
  private static let contexts: [[String: [String]]] = [
    [:], ["aws:SourceIp": ["203.0.113.9"]], ["aws:SourceIp": ["198.51.100.9"]],
  ]
  private static let fixed = [
    "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/shop"], "aws:PrincipalOrgID": ["o-example1234"],
  ]

  private struct Facts: ActionFacts {
    func supportsResourceLevelPermissions(_ action: ActionName) -> Bool {
      FixtureUniverse.small.index(of: action).map(FixtureUniverse.small.supportsResourceLevelPermissions)
        ?? true
    }
  }

  @Test("What is not granted is never allowed; what is granted without condition is always allowed somewhere")
  func agreement() throws {
    var random = RandomPolicies(seed: 20_261_031)
    let role = try #require(RequestPrincipal("arn:aws:iam::111122223333:role/shop"))
    for number in 0..<120 {
      let inputs = try random.inputs(context: RequestContext(Self.fixed, isComplete: false))
      let result = EffectiveGrants(inputs, in: Self.space)
      let policies = AuthorizationPolicies(inputs)
      // Nobody needs a permission for this one.
      for action in FixtureUniverse.small.names where action.lowercased != "sts:getcalleridentity" {
        let kind = result.grant(for: action)?.kind
        let decisions = Self.resources.map { resource in
          Self.contexts.map { context in
            PolicyEvaluator(facts: Facts()).evaluate(
              AuthorizationRequest(
                principal: role, action: action, resource: resource,
                resourceAccount: AccountID("111122223333"),
                context: RequestContext(context.merging(Self.fixed) { $1 })), policies
            ).decision
          }
        }
        if kind == nil {
          #expect(!decisions.joined().contains(.allowed), "seed case \(number): \(action)")
        }
        if kind == .unconditional, action.lowercased != "sts:assumerole" {
          let isAllowed = decisions.contains { $0.allSatisfy { $0 == .allowed } }
          #expect(isAllowed, "seed case \(number): \(action)")
        }
      }
    }
  }

  @Test("A boundary, a level of SCPs or of RCPs never adds a grant")
  func limits() throws {
    var random = RandomPolicies(seed: 7)
    for number in 0..<200 {
      let inputs = try random.inputs(context: RequestContext(Self.fixed, isComplete: false))
      var free = inputs
      (free.permissionsBoundary, free.serviceControlPolicies, free.resourceControlPolicies) = (nil, [], [])
      let limited = EffectiveGrants(inputs, in: Self.space).knownActions
      let all = EffectiveGrants(free, in: Self.space).knownActions
      #expect(limited.subtracting(all).isEmpty, "seed case \(number)")
    }
  }
}

extension AuthorizationPolicies {
  /// The same policies for single requests.
  init(_ inputs: GrantInputs) {
    func named(_ documents: [PolicyDocument]) -> [NamedPolicy] {
      documents.map { NamedPolicy(name: "p", document: $0) }
    }
    self.init(
      identityPolicies: named(inputs.identityPolicies.compactMap(\.document)),
      serviceControlPolicies: inputs.serviceControlPolicies.map(named),
      resourceControlPolicies: inputs.resourceControlPolicies.map(named))
    if case .document(let document)? = inputs.permissionsBoundary {
      permissionsBoundaries = named([document])
    }
  }
}

/// Writes policies at random, the same for the same seed.
private struct RandomPolicies {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(state: seed) }

  private mutating func number(below count: Int) -> Int { Int.random(in: 0..<count, using: &dice) }
  private mutating func pick(_ values: [String]) -> String { values[number(below: values.count)] }
  private mutating func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

  private static let actions = [
    #""*""#, #""s3:*""#, #""iam:*""#, #""s3:Get*""#, #"["s3:GetObject","iam:PassRole"]"#,
    #""s3:ListAllMyBuckets""#,
    #""ec2:Describe*""#, #"["kms:*","lambda:*"]"#, #""dynamodb:?etItem""#,
  ]
  private static let resources = [
    #""*""#, #""*""#, #""arn:aws:s3:::b/*""#, #""arn:aws:s3:::b/1""#,
    #"["arn:aws:iam::*:role/x","arn:aws:s3:::*"]"#,
  ]
  private static let conditions = [
    #"{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#,
    #"{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#,
    #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/shop"}}"#,
    #"{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/shop"}}"#,
    #"{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-example1234"}}"#,
    #"{"StringEquals":{"aws:PrincipalOrgID":"o-other56789"},"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#,
    #"{"StringLike":{"aws:PrincipalArn":"*shop"},"Null":{"aws:SourceIp":"false"}}"#,
  ]

  private mutating func statement(effect: String, principal: Bool = false) -> String {
    var parts = [#""Effect":"\#(effect)""#]
    if principal { parts.append(#""Principal":"*""#) }
    parts.append("\(chance(80) ? #""Action""# : #""NotAction""#):\(pick(Self.actions))")
    parts.append("\(chance(85) ? #""Resource""# : #""NotResource""#):\(pick(Self.resources))")
    if chance(40) { parts.append(#""Condition":\#(pick(Self.conditions))"#) }
    return "{\(parts.joined(separator: ","))}"
  }

  private mutating func document(denies: Int, opens: Bool = false) throws -> PolicyDocument {
    var statements: [String] = []
    if opens, chance(60) { statements.append(#"{"Effect":"Allow","Action":"*","Resource":"*"}"#) }
    for _ in 0...number(below: 3) { statements.append(statement(effect: chance(denies) ? "Deny" : "Allow")) }
    return try PolicyDocument(
      text: #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#)
  }

  mutating func inputs(context: RequestContext) throws -> GrantInputs {
    var inputs = GrantInputs(identityPolicies: [], context: context)
    for _ in 0...number(below: 2) {
      inputs.identityPolicies.append(
        AttachedPolicy(source: .inline(name: "p"), document: try document(denies: 25)))
    }
    if chance(40) { inputs.permissionsBoundary = .document(try document(denies: 20, opens: true)) }
    for _ in 0..<number(below: 3) {
      inputs.serviceControlPolicies.append([
        try document(denies: 50, opens: true), try document(denies: 50, opens: true),
      ])
    }
    if chance(40) {
      let deny = statement(effect: "Deny", principal: true)
      inputs.resourceControlPolicies = [
        [try PolicyDocument(text: #"{"Version":"2012-10-17","Statement":\#(deny)}"#)]
      ]
    }
    return inputs
  }
}
