import Foundation

/// What a program did: its exit status and what it wrote.
struct Outcome {
  /// The exit status; -1 where a signal ended it.
  let status: Int32
  let output: String
  let error: String
}

/// The built program, which lies beside the bundle of the tests.
enum Program {
  static let name = "accessreview"

  static let path: String = {
    let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") } + [Bundle.main]
    let folders = bundles.flatMap { [$0.bundleURL.deletingLastPathComponent(), $0.bundleURL] }
    let found = folders.map { $0.appendingPathComponent(name).path }
    return found.first { FileManager.default.isExecutableFile(atPath: $0) } ?? name
  }()

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - folder: where it runs, and where its store lies unless `--db` says otherwise.
  ///   - input: what it finds on standard input.
  ///   - wrapper: a command that runs it.
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, input: Data = Data(),
    environment: [String: String] = [:],
    wrapper: [String] = []
  ) throws -> Outcome {
    try RunningProgram(wrapper + [path] + arguments, in: folder, input: input, environment: environment)
      .wait()
  }

  static func run(_ arguments: String..., in folder: TemporaryFolder) throws -> Outcome {
    try run(arguments, in: folder)
  }
}

/// A command on its way. What it writes goes to files, so that no full pipe can stop it and no other command that is
/// started meanwhile can keep a pipe open.
final class RunningProgram {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let output, error: URL

  init(
    _ command: [String], in folder: TemporaryFolder, input: Data = Data(), environment: [String: String] = [:]
  ) throws {
    let scratch = try folder.scratch()
    output = scratch.appendingPathComponent("output")
    error = scratch.appendingPathComponent("error")
    let given = scratch.appendingPathComponent("input")
    try input.write(to: given)
    for file in [output, error] { try Data().write(to: file) }
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.currentDirectoryURL = folder.url
    var variables = ProcessInfo.processInfo.environment
    variables["ACCESSREVIEW_DB"] = nil
    variables["LC_ALL"] = "C.UTF-8"
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: given)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    process.terminationHandler = { [ended] _ in ended.signal() }
    // The threads of tests block most signals, and whoever is started would inherit that: Python's pools, which end
    // their workers by SIGTERM, then wait for ever.
    var (none, blocked) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try process.run()
  }

  /// Kills it, which it can neither see nor stop.
  func kill() { _ = Foundation.kill(process.processIdentifier, SIGKILL) }

  func wait() throws -> Outcome {
    ended.wait()
    return Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: error), as: UTF8.self))
  }
}
