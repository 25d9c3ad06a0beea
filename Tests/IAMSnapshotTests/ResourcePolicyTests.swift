import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Policies of resources")
struct ResourcePolicyTests {
  private static let policy = #""{\"Statement\": []}""#

  /// `kind ARN account region outcome` of an answer.
  private func told(_ answer: CallAnswer) -> String {
    let outcome =
      switch answer.outcome {
      case .given(let policy): policy.canonicalText
      case .none(let code): "none \(code)"
      case .refused(let code): "refused \(code)"
      }
    return [
      answer.call.resourceKind ?? answer.call.rawValue, answer.resource ?? "-",
      answer.account?.description ?? "-",
      answer.region ?? "-", outcome,
    ].joined(separator: " ")
  }

  @Test(
    "Outputs that name their resource need no wrapping",
    arguments: [
      (
        #"{"Attributes":{"QueueArn":"arn:aws:sqs:eu-west-1:111122223333:q","Policy":P}}"#,
        #"sqs-queue arn:aws:sqs:eu-west-1:111122223333:q 111122223333 eu-west-1 {"Statement":[]}"#
      ),
      (
        #"{"Attributes":{"QueueArn":"arn:aws:sqs:eu-west-1:111122223333:q","CreatedTimestamp":"1"}}"#,
        "sqs-queue arn:aws:sqs:eu-west-1:111122223333:q 111122223333 eu-west-1 none "
      ),
      (
        #"{"Attributes":{"TopicArn":"arn:aws:sns:eu-west-1:111122223333:t","Policy":P}}"#,
        #"sns-topic arn:aws:sns:eu-west-1:111122223333:t 111122223333 eu-west-1 {"Statement":[]}"#
      ),
      (
        #"{"ARN":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf","Name":"s","ResourcePolicy":P}"#,
        #"secretsmanager-secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf 111122223333 eu-west-1 {"Statement":[]}"#
      ),
      (
        #"{"ARN":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf","Name":"s"}"#,
        "secretsmanager-secret arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf 111122223333 eu-west-1 none "
      ),
      (
        #"{"RevisionId":"r","Policy":"{\"Statement\":[{\"Resource\":\"arn:aws:lambda:eu-west-1:111122223333:function:f:live\"}]}"}"#,
        #"lambda-function arn:aws:lambda:eu-west-1:111122223333:function:f:live 111122223333 eu-west-1 {"Statement":[{"Resource":"arn:aws:lambda:eu-west-1:111122223333:function:f:live"}]}"#
      ),
      (
        #"{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","OwnerId":"111122223333","ServiceName":"com.amazonaws.us-gov-west-1.s3","PolicyDocument":P}]}"#,
        #"vpc-endpoint arn:aws-us-gov:ec2:us-gov-west-1:111122223333:vpc-endpoint/vpce-1 111122223333 us-gov-west-1 {"Statement":[]}"#
      ),
      (
        #"{"VpcEndpoints":[{"VpcEndpointId":"vpce-2","OwnerId":"111122223333","ServiceName":"com.amazonaws.vpce.us-east-1.vpce-svc-1","DnsEntries":[{"DnsName":"vpce-2-x.svc.eu-west-1.vpce.amazonaws.com"}]}]}"#,
        "vpc-endpoint arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/vpce-2 111122223333 eu-west-1 none "
      ),
    ])
  func named(json: String, expected: String) throws {
    let found = try answers(json.replacing(":P", with: ":\(Self.policy)"))
    #expect(found.map(told) == [expected])
  }

  @Test(
    "Outputs that do not name their resource are reported with the way out",
    arguments: [
      #"{"Policy":P}"#, #"{"Policy":P,"PolicyName":"default"}"#, #"{"Policy":P,"RevisionId":"r"}"#,
      #"{"registryId":"111122223333","repositoryName":"r","policyText":P}"#,
      #"{"Grants":[],"Truncated":false}"#,
      #"{"InlinePolicy":P}"#, #"{"AttachedManagedPolicies":[]}"#,
      #"{"Parents":[{"Id":"r-1","Type":"ROOT"}]}"#,
      #"{"Children":[{"Id":"111122223333","Type":"ACCOUNT"}]}"#,
      #"{"OrganizationalUnits":[{"Id":"ou-1-2"}]}"#,
      #"{"Targets":[{"TargetId":"r-1","Type":"ROOT"}]}"#,
      #"{"JobStatus":"COMPLETED","ServicesLastAccessed":[]}"#,
    ])
  func nameless(json: String) throws {
    let reading = try reading(json.replacing(":P", with: ":\(Self.policy)"))
    #expect(reading.documents == [])
    #expect(reading.problems.map(\.code) == ["subject-missing"])
    #expect(reading.problems[0].remedy.contains("accessreview"))
  }

