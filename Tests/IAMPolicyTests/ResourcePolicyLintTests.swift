import IAMPolicy
import JSONText
import Testing

@Suite("Mistakes in resources of policies")
struct ResourcePolicyLintTests {
  private static func found(_ statement: String) throws -> [String] {
    let json = try JSONValue(json: #"{"Version":"2012-10-17","Statement":["# + statement + "]}")
    let document = try PolicyDocument(json: json)
    let lint = PolicyLint(document, json: json, kind: PolicyKind(guessing: document))
    return lint.findings.map { "\($0.severity.rawValue) \($0.rule.rawValue)" }
  }

  private static func found(
    _ actions: String, on resources: String, _ element: String = "Resource", effect: String = "Allow"
  ) throws -> [String] {
    try found(#"{"Effect":"\#(effect)","Action":\#(actions),"\#(element)":\#(resources)}"#)
  }

  private static let alias = #""arn:aws:kms:eu-west-1:111122223333:alias/a""#
  private static let key = #""arn:aws:kms:eu-west-1:111122223333:key/1""#

  @Test(
    "An alias is no key",
    arguments: [
      (#"["kms:Decrypt","kms:UpdateAlias"]"#, alias, ["error kms-alias-arn"]),
      (#"["kms:Decrypt","kms:CreateAlias"]"#, alias, ["error kms-alias-arn"]),
      (#"["kms:Decrypt","kms:UpdateAlias"]"#, "[\(alias),\(key)]", []),
      (#"["kms:Decrypt","kms:Sign"]"#, "[\(alias),\(key)]", ["error kms-alias-arn"]),
      (#""kms:*""#, alias, ["warning kms-alias-arn"]), (#""kms:*""#, "[\(alias),\(key)]", []),
      (#""kms:*Alias""#, alias, []), (#""kms:Generate*""#, alias, ["error kms-alias-arn"]),
      (#""kms:ListAliases""#, alias, []), (#""*""#, alias, []), (#""s3:*""#, alias, []),
      (#""kms:*""#, #""arn:aws:kms:eu-west-1:111122223333:key/alias/a""#, ["error kms-alias-arn"]),
      (#""kms:Decrypt""#, #""arn:aws:kms:eu-west-1:111122223333:key/*""#, []),
    ] as [(String, String, [String])])
  func aliases(actions: String, resources: String, found: [String]) throws {
    #expect(try Self.found(actions, on: resources) == found)
    #expect(try Self.found(actions, on: resources, effect: "Deny") == found)
  }

  @Test("An alias excepts no key")
  func exceptedAlias() throws {
    #expect(try Self.found(#""kms:Decrypt""#, on: Self.alias, "NotResource") == ["error kms-alias-arn"])
    let both = "[\(Self.alias),\(Self.key)]"
    #expect(
      try Self.found(#"["kms:Decrypt","kms:DeleteAlias"]"#, on: both, "NotResource")
        == ["error kms-alias-arn"])
    #expect(try Self.found(#""kms:DeleteAlias""#, on: Self.alias, "NotResource") == [])
  }

  @Test(
    "Whoever may pass all roles is told, whatever the pattern",
    arguments: [
      (#""arn:aws:iam::111122223333:role/*""#, true), (#""arn:aws:iam::111122223333:*""#, true),
      (#""arn:aws-cn:iam::*:role/*""#, true), (#""arn:aws:iam::111122223333:role/app*""#, false),
      (#""arn:aws:iam::111122223333:role/service-role/*""#, false),
      (#""arn:aws:iam::111122223333:user/*""#, false),
    ])
  func passRole(resources: String, isFound: Bool) throws {
    #expect(
      try Self.found(#""iam:PassRole""#, on: resources)
        == (isFound ? ["warning pass-role-on-everything"] : []))
    let condition = #""Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}"#
    let narrowed = #"{"Effect":"Allow","Action":"iam:PassRole","Resource":\#(resources),\#(condition)}"#
    #expect(try Self.found(narrowed) == [])
  }

  @Test("Whoever may pass all roles but some is told")
  func passAllButSome() throws {
    let admin = #""arn:aws:iam::111122223333:role/admin""#
    #expect(
      try Self.found(#""iam:PassRole""#, on: admin, "NotResource") == ["warning pass-role-on-everything"])
    #expect(try Self.found(#""iam:PassRole""#, on: admin, "NotResource", effect: "Deny") == [])
  }

  @Test(
    "Partition and account are such as AWS has",
    arguments: [
      ("arn:aws:sqs:us-east-1:11112222333:q", ["error arn-matches-nothing"]),
      ("arn:aws:sqs:us-east-1:1111-2222-3333:q", ["error arn-matches-nothing"]),
      ("arn:aws:sqs:us-east-1:ACCOUNT_ID:q", ["warning arn-matches-nothing"]),
      ("arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q", ["warning variable-not-allowed"]),
      ("arn:aws:sqs:us-east-1:1111*:q", []),
      ("arn:aws:iam::aws:policy/ReadOnlyAccess", []), ("arn:aws:iam::111122223333:role/r", []),
      ("arn:amazon:s3:::b", ["error arn-matches-nothing"]),
      ("arn:aws-moon:s3:::b", ["warning arn-matches-nothing"]), ("arn:aws-us-gov:s3:::b", []),
      ("arn:aws-eusc:s3:::b", []), ("arn:*:s3:::b", []), ("arn:aws*:s3:::b", []),
    ] as [(String, [String])])
  func segments(resource: String, found: [String]) throws {
    #expect(try Self.found(#""s3:*""#, on: #""\#(resource)""#) == found)
  }

  @Test(
    "A variable that is not spelled as one is found",
    arguments: [
      ("${}", true), ("${ }", true), ("${aws:username", true), ("${aws: username}", true),
      ("${aws:username }", true), ("${aws:username, anonymous}", true), ("${aws:username, 'a}", true),
      ("${a${aws:username}", true), ("${aws:username, 'anonymous'}", false), ("${aws:username}", false),
      ("${aws:PrincipalTag/cost center}", false), ("${aws:PrincipalTag/team,''}", false),
      ("${*}${?}${$}", false), ("$aws:username", false), ("{aws:username}", false),
    ])
  func variables(text: String, isFound: Bool) throws {
    let found = isFound ? ["error malformed-variable"] : []
    #expect(try Self.found(#""s3:GetObject""#, on: #""arn:aws:s3:::b/\#(text)""#) == found)
    let condition = #""Condition":{"StringEquals":{"s3:prefix":"\#(text)"}}"#
    #expect(
      try Self.found(#"{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*",\#(condition)}"#)
        .contains("error malformed-variable") == isFound)
  }
}
