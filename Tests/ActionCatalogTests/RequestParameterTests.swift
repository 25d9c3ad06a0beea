import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("Calls with their JSON")
struct RequestParameterTests {
  let catalog = ActionCatalog.builtIn

  func call(_ source: String, _ name: String, _ json: String?, additional: String? = nil) throws -> Call {
    try catalog.call(
      eventSource: "\(source).amazonaws.com", eventName: name, requestParameters: json.map { Array($0.utf8) },
      additionalEventData: additional.map { Array($0.utf8) })
  }

  @Test("Places in lists and objects are found, each value on a line of its own")
  func places() throws {
    let json = """
      {"transactItems": [{"put": {"tableName": "t"}}, {"update": {}}, {"put": {"tableName": "u"}}, {"delete": null}]}
      """
    let call = try call("dynamodb", "TransactWriteItems", json)
    #expect(
      call.parameters == ["transactItems[].put": #"{"tableName":"t"}"# + "\n" + #"{"tableName":"u"}"#])
    #expect(catalog.resolve(call).actions.map(\.description) == ["dynamodb:PutItem"])
  }

  @Test("A statement of several lines in a list stays one statement")
  func linesInLists() throws {
    let json =
      #"{"statements": [{"statement": "/* x\nDELETE */ SELECT *\nDELETE"}, {"statement": "-- a\nupdate t"}]}"#
    let resolution = catalog.resolve(try call("dynamodb", "BatchExecuteStatement", json))
    #expect(
      Set(resolution.actions.map(\.description)) == ["dynamodb:PartiQLSelect", "dynamodb:PartiQLUpdate"])
  }

  @Test("Roles are found at their places: names, lists and maps")
  func roles() throws {
    let run = try call("ec2", "RunInstances", #"{"iamInstanceProfile": {"name": "web", "arn": null}}"#)
    #expect(run.passedRoles?.map(\.value) == ["web"])
    #expect(catalog.resolve(run).actions.map(\.description).contains("iam:PassRole"))
    let none = try call("ec2", "RunInstances", #"{"iamInstanceProfile": {}}"#)
    #expect(none.passedRoles == [])
    #expect(!catalog.resolve(none).conditionalActions.contains { $0.description == "iam:PassRole" })
    let targets = try call(
      "events", "PutTargets",
      #"{"targets": [{"roleArn": "a"}, {"id": "x"}, {"roleArn": "b"}, {"roleArn": "a"}]}"#)
    #expect(targets.passedRoles?.map(\.value) == ["a", "b"])
  }

  @Test("No parameters are known to be none; those left out, and a missing field, are unknown")
  func nothing() throws {
    #expect(try call("s3", "GetObject", "null").parameters == [:])
    #expect(try call("s3", "GetObject", #"{"omitted": true, "reason": "too large"}"#).parameters == nil)
    #expect(try call("s3", "GetObject", nil).parameters == nil)
    #expect(try call("s3", "GetObject", nil).passedRoles == nil)
    let versioned = try call("s3", "GetObject", #"{"versionId": "a", "key": 1}"#)
    #expect(versioned.parameters == ["versionId": "a"])
  }

  @Test(
    "Escapes, numbers and words are read as they are, lists and objects without their white space",
    arguments: [
      (#""a\u0062\ud83d\ude00\n""#, "ab😀\n"), (#""\ud83d""#, "\u{FFFD}"), ("1.50", "1.50"), ("-0e5", "-0e5"),
      ("true", "true"), ("[1, 2]", "[1,2]"), (#"{"b" : 1, "a": []}"#, #"{"a":[],"b":1}"#),
    ])
  func values(_ json: String, _ text: String) throws {
    #expect(try call("s3", "GetObject", #"{"versionId": \#(json)}"#).parameters == ["versionId": text])
  }

  @Test(
    "What is no JSON object is an error with its place, never a crash",
    arguments: [
      "", " ", "{", "}", "[]", "1", "\"a\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1}x", "{\"a\":tru}",
      "nul",
      "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"", "{\"a\":-}", "{\"a\":1.}", "{\"a\":.5}",
      "{\"a\":--1}", "{\"a\":01}", "{\"a\":1.e5}", "{\"a\":1e}", "{\"a\":+1}",
      "{\"a\":\"\u{1}\"}", "{a:1}", "[1 2]", String(repeating: "[", count: 100_000),
      String(repeating: "{\"a\":", count: 100_000),
    ])
  func broken(_ json: String) {
    #expect(throws: CatalogError.self) { try call("s3", "GetObject", json) }
    #expect(throws: CatalogError.self) { try call("s3", "GetObject", "{}", additional: json) }
  }

  @Test("More than a record can hold is refused, and bytes that are no UTF-8")
  func hostile() throws {
    let long = Array(String(repeating: " ", count: ActionCatalog.longestParameters).utf8) + Array("{}".utf8)
    for bytes in [long, [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]] {
      #expect(throws: CatalogError.self) {
        try catalog.call(eventSource: "s3", eventName: "GetObject", requestParameters: bytes)
      }
    }
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(try call("s3", "GetObject", #"{"versionId": \#(deep)}"#).parameters == ["versionId": deep])
  }
}
