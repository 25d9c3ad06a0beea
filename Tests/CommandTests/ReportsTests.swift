import Foundation
import Testing

/// What the tool makes of SampleTrails is committed under Reports, for visitors, and is the golden file here.
@Suite("Reports of the sample organisation")
struct ReportsTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("The committed reports are what the program makes of SampleTrails, byte for byte")
  func goldenReports() throws {
    let folder = try TemporaryFolder()
    let samples = ["trails", "iam", "config", "org"].map {
      Self.root.appending(path: "SampleTrails/\($0)").path
    }
    let imported = try Program.run(["import", "--taken-at", "2026-10-31T23:59:59Z"] + samples, in: folder)
    #expect(imported.status == 0, "\(imported.error)")
    #expect(try Program.run("review", "--month", "2026-10", in: folder).status == 0)
    for format in ["html", "json"] {
      let made = try Program.run("report", "--month", "2026-10", "--format", format, in: folder)
      let committed = try String(
        contentsOf: Self.root.appending(path: "Reports/report.\(format)"), encoding: .utf8)
      #expect(
        made.output == committed, "Run `make reports`, look at the difference, and commit it if it is meant.")
    }
  }

  @Test("A report of a period without a review makes the review first; roles and show read the same one")
  func reviewFirst() throws {
    let folder = try TemporaryFolder()
    let samples = ["trails", "iam", "config", "org"].map {
      Self.root.appending(path: "SampleTrails/\($0)").path
    }
    #expect(try Program.run(["import", "--taken-at", "2026-10-31"] + samples, in: folder).status == 0)
    let report = try Program.run("report", "--output", "report.html", in: folder)
    #expect(report.status == 0, "\(report.error)")
    let html = try String(contentsOf: folder.url.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(html.contains("Access review, October 2026"))
    let roles = try Program.run("roles", in: folder)
    #expect(roles.status == 0 && roles.output.contains("shop-checkout"))
    #expect(!roles.output.contains("\u{1B}"), "no colour where nobody looks")
    let show = try Program.run("show", "shop-checkout", in: folder)
    #expect(show.status == 0 && show.output.contains("arn:aws:iam::111122223333:role/app/shop-checkout"))
    let namesakes = try Program.run("show", "order-archiver", in: folder)
    #expect(namesakes.status == 2)
    #expect(namesakes.error.components(separatedBy: "AROA").count - 1 == 2, "both RoleIds are named")
    #expect(try Program.run("show", "nobody-of-that-name", in: folder).status == 2)
    let unwritable = try Program.run("report", "--output", "no/such/folder/report.html", in: folder)
    #expect(unwritable.status == 1 && unwritable.error.contains("--output"))
  }
}
