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
  /// Names the rules by which facts are taken out of events; a file read by older rules is read again.
  static let extraction = 1

  private let db: Database
  private let path: String
  private let options: ImportOptions
  private let dictionaries: Dictionaries
  private let shared: SharedCalls
  private var usage = UsageCounter()
  public private(set) var tally = ImportTally()

  private var uncommitted = 0
  /// Whether reviews no longer speak of all that is here.
  private var makesReviewsStale = false
  private var isOpen = false
  private var newFiles: [[UInt8]: Int64] = [:]
  private var nextFileID: Int64
  private var unfinished: (path: String, id: Int64, events: Int, records: Int)?
  /// Files that say more than events do, in the order in which they were read; they are stored at the end, together.
  public private(set) var documents: [FileReading] = []
  /// Snapshots that were not read again although they were named.
  public private(set) var knownSnapshots: [String] = []

  private let insertEvent, insertEntry, insertParameter, insertName, insertDay, upsertUsage: RawStatement
  private let insertFile, insertPath, insertProblem, findFile: RawStatement

  init(_ db: Database, path: String, options: ImportOptions) throws {
    self.db = db
    self.path = path
    self.options = options
    dictionaries = try Dictionaries(db)
    shared = try SharedCalls(db)
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

  private func begin() throws {
    guard !isOpen else { return }
    try db.execute(sql: "BEGIN IMMEDIATE")
    isOpen = true
  }

  private func commit() throws {
    guard isOpen else { return }
    try markReviews()
    try usage.flush(into: upsertUsage)
    tally.joined += try shared.settle(db)
    try db.execute(sql: "COMMIT")
    isOpen = false
    uncommitted = 0
  }

  /// Says of all reviews that something came after them, where it did.
  private func markReviews() throws {
    guard makesReviewsStale else { return }
    try db.execute(sql: "UPDATE review SET is_stale = 1")
    makesReviewsStale = false
  }

  /// Remembers that something came on which reviews rest.
  func noteNews() { makesReviewsStale = true }

  private func write(_ batch: EventBatch) throws {
    let facts = batch.facts
    let fileCount = batch.files.count + (batch.endsFile ? 0 : 1)
    var fileIDs: [Int64] = []
    for position in 0..<fileCount {
      if position == 0, let unfinished {
        fileIDs.append(unfinished.id)
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
    if let path = batch.unfinishedPath, let last = fileIDs.last {
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

  private func writeEvents(
    _ batch: EventBatch, fileIDs: [Int64], newEvents: inout [Int], newRecords: inout [Int]
  ) throws {
    let facts = batch.facts
    var local = Dictionaries.Batch(facts)
    // When each session was seen in this batch: names of principals follow from it.
    var seen: [(first: Int64, last: Int64)] = Array(repeating: (.max, .min), count: facts.session_count)
    for index in 0..<facts.row_count {
      let position = facts.order[index]
      let row = facts.rows + Int(position)
      let file = Int(row.pointee.file)
      newRecords[file] += 1
      let call = try dictionaries.call(row.pointee.call, batch, &local)
      let session = try dictionaries.session(row.pointee.session, batch, &local)
      let place = try dictionaries.place(row.pointee.place, batch, &local)
      let context = try dictionaries.context(row.pointee.context, batch, &local)
      let error = try dictionaries.error(row.pointee.error, batch, &local)
      let shape = try dictionaries.shape(row.pointee.shape, batch, &local)
      insertEvent.bind(1, row.pointee.time)
      bindID(insertEvent, 2, row, batch)
      bindShared(insertEvent, 3, row, batch)
      insertEvent.bind(4, call)
      insertEvent.bind(5, session)
      insertEvent.bind(6, place)
      insertEvent.bind(7, context)
      insertEvent.bind(8, error)
      insertEvent.bind(9, shape)
      insertEvent.bind(10, try dictionaries.resourceSet(row.pointee.resource_set, batch, &local))
      insertEvent.bind(11, fileIDs[file])
      insertEvent.bind(12, Int64(row.pointee.record))
      guard try insertEvent.run() else { continue }
      newEvents[file] += 1
      let time = row.pointee.time
      let times = seen[Int(row.pointee.session)]
      seen[Int(row.pointee.session)] = (min(times.first, time), max(times.last, time))
      if row.pointee.has_shared != 0 {
        try shared.touch(time: row.pointee.time) { bindShared($0, 1, row, batch) }
      } else {
        let principal = try dictionaries.principal(
          facts.sessions[Int(row.pointee.session)].principal, batch, &local)
        let via = try dictionaries.text(facts.contexts[Int(row.pointee.context)].via, batch, &local)
        usage.add(
          UsageCounter.Key(
            day: Int32(time / 86_400), principal: Int32(principal), call: Int32(call), place: Int32(place),
            via: Int32(via), error: Int32(error), shape: Int32(shape)), time: time)
      }
      if batch.isEndpointEvent(row.pointee.call) {
        try shared.noteEndpointEvent {
          $0.bind(1, time)
          bindID($0, 2, row, batch)
        }
      }
      if row.pointee.entry > 0 { try writeEntry(row, batch) }
      for parameter in 0..<Int(row.pointee.parameter_count) {
        let parameter = facts.parameters[Int(row.pointee.first_parameter) + parameter]
        insertParameter.bind(1, time)
        bindID(insertParameter, 2, row, batch)
        insertParameter.bind(3, try dictionaries.path(parameter.path, batch, &local))
        insertParameter.bind(4, batch.bytes(parameter.value))
        try insertParameter.run()
      }
    }
    try writeNames(seen, batch, &local)
  }

  /// Notes when principals went by which name. A batch's many sessions go by few.
  private func writeNames(
    _ seen: [(first: Int64, last: Int64)], _ batch: EventBatch, _ local: inout Dictionaries.Batch
  ) throws {
    struct Name: Hashable {
      let principal, arn, account: UInt32
    }
    var positions: [Name: Int] = [:]
    var names: [(name: Name, first: Int64, last: Int64)] = []
    for (position, times) in seen.enumerated() where times.first <= times.last {
      let session = batch.facts.sessions[position]
      guard session.arn != 0 else { continue }
      let name = Name(principal: session.principal, arn: session.arn, account: session.account)
      if let known = positions[name] {
        names[known].first = min(names[known].first, times.first)
        names[known].last = max(names[known].last, times.last)
      } else {
        positions[name] = names.count
        names.append((name, times.first, times.last))
      }
    }
    for (name, first, last) in names {
      insertName.bind(1, try dictionaries.principal(name.principal, batch, &local))
      insertName.bind(2, batch.bytes(name.arn))
      insertName.bind(3, batch.bytes(name.account))
      insertName.bind(4, first)
      insertName.bind(5, last)
      try insertName.run()
    }
  }

  private func writeEntry(_ row: UnsafePointer<tf_row>, _ batch: EventBatch) throws {
    let entry = batch.facts.entries[Int(row.pointee.entry) - 1]
    insertEntry.bind(1, row.pointee.time)
    bindID(insertEntry, 2, row, batch)
    insertEntry.bind(3, batch.bytes(entry.role_id))
    insertEntry.bind(4, batch.bytes(entry.role_arn))
    insertEntry.bind(5, batch.bytes(entry.name))
    insertEntry.bind(6, batch.bytes(entry.issued_key))
    insertEntry.bind(7, batch.bytes(entry.external_id))
    insertEntry.bind(8, batch.bytes(entry.source_identity))
    try insertEntry.run()
  }

  private func bindID(
    _ statement: RawStatement, _ index: Int32, _ row: UnsafePointer<tf_row>, _ batch: EventBatch
  ) {
    if row.pointee.id_text != 0 {
      statement.bind(index, batch.string(row.pointee.id_text))
    } else {
      statement.bind(index, stableBlob: UnsafeRawPointer(row) + ImportSession.idOffset, count: 16)
    }
  }

  private func bindShared(
    _ statement: RawStatement, _ index: Int32, _ row: UnsafePointer<tf_row>, _ batch: EventBatch
  ) {
    if row.pointee.has_shared == 0 {
      statement.bindNull(index)
    } else if row.pointee.shared_text != 0 {
      statement.bind(index, batch.string(row.pointee.shared_text))
    } else {
      statement.bind(index, stableBlob: UnsafeRawPointer(row) + ImportSession.sharedOffset, count: 16)
    }
  }

  private static let idOffset = MemoryLayout<tf_row>.offset(of: \.id) ?? 0
  private static let sharedOffset = MemoryLayout<tf_row>.offset(of: \.shared) ?? 0

  // MARK: - Files

  private func finish(_ reading: FileReading, id: Int64, newEvents: Int) throws {
    guard let sha256 = reading.sha256 else {
      tally.files[reading.kind, default: 0] += 1
      for problem in reading.problems { tally.add(problem, path: reading.path) }
      return
    }
    findFile.bind(1, blob: sha256)
    if let known = try newFiles[sha256] ?? findFile.integer() {
      try recount(reading, known: known)
      return
    }
    if reading.document != nil {
      // Whether it is a snapshot, a configuration or nothing known is told by whoever reads documents.
      documents.append(reading)
      return
    }
    try store(reading, id: id, newEvents: newEvents, takenAt: nil)
    if let digest = reading.digest { try store(digest, id: id) }
  }

  /// Makes the row of a file, and counts it.
  func store(_ reading: FileReading, id: Int64, newEvents: Int, takenAt: Int64?) throws {
    guard let sha256 = reading.sha256 else { return }
    newFiles[sha256] = id
    // Without any new event a file may still cover a day.
    if ![.insight, .neighbour, .unknown].contains(reading.kind) { noteNews() }
    if reading.kind == .snapshot { snapshotPaths[id] = reading.path }
    insertFile.bind(1, id)
    insertFile.bind(2, blob: sha256)
    insertFile.bind(3, blob: reading.contentSHA256)
    insertFile.bind(4, ImportSession.extraction)
    insertFile.bind(5, reading.kind.rawValue)
    insertFile.bind(6, reading.bytes)
    insertFile.bind(7, reading.contentBytes)
    insertFile.bind(8, options.declaresComplete ? 1 : 0)
    insertFile.bind(9, reading.account)
    insertFile.bind(10, takenAt)
    insertFile.bind(11, reading.records)
    insertFile.bind(12, newEvents)
    insertFile.bind(13, reading.records - newEvents)
    insertFile.bind(14, reading.notEvents)
    insertFile.bind(15, reading.firstTime)
    insertFile.bind(16, reading.lastTime)
    insertFile.bind(17, reading.problemsLeftOut)
    try insertFile.run()
    for (ordinal, problem) in reading.problems.enumerated() {
      insertProblem.bind(1, id)
      insertProblem.bind(2, ordinal)
      insertProblem.bind(3, problem.record.map(Int64.init))
      insertProblem.bind(4, problem.byteOffset.map(Int64.init))
      insertProblem.bind(5, problem.code)
      insertProblem.bind(6, problem.severity.rawValue)
      insertProblem.bind(7, problem.problem)
      insertProblem.bind(8, problem.remedy)
      try insertProblem.run()
    }
    try storePath(reading.path, id: id)
    tally.files[reading.kind, default: 0] += 1
    tally.records += reading.records
    tally.events += newEvents
    tally.duplicates += reading.records - newEvents
    tally.notEvents += reading.notEvents
    tally.contentBytes += reading.contentBytes
    tally.problemsLeftOut += reading.problemsLeftOut
    for problem in reading.problems { tally.add(problem, path: reading.path) }
  }

  private func storePath(_ path: String, id: Int64) throws {
    insertPath.bind(1, path)
    insertPath.bind(2, id)
    insertPath.bind(3, path.split(separator: "/").last.map(String.init) ?? path)
    let account = options.deliveredAccount(path)
    insertPath.bind(4, account)
    // By CloudTrail's name a selection becomes a delivery.
    if try insertPath.run(), account != nil { noteNews() }
  }

  /// A file whose content is in the store already: its records count as duplicates, its problems are told again.
  func recount(_ reading: FileReading, known id: Int64) throws {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT kind, records, not_events, problems_left_out FROM source_file WHERE id = ?",
        arguments: [id])
    else { return }
    let kind = FileKind(rawValue: row["kind"]) ?? .unknown
    let records: Int = row["records"]
    tally.files[kind, default: 0] += 1
    tally.filesKnown += 1
    tally.records += records
    tally.duplicates += records
    tally.notEvents += row["not_events"] as Int
    tally.problemsLeftOut += row["problems_left_out"] as Int
    for problem in try FileProblems.of(id, db) { tally.add(problem, path: reading.path) }
    try storePath(reading.path, id: id)
    if options.declaresComplete {
      try db.execute(
        sql: "UPDATE source_file SET declared_complete = 1 WHERE id = ? AND declared_complete = 0",
        arguments: [id])
      if db.changesCount > 0 { noteNews() }
    }
    if kind == .snapshot {
      knownSnapshots.append(reading.path)
      if snapshotPaths[id] == nil { snapshotPaths[id] = reading.path }
    }
    if kind == .digest { touchedDigests.append(id) }
  }

  private var touchedDigests: [Int64] = []
  /// The snapshots' files that were named in this run, with one path of each.
  private(set) var snapshotPaths: [Int64: String] = [:]

  /// The file of this content, where it was stored in this run.
  func newFile(_ sha256: [UInt8]) -> Int64? { newFiles[sha256] }

  private func store(_ listing: DigestListing, id: Int64) throws {
    touchedDigests.append(id)
    try DigestRows.insert(listing, id: id, db)
  }

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

/// How an import is to be done.
public struct ImportOptions: Sendable {
  /// Whether the user declared the trails to be whole deliveries.
  public let declaresComplete: Bool
  /// The account in a path of the form in which CloudTrail delivers; nil for other paths.
  public let deliveredAccount: @Sendable (_ path: String) -> String?
  /// Events after which a transaction is committed: fewer commits are faster, and lose more to a kill.
  public let eventsInTransaction: Int

  public init(
    declaresComplete: Bool, eventsInTransaction: Int? = nil,
    deliveredAccount: @escaping @Sendable (_ path: String) -> String?
  ) {
    self.declaresComplete = declaresComplete
    self.eventsInTransaction = eventsInTransaction ?? 150_000
    self.deliveredAccount = deliveredAccount
  }
}

extension EventBatch {
  /// Whether a kind of call was seen at a VPC endpoint.
  fileprivate func isEndpointEvent(_ call: UInt32) -> Bool {
    let type = facts.strings[Int(facts.calls[Int(call)].type)]
    guard type.length >= 12 else { return false }
    return UnsafeRawBufferPointer(start: type.bytes, count: 12).elementsEqual("AwsVpceEvent".utf8)
  }
}
