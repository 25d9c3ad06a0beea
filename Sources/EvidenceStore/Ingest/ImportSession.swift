import CTrailFacts
import Foundation
import GRDB
import IAMIdentifiers
public import TrailFacts

/// One run of `import`: takes batches and files, and commits only where a file ends.
///
/// Whatever moment the program is killed at, the store holds whole files and what follows from them; running the same
/// import again brings the rest and doubles nothing.
public final class ImportSession {
  let db: Database
  let path: String
  let options: ImportOptions
  let dictionaries: Dictionaries
  let shared: SharedCalls
  let rereading: Rereading
  var usage = UsageCounter()
  public internal(set) var tally = ImportTally()

  var uncommitted = 0
  /// Whether reviews no longer speak of all that is here.
  var makesReviewsStale = false
  var isOpen = false
  var newFiles: [[UInt8]: Int64] = [:]
  var nextFileID: Int64
  var unfinished: (path: String, id: Int64, events: Int, records: Int)?
  /// Files that say more than events do, in the order in which they were read; they are stored at the end, together.
  public internal(set) var documents: [FileReading] = []
  /// Files with a row of their own whose documents are still to be stored; until then they count as not read.
  private var awaited: Set<[UInt8]> = []
  /// Snapshots that were not read again although they were named.
  public internal(set) var knownSnapshots: [String] = []
  /// Other documents that were not read again although they were named.
  public internal(set) var knownDocuments: [String] = []

  let insertEvent, insertEntry, insertParameter, insertName, insertDay, upsertUsage: RawStatement
  let insertFile, insertPath, insertProblem, findFile: RawStatement

