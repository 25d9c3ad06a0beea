import Foundation
import Testing

/// What the user says was recorded, where no selectors tell.
@Suite struct AssumedRecordingTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A store of the sample organisation.
  private func imported() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let samples = ["trails", "iam", "config", "org"].map {
      Self.root.appending(path: "SampleTrails/\($0)").path
    }
    let imported = try Program.run(["import", "--taken-at", "2026-10-31T23:59:59Z"] + samples, in: folder)
    #expect(imported.status == 0, "\(imported.error)")
    return folder
  }

  private struct Report: Decodable {
    struct Role: Decodable { let permissions: [Permission] }
    struct Permission: Decodable {
      let action, verdict, reason: String
      let basis: String?
    }
    struct Account: Decodable {
      struct Kind: Decodable {
        let kind, scope: String
        let basis: String?
      }
      let kindsRecorded: [Kind]
    }
    let assumedRecorded: [String]?
    let roles: [Role]
    let accounts: [Account]
    var permissions: [Permission] { roles.flatMap(\.permissions) }
  }

  private func report(_ folder: TemporaryFolder) throws -> Report {
    let made = try Program.run("report", "--month", "2026-10", "--format", "json", in: folder)
    #expect(made.status == 0, "\(made.error)")
    return try JSONDecoder().decode(Report.self, from: Data(made.output.utf8))
  }

  @Test("The stored review says what is assumed and which verdicts rest on it, and every report does")
  func reports() throws {
    let folder = try imported()
    let proven = try Program.run("review", "--month", "2026-10", in: folder)
    #expect(proven.status == 0 && !proven.output.contains("assumed"))
    let before = try report(folder)
    #expect(before.assumedRecorded == nil)
    #expect(!before.permissions.contains { $0.basis != nil })

    let review = [
      "review", "--month", "2026-10", "--assume-recorded", "aws::sqs::queue", "--assume-recorded",
      "AWS::S3::Object", "--assume-recorded", "data:AWS::S3::Object",
    ]
    let summary = try Program.run(review, in: folder)
    #expect(summary.status == 0, "\(summary.error)")
    #expect(summary.output.contains("assumed to be recorded: data:AWS::S3::Object, data:AWS::SQS::Queue"))
    let after = try report(folder)
    #expect(after.assumedRecorded == ["data:AWS::S3::Object", "data:AWS::SQS::Queue"])
    let resting = after.permissions.filter { $0.basis == "assumed" }
    #expect(!resting.isEmpty)
    for permission in resting {
      #expect(["s3", "sqs"].contains(permission.action.prefix { $0 != ":" }), "\(permission.action)")
      #expect(permission.verdict == "unused" || permission.verdict == "not-enough-evidence")
      #expect(permission.reason.contains("assuming that data events of AWS::"), "\(permission.reason)")
    }
    #expect(resting.contains { $0.verdict == "unused" })
    let kinds = after.accounts.flatMap(\.kindsRecorded).filter { $0.basis == "assumed" }
    #expect(Set(kinds.map(\.kind)) == ["data:AWS::S3::Object", "data:AWS::SQS::Queue"])
    #expect(kinds.allSatisfy { $0.scope.contains("as the review assumes") })

    let html = try Program.run("report", "--month", "2026-10", "--format", "html", in: folder).output
    #expect(html.contains("Assumed, not proven, to have been recorded: data events of AWS::S3::Object"))
    #expect(html.contains("--assume-recorded AWS::S3::Object --assume-recorded AWS::SQS::Queue"))
    #expect(try Program.run("roles", in: folder).output.contains("Assumed, not proven"))
    let json = try Program.run(review + ["--format", "json"], in: folder).output
    #expect(json.contains("\"assumedRecorded\""))
    let reader = try StoreReader(folder.path("accessreview.sqlite"))
    let parameters = try reader.value("SELECT parameters FROM review")
    #expect(parameters?.contains(#""assumedRecorded":"data:AWS::S3::Object data:AWS::SQS::Queue""#) == true)
    // In whatever order it is said, the review is the same.
    let again = try Program.run(
      "review", "--month", "2026-10", "--assume-recorded", "AWS::S3::Object", "--assume-recorded",
      "AWS::SQS::Queue", in: folder)
    #expect(again.output == summary.output)
    #expect(try Program.run("report", "--month", "2026-10", "--format", "html", in: folder).output == html)
  }

  @Test("A review without it is the one without assumptions again")
  func withdrawn() throws {
    let folder = try imported()
    #expect(try Program.run("review", "--month", "2026-10", in: folder).status == 0)
    let before = try Program.run("report", "--month", "2026-10", "--format", "html", in: folder).output
    let assuming = ["review", "--month", "2026-10", "--assume-recorded", "AWS::S3::Object"]
    #expect(try Program.run(assuming, in: folder).status == 0)
    #expect(try Program.run("report", "--month", "2026-10", "--format", "html", in: folder).output != before)
    #expect(try Program.run("review", "--month", "2026-10", in: folder).status == 0)
    #expect(try Program.run("report", "--month", "2026-10", "--format", "html", in: folder).output == before)
  }

  @Test(
    "A type that no action's use is recorded as ends with status 2 and names the nearest first",
    arguments: [
      ("AWS::S3::Objects", "The nearest are AWS::S3::Object, "),
      ("lambda", "The nearest are AWS::Lambda::Function, "),
      ("management", "The nearest are management-read, management-write, "),
      ("AWS::Sqs:Queue", "The nearest are AWS::SQS::Queue, "), ("", "Known are AWS::"),
      (
        "network-activity:kms.amazonaws.com",
        "proves neither use nor its absence, recorded or not. Known are "
      ),
      ("a\u{1B}[31m'b", "no action's use is recorded as 'a\\u{1b}[31m'b'"),
    ])
  func unknown(type: String, message: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run("review", "--assume-recorded", type, in: folder)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.error.contains(message), "\(outcome.error)")
    #expect(outcome.error.contains("AWS::DynamoDB::Table"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }
}
