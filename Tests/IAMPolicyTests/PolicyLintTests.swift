import IAMPolicy
import JSONText
import Testing

@Suite("Mistakes in policies")
struct PolicyLintTests {
  private static func rules(_ text: String, as kind: PolicyKind? = nil) throws -> [LintRule] {
    let json = try JSONValue(json: text)
    let document = try PolicyDocument(json: json)
    let lint = PolicyLint(document, json: json, kind: kind ?? PolicyKind(guessing: document))
    return lint.findings.map(\.rule)
  }

  private static func rules(statement: String, as kind: PolicyKind? = nil) throws -> [LintRule] {
    try rules(#"{"Version":"2012-10-17","Statement":["# + statement + "]}", as: kind)
  }

  @Test(
    "Policies without faults have no findings",
    arguments: [
      #"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#,
      #"{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}}"#,
      #"{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}"#,
      #"{"Effect":"Allow","Action":["kms:CreateAlias"],"Resource":["arn:aws:kms:*:111122223333:alias/a","arn:aws:kms:*:111122223333:key/*"]}"#,
      #"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}/*"}"#,
      #"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b","Condition":{"ArnLike":{"aws:SourceArn":"*"}}}"#,
      #"{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}"#,
      #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a"}}}"#,
      #"{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"s3:*","Resource":"arn:aws:s3:::b"}"#,
      #"{"Effect":"Allow","Action":"ec2:*","Resource":"arn:aws:ec2:eu-west-1::image/*"}"#,
      #"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"execute-api:Invoke","Resource":["execute-api:/*/PUT/*","execute-api:/stage/GET/pets"]}"#,
      #"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:eu-west-1:111122223333:accesspoint/a"}"#,
      #"{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:*"}"#,
      #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"k:K":"v"},"Bool":{"aws:SecureTransport":false}}}"#,
    ])
  func clean(statement: String) throws {
    #expect(try Self.rules(statement: statement).isEmpty)
  }

  @Test(
    "A fault of a statement is found by its rule",
    arguments: [
      (#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Colour":"red"}"#, LintRule.grammar),
      (#"{"Effect":"Allow","Action":[],"Resource":"*"}"#, .emptyList),
      (#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s*:::b"}"#, .wildcardInService),
      (#"{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}"#, .notAnARN),
      (#"{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"execute-api:/*"}"#, .notAnARN),
      (
        #"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"execute-api:Invoke","Resource":"execute-apis:/*"}"#,
        .notAnARN
      ),
      (#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3::b"}"#, .arnMatchesNothing),
      (#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::"}"#, .arnMatchesNothing),
      (#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:eu-west-1::b"}"#, .arnMatchesNothing),
      (#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:${aws:partition}:s3:::b"}"#, .variableNotAllowed),
      (#"{"Effect":"Allow","Action":"s3:*","NotResource":"${aws:username}"}"#, .variableNotAllowed),
      (#"{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:::q"}"#, .arnMatchesNothing),
      (#"{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs::111122223333:q"}"#, .arnMatchesNothing),
      (
        #"{"Effect":"Allow","Action":"iam:*","Resource":"arn:aws:iam:eu-west-1:111122223333:role/r"}"#,
        .arnMatchesNothing
      ),
      (
        #"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:111122223333:alias/a"}"#,
        .kmsAliasARN
      ),
      (#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}"#, .passRoleOnEverything),
      (#"{"Effect":"Allow","Action":"iam:*","Resource":"arn:aws:iam::*:role/*"}"#, .passRoleOnEverything),
      (#"{"Effect":"Allow","Action":"*:*","Resource":"*"}"#, .everythingAllowed),
      (#"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#, .notActionWithAllow),
      (
        #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:*","Resource":"arn:aws:s3:::b"}"#,
        .everyonePrincipal
      ),
      (
        #"{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"Action":"s3:*","Resource":"arn:aws:s3:::b"}"#,
        .notPrincipalWithAllow
      ),
      (
        #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/*"},"Action":"sts:AssumeRole"}"#,
        .malformedPrincipal
      ),
      (#"{"Sid":"two words","Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b"}"#, .sidCharacters),
      (#"{"Sid":"Ж","Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b"}"#, .documentCharacters),
      (
        #"{"Effect":"Allow","Action":["s3:Get*","s3:GetObject"],"Resource":"arn:aws:s3:::b/*"}"#,
        .redundantEntry
      ),
    ])
  func faults(statement: String, rule: LintRule) throws {
    #expect(try Self.rules(statement: statement).contains(rule))
  }

  @Test(
    "A condition that cannot hold, or holds too often, is found",
    arguments: [
      (#""ForAllValues:StringEquals":{"k:Keys":"a"}"#, [LintRule.forAllValuesInAllow]),
      (#""ForAllValues:StringEquals":{"k:Keys":"a"},"Null":{"K:keys":"false"}"#, []),
      (#""ForAnyValue:StringEquals":{"aws:PrincipalTag/team":"a"}"#, [.setOperatorOnSingleValue]),
      (#""ForAnyValue:StringEquals":{"aws:TagKeys":"a"}"#, []),
      (#""StringEquals":{"aws:TagKeys":"a"}"#, [.missingSetOperator]),
      (#""Null":{"aws:TagKeys":"true"}"#, []),
      (#""StringEquals":{"aws:SourceVpc":"vpc-*"}"#, [.wildcardWithoutLike]),
      (#""StringEquals":{"aws:SourceVpc":"vpc-${*}"}"#, []),
      (#""NumericLessThan":{"s3:max-keys":"ten"}"#, [.invalidValue]),
      (#""NumericLessThan":{"s3:max-keys":10}"#, []),
      (#""DateLessThan":{"aws:CurrentTime":"2026-02-30"}"#, [.invalidValue]),
      (#""DateLessThan":{"aws:CurrentTime":"2026-02-28T00:00:00Z"}"#, []),
      (#""IpAddress":{"aws:SourceIp":"203.0.113.0/33"}"#, [.invalidValue]),
      (#""IpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:db8::/32"]}"#, []),
      (#""Bool":{"aws:SecureTransport":"yes"}"#, [.invalidValue]),
      (#""BinaryEquals":{"k:B":"?"}"#, [.invalidValue]),
      (#""ArnLike":{"aws:SourceArn":"role/x"}"#, [.invalidValue]),
      (#""ArnLike":{"aws:SourceArn":"arn:aws:s3*"}"#, [.invalidValue]),
      (#""ArnLike":{"aws:SourceArn":"arn:aws:s3:::*"}"#, []),
      (#""StringEquals":{"aws:SourceVpc":[]}"#, [.invalidValue]),
      (#""IpAddress":{"aws:SourceIp":"${k:V}"}"#, [.variableNotAllowed]),
    ])
  func conditions(condition: String, rules: [LintRule]) throws {
    let statement =
      #"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"# + condition
      + "}}"
    #expect(try Self.rules(statement: statement) == rules)
  }

  @Test("Variables are plain text in the old version")
  func oldVersion() throws {
    let text = #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}"}}"#
    #expect(try Self.rules(text) == [.variablesInOldVersion])
  }

  @Test(
    "What a policy of a kind must have and may not have is told",
    arguments: [
      (PolicyKind.identity, #""Principal":"*","Resource":"arn:aws:s3:::b""#, 1), (.identity, "", 1),
      (.boundary, "", 1), (.scp, #""Principal":"*","Resource":"*""#, 1), (.scp, #""Resource":"*""#, 0),
      (.resource, #""Resource":"arn:aws:s3:::b""#, 1),
      (.trust, #""Principal":{"AWS":"111122223333"},"Resource":"*""#, 1),
      (.trust, #""Principal":{"AWS":"111122223333"}"#, 0), (.rcp, #""Principal":"*","Resource":"*""#, 0),
      (.rcp, #""Principal":{"AWS":"111122223333"},"Resource":"*""#, 1),
      (.rcp, #""NotPrincipal":"*","Resource":"*""#, 1),
    ])
  func kinds(kind: PolicyKind, elements: String, count: Int) throws {
    let statement = #"{"Effect":"Deny","Action":"s3:*""# + (elements.isEmpty ? "" : ",") + elements + "}"
    #expect(try Self.rules(statement: statement, as: kind).count { $0 == .misplacedElement } == count)
  }

  @Test("A resource control policy cannot allow, and is never about * alone")
  func resourceControl() throws {
    let statement = #"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#
    #expect(
      try Self.rules(statement: statement, as: .rcp).filter { $0 == .misplacedElement }.count == 2)
  }

  @Test(
    "A document over the quota of its kind is told, without its white space",
    arguments: [
      (PolicyKind.identity, 6_000, nil as LintRule.Severity?), (.identity, 6_200, .warning),
      (.identity, 10_300, .error), (.boundary, 6_200, .error), (.trust, 2_100, .warning),
      (.trust, 4_200, .error),
      (.scp, 10_200, nil), (.scp, 10_300, .error), (.rcp, 5_200, .error), (.resource, 20_000, nil),
    ])
  func size(kind: PolicyKind, size: Int, severity: LintRule.Severity?) throws {
    let frame = #"{"Statement":{"Action":"s3:*","Effect":"Deny","Resource":"arn:aws:s3:::"}}"#
    let name = String(repeating: "b", count: size - frame.utf8.count)
    let text = frame.replacing(":::\"", with: ":::\(name)\"").replacing(",", with: ",\n      ")
    let json = try JSONValue(json: text)
    let findings = PolicyLint(try PolicyDocument(json: json), json: json, kind: kind).findings
    #expect(findings.first { $0.rule == .sizeOverQuota }?.severity == severity)
  }

  @Test(
    "White space counts in policies of organisations, as far as is known how they are written",
    arguments: [
      (PolicyKind.scp, 10_240 as Int?, nil as LintRule.Severity?), (.scp, 10_241, .warning), (.scp, nil, nil),
      (.rcp, 5_121, .warning), (.identity, 100_000, nil), (.trust, 100_000, nil),
    ])
  func whiteSpace(kind: PolicyKind, written: Int?, severity: LintRule.Severity?) throws {
    let json = try JSONValue(json: #"{"Statement":{"Action":"s3:*","Effect":"Deny","Resource":"*"}}"#)
    let lint = PolicyLint(
      try PolicyDocument(json: json), json: json, kind: kind, writtenCharacters: written)
    #expect(lint.findings.first { $0.rule == .sizeOverQuota }?.severity == severity)
  }

  @Test("Of statements that say the same the later is superfluous, and so is what is denied anyway")
  func redundancy() throws {
    let allow = #"{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*"}"#
    let narrow =
      #"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/a","Condition":{"Bool":{"k:K":"true"}}}"#
    let deny = #"{"Effect":"Deny","Action":"s3:*","Resource":"*"}"#
    let maybe = #"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"k:K":"true"}}}"#
    func found(_ statements: String...) throws -> [String] {
      let text = #"{"Version":"2012-10-17","Statement":["# + statements.joined(separator: ",") + "]}"
      let json = try JSONValue(json: text)
      return PolicyLint(try PolicyDocument(json: json), json: json, kind: .identity).findings.map {
        "\($0.statementIndex ?? -1) \($0.rule.rawValue)"
      }
    }
    #expect(try found(allow, allow) == ["1 shadowed-statement"])
    #expect(try found(narrow, allow) == ["0 shadowed-statement"])
    #expect(try found(narrow, deny) == ["0 denied-statement"])
    #expect(try found(allow, maybe).isEmpty)
    #expect(try found(narrow).isEmpty)
  }

  @Test("Ids of rules are in kebab-case, and each has a title")
  func table() {
    for rule in LintRule.allCases {
      #expect(rule.rawValue.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D })
      #expect(!rule.title.isEmpty && rule.title.last != ".")
    }
  }

  @Test("Hostile documents cost little and are not trusted")
  func hostile() throws {
    let many = (0..<20_000).map { "\"s3:Get\($0)*\"" }.joined(separator: ",")
    let text = #"{"Statement":[{"Effect":"Allow","Action":["# + many + #"],"Resource":"*"}]}"#
    #expect(try Self.rules(text).contains(.sizeOverQuota))
    let control = #"{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::\u001b[2J"}]}"#
    #expect(try Self.rules(control).isEmpty)
    #expect(throws: PolicyError.self) { try Self.rules("[]") }
  }

  @Test("Patterns that are slow to compare, and conditions without number, are not compared")
  func costs() throws {
    let stars = String(repeating: "*a", count: 2_000)
    let actions = (0..<50).map { #""s3:\#(stars)\#($0)""# }.joined(separator: ",")
    let resources = (0..<50).map { #""arn:aws:s3:::\#(stars)\#($0)""# }.joined(separator: ",")
    let slow = #"{"Effect":"Allow","Action":[\#(actions)],"Resource":[\#(resources)]}"#
    #expect(try Self.rules(statement: slow).contains(.checkLeftOut))
    let keys = (0..<2_000).map { #""k:K\#($0)":"a""# }.joined(separator: ",")
    let many =
      #"{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"ForAllValues:StringEquals":{\#(keys)}}}"#
    #expect(try Self.rules(statement: many).filter { $0 != .sizeOverQuota } == [.checkLeftOut])
    let long = String(repeating: "b", count: 20_000)
    #expect(
      try !Self.rules(
        statement: #"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::\#(long)/*"}"#
      ).contains(.checkLeftOut))
  }
}
