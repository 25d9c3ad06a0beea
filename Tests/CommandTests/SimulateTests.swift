import Foundation
import Testing

/// Decisions on requests.
@Suite struct SimulateTests {
  private struct Answer: Decodable {
    struct Explanation: Decodable {
      struct Layer: Decodable {
        let layer, result: String
        let note: String?
        let statements: [Statement]
      }
      struct Statement: Decodable {
        let policy, effect, applies: String
        let statementIndex: Int
        let sid: String?
        let unmet: [Unmet]
      }
      struct Unmet: Decodable, Equatable {
        let `operator`, key, holds: String
        let wanted: [String]
        let found: [String]?
      }
      let reason: String
      let dependsOn: [String]?
      let layers: [Layer]
    }
    let decision: String
    let explanation: Explanation
  }

  private struct Refusal: Decodable {
    let line: Int
    let error: String
  }

  private static func simulate(_ lines: [String], in folder: TemporaryFolder) throws -> (
    status: Int32, lines: [String]
  ) {
    let outcome = try Program.run(
      ["simulate", "--requests", "-"], in: folder, input: Data((lines.joined(separator: "\n") + "\n").utf8))
    return (outcome.status, outcome.output.split(separator: "\n").map(String.init))
  }

  private static func answer(_ line: String) throws -> Answer {
    try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
  }

  private static func request(
    _ members: String, statement: String = #""Effect":"Allow","Action":"s3:*","Resource":"*""#
  )
    -> String
  {
    #"{"principal":"arn:aws:iam::111122223333:user/Ana","action":"s3:GetObject","resource":"arn:aws:s3:::b/k","#
      + #""identityPolicies":[{"Version":"2012-10-17","Statement":{"# + statement + "}}]" + members + "}"
  }

