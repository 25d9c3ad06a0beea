import Foundation
import Testing

/// What the program says of itself, and to whoever uses it wrongly.
@Suite struct UsageTests {
  @Test(
    "Every command has help that mentions its options",
    arguments: [
      ([], ["import", "review", "report", "roles", "show", "catalog", "collect-script", "--version"]),
      (
        ["import"],
        ["PATH", "--db", "--complete", "--taken-at", "--format", "$ACCESSREVIEW_DB", "Exit status"]
      ),
      (
        ["review"],
        [
          "--month", "--as-of", "--window", "--min-coverage", "--assume-recorded", "AWS::S3::Object", "--db",
          "--format",
        ]
      ),
      (["report"], ["--month", "--output", "--format", "--db"]), (["roles"], ["--db"]), (["show"], ["--db"]),
      (
        ["catalog"],
        ["status", "actions", "resolve", "update", "diff", "accessreview catalog resolve s3 CopyObject"]
      ),
      (["catalog", "status"], ["--db", "--format", "accessreview catalog status"]),
      (["catalog", "actions"], ["PREFIX", "--format", "accessreview catalog actions sqs sns"]),
      (["catalog", "resolve"], ["SOURCE", "--parameter", "conditional", "jq -c"]),
      (["catalog", "update"], ["--remove", "--taken-at", "--db", "accessreview catalog update reference/"]),
      (
        ["collect-script"],
        [
          "--profiles", "--assume", "--accounts", "--regions", "--without", "--lookup-events",
          "--last-accessed", "--policy", "secretsmanager", "accessreview collect-script > collect.sh",
        ]
      ),
      (["catalog", "diff"], ["built-in", "stored", "--pattern", "--policy", "accessreview catalog diff"]),
    ] as [([String], [String])])
  func help(command: [String], words: [String]) throws {
    let folder = try TemporaryFolder()
    for spelling in [command + ["--help"], ["help"] + command] {
      let outcome = try Program.run(spelling, in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.error == "")
      #expect(outcome.output.contains("USAGE: accessreview" + command.map { " " + $0 }.joined()))
      for word in words {
        #expect(outcome.output.lowercased().contains(word.lowercased()), "\(word) in \(outcome.output)")
      }
      #expect(!outcome.output.contains("--transaction-events"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test("The version is a number and nothing else")
  func version() throws {
    let outcome = try Program.run("--version", in: try TemporaryFolder())
    #expect(outcome.status == 0)
    #expect(outcome.output.trimmingCharacters(in: .newlines).wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
    #expect(outcome.error == "")
  }

  @Test(
    "Wrong usage ends with status 2, says how it is done, and touches nothing",
    arguments: [
      (["import"], "Usage: accessreview import"),
      (["nonsense"], "nonsense"),
      (["import", "--nonsense", "x"], "--nonsense"),
      (["import", "--format", "xml", "x"], "xml"),
      (["import", "--taken-at", "yesterday", "x"], "yesterday"),
      (["import", "--threads", "0", "x"], "--threads must be at least 1"),
      (
        ["review", "--month", "2026-13"],
        "--month wants a year and a month, such as 2026-10; this is '2026-13'"
      ),
      (["review", "--month", "October"], "--month wants"),
      (["review", "--month", "2026-10", "--as-of", "2026-10-31"], "Give --month or --as-of, not both."),
      (["review", "--as-of", "2026-02-30"], "2026-02-30"),
      (["review", "--window", "0d"], "--window wants a number of days from 1d to 365d"),
      (["review", "--window", "90w"], "--window wants"),
      (["review", "--min-coverage", "101"], "--min-coverage wants a number from 0 to 100"),
      (["review", "--min-coverage", "nan"], "--min-coverage wants a number from 0 to 100"),
      (["catalog", "resolve", "s3"], "Give SOURCE and NAME, or neither of them."),
      (["catalog", "resolve", "--parameter", "a=b"], "--parameter wants SOURCE and NAME."),
      (
        ["catalog", "resolve", "s3", "PutObject", "--parameter", "a"], "--parameter wants a place and a value"
      ),
      (["catalog", "actions", "--format", "xml"], "xml"),
      (["catalog", "update"], "Name at least one file or folder, or give --remove."),
      (["catalog", "update", "--remove", "x"], "Give paths or --remove, not both."),
      (["catalog", "update", "--taken-at", "yesterday", "x"], "yesterday"),
      (["catalog", "diff", "built-in"], "b"),
      (["collect-script", "--profiles", "a", "--assume", "R"], "Give --profiles or --assume, not both."),
      (["collect-script", "--accounts", "111122223333"], "--accounts wants --assume with the role's name."),
      (
        ["collect-script", "--assume", "R", "--accounts", "1111"],
        "--accounts wants a list such as 111122223333,444455556666; '1111' is none of it."
      ),
      (
        ["collect-script", "--assume", "R\"x"],
        "--assume wants a role's name, such as AuditReader; this is 'R\"x'."
      ),
      (["collect-script", "--assume", ""], "--assume wants a role's name"),
      (["collect-script", "--regions", "eu-west-1,"], "'' is none of it"),
      (["collect-script", "--regions", "../x"], "'../x' is none of it"),
      (["collect-script", "--without", "s3,glue"], "'glue' is none of it"),
      (["collect-script", "--without", "lookup-events"], "'lookup-events' is none of it"),
      (["collect-script", "--profiles", "a\nb"], "--profiles wants a list"),
    ] as [([String], String)])
  func usage(arguments: [String], message: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(arguments, in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.error.contains(message), "\(outcome.error)")
    #expect(outcome.error.contains("Usage: accessreview"), "\(outcome.error)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  @Test("Without arguments the program says what there is to do")
  func nothing() throws {
    let outcome = try Program.run([], in: try TemporaryFolder())
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("USAGE: accessreview <subcommand>"))
  }

  @Test("A path that does not exist is a loss, and the other paths come in")
  func path() throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"Records\":[\(Story(seed: 1, eventsInHour: 1).records[0].json)]}", to: "a.json")
    let outcome = try Program.importing("gone", "a.json", in: folder)
    #expect(outcome.status == 3)
    #expect(outcome.summary.codes == ["path-missing"])
    #expect(outcome.summary.problems.map(\.file) == ["gone"])
    #expect(outcome.summary.events == 1)
  }

  @Test("A review of a store without events needs a period")
  func period() throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"Records\":[]}", to: "a.json")
    #expect(try Program.run("import", "a.json", in: folder).status == 0)
    let outcome = try Program.run("review", in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.error.contains("say which period with --month or --as-of"))
    #expect(try Program.run("review", "--as-of", "2026-10-31", in: folder).status == 0)
  }
}
