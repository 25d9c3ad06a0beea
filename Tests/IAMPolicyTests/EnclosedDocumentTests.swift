import IAMPolicy
import JSONText
import Testing

@Suite("Documents inside answers")
struct EnclosedDocumentTests {
  private static let document = #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#
  private static let text = document.replacing("\"", with: "\\\"")
  private static let encoded = document.replacing("\"", with: "%22").replacing("{", with: "%7B")

  @Test(
    "The document is found where the AWS CLI puts it",
    arguments: [
      (document, []),
      (#"{"PolicyVersion":{"Document":\#(document),"VersionId":"v1"}}"#, ["PolicyVersion", "Document"]),
      (#"{"PolicyVersion":{"Document":"\#(encoded)"}}"#, ["PolicyVersion", "Document"]),
      (#"{"RoleName":"r","PolicyDocument":\#(document)}"#, ["PolicyDocument"]),
      (#"{"Document":\#(document)}"#, ["Document"]),
      (#"{"document":"\#(text)"}"#, ["document"]), (#"{"Policy":"\#(text)"}"#, ["Policy"]),
      (#"{"Policy":{"PolicySummary":{},"Content":"\#(text)"}}"#, ["Policy", "Content"]),
      (#"{"Role":{"AssumeRolePolicyDocument":\#(document)}}"#, ["Role", "AssumeRolePolicyDocument"]),
      (#""\#(encoded)""#, []),
    ])
  func found(json: String, path: [String]) throws {
    let enclosed = try EnclosedDocument(in: JSONValue(json: json))
    #expect(enclosed.path == path)
    #expect(try PolicyDocument(json: enclosed.json).statements.count == 1)
  }

  @Test(
    "A text that is no JSON is an error, and what holds no document is none",
    arguments: [#"{"Document":"x%2"}"#, #"{"Document":7}"#, "[]", "null"])
  func refused(json: String) throws {
    let value = try JSONValue(json: json)
    #expect(throws: PolicyError.self) { try PolicyDocument(json: EnclosedDocument(in: value).json) }
  }

  @Test("A document that nobody knows may allow or deny")
  func unknown() throws {
    let document = PolicyDocument(unknownBecause: "It is missing")
    #expect(!document.isUnderstood && document.statements.first?.notUnderstood == "It is missing")
  }
}

@Suite("Actions without resources")
struct AccountARNTests {
  private static func decision(
    _ resource: String, _ element: String = "Resource", action: String = "s3:ListAllMyBuckets"
  )
    throws -> Decision
  {
    let json = """
      {"principal":"arn:aws:iam::111122223333:user/Ana","action":"\(action)","identityPolicies":{"Version":"2012-10-17",
      "Statement":{"Effect":"Allow","Action":"\(action)","\(element)":"\(resource)"}}}
      """
    let request = try SimulationRequest(json: JSONValue(json: json))
    return PolicyEvaluator(facts: ScenarioFacts()).evaluate(request.request, request.policies).decision
  }

  @Test("S3's are granted on the ARN of all buckets, and on no narrower one")
  func buckets() throws {
    #expect(try Self.decision("arn:aws:s3:::*") == .allowed)
    #expect(try Self.decision("*") == .allowed)
    #expect(try Self.decision("arn:aws:s3:::b*") == .implicitlyDenied)
    #expect(try Self.decision("arn:aws:s3:::*", "NotResource") == .implicitlyDenied)
    #expect(try Self.decision("arn:aws:s3:::b", "NotResource") == .allowed)
  }

  @Test("Those of other services need *")
  func others() throws {
    #expect(try Self.decision("arn:aws:iam::*:*", action: "iam:ListUsers") == .implicitlyDenied)
    #expect(try Self.decision("arn:aws:s3:::*", action: "iam:ListUsers") == .implicitlyDenied)
  }
}
