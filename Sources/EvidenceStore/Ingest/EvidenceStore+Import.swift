import Foundation
import GRDB

extension EvidenceStore {
  /// Hashes of all contents that this version of the extraction, or a newer one, has read.
  public func knownContents(extraction: Int) throws(StoreError) -> Set<[UInt8]> {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT sha256 FROM source_file WHERE extraction >= ?", arguments: [extraction]
      )
      var known: Set<[UInt8]> = []
      while let row = try rows.next() {
        let data: Data = row[0]
        known.insert(Array(data))
      }
      return known
    }
  }

  /// Runs an import: the body adds batches to the session and ends with its `finish`.
  ///
  /// - Throws: `StoreError`; also where the body throws another error.
  public func importing<Value>(_ options: ImportOptions, _ body: (ImportSession) throws -> Value)
    throws(StoreError)
    -> Value
  {
    do {
      return try queue.writeWithoutTransaction { db in
        defer { if db.isInsideTransaction { try? db.execute(sql: "ROLLBACK") } }
        return try body(try ImportSession(db, path: path, options: options))
      }
    } catch {
      throw StoreError(error, path: path)
    }
  }
}
