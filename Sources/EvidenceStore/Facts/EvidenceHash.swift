import ContentHash
import Foundation
import GRDB
import GRDBSQLite

/// What a review rests on, in one hash.
enum EvidenceHash {
  static func of(_ db: Database) throws -> String {
    let hasher = ContentHasher()
    // In the order of the primary key: by time, and then by id.
    let events = try db.makeStatement(sql: "SELECT uuid FROM event ORDER BY time, uuid")
    let raw = events.sqliteStatement
    var code = sqlite3_step(raw)
    while code == SQLITE_ROW {
      let bytes = sqlite3_column_blob(raw, 0)
      hasher.add(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(raw, 0))))
      code = sqlite3_step(raw)
    }
    sqlite3_reset(raw)
    guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    let documents = try String.fetchAll(
      db,
      sql: """
        SELECT 'snapshot ' || s.account || ' ' || s.taken_at || ' ' || lower(hex(s.content_sha256)) FROM snapshot s
        UNION SELECT f.kind || ' ' || coalesce(f.taken_at, '') || ' ' || lower(hex(f.content_sha256)) FROM source_file f
          WHERE f.id IN (SELECT source_file FROM trail_configuration UNION SELECT source_file FROM organisation_document)
        UNION SELECT 'answer ' || json_array(a.call, a.account, a.region, a.resource, a.filter, a.taken_at, a.is_complete,
            a.outcome, a.error_code) || ' ' || lower(hex(d.sha256))
          FROM answer a JOIN document d ON d.id = a.document
        ORDER BY 1
        """)
    for line in documents { hasher.add(line + "\n") }
    return hasher.finish().description
  }
}
