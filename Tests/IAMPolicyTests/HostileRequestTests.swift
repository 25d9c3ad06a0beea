import IAMIdentifiers
import IAMPolicy
import JSONText
import Testing

@Suite("Hostile requests")
struct HostileRequestTests {
  private func request(_ policy: String, resource: String = "arn:aws:s3:::b/x", context: String = "{}") throws
    -> JSONValue
  {
    try JSONValue(
      json: """
        {"principal": "arn:aws:iam::111122223333:user/Ana", "action": "s3:GetObject", "resource": "\(resource)",
         "resourceAccount": "111122223333", "context": \(context), "identityPolicies": [\(policy)]}
        """)
  }

  private func allowing(_ resource: String, condition: String = "{}") -> String {
    """
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "\(resource)", "Condition": \(condition)}}
    """
  }

  @Test("A policy of ten megabytes is decided on", .timeLimit(.minutes(2)))
  func large() throws {
    let statement =
      #"{"Effect":"Allow","Action":["s3:Get*","s3:?utObject"],"Resource":"arn:aws:s3:::b/${aws:username}/*"},"#
    let last = #"{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::b/x"}"#
    let text =
      #"{"Version":"2012-10-17","Statement":["#
      + String(repeating: statement, count: 10_000_000 / statement.utf8.count) + last + "]}"
    #expect(try evaluate(request(text)).decision == .explicitlyDenied)
  }

  @Test(
    "One statement with a megabyte of resources, actions or values is decided on", .timeLimit(.minutes(2)))
  func wide() throws {
    let many = Array(repeating: #""arn:aws:s3:::*?*?*?""#, count: 50_000).joined(separator: ",")
    let policy =
      #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":[\#(many)]}}"#
    #expect(try evaluate(request(policy)).decision == .allowed)
    let condition = #"{"StringLike":{"aws:username":[\#(many)]}}"#
    let context = #"{"aws:username":["Ana","Bob"]}"#
    #expect(
      try evaluate(request(allowing("*", condition: condition), context: context)).decision
        == .implicitlyDenied)
  }

  @Test("Deep nesting is refused and not followed", arguments: [300, 100_000])
  func deep(depth: Int) throws {
    let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(throws: JSONError.self) { try request(deep) }
    #expect(throws: PolicyError.self) { try PolicyDocument(text: deep) }
    let text = String(repeating: #"{"Statement":"#, count: depth)
    #expect(throws: SimulationError.self) {
      try SimulationRequest(
        json: .object([
          .init("principal", .string("arn:aws:iam::111122223333:user/Ana")),
          .init("action", .string("s3:GetObject")),
          .init("identityPolicies", .string(text)),
        ]))
    }
  }

