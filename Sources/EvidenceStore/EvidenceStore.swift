import Foundation
import GRDB
import GRDBSQLite
import IAMIdentifiers

/// The SQLite file that holds everything: what was imported, and what reviews made of it.
///
/// The only module that writes SQL. A store is opened for writing by whoever imports or reviews, and read-only by
/// everybody else; WAL mode lets both go on side by side.
public final class EvidenceStore: Sendable {
  /// The file.
  public let path: String
  let queue: DatabaseQueue

  /// How a store is opened.
  public enum Access: Sendable {
    /// Makes the store where there is none.
    case create
    /// Writes to a store that exists.
    case write
    /// Reads a store that exists, also where its folder cannot be written.
    case read
  }

  /// "AcRv": tells a store from any other SQLite file.
  private static let applicationID: Int32 = 0x4163_5276

  /// Opens the store, and brings its schema up to date where it may write.
  ///
  /// - Throws: `StoreError`.
  public init(path: String, access: Access) throws(StoreError) {
    self.path = path
    let exists = FileManager.default.fileExists(atPath: path)
    if access == .create, !exists {
      // Made before SQLite opens it, so that the log beside it inherits the mode: events are nobody else's business.
      let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 || errno == EEXIST else {
        throw .unwritable(path: path, reason: String(cString: strerror(errno)))
      }
      if descriptor >= 0 { Foundation.close(descriptor) }
    } else if !exists {
      throw .missing(path: path)
    }
    do {
      queue = try EvidenceStore.connect(path, access: access)
      try EvidenceStore.prepare(queue, path: path, access: access)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(error, path: path)
    }
  }

  private static func connect(_ path: String, access: Access) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = access == .read
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(10)
    configuration.label = "accessreview"
    if access == .read {
      // A store in WAL mode needs its log's index, which cannot be made in a folder that cannot be written.
      let folder = (path as NSString).deletingLastPathComponent
      let isClosed = !FileManager.default.fileExists(atPath: path + "-wal")
      if isClosed, !FileManager.default.isWritableFile(atPath: folder.isEmpty ? "." : folder) {
        let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
        return try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration)
      }
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  private static func prepare(_ queue: DatabaseQueue, path: String, access: Access) throws {
    let isEmpty = try queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    }
    let id = try queue.read { db in try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0 }
    guard id == applicationID || (isEmpty && id == 0 && access == .create) else {
      throw StoreError.notAStore(path: path)
    }
    let migrator = EvidenceStore.migrator
    if try queue.read(migrator.hasBeenSuperseded) {
      let all = try queue.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") }
      let newest = Set(all).subtracting(migrator.migrations).max() ?? "another schema"
      throw StoreError.newerSchema(path: path, version: newest)
    }
    guard access != .read else { return }
    if isEmpty {
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA application_id = \(applicationID)")
      }
    }
    try queue.writeWithoutTransaction { db in
      // A log that grew in a large import is cut back, and memory serves the sorted inserts.
      try db.execute(
        sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")
      try db.execute(sql: "PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = OFF")
    }
    try migrator.migrate(queue)
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1", foreignKeyChecks: .immediate) { db in
      for statements in [
        Tables.dictionaries, Tables.trails, Tables.snapshots, Tables.derived, Tables.reviews,
      ] {
        try db.execute(sql: statements)
      }
      for view in Views.ofFirstTables { try db.execute(sql: view) }
    }
    migrator.registerMigration("2", foreignKeyChecks: .immediate) { db in
      try db.execute(sql: Tables.catalogue)
    }
    migrator.registerMigration("3", foreignKeyChecks: .immediate) { db in
      try db.execute(sql: Tables.answers)
      // Files of which nothing was known are looked at once more: more kinds are known now.
      try db.execute(sql: "UPDATE source_file SET extraction = 0 WHERE kind = 'unknown'")
      for view in Views.policies { try db.execute(sql: view) }
      // Of files with several kinds of content the events may be a selection too.
      try db.execute(sql: "DROP VIEW source_files")
      if let view = Views.files.first { try db.execute(sql: view) }
    }
    migrator.registerMigration("4", foreignKeyChecks: .immediate) { db in
      try db.execute(sql: Tables.users)
      try db.execute(sql: "DROP VIEW IF EXISTS granted_actions; DROP VIEW IF EXISTS grant_statements")
      for view in Views.grants + Views.userGrants { try db.execute(sql: view) }
    }
    migrator.registerMigration("5", foreignKeyChecks: .immediate) { db in
      try db.execute(sql: Tables.eventHistory)
      if let view = Views.files.first { try db.execute(sql: view) }
    }
    migrator.registerMigration("6", foreignKeyChecks: .immediate) { db in
      for view in Views.answers { try db.execute(sql: view) }
    }
    return migrator
  }

  /// Runs statements that only read.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.read(body)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Runs statements in one transaction.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.write(body)
    } catch {
      throw StoreError(error, path: path)
    }
  }
}

extension StoreError {
  init(_ error: any Error, path: String) {
    if let error = error as? StoreError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self = .failed(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? "SQLite result \(error.resultCode.rawValue)"
    self =
      switch error.resultCode {
      case .SQLITE_NOTADB: .notAStore(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_READONLY, .SQLITE_PERM: .unwritable(path: path, reason: reason)
      case .SQLITE_CANTOPEN: .unreadable(path: path, reason: reason)
      case .SQLITE_CORRUPT: .damaged(path: path, reason: reason)
      default: .failed(path: path, reason: reason)
      }
  }
}
