import EvidenceStore
import Foundation
import GRDB
import Testing

/// A folder that goes when the test has run.
final class Folder {
  let url = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }
}

@Suite("The store as a file")
struct StoreFileTests {
  @Test(
    "A store that is missing is not made by whoever only wants to read or write it",
    arguments: [EvidenceStore.Access.read, .write])
  func missing(access: EvidenceStore.Access) throws {
    let folder = try Folder()
    #expect(throws: StoreError.missing(path: folder.path("x.sqlite"))) {
      try EvidenceStore(path: folder.path("x.sqlite"), access: access)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("x.sqlite")))
  }

  @Test("A new store can be read by its owner alone")
  func mode() throws {
    let folder = try Folder()
    _ = try EvidenceStore(path: folder.path("x.sqlite"), access: .create)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("x.sqlite"))
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test("A file that is no store is left as it is", arguments: ["this is no database", ""])
  func notAStore(text: String) throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: StoreError.notAStore(path: path)) { try EvidenceStore(path: path, access: .read) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8))
  }

  @Test("Another program's database is left as it is")
  func anotherDatabase() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE mine(x)") }
    #expect(throws: StoreError.notAStore(path: path)) { try EvidenceStore(path: path, access: .create) }
  }

  @Test("A store of a newer schema is refused, with its name")
  func newer() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    _ = try EvidenceStore(path: path, access: .create)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES('99')") }
    #expect(throws: StoreError.newerSchema(path: path, version: "99")) {
      try EvidenceStore(path: path, access: .write)
    }
  }

  @Test("Opening a store twice changes nothing")
  func twice() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    _ = try EvidenceStore(path: path, access: .create)
    let schema = {
      try DatabaseQueue(path: path).read {
        try String.fetchAll($0, sql: "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name")
      }
    }
    let before = try schema()
    _ = try EvidenceStore(path: path, access: .create)
    #expect(try schema() == before)
  }
}

@Suite("The public views")
struct PublicViewTests {
  /// The views that `Documentation/StoreViews.md` promises, with their columns.
  private static func promised() throws -> [(view: String, columns: [String])] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Documentation/StoreViews.md"), encoding: .utf8)
    var views: [(String, [String])] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("#"), let name = line.split(separator: "`").dropFirst().first, line.contains("`") {
        views.append((String(name), []))
      } else if line.hasPrefix("| `"), let names = line.split(separator: "|").first, !views.isEmpty {
        views[views.count - 1].1 += names.split(separator: "`").filter {
          !$0.contains(" ") && !$0.contains(",")
        }.map(String.init)
      }
    }
    return views
  }

  @Test("Every view that is documented exists, and has the columns that are promised")
  func columns() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    _ = try EvidenceStore(path: path, access: .create)
    let queue = try DatabaseQueue(path: path)
    let promised = try Self.promised()
    #expect(promised.count >= 18)
    for (view, columns) in promised {
      let found = try queue.read { db in try db.columns(in: view).map(\.name) }
      for column in columns { #expect(found.contains(column), "\(view).\(column)") }
    }
  }

  @Test("Every view can be read, and is empty in a new store")
  func empty() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    _ = try EvidenceStore(path: path, access: .create)
    try DatabaseQueue(path: path).read { db in
      for view in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'") {
        #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM \(view)") == 0, "\(view)")
      }
    }
  }
}
