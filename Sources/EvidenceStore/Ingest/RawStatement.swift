import GRDB
import GRDBSQLite

/// A prepared statement with SQLite's own functions: GRDB's binding of values costs the import a third of its speed.
final class RawStatement {
  private let statement: OpaquePointer
  private let connection: OpaquePointer

  init(_ db: Database, _ sql: String) throws {
    guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)), sql: sql
      )
    }
    statement = prepared
    self.connection = connection
  }

  deinit { sqlite3_finalize(statement) }

  func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(statement, index, value) }
  func bind(_ index: Int32, _ value: Int) { sqlite3_bind_int64(statement, index, Int64(value)) }
  func bindNull(_ index: Int32) { sqlite3_bind_null(statement, index) }

  func bind(_ index: Int32, _ value: Int64?) {
    if let value { bind(index, value) } else { bindNull(index) }
  }

  func bind(_ index: Int32, _ value: String) {
    // SQLite copies the text, which lives no longer than this call.
    sqlite3_bind_text(statement, index, value, Int32(value.utf8.count), RawStatement.transient)
  }

  /// Binds a text in UTF-8 that stays where it is until the statement has run.
  func bind(_ index: Int32, _ text: UnsafeRawBufferPointer) {
    sqlite3_bind_text(
      statement, index, text.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(text.count), nil)
  }

  func bind(_ index: Int32, _ value: String?) {
    if let value { bind(index, value) } else { bindNull(index) }
  }

  func bind(_ index: Int32, blob bytes: UnsafeRawBufferPointer) {
    sqlite3_bind_blob(statement, index, bytes.baseAddress, Int32(bytes.count), RawStatement.transient)
  }

  func bind(_ index: Int32, blob bytes: [UInt8]) {
    bytes.withUnsafeBytes { bind(index, blob: $0) }
  }

  /// Binds bytes that stay where they are until the statement has run.
  func bind(_ index: Int32, stableBlob bytes: UnsafeRawPointer, count: Int32) {
    sqlite3_bind_blob(statement, index, bytes, count, nil)
  }

  /// Runs the statement once; true where it changed a row.
  @discardableResult
  func run() throws -> Bool {
    let code = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard code == SQLITE_DONE || code == SQLITE_ROW else { throw error(code) }
    return sqlite3_changes(connection) > 0
  }

  /// Runs the statement and gives the first column of its first row; nil where there is no row.
  func integer() throws -> Int64? {
    let code = sqlite3_step(statement)
    defer { sqlite3_reset(statement) }
    guard code == SQLITE_ROW || code == SQLITE_DONE else { throw error(code) }
    return code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : nil
  }

  var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(connection) }

  private func error(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code & 0xFF), message: String(cString: sqlite3_errmsg(connection)))
  }

  private static var transient: sqlite3_destructor_type {
    unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }
}