  init(_ db: Database, path: String, options: ImportOptions) throws {
    self.db = db
    self.path = path
    self.options = options
    dictionaries = try Dictionaries(db)
    shared = try SharedCalls(db)
    rereading = try Rereading(db, extraction: options.extraction)
    nextFileID = (try Int64.fetchOne(db, sql: "SELECT max(id) FROM source_file") ?? 0) + 1
    insertEvent = try RawStatement(
      db,
      """
      INSERT OR IGNORE INTO event(time, uuid, shared, call, session, place, context, error, shape, resources, file, record)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertEntry = try RawStatement(db, "INSERT OR IGNORE INTO entry VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
    insertParameter = try RawStatement(db, "INSERT OR IGNORE INTO event_parameter VALUES(?, ?, ?, ?)")
    insertName = try RawStatement(
      db,
      """
      INSERT INTO principal_name VALUES(?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)
      """)
    insertDay = try RawStatement(db, "INSERT OR IGNORE INTO file_day VALUES(?, ?, ?, ?)")
    upsertUsage = try RawStatement(db, UsageCounter.upsert)
    insertFile = try RawStatement(
      db,
      """
      INSERT INTO source_file(
        id, sha256, content_sha256, extraction, kind, bytes, content_bytes, declared_complete, account, taken_at, records,
        new_events, duplicates, not_events, first_event, last_event, problems_left_out)
      VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertPath = try RawStatement(db, "INSERT OR IGNORE INTO source_file_path VALUES(?, ?, ?, ?)")
    insertProblem = try RawStatement(db, "INSERT INTO file_problem VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
    findFile = try RawStatement(db, "SELECT id FROM source_file WHERE sha256 = ?")
  }

  // MARK: - Batches

  /// Writes a batch. Commits where enough has come together and a file ends.
  ///
  /// - Throws: `StoreError`; what was not committed is then gone, and the same import can be run again.
  public func add(_ batch: EventBatch) throws(StoreError) {
    do {
      try begin()
      try write(batch)
      if batch.endsFile, uncommitted >= options.eventsInTransaction { try commit() }
    } catch {
      throw StoreError(error, path: path)
    }
  }

  func begin() throws {
    guard !isOpen else { return }
    try db.execute(sql: "BEGIN IMMEDIATE")
    isOpen = true
  }

  func commit() throws {
    guard isOpen else { return }
    try markReviews()
    try usage.flush(into: upsertUsage)
    tally.joined += try shared.settle(db)
    try db.execute(sql: "COMMIT")
    isOpen = false
    uncommitted = 0
  }

  /// Says of all reviews that something came after them, where it did.
  func markReviews() throws {
    guard makesReviewsStale else { return }
    try db.execute(sql: "UPDATE review SET is_stale = 1")
    makesReviewsStale = false
  }

  /// Remembers that something came on which reviews rest.
  func noteNews() { makesReviewsStale = true }

  func write(_ batch: EventBatch) throws {
    let facts = batch.facts
    let fileCount = batch.files.count + (batch.endsFile ? 0 : 1)
    var fileIDs: [Int64] = []
    for position in 0..<fileCount {
      let sha256 =
        position < batch.files.count ? batch.files[position].sha256 : batch.unfinished?.sha256
      if position == 0, let unfinished {
        fileIDs.append(unfinished.id)
      } else if let sha256, let known = rereading.id(of: sha256) {
        try rereading.begin(known)
        fileIDs.append(known)
      } else {
        fileIDs.append(nextFileID); nextFileID += 1
      }
    }
    var newEvents = Array(repeating: 0, count: fileCount)
    var newRecords = Array(repeating: 0, count: fileCount)
    try writeEvents(batch, fileIDs: fileIDs, newEvents: &newEvents, newRecords: &newRecords)
    uncommitted += facts.row_count
    if newEvents.contains(where: { $0 > 0 }) { noteNews() }

    for (position, reading) in batch.files.enumerated() {
      var events = newEvents[position]
      if position == 0, let unfinished { events += unfinished.events }
      try finish(reading, id: fileIDs[position], newEvents: events)
    }
    let carried = unfinished
    unfinished = nil
    if let path = batch.unfinished?.path, let last = fileIDs.last {
      let isSame = fileCount == 1 && carried != nil
      unfinished = (
        path, last, (newEvents.last ?? 0) + (isSame ? carried?.events ?? 0 : 0),
        (newRecords.last ?? 0) + (isSame ? carried?.records ?? 0 : 0)
      )
    }
    // The days of files that turned out to be known are their first reading's.
    var local = Dictionaries.Batch(facts)
    for index in 0..<facts.file_day_count {
      let row = facts.file_days[index]
      let position = Int(row.file)
      if position < batch.files.count, let sha256 = batch.files[position].sha256,
        newFiles[sha256] != fileIDs[position]
      {
        continue
      }
      insertDay.bind(1, fileIDs[position])
      insertDay.bind(2, try dictionaries.place(row.place, batch, &local))
      insertDay.bind(3, try dictionaries.text(row.event_kind, batch, &local))
      insertDay.bind(4, Int64(row.day))
      try insertDay.run()
    }
  }

  var touchedDigests: [Int64] = []
  /// The snapshots' files that were named in this run, with one path of each.
  var snapshotPaths: [Int64: String] = [:]

  /// Leaves a file that has a row open until its documents are stored.
  func keepOpen(_ reading: FileReading, id: Int64) throws {
    guard let sha256 = reading.sha256 else { return }
    awaited.insert(sha256)
    documents.append(reading)
    try db.execute(sql: "UPDATE source_file SET extraction = 0 WHERE id = ?", arguments: [id])
  }

  /// Whether a file has a row, and its documents are still to be stored.
  func isAwaited(_ sha256: [UInt8]) -> Bool { awaited.contains(sha256) }

  /// Closes a file of which the documents are stored now.
  func settle(_ reading: FileReading, id: Int64, takenAt: Int64?) throws {
    guard let sha256 = reading.sha256, awaited.remove(sha256) != nil else { return }
    let before = FileKind(
      rawValue: try String.fetchOne(db, sql: "SELECT kind FROM source_file WHERE id = ?", arguments: [id])
        ?? "")
    if let before { tally.files[before, default: 1] -= 1 }
    tally.files[reading.kind, default: 0] += 1
    let known = Set(try FileProblems.of(id, db))
    for problem in reading.problems where !known.contains(problem) { tally.add(problem, path: reading.path) }
    try db.execute(
      sql: "UPDATE source_file SET extraction = ?, kind = ?, taken_at = ? WHERE id = ?",
      arguments: [options.extraction, reading.kind.rawValue, takenAt, id])
    try db.execute(sql: "DELETE FROM file_problem WHERE source_file = ?", arguments: [id])
    try storeProblems(of: reading, id: id)
    noteNews()
  }

  /// The file of this content, where it was stored in this run.
  func newFile(_ sha256: [UInt8]) -> Int64? { newFiles[sha256] }

  // MARK: - The end

  /// Stores the documents and whatever follows from all that was imported, in one transaction.
  ///
  /// - Parameter body: stores documents by the functions of `ImportCompletion`, and makes derived rows.
  public func finish(_ body: (ImportCompletion) throws -> Void) throws(StoreError) {
    do {
      try begin()
      try commit()
      tally.endpointOnly = try shared.endpointOnly(db)
      try db.execute(sql: "BEGIN IMMEDIATE")
      isOpen = true
      let completion = ImportCompletion(db, session: self)
      try body(completion)
      for (path, problem) in try DigestRows.problems(of: touchedDigests, db) {
        tally.add(problem, path: path)
      }
      try markReviews()
      try db.execute(sql: "COMMIT")
      isOpen = false
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// A new file's id, for documents.
  func takeFileID() -> Int64 {
    defer { nextFileID += 1 }
    return nextFileID
  }

  func addToTally(_ problem: ImportProblem, path: String) { tally.add(problem, path: path) }
}
