import Foundation
import Testing

/// What `catalog resolve` makes of the lines of its input.
@Suite struct CatalogResolveTests {
  @Test("An object comes out byte by byte as it went in, with what the call needed at its end")
  func kept() throws {
    let folder = try TemporaryFolder()
    let start =
      #"{ "n":1.50e+3,"big":12345678901234567890123 , "eventName":"SendMessageBatch","#
      + #""eventSource":"sqs.amazonaws.com","text":"\u00e9\/ü\ud800","eventName2":[{},[ ],null,true]"#
    let resolved = try Catalog.resolving(start + "  } \r", in: folder)
    #expect(resolved.status == 0)
    #expect(resolved.error == "")
    #expect(
      resolved.lines == [
        "{" + start.dropFirst().drop { $0 == " " }
          + #","actions":["sqs:SendMessage"],"conditional":[],"visibility":"data","rule":"override"}"#
      ])
  }

  @Test("Members that are there already are replaced, and a second pass changes nothing")
  func replaced() throws {
    let folder = try TemporaryFolder()
    let line =
      #"{"rule":7,"eventSource":"sqs.amazonaws.com","actions":["x"],"eventName":"GetQueueUrl","\u0061ctions":1,"a":2}"#
    let once = try Catalog.resolving(line, in: folder).lines
    #expect(
      once == [
        #"{"eventSource":"sqs.amazonaws.com","eventName":"GetQueueUrl","a":2,"#
          + #""actions":["sqs:GetQueueUrl"],"conditional":[],"visibility":"management","rule":"same-name"}"#
      ])
    #expect(try Catalog.resolving(once[0], in: folder).lines == once)
  }

  @Test(
    "Names are compared without regard to case, and known with their dates and their escapes",
    arguments: [
      (#""eventSource":"S3.AmazonAWS.com","eventName":"createbucket""#, "s3:CreateBucket"),
      (#""eventSource":"lambda.amazonaws.com","eventName":"ListFunctions20150331""#, "lambda:ListFunctions"),
      (#""eventS\u006furce":"sqs.amazonaws.com","eventName":"Get\u0051ueueUrl""#, "sqs:GetQueueUrl"),
      (#""eventSource":"sqs","eventName":"Nonsense","eventName":"GetQueueUrl""#, "sqs:GetQueueUrl"),
    ])
  func names(members: String, action: String) throws {
    let resolved = try Catalog.resolving("{\(members)}", in: try TemporaryFolder())
    #expect(resolved.status == 0)
    #expect(try Catalog.answer(resolved.lines[0]).actions == [action])
  }

  @Test("Parameters decide where the record has them, and are named where it has not")
  func parameters() throws {
    let call = #"{"eventSource":"s3.amazonaws.com","eventName":"PutObject""#
    let resolved = try Catalog.resolving(
      call + "}", call + #","requestParameters":null}"#,
      call + #","requestParameters":{"x-amz-acl":"public-read"}}"#,
      call + #","requestParameters":{"x-amz-acl":""}}"#,
      call + #","requestParameters":"HIDDEN"}"#, in: try TemporaryFolder())
    #expect(resolved.status == 0)
    let answers = try resolved.lines.map(Catalog.answer)
    let acl = Catalog.Answer.Conditional(action: "s3:PutObjectAcl", parameter: "x-amz-acl")
    #expect(answers[0].actions == ["s3:PutObject"] && answers[0].conditional.contains(acl))
    #expect(answers[1].actions == ["s3:PutObject"] && !answers[1].conditional.contains(acl))
    #expect(answers[2].actions == ["s3:PutObject", "s3:PutObjectAcl"])
    #expect(answers[3] == answers[1])
    #expect(answers[4] == answers[0])
  }

  @Test("A role that is handed over is a use of iam:PassRole")
  func passRole() throws {
    let call =
      #"{"eventSource":"lambda.amazonaws.com","eventName":"CreateFunction20150331","requestParameters":"#
    let resolved = try Catalog.resolving(
      call + #"{"role":"arn:aws:iam::111122223333:role/app"}}"#, call + "{}}", in: try TemporaryFolder())
    let answers = try resolved.lines.map(Catalog.answer)
    #expect(answers[0].actions == ["lambda:CreateFunction", "iam:PassRole"])
    #expect(answers[1].actions == ["lambda:CreateFunction"])
  }

  @Test(
    "The message of a denial counts more than the table, and calls that are alike otherwise are told apart")
  func denial() throws {
    let call = #"{"eventSource":"s3.amazonaws.com","eventName":"CreateBucket","errorCode":"AccessDenied""#
    let message =
      #","errorMessage":"User: x is not authorized to perform: s3:PutBucketTagging on resource: y"}"#
    let resolved = try Catalog.resolving(call + message, call + "}", in: try TemporaryFolder())
    let answers = try resolved.lines.map(Catalog.answer)
    #expect(answers.map(\.rule) == ["denial-message", "override"])
    #expect(answers.map(\.actions) == [["s3:PutBucketTagging"], ["s3:CreateBucket"]])
  }

  @Test(
    "What is unknown is said to be so, whatever it is",
    arguments: [
      ("imaginary.amazonaws.com", "DescribeThings"), ("ec2.amazonaws.com", "MakeCoffee"), ("", ""),
      ("s3.amazonaws.com", String(repeating: "A", count: 10_240)),
      (String(repeating: "s", count: 10_240), "GetObject"), ("s3.amazonaws.com", "Get\u{0}Object\u{1B}[31m"),
      ("s3.amazonaws.com", "Get Object"), ("s3.amazonaws.com", "GétObject"), ("*", "*"), ("s3:", "GetObject"),
    ])
  func unknown(source: String, name: String) throws {
    let call: Value = ["eventSource": .text(source), "eventName": .text(name)]
    let resolved = try Catalog.resolving(call.json, in: try TemporaryFolder())
    #expect(resolved.status == 0)
    let answer = try Catalog.answer(resolved.lines[0])
    #expect(answer == Catalog.Answer(actions: [], conditional: [], visibility: "unknown", rule: "unmapped"))
    #expect(resolved.lines[0].hasPrefix(call.json.dropLast()))
  }

  @Test("A line that is no object gives an error in its place, the others come out, and the status is 3")
  func refused() throws {
    let folder = try TemporaryFolder()
    let call = #"{"eventSource":"sqs.amazonaws.com","eventName":"GetQueueUrl"}"#
    let resolved = try Catalog.resolving(
      "\u{FEFF}" + call, "", "  \r", "nonsense", "[1]", "\"text\"", #"{"a":1"#, #"{"a":1}}"#, #"{"a":01}"#,
      #"{"a" 1}"#, #"{"a":"\x"}"#, "{\"a\":\"\u{1}\"}", #"{"a":tru}"#, #"{"a":1,}"#, call, in: folder)
    #expect(resolved.status == 3)
    #expect(resolved.error == "")
    let numbers = try resolved.lines.dropFirst().dropLast().map { try Catalog.refusal($0).line }
    #expect(numbers == Array(4...14))
    for line in [resolved.lines[0], resolved.lines[resolved.lines.count - 1]] {
      #expect(try Catalog.answer(line).actions == ["sqs:GetQueueUrl"])
    }
  }

  @Test("Bytes that are no UTF-8 are refused")
  func bytes() throws {
    let input = Data(
      Array(#"{"eventSource":"s3.amazonaws.com","eventName":""#.utf8) + [0xFF, 0xC0] + Array("\"}".utf8))
    let resolved = try Catalog.resolving(input, in: try TemporaryFolder())
    #expect(resolved.status == 3)
    #expect(try Catalog.refusal(resolved.lines[0]).error.contains("UTF-8"))
  }

  @Test("An object that names no call is kept, and says so")
  func nameless() throws {
    let resolved = try Catalog.resolving(
      #"{"eventSource":"s3.amazonaws.com","k":1}"#, "{}",
      #"{"eventName":7,"eventSource":"s3.amazonaws.com"}"#,
      #"{"eventType":"AwsCloudTrailInsight","eventCategory":"Insight"}"#, in: try TemporaryFolder())
    #expect(resolved.status == 3)
    #expect(resolved.lines[0].hasPrefix(#"{"eventSource":"s3.amazonaws.com","k":1,"actions":[]"#))
    #expect(try resolved.lines.prefix(3).map { try Catalog.refusal($0).line } == [1, 2, 3])
    #expect(try Catalog.answer(resolved.lines[3]).rule == "event-type")
  }

  @Test("Nesting of any depth is no trouble, nor is a line of megabytes; one that is too long is skipped")
  func large() throws {
    let folder = try TemporaryFolder()
    let call = #"{"eventSource":"sqs.amazonaws.com","eventName":"GetQueueUrl""#
    let depth = 200_000
    let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let resolved = try Catalog.resolving(
      call + #","a":\#(deep)}"#, call + #","requestParameters":{"a":\#(deep)}}"#,
      String(repeating: "[", count: depth),
      call + #","a":"\#(String(repeating: "x", count: 5_000_000))"}"#,
      String(repeating: " x", count: 9_000_000),
      call + "}", in: folder)
    #expect(resolved.status == 3)
    #expect(resolved.lines.count == 6)
    let answer =
      #","actions":["sqs:GetQueueUrl"],"conditional":[],"visibility":"management","rule":"same-name"}"#
    for index in [0, 1, 3, 5] { #expect(resolved.lines[index].hasSuffix(answer)) }
    #expect(try Catalog.refusal(resolved.lines[2]).line == 3)
    #expect(try Catalog.refusal(resolved.lines[4]).error.contains("16 MiB"))
  }

  @Test("A last line needs no line feed, and no input gives no output")
  func ends() throws {
    let folder = try TemporaryFolder()
    #expect(try Catalog.resolving(Data(), in: folder).lines == [])
    let resolved = try Catalog.resolving(
      Data(#"{"eventSource":"sqs.amazonaws.com","eventName":"GetQueueUrl"}"#.utf8), in: folder)
    #expect(try Catalog.answer(resolved.lines[0]).actions == ["sqs:GetQueueUrl"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test("Many lines come out in their order, whole records among them")
  func many() throws {
    let records = Story(seed: 3, eventsInHour: 4).records.map(\.json)
    let input = (0..<20).flatMap { _ in records }
    let resolved = try Catalog.resolving(Data(input.joined(separator: "\n").utf8), in: try TemporaryFolder())
    #expect(resolved.status == 0)
    #expect(resolved.lines.count == input.count)
    for (line, record) in zip(resolved.lines, input) { #expect(line.hasPrefix(record.dropLast())) }
    #expect(Array(resolved.lines.prefix(records.count)) == Array(resolved.lines.suffix(records.count)))
  }

  @Test(
    "One call is answered for a person, with the reason",
    arguments: [
      (
        ["s3", "CopyObject"],
        ["Needs", "s3:PutObject", "s3:GetObject", "x-amz-copy-source", "override", "data event"]
      ),
      (["S3.amazonaws.com", "createbucket"], ["s3:CreateBucket", "override", "management event"]),
      (["s3", "PutObject", "--parameter", "x-amz-acl=private"], ["s3:PutObjectAcl"]),
      (
        ["lambda", "CreateFunction20150331"],
        ["lambda:CreateFunction", "iam:PassRole  (role would tell)", "override"]
      ),
      (["lambda", "ListFunctions20150331"], ["lambda:ListFunctions", "dated-name"]),
      (["lambda", "CreateFunction20150331", "--parameter", "role=x"], ["            iam:PassRole\n"]),
      (["sts", "GetCallerIdentity"], ["no-action-needed"]),
      (["sqss", "SendMessage"], ["unmapped", "no event source or service prefix", "sqs"]),
      (["sqs", "SendMesage"], ["unmapped", "sqs:SendMessage"]), (["", ""], ["unmapped"]),
      (["s3", String(repeating: "x", count: 10_240)], ["unmapped", "…"]),
      (["s3", "a\u{1B}[31m"], [#"a\u{1b}[31m"#]),
    ])
  func person(arguments: [String], words: [String]) throws {
    let outcome = try Program.run(["catalog", "resolve"] + arguments, in: try TemporaryFolder())
    #expect(outcome.status == 0)
    for word in words { #expect(outcome.output.contains(word), "\(word) in \(outcome.output)") }
    #expect(outcome.output.utf8.count < 3_000)
  }
}