  @Test("Every scenario is decided as it says, with what the catalogue knows of actions")
  func scenarios() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/authorization")
    var lines: [String] = []
    var wanted: [(String, String)] = []
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "json" {
      let cases = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: any Sendable]]
      for item in try #require(cases) {
        let request = try JSONSerialization.data(withJSONObject: try #require(item["request"]))
        lines.append(String(decoding: request, as: UTF8.self))
        wanted.append((item["case"] as? String ?? "", item["decision"] as? String ?? ""))
      }
    }
    let outcome = try Self.simulate(lines, in: try TemporaryFolder())
    #expect(outcome.status == 0)
    #expect(outcome.lines.count == lines.count && lines.count > 700)
    for (line, (title, decision)) in zip(outcome.lines, wanted) {
      #expect(line.contains(#""decision":"\#(decision)""#), "\(title): \(line)")
    }
  }

  @Test(
    "An id comes back byte by byte",
    arguments: [
      "12345678901234567890123456789012345678901234567890", "-0.10e+5", #""a\u0041\ud83d\ude00""#,
      #"{"a":[1]}"#, "null",
      "true",
    ])
  func ids(id: String) throws {
    let outcome = try Self.simulate([Self.request(#","id":"# + id)], in: try TemporaryFolder())
    #expect(outcome.status == 0)
    #expect(outcome.lines.first?.hasPrefix(#"{"id":"# + id + #","decision":"Allowed","#) == true)
  }

  @Test("The explanation names the statements, and the conditions that do not hold")
  func explanation() throws {
    let statement =
      #""Sid":"S","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/8"]},"StringEquals":{"aws:x":"y"}}"#
    let outcome = try Self.simulate(
      [Self.request(#","context":{"aws:SourceIp":"203.0.113.7"}"#, statement: statement)],
      in: try TemporaryFolder())
    let answer = try Self.answer(try #require(outcome.lines.first))
    #expect(answer.decision == "ImplicitlyDenied" && answer.explanation.dependsOn == nil)
    let layer = try #require(answer.explanation.layers.first)
    #expect(layer.layer == "identity-policies" && layer.result == "does-not-allow")
    let found = try #require(layer.statements.first)
    #expect(found.sid == "S" && found.statementIndex == 0 && found.effect == "Allow" && found.applies == "no")
    #expect(
      found.unmet == [
        .init(
          operator: "IpAddress", key: "aws:SourceIp", holds: "no", wanted: ["10.0.0.0/8"],
          found: ["203.0.113.7"]),
        .init(operator: "StringEquals", key: "aws:x", holds: "no", wanted: ["y"], found: nil),
      ])
  }

  @Test("What is not understood is depended on")
  func uncertain() throws {
    let outcome = try Self.simulate(
      [Self.request("", statement: #""Effect":"Allow","Action":"s3:*","Resource":"*","Odd":1"#)],
      in: try TemporaryFolder())
    let answer = try Self.answer(try #require(outcome.lines.first))
    #expect(answer.decision == "ImplicitlyDenied" && answer.explanation.dependsOn?.count == 1)
  }

  @Test("In the place of a line that is no request stands an error, and the others are answered")
  func refusals() throws {
    let deep =
      #"{"id":7,"context":"# + String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
      + "}"
    let lines = [
      "nonsense", "[]", #"{"id":"x","principal":7}"#, "", #"{"id":1,"id":2}"#, deep,
      Self.request(#","colour":1"#),
      "\u{FEFF}" + Self.request(""), #"{"principal":"\#u{1}"}"#, Self.request(#","context":{"a":{}}"#),
    ]
    let outcome = try Self.simulate(lines, in: try TemporaryFolder())
    #expect(outcome.status == 3)
    #expect(outcome.lines.count == lines.count - 1)
    let numbers = outcome.lines.compactMap {
      try? JSONDecoder().decode(Refusal.self, from: Data($0.utf8)).line
    }
    #expect(numbers == [1, 2, 3, 5, 6, 7, 9, 10])
    #expect(outcome.lines[2].hasPrefix(#"{"line":3,"id":"x","error":"principal is no text"}"#))
    #expect(outcome.lines.contains { $0.contains(#""decision":"Allowed""#) })
  }

  @Test(
    "What is no policy is named with its place",
    arguments: [
      (
        #""identityPolicies":["{\"Version\": 1,]"]"#, "identityPolicies[0] is no policy: ",
        ", at byte 14 of its text"
      ),
      (
        #""identityPolicies":[{"Statement":[]},{"Version":"2012-10-17"}]"#,
        "identityPolicies[1] is no policy: The policy document has no Statement", "@{\"Version"
      ),
      (#""resourcePolicy": {"Id":"x"}"#, "resourcePolicy[0] is no policy: ", "@{\"Id"),
      (
        #""serviceControlPolicies":[[ {"Statement":{}}],[{"Statement":{}} , {"name":"n","policy": ["x"]}]]"#,
        "serviceControlPolicies[1][1] is no policy: ", "@[\"x"
      ),
      (
        #""serviceControlPolicies":[[{"name":"n","policy":"{\"Statement\": 1}"}]]"#,
        "serviceControlPolicies[0][0] is no policy: Statement is neither an object nor a list of objects", ""
      ),
    ])
  func policyErrors(field: String, beginning: String, end: String) throws {
    let line =
      "\u{FEFF}" + #"{"id":"é","principal":"arn:aws:iam::111122223333:user/Ana","action":"s3:GetObject","#
      + field + "}"
    let outcome = try Self.simulate([line], in: try TemporaryFolder())
    let refusal = try JSONDecoder().decode(Refusal.self, from: Data(try #require(outcome.lines.first).utf8))
    var wanted = end
    if end.hasPrefix("@") {
      let place = try #require(line.range(of: String(end.dropFirst())))
      wanted = ", at byte \(line.utf8.distance(from: line.utf8.startIndex, to: place.lowerBound)) of the line"
    }
    #expect(refusal.error.hasPrefix(beginning) && refusal.error.hasSuffix(wanted), "\(refusal.error)")
  }

  @Test("Requests come from a file as well, and one that cannot be read is an error")
  func files() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.request(""), to: "requests.jsonl")
    let outcome = try Program.run("simulate", "--requests", "requests.jsonl", in: folder)
    #expect(outcome.status == 0 && outcome.output.contains("Allowed"))
    for path in ["missing.jsonl", "."] {
      let failed = try Program.run("simulate", "--requests", path, in: folder)
      #expect(failed.status == 1 && failed.output == "" && failed.error.contains(path))
    }
  }

  @Test(
    "Arguments that do not fit together are refused",
    arguments: [
      [], ["--requests", "-", "--action", "s3:GetObject"], ["--principal", "x"],
      ["--requests", "-", "--principal", "x"],
      ["--principal", "x", "--action", "s3:GetObject", "--context", "novalue"],
      ["--principal", "x", "--action", "nonsense"],
      ["--principal", "x", "--action", "s3:GetObject", "--resource-account", "12"],
    ])
  func usage(arguments: [String]) throws {
    #expect(try Program.run(["simulate"] + arguments, in: try TemporaryFolder()).status == 2)
  }

  // MARK: - Principals of the store

  private static func importedStory() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeDocuments()
    #expect(
      try Program.importing("iam", "org", in: folder, options: ["--taken-at", "2026-10-31T00:00:00Z"]).status
        == 0)
    return folder
  }

  @Test("A role of the store is found by name, ARN and id, and decided on by what was imported")
  func principal() throws {
    let folder = try Self.importedStory()
    for name in [Story.reader.name, Story.reader.arn, Story.reader.id] {
      let outcome = try Program.run(
        [
          "simulate", "--principal", name, "--action", "s3:GetObject", "--resource", "arn:aws:s3:::b/k",
          "--format", "json",
        ],
        in: folder)
      #expect(outcome.status == 0)
      let answer = try Self.answer(outcome.output)
      #expect(answer.decision == "Allowed" && answer.explanation.dependsOn == nil, "\(outcome.output)")
      #expect(outcome.output.contains(#""layer":"resource control policies","standing":"not-imported""#))
      #expect(outcome.output.contains(#""layer":"service control policies","standing":"known""#))
    }
    let denied = try Program.run(
      "simulate", "--principal", Story.reader.name, "--action", "sns:Publish", in: folder)
    #expect(denied.output.hasPrefix("ExplicitlyDenied: sns:Publish on *\n"))
    #expect(denied.output.contains("service control policies, level 1: deny explicitly"))
    #expect(denied.output.contains("What is known of the policies:"))
  }

  /// A line as a collecting script writes it, about a resource of the reader's account.
  private static func collected(_ command: String, _ resource: String, _ output: Value) -> String {
    let line: Value = .object([
      ("accessreview", 1), ("command", .text(command)), ("account", .text(Story.reader.account)),
      ("region", "us-east-1"), ("resource", .text(resource)), ("parameters", .object([])),
      ("takenAt", .text(Story.takenAt)), ("complete", .flag(true)), ("error", .null), ("output", output),
    ])
    return line.json + "\n"
  }

  private static func policy(_ effect: String, _ action: String, _ principal: Value) -> Value {
    [
      "Version": "2012-10-17",
      "Statement": [
        ["Effect": .text(effect), "Principal": principal, "Action": .text(action), "Resource": "*"]
      ],
    ]
  }

  @Test("Policies of resources and grants of keys decide as they were imported, and what was not is said")
  func resources() throws {
    let folder = try Self.importedStory()
    let account = Story.reader.account
    let keys = "arn:aws:kms:us-east-1:\(account):key/"
    let reader: Value = ["AWS": .text(Story.reader.arn)]
    try folder.write(
      Self.collected(
        "s3api get-bucket-policy", "closed", ["Policy": .text(Self.policy("Deny", "s3:GetObject", "*").json)])
        + Self.collected(
          "kms get-key-policy", keys + "1",
          ["Policy": .text(Self.policy("Allow", "kms:Decrypt", reader).json)])
        + Self.collected(
          "kms get-key-policy", keys + "2",
          ["Policy": .text(Self.policy("Allow", "kms:Encrypt", reader).json)])
        + Self.collected(
          "kms list-grants", keys + "2",
          [
            "Grants": [
              [
                "GrantId": "g", "KeyId": .text(keys + "2"), "GranteePrincipal": .text(Story.reader.arn),
                "Operations": ["Decrypt"],
              ]
            ]
          ]), to: "resources.jsonl")
    let imported = try Program.importing("resources.jsonl", in: folder)
    #expect(imported.status == 0, "\(imported.error)")
    func decide(_ action: String, _ resource: String) throws -> (decision: String, output: String) {
      let outcome = try Program.run(
        [
          "simulate", "--principal", Story.reader.name, "--action", action, "--resource", resource,
          "--format",
          "json",
        ], in: folder)
      return (try Self.answer(outcome.output).decision, outcome.output)
    }
    let closed = try decide("s3:GetObject", "arn:aws:s3:::closed/k")
    #expect(closed.decision == "ExplicitlyDenied", "\(closed.output)")
    #expect(closed.output.contains(#""layer":"resource-based policy","standing":"known""#))
    let named = try decide("kms:Decrypt", keys + "1")
    #expect(named.decision == "Allowed", "\(named.output)")
    #expect(named.output.contains(#""layer":"KMS grants","standing":"not-imported""#))
    let granted = try decide("kms:Decrypt", keys + "2")
    #expect(
      granted.decision == "Allowed" && granted.output.contains(#""layer":"KMS grants","standing":"known""#))
    let neither = try decide("kms:Sign", keys + "2")
    #expect(neither.decision == "ImplicitlyDenied")
    let unknown = try decide("kms:Decrypt", keys + "3")
    #expect(unknown.decision == "ImplicitlyDenied" && unknown.output.contains("dependsOn"))
  }

  @Test("Resource control policies limit access to the resources of their accounts")
  func resourceControl() throws {
    let folder = try TemporaryFolder()
    try folder.writeDocuments()
    let all: Value = [
      "Version": "2012-10-17",
      "Statement": [["Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"]],
    ]
    let own: Value = [
      "Version": "2012-10-17", "Statement": [["Effect": "Allow", "Action": "*", "Resource": "*"]],
    ]
    try folder.write(
      .object([
        ("organizationId", "o-exampleorg"), ("managementAccountId", "999999999999"),
        ("accounts", .object([(Story.reader.account, .list([.list([own])]))])),
        (
          "resourceControlPolicies",
          .object([
            (
              Story.reader.account,
              .list([.list([all]), .list([all, Self.policy("Deny", "s3:GetObject", "*")])])
            )
          ])
        ),
      ]), to: "organisation.json")
    #expect(
      try Program.importing(
        "iam", "organisation.json", in: folder, options: ["--taken-at", "2026-10-31T00:00:00Z"]
      ).status == 0)
    let outcome = try Program.run(
      [
        "simulate", "--principal", Story.reader.name, "--action", "s3:GetObject", "--resource",
        "arn:aws:s3:::b/k", "--format", "json",
      ], in: folder)
    #expect(try Self.answer(outcome.output).decision == "ExplicitlyDenied", "\(outcome.output)")
    #expect(outcome.output.contains(#""layer":"resource control policies","standing":"known""#))
  }

  @Test("A role's trust policy decides who may assume it")
  func trust() throws {
    let folder = try Self.importedStory()
    let outcome = try Program.run(
      "simulate", "--principal", Story.worker.name, "--action", "sts:AssumeRole", "--resource",
      Story.deployNew.arn,
      "--format", "json", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("trust policy of \(Story.deployNew.arn)"))
  }

  @Test("Keys that are not given are unknown, and those that follow from the principal are set")
  func context() throws {
    let folder = try TemporaryFolder()
    let document: Value = [
      "Version": "2012-10-17",
      "Statement": [
        [
          "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
          "Condition": [
            "StringEquals": ["aws:PrincipalAccount": .text(Story.reader.account)],
            "ArnEquals": ["aws:PrincipalArn": .text(Story.reader.arn)],
            "IpAddress": ["aws:SourceIp": "203.0.113.0/24"],
          ],
        ]
      ],
    ]
    try folder.write(
      Story.snapshotPage(roles: [Story.detail(Story.reader, actions: [], document: document)]), to: "iam.json"
    )
    #expect(try Program.importing("iam.json", in: folder).status == 0)
    let asked = [
      "simulate", "--principal", Story.reader.name, "--action", "s3:GetObject", "--format", "json",
    ]
    func decision(_ more: String...) throws -> Answer {
      try Self.answer(try Program.run(asked + more, in: folder).output)
    }
    #expect(try decision().explanation.dependsOn == ["aws:SourceIp"])
    #expect(try decision("--context", "AWS:sourceip=203.0.113.7").decision == "Allowed")
    let elsewhere = try decision("--context", "aws:SourceIp=198.51.100.1")
    #expect(elsewhere.decision == "ImplicitlyDenied" && elsewhere.explanation.dependsOn == nil)
  }

  @Test("A name that nobody has is an error that names what is near, and there must be a store")
  func unknown() throws {
    let folder = try Self.importedStory()
    let outcome = try Program.run(
      "simulate", "--principal", Story.reader.name + "x", "--action", "s3:GetObject", in: folder)
    #expect(outcome.status == 2 && outcome.error.contains(Story.reader.name))
    let without = try Program.run(
      "simulate", "--principal", "x", "--action", "s3:GetObject", in: try TemporaryFolder())
    #expect(without.status == 1 && without.output == "")
  }
}