  @Test(
    "In the wrapped form names become ARNs",
    arguments: [
      ("s3api get-bucket-policy", "b", "arn:aws:s3:::b", #"{"Policy":P}"#),
      ("kms get-key-policy", "1234", "arn:aws:kms:eu-central-1:111122223333:key/1234", #"{"Policy":P}"#),
      ("lambda get-policy", "f", "arn:aws:lambda:eu-central-1:111122223333:function:f", #"{"Policy":P}"#),
      (
        "lambda get-policy", "arn:aws:lambda:eu-west-1:444455556666:function:f",
        "arn:aws:lambda:eu-west-1:444455556666:function:f", #"{"Policy":P}"#
      ),
      (
        "sqs get-queue-attributes", "https://sqs.eu-central-1.amazonaws.com/111122223333/q",
        "arn:aws:sqs:eu-central-1:111122223333:q", #"{"Attributes":{"Policy":P}}"#
      ),
      (
        "ecr get-repository-policy", "team/r", "arn:aws:ecr:eu-central-1:444455556666:repository/team/r",
        #"{"registryId":"444455556666","repositoryName":"team/r","policyText":P}"#
      ),
      (
        "ecr get-registry-policy", "", "arn:aws:ecr:eu-central-1:111122223333:repository/*",
        #"{"registryId":"111122223333","policyText":P}"#
      ),
    ])
  func wrapped(command: String, resource: String, arn: String, output: String) throws {
    let json = line(command, output.replacing(":P", with: ":\(Self.policy)"), resource: resource)
    let found = try answers(json)
    #expect(found.map(\.resource) == [arn])
    #expect(found.first?.outcome == .given(RawPolicy(canonicalText: #"{"Statement":[]}"#, isJSON: true)))
    #expect(found.first?.takenAt?.description == "2026-10-31T10:00:00Z")
  }

  @Test("A bucket in China has an ARN of its partition, and the account that was asked")
  func partition() throws {
    let found = try answers(
      line("s3api get-bucket-policy", #"{"Policy":"{}"}"#, resource: "b", region: "cn-north-1"))
    #expect(found.map(told) == ["s3-bucket arn:aws-cn:s3:::b 111122223333 cn-north-1 {}"])
  }

  @Test("“No such policy” is an answer, and a refused call is none")
  func errors() throws {
    func asked(_ code: String) -> String {
      line(
        "s3api get-bucket-policy", "null", resource: "b", complete: code != "AccessDenied",
        error: #"{"code":"\#(code)","message":"m"}"#)
    }
    let reading = try reading(
      "[\(asked("NoSuchBucketPolicy")),\(asked("AccessDenied")),\(asked("AccessDenied"))]")
    let outcomes = reading.documents.compactMap { document -> CallAnswer.Outcome? in
      if case .answer(let answer) = document { answer.outcome } else { nil }
    }
    #expect(
      outcomes == [
        .none(code: "NoSuchBucketPolicy"), .refused(code: "AccessDenied"), .refused(code: "AccessDenied"),
      ])
    #expect(reading.problems.map(\.code) == ["call-refused"])
    #expect(reading.problems[0].problem.hasPrefix("2 calls of s3api get-bucket-policy"))
  }

  @Test("Grants are parted by key, and a whole list of none is known")
  func grants() throws {
    let key = "arn:aws:kms:eu-central-1:111122223333:key/1"
    let found = try answers(
      #"""
      {"Truncated":true,"Grants":[{"KeyId":"\#(key)","GrantId":"g2","GranteeServicePrincipal":"rds.amazonaws.com",
      "Operations":["Decrypt"],"Constraints":{"EncryptionContextEquals":{"a":"b"}}},
      {"KeyId":"\#(key)2","GrantId":"g1","GranteePrincipal":"arn:aws:iam::111122223333:role/r","Operations":[]}]}
      """#)
    #expect(found.map(\.resource) == [key, "\(key)2"])
    #expect(found.map(\.isComplete) == [false, false])
    #expect(
      found.flatMap(\.keyGrants).map(\.grantee) == ["rds.amazonaws.com", "arn:aws:iam::111122223333:role/r"])
    #expect(found.flatMap(\.keyGrants).first?.contextEquals == ["a": "b"])
    let empty = try answers(line("kms list-grants", #"{"Grants":[]}"#, resource: "1"))
    #expect(empty.map(\.resource) == [key])
    #expect(empty.first?.isComplete == true)
    #expect(empty.first?.keyGrants == [])
  }

  @Test(
    "Odd lines cost themselves only",
    arguments: [
      (line("iam list-roles", "{}"), "call-unknown"),
      (line("kms list-grants", "null", resource: "k"), "answer-missing"),
      (line("kms list-grants", "7", resource: "k"), "entry-unreadable"),
      (line("kms list-grants", #"{"Grants":7}"#, resource: "k"), "wrong-type"),
      (line("organizations list-roots", "{}"), "entry-unreadable"),
      (line("iam get-account-authorization-details", "{}"), "entry-unreadable"),
      (line("s3api get-bucket-policy", #"{"Policy":"x"}"#, resource: "b"), "policy-not-json"),
      (line("kms get-key-policy", #"{"Policy":"{}"}"#, resource: "k", account: "12"), "malformed-account-id"),
      (#"{"accessreview":2,"command":"kms list-grants"}"#, "call-unknown"),
      (#"{"accessreview":1,"command":5}"#, "wrong-type"),
    ])
  func odd(json: String, code: String) throws {
    let good = line("s3api get-bucket-policy", #"{"Policy":"{}"}"#, resource: "good")
    let reading = try reading("[\(json),\(good)]")
    #expect(reading.problems.map(\.code).contains(code))
    #expect(
      reading.documents.contains {
        if case .answer(let answer) = $0 { answer.resource == "arn:aws:s3:::good" } else { false }
      })
  }
}
