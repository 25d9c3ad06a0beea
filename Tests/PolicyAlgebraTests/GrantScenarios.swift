import Foundation
import IAMIdentifiers
import IAMPolicy
import JSONText
import PolicyAlgebra
import Testing

/// A case of Tests/Scenarios/grants.json.
struct GrantScenario: Sendable, CustomTestStringConvertible {
  let name: String
  let inputs: GrantInputs
  let expected: JSONValue

  var testDescription: String { name }

  enum Mistake: Error { case shape(String) }

  /// All cases of the file.
  static func load() throws -> [GrantScenario] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/grants.json")
    let json = try JSONValue(json: Data(contentsOf: file))
    guard let cases = json["cases"]?.array else { throw Mistake.shape("cases") }
    return try cases.map(GrantScenario.init)
  }

  init(_ json: JSONValue) throws {
    guard let name = json["name"]?.string, let identity = json["identity"]?.array, json["expect"] != nil
    else {
      throw Mistake.shape(json.canonicalText)
    }
    self.name = name
    expected = json
    let policies = try identity.enumerated().map { index, policy in
      AttachedPolicy(source: .inline(name: "policy-\(index)"), document: try GrantScenario.document(policy))
    }
    let boundary: Limit? = try json["boundary"].map { value in
      try GrantScenario.document(value).map { .document($0) } ?? .missing
    }
    func levels(_ member: String) throws -> [[PolicyDocument]] {
      try (json[member]?.array ?? []).map { level in
        try (level.array ?? []).compactMap(GrantScenario.document)
      }
    }
    let context = (json["context"]?.members ?? []).map { ($0.name, $0.value.array ?? [$0.value]) }
    inputs = GrantInputs(
      identityPolicies: policies, permissionsBoundary: boundary, serviceControlPolicies: try levels("scps"),
      resourceControlPolicies: try levels("rcps"),
      context: RequestContext(
        Dictionary(context) { first, _ in first }.mapValues { $0.compactMap(\.string) }, isComplete: false))
  }

  private static func document(_ json: JSONValue) throws -> PolicyDocument? {
    switch json {
    case .string("missing"): return nil
    case .array:
      return try PolicyDocument(
        json: .object([.init("Version", .string("2012-10-17")), .init("Statement", json)]))
    default: return try PolicyDocument(json: json)
    }
  }

  /// What a case says of each action under one heading.
  func values(_ heading: String) -> [(ActionName, JSONValue)] {
    (expected[heading]?.members ?? []).compactMap { member in
      ActionName(member.name).map { ($0, member.value) }
    }
  }
}

@Suite("Grants, case by case")
struct GrantScenarioTests {
  private static let space = ActionSpace(FixtureUniverse.small)

  @Test("The grants of a case are what an IAM expert expects", arguments: try GrantScenario.load())
  func grants(scenario: GrantScenario) throws {
    let result = EffectiveGrants(scenario.inputs, in: GrantScenarioTests.space)
    for (action, value) in scenario.values("expect") {
      #expect(result.grant(for: action)?.kind.code ?? "none" == value.string, "\(action)")
    }
    for (action, value) in scenario.values("scope") {
      #expect(result.grant(for: action)?.resourceScope.rawValue == value.string, "\(action)")
    }
    for (action, value) in scenario.values("limitedBy") {
      #expect(
        result.grant(for: action)?.limitedBy.map(\.rawValue) == value.array?.compactMap(\.string), "\(action)"
      )
    }
    for (action, value) in scenario.values("keys") {
      #expect(result.grant(for: action)?.conditionKeys == value.array?.compactMap(\.string), "\(action)")
    }
    #expect(Int64(result.unknownSources.count) == scenario.expected["unknownSources"]?.integer ?? 0)
    if let count = scenario.expected["count"]?.integer { #expect(Int64(result.grants.count) == count) }
    if let names = scenario.expected["ineffective"]?.array?.compactMap(\.string) {
      let found = result.ineffective.flatMap { GrantScenarioTests.space.names($0.actions) }
      #expect(found.map(\.description).sorted() == names)
    }
  }

  @Test("There are enough cases, and no two have one name")
  func cases() throws {
    let scenarios = try GrantScenario.load()
    #expect(scenarios.count >= 60)
    #expect(Set(scenarios.map(\.name)).count == scenarios.count)
  }

