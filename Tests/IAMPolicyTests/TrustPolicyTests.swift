import IAMIdentifiers
import IAMPolicy
import Testing

@Suite("Trust policies")
struct TrustPolicyTests {
  private func trust(_ statements: String) throws -> TrustPolicy {
    TrustPolicy(try PolicyDocument(text: "{\"Version\":\"2012-10-17\",\"Statement\":\(statements)}"))
  }

  @Test(
    "A principal is known by its form",
    arguments: [
      (#""*""#, "everyone"), (#"{"AWS":"*"}"#, "everyone"), (#"{"AWS":"111122223333"}"#, "account"),
      (#"{"AWS":111122223333}"#, "account"), (#"{"AWS":"arn:aws:iam::111122223333:root"}"#, "account"),
      (#"{"AWS":"arn:aws-us-gov:iam::111122223333:root"}"#, "account"),
      (#"{"AWS":"arn:aws:iam::111122223333:role/team/Orders"}"#, "role"),
      (#"{"AWS":"arn:aws-cn:iam::111122223333:user/anna"}"#, "user"),
      (#"{"AWS":"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}"#, "user"),
      (#"{"AWS":"arn:aws:sts::111122223333:assumed-role/Orders/session@example.com"}"#, "roleSession"),
      (#"{"AWS":"arn:aws:sts::111122223333:federated-user/anna"}"#, "federatedUser"),
      (#"{"AWS":"AROAEXAMPLEID12345678"}"#, "uniqueID"), (#"{"AWS":"AIDAEXAMPLE"}"#, "uniqueID"),
      (#"{"Service":"lambda.amazonaws.com"}"#, "service"),
      (#"{"Federated":"cognito-identity.amazonaws.com"}"#, "federated"),
      (#"{"Federated":"arn:aws:iam::111122223333:saml-provider/Okta"}"#, "federated"),
      (#"{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.example.com"}"#, "federated"),
      (
        #"{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#,
        "canonicalUser"
      ),
      (#"{"AWS":"arn:aws:iam::111122223333:role/*"}"#, "malformed"),
      (#"{"AWS":"arn:aws:iam::*:root"}"#, "malformed"),
      (#"{"AWS":"arn:aws:iam::111122223333:group/Admins"}"#, "malformed"), (#"{"AWS":"anna"}"#, "malformed"),
      (#"{"AWS":""}"#, "malformed"), (#"{"AWS":"11112222333"}"#, "malformed"),
      (#"{"AWS":"ABCDEFGH"}"#, "malformed"),
      (#"{"AWS":"arn:aws:iam::111122223333:role"}"#, "malformed"),
      (#"{"AWS":"arn:aws:iam::111122223333:role/"}"#, "malformed"),
      (#"{"AWS":"arn:aws:s3:::bucket/key"}"#, "malformed"), (#"{"AWS":" *"}"#, "malformed"),
      (#"{"Service":"*"}"#, "malformed"), (#"{"Federated":"*"}"#, "malformed"), (#"{"*":"*"}"#, "malformed"),
      (#"{"AWS":"arn:aws:iam::111122223333:role/a\u0000b"}"#, "malformed"),
    ])
  func kinds(json: String, kind: String) throws {
    let trust = try trust("{\"Effect\":\"Allow\",\"Principal\":\(json),\"Action\":\"sts:AssumeRole\"}")
    #expect(trust.principals.count == 1)
    let principal = try #require(trust.principals.first?.principal)
    #expect("\(principal)".prefix { $0 != "(" } == kind)
  }

  @Test("Every principal carries its statement, in the document's order")
  func order() throws {
    let trust = try trust(
      """
      [{"Sid":"A","Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com","lambda.amazonaws.com"],"AWS":"111122223333"},
        "Action":"sts:AssumeRole"},
       {"Effect":"Deny","NotPrincipal":{"AWS":"AROAGONE1"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]
      """)
    #expect(trust.principals.map(\.statementIndex) == [0, 0, 0, 1])
    #expect(trust.principals.map(\.sid) == ["A", "A", "A", nil])
    #expect(trust.principals.map(\.element) == ["Principal", "Principal", "Principal", "NotPrincipal"])
    #expect(trust.principals.map(\.isConditional) == [false, false, false, true])
    #expect(trust.principals.map(\.effect) == [.allow, .allow, .allow, .deny])
    #expect(trust.principals[0].principal == .service("ec2.amazonaws.com"))
    #expect(trust.uniqueIDs.map(\.description) == ["AROAGONE1"])
  }

  @Test("Ids and ARNs in conditions are found, whatever the case of the key")
  func conditions() throws {
    let trust = try trust(
      """
      {"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{
        "StringLike":{"aws:userId":["AROAEXAMPLE:*","AIDAEXAMPLE","111122223333","*:x"]},
        "ArnNotLike":{"AWS:principalarn":["arn:aws:iam::111122223333:role/Team*","*"]},
        "ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-1:111122223333:t"},
        "StringEquals":{"aws:PrincipalOrgID":"o-a"}}}
      """)
    let found = trust.conditionIdentities
    #expect(
      found.map(\.key) == [.userID, .userID, .userID, .userID, .principalARN, .principalARN, .sourceARN])
    #expect(
      found.map { $0.uniqueID?.description }
        == ["AROAEXAMPLE", "AIDAEXAMPLE", nil, nil, nil, nil, nil])
    #expect(found.map { $0.arn != nil } == [false, false, false, false, true, false, true])
    #expect(found.map(\.isNegated) == [false, false, false, false, true, true, false])
    #expect(found.map(\.hasWildcards) == [true, false, false, true, true, true, false])
    #expect(found.allSatisfy { $0.element == "Condition" && $0.statementIndex == 0 && $0.effect == .allow })
    #expect(trust.uniqueIDs.map(\.description) == ["AIDAEXAMPLE", "AROAEXAMPLE"])
  }

  @Test("Statements that are not understood still show their principals")
  func notUnderstood() throws {
    let trust = try trust(
      #"[{"Effect":"Allow","Principal":{"AWS":"AROAGONE1"},"Action":"sts:AssumeRole","Odd":1}]"#)
    #expect(trust.uniqueIDs.map(\.description) == ["AROAGONE1"])
  }
}