  @Test(
    "Patterns of many wildcards cost no more than pattern times text", .timeLimit(.minutes(1)),
    arguments: ["*?*?*?*?*?*?*?*?*?*?*b", "*a*a*a*a*a*a*a*a*a*a*a*b", "?*?*?*?*?*?*b", "*:*a:*a:*a:*a*a*a:b"])
  func wildcards(pattern: String) throws {
    let long = String(repeating: "a", count: 20_000)
    let colons = String(repeating: "a:", count: 10_000)
    for text in [long, colons] {
      let resource = "arn:aws:s3:::\(text)"
      #expect(
        try evaluate(request(allowing("arn:aws:s3:::" + pattern), resource: resource)).decision != .allowed)
      for operation in ["StringLike", "ArnLike"] {
        let condition = #"{"\#(operation)":{"aws:SourceArn":"arn:aws:s3:::\#(pattern)"}}"#
        let context = #"{"aws:SourceArn":"\#(resource)"}"#
        let evaluation = try evaluate(request(allowing("*", condition: condition), context: context))
        #expect(evaluation.decision != .allowed)
      }
    }
  }

  @Test("Openings of variables that never close cost little", .timeLimit(.minutes(1)))
  func openVariables() throws {
    let text = String(repeating: "${", count: 500_000)
    let condition = #"{"StringEquals":{"aws:username":"\#(text)"}}"#
    #expect(try evaluate(request(allowing("arn:aws:s3:::" + text))).decision == .implicitlyDenied)
    let context = #"{"aws:username":"Ana"}"#
    #expect(
      try evaluate(request(allowing("*", condition: condition), context: context)).decision
        == .implicitlyDenied)
  }

  @Test("Many variables cost little", .timeLimit(.minutes(1)))
  func manyVariables() throws {
    let text = String(repeating: "${aws:username}", count: 20_000)
    let context = #"{"aws:username":"Ana"}"#
    #expect(
      try evaluate(request(allowing("arn:aws:s3:::" + text), context: context)).decision == .implicitlyDenied)
  }

  @Test(
    "A value of the request begins no variable and is no wildcard",
    arguments: [
      ("arn:aws:s3:::b/$${aws:username}", "{*}", "arn:aws:s3:::b/anything"),
      ("arn:aws:s3:::b/$${aws:username}", "{aws:userid}", "arn:aws:s3:::b/anything"),
      ("arn:aws:s3:::b/${aws:username}", "*", "arn:aws:s3:::b/anything"),
      ("arn:aws:s3:::b/${aws:username}", "?", "arn:aws:s3:::b/a"),
      ("arn:aws:s3:::b/${aws:username}", "${aws:userid}", "arn:aws:s3:::b/anything"),
      ("arn:aws:s3:::b/${aws:username}", "*\u{301}", "arn:aws:s3:::b/any\u{301}"),
      ("arn:aws:s3:::b/${aws:username}", "?\u{301}", "arn:aws:s3:::b/a\u{301}"),
    ])
  func injected(pattern: String, value: String, resource: String) throws {
    let policy = try PolicyDocument(text: allowing(pattern))
    for context in [["aws:username": [value]], ["aws:username": [value], "aws:userid": ["anything"]]] {
      let asked = AuthorizationRequest(
        principal: try #require(RequestPrincipal("arn:aws:iam::111122223333:user/Ana")),
        action: try #require(ActionName("s3:GetObject")), resource: resource, context: RequestContext(context)
      )
      let policies = AuthorizationPolicies(identityPolicies: [NamedPolicy(name: "own", document: policy)])
      #expect(PolicyEvaluator(facts: ScenarioFacts()).evaluate(asked, policies).decision == .implicitlyDenied)
    }
  }

  @Test(
    "Odd characters match only themselves",
    arguments: [
      ("b/\\u0000", "b/\\u0000", true), ("b/\\u0000*", "b/\\u0000x", true), ("b/\\u0000", "b/", false),
      ("b/\\ud800", "b/x", false), ("b/?", "b/\\ud83d\\ude00", true),
      ("b/\\ud83d\\ude00", "b/\\ud83d\\ude00", true),
      ("b/\\u00e9", "b/e\\u0301", false), ("b/\\u202e", "b/", false),
    ])
  func oddCharacters(pattern: String, name: String, isAllowed: Bool) throws {
    let evaluation = try evaluate(
      request(allowing("arn:aws:s3:::" + pattern), resource: "arn:aws:s3:::" + name))
    #expect((evaluation.decision == .allowed) == isAllowed)
    for operation in ["StringEquals", "StringEqualsIgnoreCase"]
    where !pattern.contains("*") && !pattern.contains("?") {
      let condition = #"{"\#(operation)":{"aws:username":"\#(pattern)"}}"#
      let context = #"{"aws:username":"\#(name)"}"#
      let evaluation = try evaluate(request(allowing("*", condition: condition), context: context))
      #expect((evaluation.decision == .allowed) == isAllowed)
    }
  }

  @Test(
    "Values that do not fit their operator let nobody in",
    arguments: [
      "NumericEquals", "NumericLessThan", "NumericGreaterThanEquals", "DateEquals", "DateLessThan",
      "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress", "ArnLike", "Null",
    ])
  func wrongTypes(operation: String) throws {
    let odd = [
      "", " ", "x", "\\u0000", "-", "+", ".", "1e", "1e99999999999999999999", "--1", "0x10", "NaN", "inf",
      "२",
      "2026-13-01", "2026-02-30", "2026-11-24T25:00:00Z", "9999999999999999999999", "1.2.3", "1.2.3.4.5",
      "256.1.1.1",
      "1.2.3.4/33", "::/129", ":::", "1::2::3", "/", "arn:", "arn:aws:s3", "=", "QQ", "QQ==QQ==", "Q===",
    ]
    // A number, Base64, and the Base64 of no bytes: each its own equal.
    let sound = ["9999999999999999999999", "0x10", ""]
    for value in odd {
      for other in odd where other != value || !sound.contains(value) {
        let condition = #"{"\#(operation)":{"aws:key":"\#(value)"}}"#
        let context = #"{"aws:key":"\#(other)"}"#
        let evaluation = try evaluate(request(allowing("*", condition: condition), context: context))
        #expect(evaluation.decision == .implicitlyDenied, "\(operation) \(value) \(other)")
      }
    }
  }

  @Test(
    "Fields of the wrong kind are named and refused",
    arguments: [
      ("principal", "1"), ("principal", #""nobody""#), ("action", #""GetObject""#), ("action", "[]"),
      ("resource", "1"),
      ("resource", #""""#), ("resourceAccount", #""1""#), ("resourceAccount", "1.5"), ("context", "[]"),
      ("context", #"{"a": {}}"#), ("context", #"{"a": [[1]]}"#), ("context", #"{"a": 1, "A": 2}"#),
      ("identityPolicies", "1"), ("identityPolicies", "[1]"), ("identityPolicies", #"["{"]"#),
      ("serviceControlPolicies", "{}"), ("serviceControlPolicies", "[{}]"),
      ("resourceControlPolicies", #""a""#),
      ("keyGrants", "{}"), ("keyGrants", "[1]"), ("keyGrants", #"[{"GranteePrincipal": "a"}]"#),
      ("Principal", "1"),
      ("\\u0007\\u001b[31m", "1"),
    ])
  func wrongFields(name: String, value: String) throws {
    var text = #"{"principal": "arn:aws:iam::111122223333:user/Ana", "action": "s3:GetObject""#
    if name == "principal" || name == "action" {
      text = text.replacing(
        name == "principal" ? #""arn:aws:iam::111122223333:user/Ana""# : #""s3:GetObject""#, with: value)
    } else {
      text += #", "\#(name)": \#(value)"#
    }
    let json = try JSONValue(json: text + "}")
    let error = #expect(throws: SimulationError.self) { try SimulationRequest(json: json) }
    #expect(error?.problem.unicodeScalars.allSatisfy { $0.value >= 0x20 } ?? false)
  }
}
