import Testing

/// Source: "CloudTrail userIdentity element", AWS CloudTrail User Guide.
@Suite("Who called is told by the identity's type and ids") struct IdentityTests {
  struct Identity: CustomTestStringConvertible, Sendable {
    let name: String
    let json: String
    let principal: String
    var account = "111122223333"
    var arn = ""
    var session = ""
    var testDescription: String { name }
  }

  static let identities: [Identity] = [
    Identity(
      name: "AssumedRole", json: identity(), principal: "role AROAEXAMPLEROLE000001",
      arn: "arn:aws:iam::111122223333:role/team/r", session: "alice"),
    Identity(
      name: "AssumedRole without issuer",
      json:
        #"{"type":"AssumedRole","principalId":"AROA1:bob","arn":"arn:aws:sts::111122223333:assumed-role/r/bob","accountId":"111122223333"}"#,
      principal: "role AROA1", session: "bob"),
    Identity(
      name: "Role", json: #"{"type":"Role","principalId":"AROA1:bob","accountId":"111122223333"}"#,
      principal: "role AROA1",
      session: "bob"),
    Identity(
      name: "IAMUser",
      json:
        #"{"type":"IAMUser","principalId":"AIDA1","arn":"arn:aws:iam::111122223333:user/ann","accountId":"111122223333","accessKeyId":"AKIA1","userName":"ann"}"#,
      principal: "user AIDA1", arn: "arn:aws:iam::111122223333:user/ann"),
    Identity(
      name: "IAMUser with a temporary session",
      json:
        #"{"type":"IAMUser","principalId":"AIDA1","arn":"arn:aws:iam::111122223333:user/ann","accountId":"111122223333","userName":"ann","sessionContext":{"attributes":{"mfaAuthenticated":"true","creationDate":"2026-10-31T11:00:00Z"}}}"#,
      principal: "user AIDA1", arn: "arn:aws:iam::111122223333:user/ann"),
    Identity(
      name: "Root",
      json:
        #"{"type":"Root","principalId":"111122223333","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"}"#,
      principal: "root root:111122223333"),
    Identity(
      name: "FederatedUser of a user",
      json:
        #"{"type":"FederatedUser","principalId":"111122223333:carl","arn":"arn:aws:sts::111122223333:federated-user/carl","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"IAMUser","principalId":"AIDA2","arn":"arn:aws:iam::111122223333:user/ann","accountId":"111122223333","userName":"ann"}}}"#,
      principal: "user AIDA2", arn: "arn:aws:iam::111122223333:user/ann", session: "carl"),
    Identity(
      name: "FederatedUser of the root user",
      json:
        #"{"type":"FederatedUser","principalId":"111122223333:carl","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"Root","principalId":"111122223333","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"}}}"#,
      principal: "root root:111122223333", arn: "arn:aws:iam::111122223333:root", session: "carl"),
    Identity(
      name: "AWSService", json: #"{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}"#,
      principal: "service service:ec2.amazonaws.com", account: ""),
    Identity(
      name: "AWSAccount, a role of another account",
      json: #"{"type":"AWSAccount","principalId":"AROA3:dora","accountId":"444455556666"}"#,
      principal: "role AROA3",
      account: "444455556666", session: "dora"),
    Identity(
      name: "AWSAccount, a user of another account",
      json: #"{"type":"AWSAccount","principalId":"AIDA3","accountId":"444455556666"}"#,
      principal: "user AIDA3",
      account: "444455556666"),
    Identity(
      name: "AWSAccount",
      json: #"{"type":"AWSAccount","principalId":"444455556666","accountId":"444455556666"}"#,
      principal: "account account:444455556666", account: "444455556666"),
    Identity(
      name: "AWSAccount, anonymous",
      json: #"{"type":"AWSAccount","principalId":"","accountId":"ANONYMOUS_PRINCIPAL"}"#,
      principal: "anonymous anonymous", account: ""),
    Identity(
      name: "SAMLUser",
      json:
        #"{"type":"SAMLUser","principalId":"q:user@example.com","userName":"user@example.com","identityProvider":"q"}"#,
      principal: "saml saml:111122223333:user@example.com", account: "", session: "user@example.com"),
    Identity(
      name: "WebIdentityUser",
      json:
        #"{"type":"WebIdentityUser","principalId":"accounts.google.com:app:me","userName":"me","identityProvider":"accounts.google.com"}"#,
      principal: "web-identity web:accounts.google.com:app:me", account: "", session: "app:me"),
    Identity(
      name: "IdentityCenterUser",
      json:
        #"{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"544894e8","identityStoreArn":"arn:aws:identitystore::1:identitystore/d"},"credentialId":"c"}"#,
      principal: "identity-center identity-center:544894e8"),
    Identity(
      name: "Directory", json: #"{"type":"Directory","userName":"x"}"#, principal: "unknown unknown",
      account: ""),
    Identity(
      name: "Unknown", json: #"{"type":"Unknown","principalId":"x"}"#, principal: "unknown unknown",
      account: ""),
    Identity(
      name: "without type", json: #"{"principalId":"AIDA4","accountId":"111122223333"}"#,
      principal: "user AIDA4"),
    Identity(name: "an empty object", json: "{}", principal: "unknown unknown", account: ""),
    Identity(name: "null", json: "null", principal: "unknown unknown", account: ""),
    Identity(name: "a string", json: "\"root\"", principal: "unknown unknown", account: ""),
    Identity(name: "an array", json: "[{\"type\":\"Root\"}]", principal: "unknown unknown", account: ""),
    Identity(
      name: "fields of other types",
      json:
        #"{"type":7,"principalId":{"a":1},"arn":[],"sessionContext":"x","onBehalfOf":null,"invokedBy":true}"#,
      principal: "unknown unknown", account: ""),
  ]

  @Test("Every identity names a principal", arguments: identities)
  func principal(_ identity: Identity) throws {
    for content in [
      delivery([event(1, ["userIdentity": identity.json])]), event(1, ["userIdentity": identity.json]),
    ] {
      let scanned = try scan(content)
      #expect(scanned.problems == [])
      let event = try #require(scanned.events.first)
      #expect(event.principal == identity.principal)
      #expect(event.principalAccount == identity.account)
      #expect(event.principalARN == identity.arn)
      #expect(event.sessionName == identity.session)
    }
  }

  @Test("An event without identity is one of an unknown caller") func absent() throws {
    let event = try #require(try scan(delivery([event(1, ["userIdentity": nil])])).events.first)
    #expect(event.principal == "unknown unknown")
    #expect(event.account == "111122223333")
  }
}
