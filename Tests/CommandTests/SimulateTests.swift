import Foundation
import Testing

/// Decisions on requests.
@Suite struct SimulateTests {
  struct Answer: Decodable {
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
    let mayChange: [String]?
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

  static func answer(_ line: String) throws -> Answer {
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
}
