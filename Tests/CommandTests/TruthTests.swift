import Foundation
import Testing

/// Generated organisations of which everything is known.
@Suite struct TruthTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let generator: String = {
    if let given = ProcessInfo.processInfo.environment["ACCESSREVIEW_GENERATOR"], !given.isEmpty {
      return given
    }
    return repository.deletingLastPathComponent().appendingPathComponent("shared/tools/generate_trails.py")
      .path
  }()

  private static let canGenerate: Bool = {
    guard FileManager.default.fileExists(atPath: generator), let folder = try? TemporaryFolder() else {
      return false
    }
    return (try? RunningProgram(["python3", "--version"], in: folder).wait())?.status == 0
  }()

  @Test(
    "What the store says of a generated organisation is exactly what is true of it",
    .enabled(
      if: canGenerate,
      "python3 and a generator of trails are needed: set ACCESSREVIEW_GENERATOR to generate_trails.py"))
  func truth() throws {
    let folder = try TemporaryFolder()
    let script = TruthTests.repository.appendingPathComponent("Tests/Support/check_truth.py").path
    let outcome = try RunningProgram(
      [
        "python3", "-B", script, "--program", Program.path, "--events", "20000", "--seeds", "7", "--folder",
        folder.path("truth"),
      ], in: folder, environment: ["ACCESSREVIEW_GENERATOR": TruthTests.generator]
    ).wait()
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
  }
}
