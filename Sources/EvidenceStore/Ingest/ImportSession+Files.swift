import GRDB
import TrailFacts

/// The rows of files.
extension ImportSession {
  /// Settles a file whose events are written: stores its row, or counts it again where its content is known.
  func finish(_ reading: FileReading, id: Int64, newEvents: Int) throws {
    guard let sha256 = reading.sha256 else {
      tally.files[reading.kind, default: 0] += 1
      for problem in reading.problems { tally.add(problem, path: reading.path) }
      return
    }
    findFile.bind(1, blob: sha256)
    if let known = try newFiles[sha256] ?? findFile.integer() {
      if rereading.end(known) {
        try storeAgain(reading, id: known, newEvents: newEvents)
      } else {
        try recount(reading, known: known)
      }
      return
    }
    if reading.document != nil, reading.records == 0 {
      // Whether it is a snapshot, a configuration or nothing known is told by whoever reads documents.
      documents.append(reading)
      return
    }
    try store(reading, id: id, newEvents: newEvents, takenAt: nil)
    if let digest = reading.digest { try store(digest, id: id) }
    if reading.document != nil { try keepOpen(reading, id: id) }
  }

  /// What a file is of which the documents are to be read once more; nil for every other file.
  private func kindToReadAgain(_ id: Int64) throws -> FileKind? {
    let sql = "SELECT kind FROM source_file WHERE id = ? AND (extraction = 0 OR kind = ?)"
    let kind = try String.fetchOne(db, sql: sql, arguments: [id, FileKind.unknown.rawValue])
    return kind.map { FileKind(rawValue: $0) ?? .unknown }
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
    insertFile.bind(4, options.extraction)
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
    try storeProblems(of: reading, id: id)
    try storePath(reading.path, id: id)
    count(reading, newEvents: newEvents)
  }

  func storeProblems(of reading: FileReading, id: Int64) throws {
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
  }

  private func count(_ reading: FileReading, newEvents: Int) {
    tally.files[reading.kind, default: 0] += 1
    tally.records += reading.records
    tally.events += newEvents
    tally.duplicates += reading.records - newEvents
    tally.notEvents += reading.notEvents
    tally.contentBytes += reading.contentBytes
    tally.problemsLeftOut += reading.problemsLeftOut
    for problem in reading.problems { tally.add(problem, path: reading.path) }
  }

  /// Settles a file that an older extraction had read: what is said of it is what this one finds.
  private func storeAgain(_ reading: FileReading, id: Int64, newEvents: Int) throws {
    guard let sha256 = reading.sha256 else { return }
    if reading.document != nil, reading.records == 0 {
      if let kind = try kindToReadAgain(id) {
        // An older release did not know what this one may read of it.
        tally.files[kind, default: 0] += 1
        tally.contentBytes += reading.contentBytes
        newFiles[sha256] = id
        try storePath(reading.path, id: id)
        try keepOpen(reading, id: id)
        return
      }
      // Documents are no matter of the extraction.
      try recount(reading, known: id)
      try db.execute(
        sql: "UPDATE source_file SET extraction = ? WHERE id = ?", arguments: [options.extraction, id])
      return
    }
    newFiles[sha256] = id
    if newEvents > 0 { noteNews() }
    try db.execute(
      sql: """
        UPDATE source_file SET extraction = ?, kind = ?, account = ?, records = ?, new_events = new_events + ?,
          duplicates = ? - new_events - ?, not_events = ?, first_event = ?, last_event = ?, problems_left_out = ?
        WHERE id = ?
        """,
      arguments: [
        options.extraction, reading.kind.rawValue, reading.account, reading.records, newEvents,
        reading.records, newEvents, reading.notEvents, reading.firstTime, reading.lastTime,
        reading.problemsLeftOut, id,
      ])
    try db.execute(sql: "DELETE FROM file_problem WHERE source_file = ?", arguments: [id])
    try storeProblems(of: reading, id: id)
    try storePath(reading.path, id: id)
    try declareComplete(id)
    if let digest = reading.digest {
      try db.execute(sql: "DELETE FROM digest_file WHERE digest = ?", arguments: [id])
      try db.execute(sql: "DELETE FROM digest WHERE source_file = ?", arguments: [id])
      try store(digest, id: id)
    }
    count(reading, newEvents: newEvents)
    if reading.document != nil { try keepOpen(reading, id: id) }
  }

  private func declareComplete(_ id: Int64) throws {
    guard options.declaresComplete else { return }
    try db.execute(
      sql: "UPDATE source_file SET declared_complete = 1 WHERE id = ? AND declared_complete = 0",
      arguments: [id])
    if db.changesCount > 0 { noteNews() }
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
    try declareComplete(id)
    switch kind {
    case .snapshot:
      knownSnapshots.append(reading.path)
      if snapshotPaths[id] == nil { snapshotPaths[id] = reading.path }
    case .trailConfiguration, .organisation, .resourcePolicies, .keyGrants, .credentialReport, .lastAccessed,
      .identityCenter, .collection:
      knownDocuments.append(reading.path)
    case .digest: touchedDigests.append(id)
    case .trail, .insight, .neighbour, .unknown: break
    }
  }

  private func store(_ listing: DigestListing, id: Int64) throws {
    touchedDigests.append(id)
    try DigestRows.insert(listing, id: id, db)
  }
}
