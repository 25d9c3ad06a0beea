import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra
import Testing

@Suite("Sets of actions")
struct ActionSetTests {
  @Test(
    "Ranges set exactly their places",
    arguments: [0..<0, 0..<1, 3..<64, 63..<65, 0..<200, 128..<192, 199..<300])
  func ranges(range: Range<Int>) {
    var set = ActionSet(capacity: 200)
    set.insert(contentsOf: range)
    let inside = Array(range.clamped(to: 0..<200))
    #expect(Array(set) == inside)
    #expect(set.count == inside.count)
    #expect(set.complement.count == 200 - inside.count)
    #expect(set.union(set.complement) == ActionSet(allOf: 200))
    #expect(set.intersection(set.complement).isEmpty)
  }

  @Test("Places outside the universe are never in a set")
  func outside() {
    var set = ActionSet(capacity: 3)
    set.insert(3)
    set.insert(-1)
    #expect(set.isEmpty)
    #expect(!set.contains(-1))
    #expect(!set.contains(3))
    #expect(Array(ActionSet(capacity: 0)).isEmpty)
  }
}

@Suite("Expanding patterns")
struct ExpansionTests {
  private let space = ActionSpace(FixtureUniverse.small)

  @Test(
    "A pattern expands to what it matches, by ranges as by names",
    arguments: [
      "*", "*:*", "s3:*", "S3:GET*", "s3:*Object", "s3:?etObject", "iam:*Role*", "nothing:*", "s3:",
      "s3:GetObject",
      "ec2:*s", "sts:*****n", "s3-object-lambda:*", "s3:*e*t*e*", "apigateway:GET",
    ])
  func expansion(text: String) throws {
    guard let pattern = ActionPattern(text) else { return }
    let expected = FixtureUniverse.small.names.filter { pattern.matches($0) }
    #expect(space.names(space.expand(pattern)) == expected)
  }

  @Test(
    "NotAction expands to the complement of Action",
    arguments: [["*"], ["s3:*", "iam:Get*"], ["none:None"], []])
  func complement(texts: [String]) {
    let patterns = texts.compactMap { ActionPattern($0) }
    #expect(
      space.expand(ActionClause.except(patterns)) == space.expand(ActionClause.only(patterns)).complement)
  }
}

@Suite("Grants")
struct EffectiveGrantsTests {
  private func grants(_ statements: String, universe: FixtureUniverse = .small) throws -> EffectiveGrants {
    let document = try PolicyDocument(text: "{\"Version\":\"2012-10-17\",\"Statement\":\(statements)}")
    let policy = AttachedPolicy(
      source: .managed(arn: "arn:aws:iam::aws:policy/P", name: "P"), document: document)
    return EffectiveGrants(GrantInputs(identityPolicies: [policy]), in: ActionSpace(universe))
  }

  @Test("Grants are sorted by name, unknown actions among the known")
  func sorted() throws {
    let result = try grants(
      #"[{"Effect":"Allow","Action":["s3:GetObject","zzz:Last","s3:Get","aaa:First","S3:get"],"Resource":"*"}]"#
    )
    #expect(result.grants.map(\.action.description) == ["aaa:First", "S3:get", "s3:GetObject", "zzz:Last"])
    #expect(result.grants.map { $0.catalogIndex == nil } == [true, true, false, true])
    #expect(result.knownActions.count == 1)
  }

  @Test("A grant tells its statements, and which of them spell the action out")
  func statements() throws {
    let result = try grants(
      """
      [{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::a/*"]},
       {"Effect":"Allow","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::a/*"},
       {"Effect":"Allow","Action":"s3:Get*","NotResource":"arn:aws:s3:::c/*"},
       {"Effect":"Deny","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::d/*"},
       {"Effect":"Allow","Action":"ec2:*","Resource":"*"}]
      """)
    let action = try #require(ActionName("s3:getobject"))
    let grant = try #require(result.grant(for: action))
    #expect(grant.statements.map(\.statementIndex) == [0, 1, 2, 3])
    #expect(grant.statements.map(\.isExplicitName) == [false, true, false, true])
    #expect(grant.statements.map(\.effect) == [.allow, .allow, .allow, .deny])
    #expect(grant.statements.map(\.policyIndex) == [0, 0, 0, 0])
    #expect(grant.resources == ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"])
    #expect(grant.exceptResources == ["arn:aws:s3:::c/*"])
    #expect(grant.resourceScope == .pattern)
    #expect(grant.action.description == "s3:GetObject")
  }

  @Test("A statement that may be Allow or Deny is listed once")
  func listedOnce() throws {
    let result = try grants(#"[{"Effect":"Perhaps","Action":"s3:GetObject","Resource":"*"}]"#)
    let grant = try #require(result.grants.first)
    #expect(grant.statements.map(\.effect) == [.unknown])
    #expect(grant.kind == .unknown)
  }

  @Test("An administrator with thousands of actions and a region guardrail is quick")
  func administrator() throws {
    let space = ActionSpace(FixtureUniverse.large)
    let document = try PolicyDocument(text: #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#)
    let guardrail = try PolicyDocument(
      text: """
        {"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
        {"Effect":"Deny","NotAction":["service1001:*","service1002:Action2*"],"Resource":"*",
        "Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}]}
        """)
    let inputs = GrantInputs(
      identityPolicies: [AttachedPolicy(source: .inline(name: "a"), document: document)],
      serviceControlPolicies: [[document], [guardrail], [document, guardrail]])
    let took = ContinuousClock().measure {
      let result = EffectiveGrants(inputs, in: space)
      #expect(result.grants.count == 22_000)
      #expect(result.grants.filter { $0.kind == .unconditional }.count == 200)
    }
    // Generous, for debug builds on busy machines; the sets alone take a few milliseconds.
    #expect(took < .seconds(20))
  }
}
