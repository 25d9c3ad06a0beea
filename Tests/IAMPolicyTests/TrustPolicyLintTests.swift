import IAMPolicy
import JSONText
import Testing

@Suite("Mistakes in trust policies, and principals")
struct TrustPolicyLintTests {
  private static func found(_ statement: String, as kind: PolicyKind? = nil) throws -> [String] {
    let json = try JSONValue(json: #"{"Version":"2012-10-17","Statement":["# + statement + "]}")
    let document = try PolicyDocument(json: json)
    let lint = PolicyLint(document, json: json, kind: kind ?? PolicyKind(guessing: document))
    return lint.findings.map { "\($0.severity.rawValue) \($0.rule.rawValue)" }
  }

  private static func trust(
    _ principal: String, _ actions: String, _ condition: String = "", effect: String = "Allow"
  ) -> String {
    #"{"Effect":"\#(effect)","Principal":\#(principal),"Action":\#(actions)"#
      + (condition.isEmpty ? "}" : #","Condition":{\#(condition)}}"#)
  }

  private static let gitHub =
    #"{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}"#
  private static let web = #""sts:AssumeRoleWithWebIdentity""#

  @Test(
    "GitHub is trusted for certain repositories only",
    arguments: [
      (#""StringLike":{"token.actions.githubusercontent.com:sub":"repo:octo/r:*"}"#, true),
      (
        #""StringEquals":{"token.actions.githubusercontent.com:sub":"repo:octo/r:ref:refs/heads/main"}"#, true
      ),
      (#""StringLike":{"Token.Actions.githubusercontent.com:SUB":"repo:octo/*"}"#, true),
      (#""StringEquals":{"token.actions.githubusercontent.com:repository_owner_id":"1"}"#, true),
      ("", false),
      (#""StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"}"#, false),
      (#""StringLike":{"token.actions.githubusercontent.com:sub":"*"}"#, false),
      (#""StringLike":{"token.actions.githubusercontent.com:sub":"repo:*"}"#, false),
      (#""StringLike":{"token.actions.githubusercontent.com:sub":["repo:octo/r:*","repo:*/r:*"]}"#, false),
      (#""StringLike":{"token.actions.githubusercontent.com:sub":"repo:octo*"}"#, false),
      (#""StringNotEquals":{"token.actions.githubusercontent.com:sub":"repo:octo/r:x"}"#, false),
      (#""StringLikeIfExists":{"token.actions.githubusercontent.com:sub":"repo:octo/r:*"}"#, false),
      (#""ForAllValues:StringLike":{"token.actions.githubusercontent.com:sub":"repo:octo/r:*"}"#, false),
      (#""Null":{"token.actions.githubusercontent.com:sub":"false"}"#, false),
    ])
  func gitHub(condition: String, isCertain: Bool) throws {
    let found = try Self.found(Self.trust(Self.gitHub, Self.web, condition))
    #expect(found.contains("warning open-identity-provider") == !isCertain)
  }

  @Test(
    "Tokens of other identity providers are asked for whom they were issued",
    arguments: [
      ("cognito-identity.amazonaws.com", "", "warning"),
      (
        "cognito-identity.amazonaws.com",
        #""ForAnyValue:StringLike":{"cognito-identity.amazonaws.com:amr":"authenticated"}"#, "warning"
      ),
      ("cognito-identity.amazonaws.com", #""StringEquals":{"cognito-identity.amazonaws.com:aud":"p"}"#, nil),
      ("graph.facebook.com", #""StringEquals":{"graph.facebook.com:app_id":"1"}"#, nil),
      ("accounts.google.com", #""StringEquals":{"accounts.google.com:sub":"1"}"#, "warning"),
      (
        "arn:aws:iam::111122223333:oidc-provider/app.terraform.io",
        #""StringEquals":{"app.terraform.io:aud":"aws.workload.identity"}"#, "warning"
      ),
      (
        "arn:aws:iam::111122223333:oidc-provider/app.terraform.io",
        #""StringLike":{"app.terraform.io:sub":"organization:acme:*"}"#, nil
      ),
      (
        "arn:aws:iam::111122223333:oidc-provider/app.terraform.io",
        #""StringLike":{"app.terraform.io:sub":"organization:acme*"}"#, "warning"
      ),
      (
        "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
        #""StringLike":{"gitlab.com:sub":"project_path:acme/*"}"#, nil
      ),
      (
        "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
        #""StringLike":{"gitlab.com:sub":"project_path:*"}"#, "warning"
      ),
      ("arn:aws:iam::111122223333:oidc-provider/example.com/id/A", "", "warning"),
      (
        "arn:aws:iam::111122223333:oidc-provider/example.com/id/A",
        #""StringEquals":{"example.com/id/A:sub":"a"}"#, "note"
      ),
      (
        "arn:aws:iam::111122223333:oidc-provider/example.com/id/A",
        #""StringEquals":{"example.com/id/A:aud":"a"}"#, nil
      ),
    ])
  func audience(provider: String, condition: String, severity: String?) throws {
    let found = try Self.found(Self.trust(#"{"Federated":"\#(provider)"}"#, Self.web, condition))
    #expect(found == (severity.map { ["\($0) open-identity-provider"] } ?? []))
  }

  @Test(
    "The actions are those by which the principal assumes a role",
    arguments: [
      (#"{"AWS":"111122223333"}"#, #"["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]"#, []),
      (#"{"Service":"ec2.amazonaws.com"}"#, #""sts:Assume*""#, []),
      (#"{"AWS":"111122223333"}"#, #"["sts:AssumeRole","sts:SetContext"]"#, []),
      (#"{"AWS":"111122223333"}"#, #""sts:TagSession""#, []),
      (#"{"AWS":"111122223333"}"#, #"["sts:AssumeRole","s3:GetObject"]"#, ["error foreign-trust-action"]),
      (#"{"AWS":"111122223333"}"#, #"["sts:AssumeRole","sts:Get*"]"#, ["error foreign-trust-action"]),
      (
        #"{"AWS":"111122223333"}"#, #"["sts:AssumeRole","sts:GetWebIdentityToken"]"#,
        ["error foreign-trust-action"]
      ),
      (
        #"{"Federated":"arn:aws:iam::111122223333:saml-provider/x"}"#, #""sts:AssumeRole""#,
        ["error trust-action-mismatch"]
      ),
      (
        #"{"Federated":"arn:aws:iam::111122223333:oidc-provider/e.com"}"#, #""sts:AssumeRoleWithSAML""#,
        ["error trust-action-mismatch"]
      ),
      (
        #"{"AWS":"111122223333"}"#, #""sts:AssumeRoleWithWebIdentity""#, ["error trust-action-mismatch"]
      ),
      (
        #"{"Federated":"arn:aws:iam::111122223333:saml-provider/x","AWS":"111122223333"}"#,
        #"["sts:AssumeRole","sts:AssumeRoleWithSAML"]"#, []
      ),
    ] as [(String, String, [String])])
  func actions(principal: String, actions: String, rules: [String]) throws {
    #expect(try Self.found(Self.trust(principal, actions)) == rules)
  }

  @Test("NotPrincipal stands in no trust policy")
  func notPrincipal() throws {
    let deny = #"{"Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}"#
    #expect(try Self.found(deny) == ["error misplaced-element"])
  }

  @Test(
    "Principals that name nobody are found",
    arguments: [
      (#"{"Service":"ec2"}"#, "error malformed-principal"), ("{}", "error empty-list"),
      (#"{"AWS":[]}"#, "error empty-list"), (#"{"Service":"*"}"#, "error malformed-principal"),
      (#"{"AWS":"arn:aws:iam::111122223333:user/${aws:username}"}"#, "error malformed-principal"),
      (#"{"Service":"${aws:PrincipalServiceName}.com"}"#, "error malformed-principal"),
    ])
  func nobody(principal: String, rule: String) throws {
    #expect(try Self.found(Self.trust(principal, #""sts:AssumeRole""#)) == [rule])
  }

  @Test(
    "A condition that anybody can meet does not narrow an Allow for everyone",
    arguments: [
      (#""IpAddress":{"aws:SourceIp":"0.0.0.0/0"}"#, true), (#""IpAddress":{"aws:SourceIp":"::/0"}"#, true),
      (#""IpAddress":{"aws:SourceIp":["203.0.113.0/24","0.0.0.0/1"]}"#, true),
      (#""IpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#, false),
      (#""IpAddressIfExists":{"aws:SourceIp":"203.0.113.0/24"}"#, true),
      (#""Bool":{"aws:SecureTransport":"true"}"#, true),
      (#""Bool":{"aws:PrincipalIsAWSService":"true"}"#, false),
      (#""Bool":{"aws:PrincipalIsAWSService":"false"}"#, true),
      (#""StringLike":{"aws:PrincipalArn":"*"}"#, true),
      (#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app"}"#, true),
      (#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}"#, false),
      (#""StringLike":{"aws:PrincipalArn":"arn:aws:iam::*"}"#, true),
      (#""StringNotEquals":{"aws:PrincipalAccount":"111122223333"}"#, true),
      (#""StringEquals":{"aws:PrincipalAccount":"111122223333"}"#, false),
      (#""StringEqualsIfExists":{"aws:PrincipalAccount":"111122223333"}"#, false),
      (#""StringEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"}"#, true),
      (#""StringLike":{"aws:PrincipalOrgID":"o-*"}"#, true),
      (#""Null":{"aws:PrincipalOrgID":"true"}"#, true), (#""Null":{"aws:PrincipalOrgID":"false"}"#, true),
      (#""StringLike":{"aws:UserAgent":"secret*"}"#, true), (#""StringEquals":{"aws:Referer":"a"}"#, true),
      (#""StringEquals":{"aws:PrincipalTag/team":"a"}"#, true),
      (#""StringEquals":{"aws:SourceVpce":"vpce-1"}"#, false),
      (#""StringLike":{"aws:SourceVpce":"vpce-*"}"#, true),
      (#""ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-abcdefghij/*"}"#, false),
      (#""ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-*/r-ab12/*"}"#, true),
      (#""ArnLike":{"aws:SourceArn":"arn:aws:s3:*:*:b"}"#, false),
      (#""ArnLike":{"aws:SourceArn":"arn:aws:s3:*:*:*"}"#, true),
      (#""ArnLike":{"aws:SourceArn":"arn:aws:sns:*:111122223333:*"}"#, false),
      (#""StringEquals":{"s3:ExistingObjectTag/public":"yes"}"#, false),
      (#""StringEquals":{"aws:ResourceOrgID":"o-abcdefghij"}"#, false),
      (
        #""StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"},"Bool":{"aws:SecureTransport":"true"}"#, false
      ),
    ])
  func everyone(condition: String, isOpen: Bool) throws {
    let statement =
      #"{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"#
      + condition + "}}"
    #expect(try Self.found(statement).contains("warning everyone-as-principal") == isOpen)
  }

  @Test(
    "A role that everybody may assume is told, whatever callers may leave away",
    arguments: [
      (#""StringEqualsIfExists":{"sts:ExternalId":"x"}"#, true),
      (#""StringEquals":{"sts:ExternalId":"x"}"#, false),
      (#""ArnLikeIfExists":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}"#, false),
    ])
  func trustEveryone(condition: String, isOpen: Bool) throws {
    let found = try Self.found(Self.trust(#"{"AWS":"*"}"#, #""sts:AssumeRole""#, condition))
    #expect(found == (isOpen ? ["warning everyone-as-principal"] : []))
  }
}
