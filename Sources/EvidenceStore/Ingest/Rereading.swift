import Foundation
import GRDB

/// Files that an older version of the extraction read, and the events that they brought: what a newer version reads of
/// them takes the place of what is there.
///
/// Whatever is read of an event's own file counts; another file's record of the same event only where the own one has not
/// come again in this run. An event's time and id, and the group that it shares, are no matter of the extraction.
final class Rereading {
  private var ids: [[UInt8]: Int64] = [:]
  private var begun: Set<Int64> = []
  private var ended: Set<Int64> = []

  private let isOlder, update, countParameters, clearParameters, clearEntry, updateEntry: RawStatement
  private let clearDays, forget: RawStatement

  init(_ db: Database, extraction: Int) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS older_file(id INTEGER PRIMARY KEY) STRICT;
        DELETE FROM temp.older_file;
        """)
    try db.execute(
      sql: "INSERT INTO temp.older_file SELECT id FROM source_file WHERE extraction < ?",
      arguments: [extraction])
    let rows = try Row.fetchCursor(
      db, sql: "SELECT sha256, id FROM source_file WHERE extraction < ?", arguments: [extraction])
    while let row = try rows.next() {
      let sha256: Data = row[0]
      ids[Array(sha256)] = row[1]
    }
    let event = "time = ?1 AND uuid = ?2"
    isOlder = try RawStatement(
      db,
      "SELECT 1 FROM event WHERE \(event) AND (file = ?3 OR file IN (SELECT id FROM temp.older_file))")
    update = try RawStatement(
      db,
      """
      UPDATE event SET call = ?3, session = ?4, place = ?5, context = ?6, error = ?7, shape = ?8, resources = ?9
      WHERE \(event) AND (call, session, place, context, error, shape, resources) IS NOT (?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """)
    countParameters = try RawStatement(db, "SELECT count(*) FROM event_parameter WHERE \(event)")
    clearParameters = try RawStatement(db, "DELETE FROM event_parameter WHERE \(event)")
    clearEntry = try RawStatement(db, "DELETE FROM entry WHERE \(event)")
    updateEntry = try RawStatement(
      db,
      """
      UPDATE entry SET role_id = ?3, role_arn = ?4, name = ?5, issued_key = ?6, external_id = ?7, source_identity = ?8
      WHERE \(event) AND (role_id, role_arn, name, issued_key, external_id, source_identity) IS NOT (?3, ?4, ?5, ?6, ?7, ?8)
      """)
    clearDays = try RawStatement(db, "DELETE FROM file_day WHERE source_file = ?")
    forget = try RawStatement(db, "DELETE FROM temp.older_file WHERE id = ?")
  }

  /// Whether there is nothing to do.
  var isEmpty: Bool { ids.isEmpty }

  /// The row of a file that is to be read again; nil for every other content.
  func id(of sha256: [UInt8]) -> Int64? { ids.isEmpty ? nil : ids[sha256] }

  /// Takes up a file whose records now come. What follows from its records by day is made again.
  func begin(_ id: Int64) throws {
    guard begun.insert(id).inserted else { return }
    clearDays.bind(1, id)
    try clearDays.run()
    forget.bind(1, id)
    try forget.run()
  }

  /// Whether a file has begun and not ended; it then ends.
  func end(_ id: Int64) -> Bool { begun.contains(id) && ended.insert(id).inserted }

  /// Whether a record that a file brings is to take the place of what is stored of its event. The bindings set time and
  /// id, parameters 1 and 2.
  func replaces(file: Int64, bind: (RawStatement) -> Void) throws -> Bool {
    bind(isOlder)
    isOlder.bind(3, begun.contains(file) ? file : -1)
    return try isOlder.integer() != nil
  }

  /// The columns of an event that are a matter of the extraction.
  struct Columns {
    let call, session, place, context, error, shape, resources: Int64
  }

  /// True where something changed.
  func replace(_ columns: Columns, bind: (RawStatement) -> Void) throws -> Bool {
    bind(update)
    update.bind(3, columns.call)
    update.bind(4, columns.session)
    update.bind(5, columns.place)
    update.bind(6, columns.context)
    update.bind(7, columns.error)
    update.bind(8, columns.shape)
    update.bind(9, columns.resources)
    return try update.run()
  }

  /// Leaves an event with the parameters that `insert` writes, which is told whether to write them all anew and gives how
  /// many of them are different. True where something changed.
  func replaceParameters(bind: (RawStatement) -> Void, insert: () throws -> (added: Int, count: Int)) throws
    -> Bool
  {
    let (added, count) = try insert()
    bind(countParameters)
    guard try countParameters.integer() ?? 0 > count else { return added > 0 }
    bind(clearParameters)
    try clearParameters.run()
    _ = try insert()
    return true
  }

  /// Leaves an event with this entry, or none. True where something changed.
  func replaceEntry(
    bind: (RawStatement) -> Void, values: ((RawStatement) -> Void)?, insert: () throws -> Bool
  ) throws -> Bool {
    guard let values else {
      bind(clearEntry)
      return try clearEntry.run()
    }
    if try insert() { return true }
    bind(updateEntry)
    values(updateEntry)
    return try updateEntry.run()
  }
}
