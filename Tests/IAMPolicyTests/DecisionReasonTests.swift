import IAMIdentifiers
import IAMPolicy
import JSONText
import Testing

@Suite("Reasons of decisions")
struct DecisionReasonTests {
  private static let key = "arn:aws:kms:eu-west-1:111122223333:key/k1"
  private static let ana = "arn:aws:iam::111122223333:user/Ana"
  private static let everything =
    #""identityPolicies": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}]"#

  private static func resourcePolicy(_ principal: String, effect: String = "Allow") -> String {
    """
    "resourcePolicy": {"Version": "2012-10-17", "Statement": {"Effect": "\(effect)", "Action": "*", "Resource": "*",
    "Principal": \(principal)}}
    """
  }

  private static let grant =
    #""keyGrants": [{"GrantId": "g", "GranteePrincipal": "\#(ana)", "Operations": ["Decrypt"]}]"#
  private static let foreignKey = "arn:aws:kms:eu-west-1:444455556666:key/k1"
  private static let role = "arn:aws:iam::111122223333:role/Reader"
  private static let session = "arn:aws:sts::111122223333:assumed-role/Reader/monday"
  private static let roleGrant =
    #""keyGrants": [{"GrantId": "g", "GranteePrincipal": "\#(role)", "Operations": ["Decrypt"]}]"#
  private static let limit =
    #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}"#

