import Foundation
import Testing

/// What policies allow, and what is wrong with them.
@Suite struct PolicyTests {
  private static let document =
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:Get*","zz:Top"],"Resource":"*"}]}"#
  private static let expanded = "sqs:GetQueueAttributes\nsqs:GetQueueUrl\n"

  private struct Line: Decodable {
    let file: String
    let actions, patterns: [String]?
    let unknown: [String]?
  }

  private static func lines(_ output: String) throws -> [Line] {
    try output.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  @Test("A policy expands to sorted actions, wherever the document lies")
  func expand() throws {
    let folder = try TemporaryFolder()
    let text = Self.document.replacing("\"", with: "\\\"")
    let encoded = try #require(Self.document.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    let forms = [
      Self.document, #"{"PolicyVersion":{"Document":\#(Self.document)}}"#, #"{"Document":"\#(text)"}"#,
      #"{"document":"\#(encoded)"}"#, encoded + "\n",
    ]
    for form in forms {
      try folder.write(form, to: "policy.json")
      let outcome = try Program.run("policy", "expand", "policy.json", in: folder)
      #expect(outcome.status == 0 && outcome.output == Self.expanded, "\(form)")
      #expect(outcome.error == "accessreview: policy.json: the catalogue does not know zz:Top\n")
    }
    let piped = try Program.run(["policy", "expand", "-"], in: folder, input: Data(Self.document.utf8))
    #expect(piped.status == 0 && piped.output == Self.expanded)
  }