  @Test("The order of statements, policies and SCPs never matters", arguments: try GrantScenario.load())
  func order(scenario: GrantScenario) throws {
    let inputs = scenario.inputs
    var turned = GrantInputs(identityPolicies: [])
    turned.identityPolicies = try inputs.identityPolicies.reversed().map { policy in
      AttachedPolicy(source: policy.source, document: try policy.document.map(reversed))
    }
    if case .document(let document)? = inputs.permissionsBoundary {
      turned.permissionsBoundary = .document(try reversed(document))
    } else {
      turned.permissionsBoundary = inputs.permissionsBoundary
    }
    func reversedLevels(_ levels: [[PolicyDocument]]) throws -> [[PolicyDocument]] {
      try levels.reversed().map { level in try level.reversed().map(reversed) }
    }
    turned.serviceControlPolicies = try reversedLevels(inputs.serviceControlPolicies)
    turned.resourceControlPolicies = try reversedLevels(inputs.resourceControlPolicies)
    turned.context = inputs.context
    let before = EffectiveGrants(inputs, in: GrantScenarioTests.space)
    let after = EffectiveGrants(turned, in: GrantScenarioTests.space)
    #expect(before.grants.map(facts) == after.grants.map(facts))
  }

  @Test("Adding a Deny never adds a grant", arguments: try GrantScenario.load())
  func deny(scenario: GrantScenario) throws {
    let before = Set(EffectiveGrants(scenario.inputs, in: GrantScenarioTests.space).grants.map(\.action))
    for deny in denies {
      let document = try PolicyDocument(text: "{\"Version\":\"2012-10-17\",\"Statement\":\(deny)}")
      var inputs = scenario.inputs
      inputs.identityPolicies.append(AttachedPolicy(source: .inline(name: "deny"), document: document))
      let after = Set(EffectiveGrants(inputs, in: GrantScenarioTests.space).grants.map(\.action))
      #expect(after.isSubset(of: before), "\(deny)")
    }
  }

  @Test(
    "A boundary and a level of SCPs that allow everything change nothing", arguments: try GrantScenario.load()
  )
  func fullAccess(scenario: GrantScenario) throws {
    let everything = try PolicyDocument(
      text: #"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#)
    var inputs = scenario.inputs
    if inputs.permissionsBoundary == nil { inputs.permissionsBoundary = .document(everything) }
    inputs.serviceControlPolicies.append([everything])
    let before = EffectiveGrants(scenario.inputs, in: GrantScenarioTests.space)
    let after = EffectiveGrants(inputs, in: GrantScenarioTests.space)
    #expect(before.grants.map(facts) == after.grants.map(facts))
  }

  private let denies = [
    #"{"Effect":"Deny","Action":"s3:*","Resource":"*"}"#,
    #"{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}"#,
    #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
    #"{"Effect":"Deny","Action":"s3:GetObject","NotResource":"arn:aws:s3:::b/*"}"#,
    #"{"Effect":"Deny","Action":"s3:NewThing","Resource":"*"}"#,
    #"{"Effect":"Deny","Action":"s3:GetObject","Resource":"*","Odd":1}"#,
  ]

  /// All of a grant but the places of its statements.
  private func facts(_ grant: Grant) -> String {
    let limits = grant.limitedBy.map(\.rawValue)
    return "\(grant.action) \(grant.kind) \(grant.resourceScope) \(limits) \(grant.resources) "
      + "\(grant.exceptResources) \(grant.statements.count)"
  }

  /// The same document with its statements the other way round.
  private func reversed(_ document: PolicyDocument) throws -> PolicyDocument {
    let source = try #require(GrantScenarioTests.sources[document])
    let statements = source["Statement"]?.array?.reversed() ?? source["Statement"].map { [$0] } ?? []
    let others = (source.members ?? []).filter { $0.name != "Statement" }
    return try PolicyDocument(json: .object(others + [.init("Statement", .array(Array(statements)))]))
  }

  /// The JSON of every document in the cases.
  private static let sources: [PolicyDocument: JSONValue] = {
    var sources: [PolicyDocument: JSONValue] = [:]
    func collect(_ value: JSONValue) {
      if let document = try? PolicyDocument(json: value) { sources[document] = value }
      if case .array(let items) = value {
        let wrapped = JSONValue.object([.init("Version", .string("2012-10-17")), .init("Statement", value)])
        if let document = try? PolicyDocument(json: wrapped) { sources[document] = wrapped }
        items.forEach(collect)
      }
    }
    for scenario in (try? GrantScenario.load()) ?? [] {
      for key in ["identity", "boundary", "scps", "rcps"] { scenario.expected[key].map(collect) }
    }
    return sources
  }()
}
