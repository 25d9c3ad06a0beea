import Foundation

/// A folder of its own for each test, which goes when the test has ended.
final class TemporaryFolder {
  let url: URL

  init() throws {
    let parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    url = parent.appendingPathComponent("accessreview-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A test may have taken the right to write from a folder.
    _ = try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: url.path)
    try? FileManager.default.removeItem(at: url)
    try? FileManager.default.removeItem(atPath: url.path + ".scratch")
  }

  /// The path of something in the folder.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file, and the folders on the way to it; gives its path.
  @discardableResult
  func write(_ data: Data, to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(Data(text.utf8), to: name) }

  /// Writes files compressed, all with one run of gzip.
  func compress(_ names: [String]) throws {
    // As many as surely fit on a command line.
    for start in stride(from: 0, to: names.count, by: 200) {
      let some = names[start..<min(start + 200, names.count)]
      let outcome = try RunningProgram(["gzip", "-n", "-1", "-f", "--"] + some, in: self).wait()
      guard outcome.status == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
  }

  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

  /// A new folder beside this one, for what is no input.
  func scratch() throws -> URL {
    let folder = URL(fileURLWithPath: url.path + ".scratch").appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Lets everybody look in, or nobody write.
  func setPermissions(_ mode: Int, of name: String = "") throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: name.isEmpty ? url.path : path(name))
  }
}
