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
    let folder = FileManager.default.temporaryDirectory.appending(path: "accessreview-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let store = folder.appending(path: "store.sqlite").path
    let samples = ["trails", "iam", "config", "org"].map {
      Self.root.appending(path: "SampleTrails/\($0)").path
    }
    try run(["import", "--db", store, "--taken-at", "2026-10-31T23:59:59Z"] + samples)
    try run(["review", "--db", store, "--month", "2026-10"])
    let output = folder.appending(path: "report.\(format)")
    try run(["report", "--db", store, "--month", "2026-10", "--output", output.path])
    let made = try Data(contentsOf: output)
    let committed = try Data(contentsOf: Self.root.appending(path: "Reports/report.\(format)"))
    #expect(made == committed, "Run `make reports`, look at the difference, and commit it if it is meant.")
  }

  private func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = Bundle.main.bundleURL.deletingLastPathComponent().appending(path: "accessreview")
    #if os(Linux)
      process.executableURL = Bundle.main.bundleURL.appending(path: "accessreview")
    #endif
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "accessreview \(arguments.joined(separator: " "))")
  }
}
