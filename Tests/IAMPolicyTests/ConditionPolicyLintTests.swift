import IAMPolicy
import JSONText
import Testing

@Suite("Mistakes in conditions of policies")
struct ConditionPolicyLintTests {
  private static func found(_ condition: String, effect: String = "Allow") throws -> [String] {
    let statement =
      #"{"Effect":"\#(effect)","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{\#(condition)}}"#
    let json = try JSONValue(json: #"{"Version":"2012-10-17","Statement":[\#(statement)]}"#)
    let lint = PolicyLint(try PolicyDocument(json: json), json: json, kind: .identity)
    return lint.findings.map { "\($0.severity.rawValue) \($0.rule.rawValue)" }
  }

  @Test(
    "A key that no request has is found",
    arguments: [
      (#""IpAddress":{"SourceIp":"203.0.113.0/24"}"#, ["error malformed-condition-key"]),
      (#""StringEquals":{"aws:PrincipalOrgId2":"o-abc"}"#, ["warning unknown-global-key"]),
      (#""StringEquals":{"AWS:principalorgid":"o-abc"}"#, []),
      (#""StringEquals":{"aws:ResourceTag":"x"}"#, ["error malformed-condition-key"]),
      (#""StringEquals":{"aws:RequestTag/":"x"}"#, ["error malformed-condition-key"]),
      (#""StringEquals":{"aws:PrincipalTag/team":"x"}"#, []),
      (#""StringEquals":{"AWS:SourceOwner":"111122223333"}"#, []),
      (#""StringEquals":{"oidc.example.com/id/A:sub":"x"}"#, []), (#""StringEquals":{"s3:prefix":"x"}"#, []),
      (#""StringEquals":{"":"x"}"#, ["error malformed-condition-key"]),
    ] as [(String, [String])])
  func keys(condition: String, found: [String]) throws {
    #expect(try Self.found(condition) == found)
  }

  @Test(
    "An operator fits the type of a global key",
    arguments: [
      (#""StringEquals":{"aws:SourceIp":"203.0.113.0/24"}"#, false),
      (#""StringEquals":{"aws:SourceIp":"203.0.113.7"}"#, true),
      (#""NumericEquals":{"aws:MultiFactorAuthPresent":"1"}"#, false),
      (#""StringEquals":{"aws:SecureTransport":"true"}"#, true),
      (#""NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}"#, true),
      (#""StringEquals":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}"#, false),
      (#""DateLessThan":{"aws:TokenIssueTime":"2026-01-01T00:00:00Z"}"#, true),
      (#""NumericLessThan":{"aws:EpochTime":"1767225600"}"#, true),
      (#""DateLessThan":{"aws:EpochTime":"1767225600"}"#, true),
      (#""StringLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}"#, true),
      (#""ArnLike":{"aws:PrincipalOrgID":"arn:aws:s3:::b"}"#, false),
      (#""Bool":{"aws:PrincipalAccount":"true"}"#, false), (#""Null":{"aws:SourceIp":"true"}"#, true),
      (#""Bool":{"s3:x":"true"}"#, true), (#""NumericLessThan":{"aws:PrincipalTag/level":"3"}"#, true),
    ])
  func types(condition: String, fits: Bool) throws {
    #expect(try Self.found(condition) == (fits ? [] : ["warning operator-of-other-type"]))
  }

  @Test(
    "Requests with long-term access keys have no key for MFA",
    arguments: [
      ("Allow", #""Bool":{"aws:MultiFactorAuthPresent":"true"}"#, false),
      ("Allow", #""BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}"#, true),
      (
        "Allow",
        #""BoolIfExists":{"aws:MultiFactorAuthPresent":"true"},"Null":{"aws:MultiFactorAuthPresent":"false"}"#,
        false
      ),
      ("Allow", #""BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}"#, false),
      ("Deny", #""Bool":{"aws:MultiFactorAuthPresent":false}"#, true),
      ("Deny", #""BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}"#, false),
      ("Deny", #""Bool":{"aws:MultiFactorAuthPresent":"true"}"#, false),
      ("Deny", #""Bool":{"aws:SecureTransport":"false"}"#, false),
    ])
  func multiFactor(effect: String, condition: String, isFound: Bool) throws {
    #expect(try Self.found(condition, effect: effect) == (isFound ? ["warning mfa-key-absent"] : []))
  }

  @Test(
    "Ranges of addresses are public under aws:SourceIp, and begin with their first address",
    arguments: [
      (#""IpAddress":{"aws:SourceIp":"10.0.0.0/8"}"#, ["warning private-source-address"]),
      (#""NotIpAddress":{"aws:SourceIp":["192.168.1.0/24","fd00::/8"]}"#, ["warning private-source-address"]),
      (#""IpAddress":{"aws:SourceIp":["10.0.0.0/8","203.0.113.0/24"]}"#, ["note private-source-address"]),
      (#""IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}"#, []),
      (#""IpAddress":{"aws:SourceIp":"172.32.0.0/16"}"#, []),
      (#""IpAddress":{"aws:SourceIp":"8.0.0.0/5"}"#, []),
      (#""IpAddress":{"aws:SourceIp":"203.0.113.77/24"}"#, ["note host-bits-in-range"]),
      (#""IpAddress":{"aws:SourceIp":"2001:db8::1/32"}"#, ["note host-bits-in-range"]),
      (#""IpAddress":{"aws:SourceIp":["203.0.113.77","203.0.113.77/32","0.0.0.0/0","::/0"]}"#, []),
    ] as [(String, [String])])
  func ranges(condition: String, found: [String]) throws {
    #expect(try Self.found(condition) == found)
  }

  @Test(
    "Conditions that always hold, or never, are found",
    arguments: [
      (#""Bool":{"aws:SecureTransport":["true","false"]}"#, ["warning condition-always-met"]),
      (#""Null":{"aws:SourceIp":[true,"False"]}"#, ["warning condition-always-met"]),
      (#""Bool":{"aws:SecureTransport":["true","true"]}"#, []),
      (
        #""DateGreaterThan":{"aws:CurrentTime":"2026-02-01T00:00:00Z"},"DateLessThan":{"AWS:currenttime":"2026-01-01T00:00:00Z"}"#,
        ["error condition-never-met"]
      ),
      (
        #""DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2026-02-01T00:00:00Z"}"#,
        []
      ),
      (
        #""DateGreaterThan":{"aws:CurrentTime":"2026-02-01T00:00:00Z"},"DateLessThan":{"aws:TokenIssueTime":"2026-01-01T00:00:00Z"}"#,
        []
      ),
      (
        #""DateGreaterThanIfExists":{"aws:TokenIssueTime":"2026-02-01T00:00:00Z"},"DateLessThan":{"aws:TokenIssueTime":"2026-01-01T00:00:00Z"}"#,
        []
      ),
      (
        #""Null":{"aws:SourceVpc":"true"},"StringEquals":{"aws:SourceVpc":"vpc-1"}"#,
        ["error condition-never-met"]
      ),
      (#""Null":{"aws:SourceVpc":"true"},"StringNotEquals":{"aws:SourceVpc":"vpc-1"}"#, []),
      (#""Null":{"aws:SourceVpc":"true"},"StringEqualsIfExists":{"aws:SourceVpc":"vpc-1"}"#, []),
      (#""Null":{"aws:SourceVpc":"false"},"StringEquals":{"aws:SourceVpc":"vpc-1"}"#, []),
      (
        #""Null":{"aws:TagKeys":"true"},"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}"#,
        ["note for-all-values-in-allow", "warning for-all-values-in-allow"]
      ),
      (#""Null":{"aws:TagKeys":"false"},"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}"#, []),
    ] as [(String, [String])])
  func extremes(condition: String, found: [String]) throws {
    #expect(try Self.found(condition) == found)
  }
}
