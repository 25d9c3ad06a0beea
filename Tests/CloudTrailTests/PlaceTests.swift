import CTrailScanner
import Foundation
import Testing

@testable import CloudTrail

@Suite("What is kept of places that decide an action") struct PlaceTests {
  /// What is kept of the only event of a delivery; of a line it must be the same.
  func kept(_ call: String, _ parameters: String, _ changes: [String: String?] = [:]) throws -> [String] {
    let words = call.split(separator: " ")
    let usual: [String: String?] = [
      "eventSource": "\"\(words[0]).amazonaws.com\"", "eventName": "\"\(words[1])\"",
      "requestParameters": parameters,
    ]
    let json = event(1, usual.merging(changes) { $1 })
    let whole = try scan(delivery([json])), line = try scan(json)
    #expect(whole.problems == [])
    #expect(whole.events == line.events)
    return try #require(whole.events.first).deciding.split(separator: "\n").map(String.init)
  }

  @Test(
    "Of a statement its verb is kept, behind blanks and comments, and nothing else",
    arguments: [
      ("SELECT * FROM t WHERE password = 'x'", "=select"), ("\\n\\t delete FROM t", "=delete"),
      ("/* SELECT */ Update t SET a = 1", "=update"),
      ("-- DELETE\\n--\\r\\n/**//*\\n*/INSERT INTO t VALUE {'a':'b'}", "=insert"),
      ("EXISTS(SELECT * FROM t)", "=exists"), ("select", "=select"), ("SELECT(a)", "=select"),
      ("SELECT\\u0000", "=select"), ("\\u0053ELECT a", "=select"),
      ("HIDDEN_DUE_TO_SECURITY_REASONS", ""), ("selects", ""), ("select_1", ""), ("selecté", ""),
      ("sélect", ""), ("DROP TABLE t", ""), ("'SELECT'", ""), ("-- select", ""), ("/* select", ""),
      ("/*/ select", ""), ("\\u0000select", ""), ("\\u00a0select", ""), ("--", ""), ("/", ""), (" ", ""),
      ("ſelect", ""), ("123", ""), ("\\ud83d\\ude00", ""),
    ])
  func verbs(_ statement: String, _ expected: String) throws {
    #expect(
      try kept("dynamodb ExecuteStatement", "{\"statement\":\"\(statement)\"}") == ["statement" + expected])
  }

  @Test(
    "A statement that is none is there or not; a text that is no text leaves everything open",
    arguments: [
      ("null", ["!statement"]), ("\"\"", ["!statement"]), ("[]", ["!statement"]), ("7", ["statement"]),
      ("true", ["statement"]), ("{}", ["statement"]), ("[\"SELECT 1\"]", ["statement=select"]),
      ("[\"SELECT 1\", null, 7]", ["statement", "statement=select"]), ("[[\"SELECT 1\"]]", ["statement"]),
      ("\"SELECT \\ud800\"", []), ("\"SELECT \\udc00\\ud800\"", []),
    ])
  func oddStatements(_ value: String, _ expected: [String]) throws {
    #expect(try kept("dynamodb ExecuteStatement", "{\"statement\":\(value)}") == expected)
  }

  @Test("A call without the place says nothing of it, and neither does one that was left out")
  func absent() throws {
    #expect(try kept("dynamodb ExecuteStatement", "{\"limit\":1}") == [])
    #expect(try kept("dynamodb ExecuteStatement", "{\"omitted\":\"true\",\"originalSize\":1}") == [])
    #expect(try kept("dynamodb ExecuteStatement", "null") == [])
    #expect(try kept("dynamodb PutItem", "{\"statement\":\"SELECT 1\"}") == [])
    #expect(try kept("athena ExecuteStatement", "{\"statement\":\"SELECT 1\"}") == [])
  }

  @Test("Dated names and other partitions are the same call") func names() throws {
    let source: [String: String?] = ["eventSource": #""dynamodb.amazonaws.com.cn""#]
    let statement = "{\"statement\":\"SELECT 1\"}"
    #expect(try kept("dynamodb ExecuteStatement", statement, source) == ["statement=select"])
    for name in ["ExecuteStatement20120810", "ExecuteStatement2012_08_10", "ExecuteStatement20120810v2"] {
      #expect(try kept("dynamodb \(name)", statement) == ["statement=select"])
    }
    for name in ["ExecuteStatement2", "ExecuteStatements", "executeStatement", "ExecuteStatement2012081x"] {
      #expect(try kept("dynamodb \(name)", statement) == [])
    }
  }

  @Test("Of a transaction's items the set of their kinds is kept, however many there are")
  func items() throws {
    let items = (0..<10_000).map { $0 % 7 == 0 ? "{\"update\":{\"k\":\($0)}}" : "{\"put\":{\"k\":\($0)}}" }
    let json = "{\"transactItems\":[\(items.joined(separator: ",")),null,{}]}"
    let expected = [
      "!transactItems[].conditionCheck", "!transactItems[].delete", "transactItems[].put",
      "transactItems[].update",
    ]
    #expect(try kept("dynamodb TransactWriteItems", json) == expected)
    let reversed = "{\"transactItems\":[\(items.reversed().joined(separator: ","))]}"
    #expect(try kept("dynamodb TransactWriteItems", reversed) == expected)
  }

  @Test("Of a list's values the set is kept; what is not understood is told beside them")
  func values() throws {
    func list(_ statements: [String]) -> String {
      "{\"statements\":[\(statements.map { "{\"statement\":\($0)}" }.joined(separator: ","))]}"
    }
    #expect(
      try kept("dynamodb BatchExecuteStatement", list(["\"SELECT 1\"", "\"DELETE 1\"", "\"select 2\""]))
        == ["statements[].statement=delete", "statements[].statement=select"])
    #expect(
      try kept("dynamodb BatchExecuteStatement", list(["\"SELECT 1\"", "7", "null"]))
        == ["statements[].statement", "statements[].statement=select"])
    #expect(try kept("dynamodb BatchExecuteStatement", "{\"statements\":[]}") == ["!statements[].statement"])
    #expect(
      try kept("dynamodb BatchExecuteStatement", "{\"statements\":[{}]}") == ["!statements[].statement"])
    #expect(try kept("dynamodb BatchExecuteStatement", "{\"statements\":\"hidden\"}") == [])
    #expect(try kept("dynamodb BatchExecuteStatement", "{\"statements\":{\"statement\":\"SELECT\"}}") == [])
    #expect(
      try kept("dynamodb BatchExecuteStatement", "{\"statements\":[[{\"statement\":\"SELECT\"}]]}") == [])
    #expect(
      try kept("dynamodb BatchExecuteStatement", "{\"statements\":[\"x\",{\"statement\":\"SELECT\"}]}")
        == ["statements[].statement", "statements[].statement=select"])
  }

  @Test(
    "Of a copy's source it is kept whether it names a version",
    arguments: [
      ("b/k", "=current"), ("/b/k?versionId=abc", "=?versionId="), ("b/k?x=1&versionid=a", "=?versionId="),
      ("b/versionId=1/k", "=current"), ("b/k?xversionId=1", "=current"), ("b/k%3FversionId=1", "=current"),
      ("?", "=current"), ("b/k?versionId", "=current"),
    ])
  func copies(_ source: String, _ expected: String) throws {
    #expect(
      try kept("s3 CopyObject", "{\"x-amz-copy-source\":\"\(source)\"}") == ["x-amz-copy-source" + expected])
  }

  @Test(
    "A word is kept as it is, everything else as its presence",
    arguments: [
      ("\"bucket-owner-full-control\"", "=bucket-owner-full-control"), ("true", "=true"),
      ("\"a b\"", ""), ("\"a\\nb=c\"", ""), ("\"a=b\"", ""), ("\"é\"", ""), ("[\"private\"]", "=private"),
      ("7", ""),
      ("\"\(String(repeating: "a", count: 64))\"", "=" + String(repeating: "a", count: 64)),
      ("\"\(String(repeating: "a", count: 65))\"", ""),
    ])
  func words(_ value: String, _ expected: String) throws {
    #expect(try kept("s3 PutObject", "{\"x-amz-acl\":\(value)}") == ["x-amz-acl" + expected])
  }

  @Test(
    "Of an ARN no resource is kept, of a path no more than its first name, of a map whether anything is in it",
    arguments: [
      (
        TS_KEEP_ARN, "\"arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/x\"",
        ["a=arn:aws:elasticloadbalancing:"]
      ),
      (TS_KEEP_ARN, "\"arn:aws-cn:apigateway:r::/restapis/a/stages/b\"", ["a=arn:aws-cn:apigateway:"]),
      (TS_KEEP_ARN, "[\"arn:aws:lambda:r:1:layer:secret:1\",\"x\"]", ["a", "a=arn:aws:lambda:layer:"]),
      (TS_KEEP_ARN, "\"arn:aws:s3:::b/k:x\"", ["a=arn:aws:s3:"]), (TS_KEEP_ARN, "\"arn:aws:s 3:::b\"", ["a"]),
      (TS_KEEP_ARN, "\"arn:aws:s3\"", ["a"]), (TS_KEEP_ARN, "\"arn:::::\"", ["a"]),
      (TS_KEEP_ARN, "{}", ["a"]),
      (TS_KEEP_PATH, "\"/policy/x\"", ["a=/policy"]), (TS_KEEP_PATH, "\"/policy\"", ["a=/policy"]),
      (TS_KEEP_PATH, "\"policy\"", ["a"]), (TS_KEEP_PATH, "\"/\"", ["a"]), (TS_KEEP_PATH, "\"//a\"", ["a"]),
      (TS_KEEP_PATH, "\"/a b\"", ["a"]),
      (TS_KEEP_CONTENT, "{\"k\":\"v\"}", ["a=:"]), (TS_KEEP_CONTENT, "{}", ["!a"]),
      (TS_KEEP_CONTENT, "[]", ["!a"]),
      (TS_KEEP_CONTENT, "[{}]", ["a"]), (TS_KEEP_CONTENT, "[{},{\"key\":\"k\"}]", ["a=:"]),
      (TS_KEEP_CONTENT, "\"***\"", ["a"]),
      (TS_KEEP_CONTENT, "null", ["!a"]), (TS_KEEP_CONTENT, "[\"a:b\"]", ["a"]),
    ])
  func reductions(_ reduction: ts_reduction, _ value: String, _ expected: [String]) throws {
    #expect(try kept(of: call("{\"a\":\(value)}"), at: "a", reduction) == expected)
  }

  @Test("A huge statement and a thousand levels cost nothing but their reading") func huge() throws {
    let padding = String(repeating: "x", count: 3_000_000)
    let statement = "{\"statement\":\"/*\(padding)*/ SELECT '\(padding)'\"}"
    #expect(try kept("dynamodb ExecuteStatement", statement) == ["statement=select"])
    let open = String(repeating: "[", count: 1000), close = String(repeating: "]", count: 1000)
    let deep = "{\"transactItems\":[{\"put\":\(open)\(close)}]}"
    #expect(try kept("dynamodb TransactWriteItems", deep).count <= 4)
    let nested = String(repeating: "{\"statements\":[", count: 900)
    let end = String(repeating: "]}", count: 900)
    _ = try kept("dynamodb BatchExecuteStatement", nested + end)
  }

  // MARK: - Any table

  /// What is kept of an event by a table of one place.
  func kept(
    of json: String, at place: String, _ reduction: ts_reduction = TS_KEEP_WORD, since: UInt32 = 2,
    extraction: UInt32 = 2
  ) throws -> [String] {
    try withFolder { folder in
      let path = "\(folder)/events.json"
      try Data(delivery([json]).utf8).write(to: URL(fileURLWithPath: path))
      return ["x", "Y", place].withCStrings { texts in
        var row = ts_place(
          since: since, sources: texts[0], name: texts[1], place: texts[2], reduction: reduction)
        let scanner = TrailScanner(scanner: ts_scanner_create(extraction, &row, 1)) { _ in false }
        var scanned = Scanned()
        scanner.scan([path]) { batch in
          scanned.add(batch)
          return true
        }
        return scanned.events.flatMap { $0.deciding.split(separator: "\n").map(String.init) }
      }
    }
  }

  func call(_ parameters: String?, additional: String? = nil) -> String {
    event(
      1,
      [
        "eventSource": "\"x.amazonaws.com\"", "eventName": "\"Y\"", "requestParameters": parameters,
        "additionalEventData": additional,
      ])
  }

  @Test(
    "Places lie as deep as they say, in lists and in maps",
    arguments: [
      ("a.b.c", #"{"a":{"b":{"c":"v"}}}"#, ["a.b.c=v"]), ("a.b.c", #"{"a":{"b":7}}"#, []),
      ("a.b.c", #"{"a":{"b":null}}"#, ["!a.b.c"]),
      ("a{}.b", #"{"a":{"k.1":{"b":"v"},"k":{"b":"w"}}}"#, ["a{}.b=v", "a{}.b=w"]),
      ("a{}", #"{"a":{"k":"v"}}"#, ["a{}=v"]), ("a{}", #"{"a":{}}"#, ["!a{}"]), ("a{}", #"{"a":["v"]}"#, []),
      ("a[]", #"{"a":["v","w","v"]}"#, ["a[]=v", "a[]=w"]),
      ("a[].b[].c", #"{"a":[{"b":[{"c":"v"}]},{}]}"#, ["a[].b[].c=v"]),
      ("a", #"{"a":"","a":"v"}"#, ["!a"]), ("a", #"{"b":"v"}"#, []),
    ])
  func nesting(_ place: String, _ parameters: String, _ expected: [String]) throws {
    #expect(try kept(of: call(parameters), at: place) == expected)
  }

  @Test("More than sixteen values are none, whatever their order") func manyValues() throws {
    func list(_ numbers: some Sequence<Int>) -> String {
      "{\"a\":[\(numbers.map { "\"v\($0)\"" }.joined(separator: ","))]}"
    }
    #expect(try kept(of: call(list(0..<16)), at: "a[]").count == 16)
    #expect(try kept(of: call(list(0..<17)), at: "a[]") == ["a[]"])
    #expect(try kept(of: call(list((0..<5_000).reversed())), at: "a[]") == ["a[]"])
  }

  @Test(
    "Places in additionalEventData are looked at whether it is there or not",
    arguments: [
      (#"{"f":"v"}"#, ["additionalEventData.f=v"]), ("null", ["!additionalEventData.f"]),
      (nil, ["!additionalEventData.f"]), (#"{"g":1}"#, ["!additionalEventData.f"]),
      (#"{"omitted":"true","originalSize":1}"#, []), (#"{"f":"\ud800"}"#, []),
      ("7", ["!additionalEventData.f"]),
    ])
  func additional(_ data: String?, _ expected: [String]) throws {
    for parameters in ["{\"f\":\"p\"}", "null", nil] {
      #expect(try kept(of: call(parameters, additional: data), at: "additionalEventData.f") == expected)
    }
  }

  @Test("An older extraction does not know places that came later") func older() throws {
    #expect(try kept(of: call(#"{"a":"v"}"#), at: "a", since: 3, extraction: 2) == [])
    #expect(try kept(of: call(#"{"a":"v"}"#), at: "a", since: 3, extraction: 3) == ["a=v"])
  }
}

extension [String] {
  /// Calls the body with the texts as C strings.
  fileprivate func withCStrings<Result>(_ body: ([UnsafePointer<CChar>]) throws -> Result) rethrows -> Result
  {
    let texts = map { ContiguousArray($0.utf8CString) }
    func next(_ index: Int, _ pointers: [UnsafePointer<CChar>]) throws -> Result {
      guard index < texts.count else { return try body(pointers) }
      return try texts[index].withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return try next(index + 1, pointers) }
        return try next(index + 1, pointers + [start])
      }
    }
    return try next(0, [])
  }
}