  @Test(
    "The reason names the layer that decides",
    arguments: [
      (ana, "sqs:SendMessage", "*", everything, "The identity-based policies allow it"),
      (
        ana, "sqs:SendMessage", "*", resourcePolicy(#"{"AWS": "\#(ana)"}"#),
        "The resource-based policy allows it"
      ),
      (ana, "kms:Decrypt", key, grant, "A grant on the key allows it"),
      (
        ana, "kms:Decrypt", key, everything + ", " + resourcePolicy(#"{"AWS": "111122223333"}"#),
        "The policies of both sides allow it"
      ),
      ("*", "sqs:SendMessage", "*", resourcePolicy(#""*""#), "The resource-based policy allows it"),
      (
        "arn:aws:iam::111122223333:root", "sqs:SendMessage", "*", #""identityPolicies": []"#,
        "The root user of the account needs no policy to allow it"
      ),
      (ana, "sqs:SendMessage", "*", #""identityPolicies": []"#, "No identity-based policy allows it"),
      (ana, "kms:Decrypt", key, everything, "The resource's own policy must allow it, and does not"),
      (
        ana, "sqs:SendMessage", "*", everything + #", "permissionsBoundaries": [\#(limit)]"#,
        "The permissions boundary does not allow it"
      ),
      (
        ana, "sqs:SendMessage", "*", everything + #", "serviceControlPolicies": [[\#(limit)]]"#,
        "The service control policies, level 1 do not allow it"
      ),
      (
        ana, "sqs:SendMessage", "*", everything + ", " + resourcePolicy(#""*""#, effect: "Deny"),
        "A statement of the resource-based policy denies it"
      ),
      (
        session, "kms:Decrypt", key, roleGrant + #", "permissionsBoundaries": [\#(limit)]"#,
        "The permissions boundary does not allow it"
      ),
      (
        session, "kms:Decrypt", key, roleGrant + #", "sessionPolicy": \#(limit)"#,
        "The session policies do not allow it"
      ),
      (
        session, "kms:Decrypt", foreignKey, roleGrant + #", "sessionPolicy": \#(limit)"#,
        "The session policies do not allow it"
      ),
      (
        session, "sqs:SendMessage", "*",
        resourcePolicy(#"{"AWS": "\#(role)"}"#) + #", "permissionsBoundaries": [\#(limit)]"#,
        "The permissions boundary does not allow it"
      ),
      (session, "kms:Decrypt", foreignKey, roleGrant, "A grant on the key allows it"),
      (
        "arn:aws:iam::111122223333:root", "kms:RetireGrant", key, grant,
        "The root user of the key's account may retire its grants"
      ),
      (
        ana, "s3:ListAllMyBuckets", "*",
        #""identityPolicies": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:List*", "Resource": "arn:aws:s3:::b"}}]"#,
        "No identity-based policy allows it: only a statement on every resource (\"*\") would grant it"
      ),
      (
        ana, "s3:ListAllMyBuckets", "*",
        #""identityPolicies": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b"}}]"#,
        "No identity-based policy allows it"
      ),
      ("*", "sts:GetCallerIdentity", "*", everything, "sts:GetCallerIdentity must be signed by its caller"),
    ])
  func reasons(principal: String, action: String, resource: String, policies: String, reason: String) throws {
    let json = try JSONValue(
      json: """
        {"principal": "\(principal)", "action": "\(action)", "resource": "\(resource)", \(policies)}
        """)
    #expect(try evaluate(json).reason == reason)
  }

  @Test("A limit that does not allow says why the request is allowed all the same")
  func passed() throws {
    for (principal, field, layer) in [
      (Self.ana, "permissionsBoundaries", LayerOutcome.Kind.permissionsBoundary),
      (Self.session, "permissionsBoundaries", .permissionsBoundary),
      (Self.session, "sessionPolicy", .sessionPolicies),
    ] {
      for named in [#"{"AWS": "\#(principal)"}"#, #""*""#, #"{"AWS": "\#(Self.role)"}"#] {
        let json = try JSONValue(
          json: """
            {"principal": "\(principal)", "action": "sqs:SendMessage", "resource": "*", \(Self.resourcePolicy(named)),
             "\(field)": [\(Self.limit)]}
            """)
        let evaluation = try evaluate(json)
        let limit = try #require(evaluation.layers.first { $0.kind == layer })
        #expect(limit.result == .doesNotAllow)
        #expect((evaluation.decision == .allowed) == !named.contains(":role/"))
        #expect((limit.note != nil) == (evaluation.decision == .allowed))
      }
    }
  }

  private static func statement(_ members: String) -> String {
    #"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"\#(members)}"#
  }

  private static func dependsOn(_ statements: String, document: String = "") throws -> [String] {
    let json = try JSONValue(
      json: """
        {"principal": "\(ana)", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "resourceAccount": "111122223333",
         "context": {"s3:max-keys": "10"},
         "identityPolicies": [{"Version": "2012-10-17", "Statement": [\(statements)]\(document)}]}
        """)
    return try evaluate(json).dependsOn
  }

  @Test(
    "What is not understood is named by its policy, statement and element",
    arguments: [
      (#", "Conditions": {}"#, #"IAM knows no element "Conditions" in a statement"#),
      (#", "Sid": "Guard", "Conditions": {}"#, #"(Guard): IAM knows no element "Conditions" in a statement"#),
      (
        #", "a\nb": 1"#,
        "IAM knows no element \"a\nb\" in a statement"
      ),
      (
        #", "\#(String(repeating: "x", count: 500))": 1"#,
        "IAM knows no element \"\(String(repeating: "x", count: 64))…\" in a statement"
      ),
      (
        #", "Sid": "\#(String(repeating: "s", count: 500))", "Odd": 1"#,
        "(\(String(repeating: "s", count: 64))…): IAM knows no element \"Odd\" in a statement"
      ),
      (#", "Principal": "*""#, "The statement names principals"),
    ])
  func notUnderstood(members: String, reason: String) throws {
    let other = #"{"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}"#
    let separator = reason.hasPrefix("(") ? " " : ": "
    #expect(
      try Self.dependsOn(other + ", " + Self.statement(members)) == [
        "identityPolicies[0], statement 2" + separator + reason
      ])
  }

  @Test("Where the document as a whole is not understood, no statement is named")
  func documentNotUnderstood() throws {
    #expect(
      try Self.dependsOn(Self.statement(""), document: #", "Statements": []"#) == [
        #"identityPolicies[0]: IAM knows no element "Statements" in a policy document"#
      ])
  }

  @Test("A value that is none of its operator's kind is named with operator and key")
  func oddValue() throws {
    let condition = #", "Condition": {"NumericEqualsIfExists": {"s3:max-keys": ["ten", "11"]}}"#
    #expect(
      try Self.dependsOn(Self.statement(condition)) == [
        #""ten" is no number, in NumericEqualsIfExists on s3:max-keys"#
      ])
    let many = Array(repeating: "\"x\"", count: 5).joined(separator: ",")
    let numbered = (0..<500).map { "\"x\($0)\"" }.joined(separator: ",")
    for (values, count) in [(many, 1), (numbered, 8)] {
      let condition = #", "Condition": {"NumericEquals": {"s3:max-keys": [\#(values)]}}"#
      #expect(try Self.dependsOn(Self.statement(condition)).count == count)
    }
  }

  @Test("A variable where none can stand is named")
  func misplacedVariable() throws {
    let statement = #"{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:${aws:partition}:s3:::b/*"}"#
    #expect(
      try Self.dependsOn(statement) == ["${aws:partition} before the fifth colon of a resource"])
  }

  @Test(
    "A condition with a variable that has no value says so",
    arguments: [
      ("{}", "${aws:PrincipalTag/team} has no value in the request"),
      (
        #"{"aws:PrincipalTag/team": ["a", "b"]}"#,
        "${aws:PrincipalTag/team} has several values in the request, of which none can be taken"
      ),
      (#"{"aws:PrincipalTag/team": "a"}"#, nil),
    ])
  func variableWithoutValue(context: String, note: String?) throws {
    let condition = #"{"StringEquals": {"aws:username": ["x", "${aws:PrincipalTag/team}"]}}"#
    let json = try JSONValue(
      json: """
        {"principal": "\(Self.ana)", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "resourceAccount": "111122223333",
         "context": \(context.dropLast())\(context == "{}" ? "" : ",") "aws:username": "Ana"},
         "identityPolicies": [{"Version": "2012-10-17", "Statement": [\(Self.statement(#", "Condition": \#(condition)"#))]}]}
        """)
    let layer = try #require(try evaluate(json).layers.first { $0.kind == .identityPolicies })
    #expect(layer.statements.first?.unmet.map(\.note) == [note])
  }

  @Test("Where it is not known who calls, what the policy says of roles and ids is not known either")
  func unknownCaller() throws {
    let everyone = RequestContext([:], isComplete: false)
    for (principal, caller, key) in [
      ("AROACKCEVSQ6C2EXAMPLE", Self.session, "aws:userid"),
      ("AROACKCEVSQ6C2EXAMPLE", Self.role, "aws:userid"),
      ("AIDACKCEVSQ6C2EXAMPLE", Self.ana, "aws:userid"), (Self.role, Self.session, "aws:PrincipalArn"),
    ] {
      let document = try PolicyDocument(
        text: """
          {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
           "Principal": {"AWS": ["\(principal)", "444455556666"]}}}
          """)
      let request = AuthorizationRequest(
        principal: try #require(RequestPrincipal(caller)),
        action: try #require(ActionName("sqs:SendMessage")),
        resource: "*", context: everyone)
      let policies = AuthorizationPolicies(resourcePolicies: [NamedPolicy(name: "r", document: document)])
      let evaluation = PolicyEvaluator(facts: ScenarioFacts()).evaluate(request, policies)
      #expect(evaluation.decision == .implicitlyDenied && evaluation.dependsOn == [key])
    }
  }
}
