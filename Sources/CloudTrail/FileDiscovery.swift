import Foundation
public import TrailFacts

/// The files under the paths that were given, in the order in which they are best read.
public struct FileDiscovery: Sendable {
  /// A file, and how its name places it.
  public struct Found: Hashable, Sendable {
    public let path: String
    /// The file's size in bytes, 0 where unknown.
    public let bytes: Int
  }

  /// By the date in their names, then by path: events then come nearly in order of time, which the store likes.
  public private(set) var files: [Found] = []
  /// Folders and paths that could not be looked into.
  public private(set) var unreadable: [(path: String, problem: ImportProblem)] = []

  /// Looks into folders, but for those whose name begins with a dot; files that are named themselves are always taken.
  /// `-` stands for standard input.
  public init(paths: [String]) {
    var seen: Set<String> = []
    for path in paths {
      if path == "-" {
        // It can be read once, however often it is named.
        if seen.insert(path).inserted { files.append(Found(path: path, bytes: 0)) }
      } else {
        visit(path, isNamed: true, seen: &seen)
      }
    }
    let keyed = files.map { (DeliveredName(path: $0.path)?.time ?? "", $0) }
    files = keyed.sorted { ($0.0, $0.1.path) < ($1.0, $1.1.path) }.map(\.1)
  }

  private mutating func visit(_ path: String, isNamed: Bool, seen: inout Set<String>) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      refuse(path, code: isNamed ? "path-missing" : "path-unreadable")
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      if isNamed || status.st_mode & S_IFMT == S_IFREG {
        let identity = "\(status.st_dev):\(status.st_ino):\(path)"
        if seen.insert(identity).inserted { files.append(Found(path: path, bytes: Int(status.st_size))) }
      }
      return
    }
    // A folder that contains itself by a link is looked into once.
    guard seen.insert("\(status.st_dev):\(status.st_ino)").inserted else { return }
    guard let folder = opendir(path) else {
      refuse(path, code: "folder-unreadable")
      return
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
          String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    for name in names.sorted() {
      visit(path.hasSuffix("/") ? path + name : path + "/" + name, isNamed: false, seen: &seen)
    }
  }

  private mutating func refuse(_ path: String, code: String) {
    let reason = String(cString: strerror(errno))
    let problem = ImportProblem(
      code: code, severity: .loss, problem: "it cannot be opened: \(reason)",
      remedy: "Check that the path exists and that you may read it, then run the import again.")
    unreadable.append((path, problem))
  }
}
