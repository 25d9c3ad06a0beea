import Foundation
import GRDB

/// What the store keeps to lie over the program's own catalogue of actions.
public struct StoredOverlay: Hashable, Sendable {
  /// In the form that the catalogue writes and reads.
  public let content: [UInt8]
  /// The hash of what it says, whatever the day: 32 bytes.
  public let sha256: [UInt8]
  /// Of when it is, in seconds since 1970; nil where nobody said.
  public let takenAt: Int64?
  /// How many services it has.
  public let services: Int

  /// Made of its parts.
  public init(content: [UInt8], sha256: [UInt8], takenAt: Int64?, services: Int) {
    self.content = content
    self.sha256 = sha256
    self.takenAt = takenAt
    self.services = services
  }
}

extension EvidenceStore {
  /// What became of an overlay that was to be stored.
  public enum OverlayOutcome: Hashable, Sendable {
    /// It is new, or counts again instead of another one.
    case stored
    /// What it says counted already; now it is of another day.
    case dated
    /// It counted already.
    case known
  }

  /// Makes an overlay the one that counts. Reviews that were made with another catalogue are stale from then on.
  public func store(_ overlay: StoredOverlay) throws(StoreError) -> OverlayOutcome {
    try write { db in
      let hash = Data(overlay.sha256)
      let known = try Row.fetchOne(
        db, sql: "SELECT is_current, taken_at FROM catalogue_overlay WHERE sha256 = ?", arguments: [hash])
      let knownDate: Int64? = known?["taken_at"]
      let isCurrent = known.map { $0["is_current"] == 1 } ?? false
      let takenAt = overlay.takenAt ?? knownDate
      if isCurrent, takenAt == knownDate { return .known }
      // The day stands in the content as well: what is known without a new day keeps the content that it has.
      if known == nil || overlay.takenAt != nil {
        try db.execute(
          sql: """
            INSERT INTO catalogue_overlay(sha256, content, taken_at, services, is_current) VALUES(?, ?, ?, ?, 0)
            ON CONFLICT(sha256) DO UPDATE SET content = excluded.content, taken_at = excluded.taken_at
            """, arguments: [hash, Data(overlay.content), takenAt, overlay.services])
      }
      try db.execute(sql: "UPDATE catalogue_overlay SET is_current = (sha256 = ?)", arguments: [hash])
      try db.execute(sql: "UPDATE review SET is_stale = 1")
      return isCurrent ? .dated : .stored
    }
  }

  /// Lets the program's own catalogue count again; false where it did already.
  public func removeOverlay() throws(StoreError) -> Bool {
    try write { db in
      try db.execute(sql: "UPDATE catalogue_overlay SET is_current = 0 WHERE is_current = 1")
      guard db.changesCount > 0 else { return false }
      try db.execute(sql: "UPDATE review SET is_stale = 1")
      return true
    }
  }
}

extension EvidenceReader {
  /// The overlay that counts; nil where it is the program's own catalogue alone.
  public func catalogueOverlay() throws -> StoredOverlay? { try StoredOverlay.current(db) }
}

extension ImportCompletion {
  /// The overlay that counts; nil where it is the program's own catalogue alone.
  public func catalogueOverlay() throws -> StoredOverlay? { try StoredOverlay.current(db) }
}

extension StoredOverlay {
  fileprivate static func current(_ db: Database) throws -> StoredOverlay? {
    // A store that an older release wrote, and that is only read, has no such table.
    guard try db.tableExists("catalogue_overlay") else { return nil }
    let row = try Row.fetchOne(
      db, sql: "SELECT content, sha256, taken_at, services FROM catalogue_overlay WHERE is_current = 1")
    guard let row else { return nil }
    let (content, hash): (Data, Data) = (row["content"], row["sha256"])
    return StoredOverlay(
      content: Array(content), sha256: Array(hash), takenAt: row["taken_at"], services: row["services"])
  }
}
