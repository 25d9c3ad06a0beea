import Foundation
import Testing

/// What the tool makes of SampleTrails is committed under Reports, for visitors, and is the golden file here.
@Suite("Reports of the sample organisation")
struct ReportsTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("The committed reports are what the program makes of SampleTrails", arguments: ["html", "json"])
  func goldenReports(format: String) throws {
    let folder = try TemporaryFolder()
    let samples = ["trails", "iam", "config", "org"].map {
      Self.root.appending(path: "SampleTrails/\($0)").path
    }
    for arguments in [
      ["import", "--taken-at", "2026-10-31T23:59:59Z"] + samples, ["review", "--month", "2026-10"],
      ["report", "--month", "2026-10", "--output", "report.\(format)"],
    ] {
      let outcome = try Program.run(arguments, in: folder)
      #expect(outcome.status == 0, "accessreview \(arguments.joined(separator: " ")): \(outcome.error)")
    }
    let made = try folder.data("report.\(format)")
    let committed = try Data(contentsOf: Self.root.appending(path: "Reports/report.\(format)"))
    #expect(made == committed, "Run `make reports`, look at the difference, and commit it if it is meant.")
  }
}