  @Test("Several files are one list in text, and a line each in JSON")
  func severalFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.document, to: "a.json")
    try folder.write(Self.document.replacing("sqs:Get*", with: "sqs:GetQueueUrl"), to: "b.json")
    try folder.write(#"{"Statement":{"Effect":"Allow","NotAction":"*","Resource":"*"}}"#, to: "c.json")
    let text = try Program.run("policy", "expand", "b.json", "a.json", "c.json", "a.json", in: folder)
    #expect(text.output == Self.expanded)
    let json = try Program.run(
      "policy", "expand", "b.json", "a.json", "c.json", "--format", "json", in: folder)
    let lines = try Self.lines(json.output)
    #expect(lines.map(\.file) == ["b.json", "a.json", "c.json"])
    #expect(lines.map { $0.actions?.count } == [1, 2, 0] && lines.map { $0.unknown?.count } == [1, 1, 0])
    #expect(json.error == "")
  }

  @Test("A file that cannot be read is told, and the others are read nonetheless")
  func failures() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.document, to: "good.json")
    try folder.write("{\"Statement\":[{]}", to: "broken.json")
    try folder.write("[]", to: "list.json")
    try folder.write(#"{"Document":"%zz"}"#, to: "text.json")
    let bad = ["broken.json", "list.json", "text.json", "missing.json", "."]
    for command in ["expand", "minimise"] {
      let some = try Program.run(
        ["policy", command] + bad.prefix(1) + ["good.json"] + bad.dropFirst(), in: folder)
      #expect(some.status == 3 && !some.output.isEmpty)
      #expect(some.error.contains("broken.json, byte 15") && bad.allSatisfy { some.error.contains("\($0)") })
      let none = try Program.run(["policy", command] + bad, in: folder)
      #expect(none.status == 1)
    }
    let linted = try Program.run(["policy", "lint", "good.json"] + bad, in: folder)
    #expect(linted.status == 3 && linted.error.contains("missing.json"))
    #expect(try Program.run("policy", "lint", "missing.json", in: folder).status == 1)
    let odd = try Program.run(
      ["policy", "expand", "-"], in: folder,
      input: Data(#"{"Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*","Odd":1}}"#.utf8))
    #expect(
      odd.status == 3 && odd.output.contains("sqs:SendMessage")
        && odd.error.contains("statement 1 is not understood"))
  }

  @Test("What is minimised expands to the same")
  func minimise() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      #"{"Statement":{"Effect":"Allow","Action":["iam:Get*","iam:List*","s3:*","sqs:SendMessage","zz:Top"],"Resource":"*"}}"#,
      to: "policy.json")
    let outcome = try Program.run("policy", "minimise", "policy.json", in: folder)
    let patterns = outcome.output.split(separator: "\n").map(String.init)
    #expect(
      outcome.status == 0 && patterns.contains("s3:*") && patterns.last == "zz:Top" && patterns.count < 10)
    let list = patterns.map { "\"\($0)\"" }.joined(separator: ",")
    try folder.write(
      #"{"Statement":{"Effect":"Allow","Action":[\#(list)],"Resource":"*"}}"#, to: "short.json")
    let names = try Program.run("policy", "minimise", "--no-wildcards", "policy.json", in: folder).output
    let expanded = try Program.run("policy", "expand", "policy.json", in: folder).output
    #expect(try Program.run("policy", "expand", "short.json", in: folder).output == expanded)
    #expect(names == expanded + "zz:Top\n")
    let json = try Self.lines(
      try Program.run("policy", "minimise", "policy.json", "--format", "json", in: folder).output)
    #expect(json.first?.patterns == patterns)
  }

  // MARK: - Lint

  private static let faulty = """
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},

        {"Sid": "Typo", "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::b/*"},
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}
      ]
    }
    """

  private struct Log: Decodable {
    struct Run: Decodable {
      struct Tool: Decodable {
        struct Driver: Decodable {
          struct Rule: Decodable {
            struct Configuration: Decodable { let level: String }
            let id: String
            let defaultConfiguration: Configuration
          }
          let name: String
          let rules: [Rule]
        }
        let driver: Driver
      }
      struct Finding: Decodable {
        struct Message: Decodable { let text: String }
        struct Location: Decodable {
          struct Physical: Decodable {
            struct Artifact: Decodable { let uri: String }
            struct Region: Decodable {
              let startLine: Int
              let startColumn: Int?
            }
            let artifactLocation: Artifact
            let region: Region
          }
          let physicalLocation: Physical
        }
        let ruleId, level: String
        let ruleIndex: Int
        let message: Message
        let locations: [Location]
      }
      let tool: Tool
      let results: [Finding]
    }
    let version: String
    let runs: [Run]
  }

  @Test("Findings name file, line, statement, rule and the way out; errors decide the exit status")
  func lint() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.faulty, to: "a policy.json")
    let outcome = try Program.run("policy", "lint", "a policy.json", in: folder)
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("a policy.json:6:40: error: ") && lines[0].hasSuffix("[unknown-action]"))
    #expect(lines[1].contains("s3:GetObject"))
    #expect(
      lines[2].hasPrefix("a policy.json:7:51: warning: ") && lines[2].hasSuffix("[pass-role-on-everything]"))
    #expect(outcome.error == "1 error, 1 warning\n")
    try folder.write(Self.faulty.replacing("GetObjct", with: "GetObjectTagging"), to: "b.json")
    let warned = try Program.run("policy", "lint", "b.json", in: folder)
    #expect(warned.status == 0 && warned.output.contains("warning"))
    try folder.write(Self.document.replacing(",\"zz:Top\"", with: ""), to: "c.json")
    let clean = try Program.run("policy", "lint", "c.json", in: folder)
    #expect(clean.status == 0 && clean.output == "" && clean.error == "")
  }

  @Test("SARIF has the rules, and each finding with its place")
  func sarif() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"PolicyVersion":{"Document":\#(Self.faulty)}}"#, to: "a policy.json")
    let outcome = try Program.run("policy", "lint", "--format", "sarif", "a policy.json", in: folder)
    #expect(outcome.status == 1)
    let log = try JSONDecoder().decode(Log.self, from: Data(outcome.output.utf8))
    let run = try #require(log.runs.first)
    #expect(log.version == "2.1.0" && run.tool.driver.name == "accessreview")
    #expect(run.results.map(\.ruleId) == ["unknown-action", "pass-role-on-everything"])
    #expect(run.results.map(\.level) == ["error", "warning"])
    for result in run.results {
      #expect(run.tool.driver.rules[result.ruleIndex].id == result.ruleId)
      #expect(result.locations.first?.physicalLocation.artifactLocation.uri == "a%20policy.json")
    }
    #expect(run.results.map { $0.locations.first?.physicalLocation.region.startLine } == [6, 7])
  }

  private struct Linted: Decodable {
    struct Finding: Decodable {
      let rule, severity, element: String
      let line: Int
      let column: Int?
      let problem, remedy: String
    }
    let file: String
    let kind: String?
    let findings: [Finding]
  }

  @Test(
    "What is no policy is a finding, with its place where that is known",
    arguments: [
      ("{\n  \"Statement\": [{]\n}", 2, 18 as Int?), ("{\"Id\": \"ü\", \"Statement\": [}", 1, 27),
      ("\u{FEFF}[1,]", 1, 4), ("", 1, 1), ("[]", 1, nil), (#"{"Version":"2012-10-17"}"#, 1, nil),
      (#"{"Statement":"x"}"#, 1, nil), (#"{"Document":"{"}"#, 1, nil),
    ])
  func noPolicy(text: String, line: Int, column: Int?) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.document.replacing(",\"zz:Top\"", with: ""), to: "good.json")
    try folder.write(text, to: "bad.json")
    let json = try Program.run("policy", "lint", "--format", "json", "bad.json", "good.json", in: folder)
    #expect(json.status == 1 && json.error == "")
    let lines = try json.output.split(separator: "\n").map {
      try JSONDecoder().decode(Linted.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.file) == ["bad.json", "good.json"] && lines.map(\.kind) == [nil, "identity"])
    let finding = try #require(lines.first?.findings.first)
    #expect(finding.rule == "not-a-policy" && finding.severity == "error")
    #expect(finding.line == line && finding.column == column)
    #expect(!finding.remedy.contains("Export") || column == nil)
    let sarif = try Program.run(
      "policy", "lint", "--format", "sarif", "--kind", "scp", "bad.json", in: folder)
    let log = try JSONDecoder().decode(Log.self, from: Data(sarif.output.utf8))
    let result = try #require(log.runs.first?.results.first)
    let region = try #require(result.locations.first?.physicalLocation.region)
    #expect(sarif.status == 1 && result.ruleId == "not-a-policy")
    #expect(region.startLine == line && region.startColumn == column)
  }

  @Test("Findings stand at their element, also inside an answer")
  func places() throws {
    let policy = """
      {
        "Version": "2012-10-17",
        "Colour": "red",
        "Statement": {
          "Effect": "Allow",
          "Action": "s3:GetObject",
          "Résource": "*",
          "Resource":
            "arn:aws:s3:::b/${}"
        }
      }
      """
    for text in [policy, #"{"PolicyVersion":{"Document":\#(policy)}}"#] {
      let outcome = try Program.run(
        ["policy", "lint", "--format", "json", "-"], in: try TemporaryFolder(), input: Data(text.utf8))
      let found = try JSONDecoder().decode(Linted.self, from: Data(outcome.output.utf8)).findings
      #expect(found.map(\.rule) == ["grammar", "grammar", "malformed-variable"])
      #expect(found.map(\.line) == [3, 7, 8] && found.map(\.column) == [3, 5, 5])
    }
    let text = policy.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    let inside = try Program.run(
      ["policy", "lint", "--format", "json", "-"], in: try TemporaryFolder(),
      input: Data(#"{"Policy":{"Content":"\#(text)"}}"#.utf8))
    let found = try JSONDecoder().decode(Linted.self, from: Data(inside.output.utf8)).findings
    #expect(found.map(\.line) == [1, 1, 1] && found.allSatisfy { $0.column == nil })
  }

  @Test("Places on a long line are counted once")
  func longLine() throws {
    let elements = (0..<20_000).map { #""ü\#($0)":1"# }.joined(separator: ",")
    let outcome = try Program.run(
      ["policy", "lint", "--format", "json", "-"], in: try TemporaryFolder(),
      input: Data(#"{"Statement":[{\#(elements)}]}"#.utf8))
    let found = try JSONDecoder().decode(Linted.self, from: Data(outcome.output.utf8)).findings
    // Of `"ü0":1,` each is seven characters long, and longer where its number is.
    #expect(found.first { $0.element == "ü1" }?.column == 23)
    #expect(found.first { $0.element == "ü10000" }?.column == 16 + 7 * 10 + 8 * 90 + 9 * 900 + 10 * 9_000)
  }

  @Test("White space counts in a service control policy that is not saved in the console")
  func writtenSize() throws {
    let sids = (0..<90).map { #"{"Sid":"S\#($0)","Effect":"Deny","Action":"sqs:*","Resource":"*"}"# }
    let space = String(repeating: " ", count: 60)
    let text = #"{"Version":"2012-10-17","Statement":["# + sids.joined(separator: ",\n" + space) + "]}"
    let content = text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    for (file, isFound) in [
      (text, true), (text.replacing(space, with: ""), false),
      (#"{"Policy":{"Content":"\#(content)"}}"#, true),
      (#"{"Document":\#(text)}"#, false),
    ] {
      let outcome = try Program.run(
        ["policy", "lint", "--kind", "scp", "-"], in: try TemporaryFolder(), input: Data(file.utf8))
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("warning: The document has 11") == isFound)
    }
  }

  @Test("Every rule stands in the documentation, with its severity")
  func documented() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["policy", "lint", "--format", "sarif", "-"], in: folder, input: Data(Self.document.utf8))
    let log = try JSONDecoder().decode(Log.self, from: Data(outcome.output.utf8))
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation/Policies.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    for rule in try #require(log.runs.first).tool.driver.rules {
      #expect(page.contains("| `\(rule.id)` | \(rule.defaultConfiguration.level) |"))
    }
  }

  @Test(
    "The kind decides what may stand in a policy",
    arguments: ["identity", "resource", "trust", "scp", "rcp", "boundary"])
  func kinds(kind: String) throws {
    let outcome = try Program.run(
      ["policy", "lint", "--kind", kind, "--format", "json", "-"], in: try TemporaryFolder(),
      input: Data(#"{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}}"#.utf8))
    #expect(outcome.output.contains(#""kind":"\#(kind)""#))
    #expect(outcome.status == (kind == "resource" || kind == "rcp" ? 0 : 1))
    #expect(try Program.run("policy", "lint", "--kind", "other", "-", in: try TemporaryFolder()).status == 2)
  }

  @Test("Control characters of a policy do not reach the terminal")
  func hostile() throws {
    let text =
      #"{"Statement":{"Sid":"\u001b[2J\u202e","Effect":"Allow","Action":"s3:Get\u001b","Resource":"arn:aws:s\u001b*:::x"}}"#
    let outcome = try Program.run(["policy", "lint", "-"], in: try TemporaryFolder(), input: Data(text.utf8))
    #expect(outcome.status == 1)
    #expect(!outcome.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }
}
