public import ContentHash
import Foundation
import GRDB
public import IAMSnapshot
public import TrailFacts

/// The last transaction of an import: documents, and what follows from all facts together.
public final class ImportCompletion {
  let db: Database
  private let session: ImportSession

  init(_ db: Database, session: ImportSession) {
    self.db = db
    self.session = session
  }

  /// Says of all reviews that something came after them.
  func noteNews() { session.noteNews() }

  // MARK: - Documents

  /// Stores the row of a file that holds a document, and gives its id; of a known content the id that it has.
  public func store(_ reading: FileReading, takenAt: Int64?) throws -> Int64 {
    let hash = reading.sha256 ?? []
    if let known = try Int64.fetchOne(
      db, sql: "SELECT id FROM source_file WHERE sha256 = ?", arguments: [hash.data])
    {
      if session.isAwaited(hash) {
        try session.settle(reading, id: known, takenAt: takenAt)
        return known
      }
      // Another copy of what came in this run, unlike a page that is read again for the sake of its fellows.
      if session.newFile(hash) == known { try session.recount(reading, known: known) }
      if let takenAt {
        try db.execute(
          sql: "UPDATE source_file SET taken_at = ? WHERE id = ? AND taken_at IS NOT ?",
          arguments: [takenAt, known, takenAt])
        if db.changesCount > 0 { session.noteNews() }
      }
      return known
    }
    let id = session.takeFileID()
    try session.store(reading, id: id, newEvents: 0, takenAt: takenAt)
    return id
  }

  /// Stores a snapshot that came in some files. In files with answers of calls it may be one of several of its account, at
  /// other times.
  public func store(
    _ snapshot: AccountSnapshot, account: String, takenAt: Int64, basis: String, hash: ContentHash,
    files: [Int64], isOneOfSeveral: Bool
  ) throws {
    try SnapshotWriter(db).store(
      snapshot, account: account, takenAt: takenAt, basis: basis, hash: hash, files: files,
      isOneOfSeveral: isOneOfSeveral)
  }

  /// The snapshots of this run's files of which nobody said when they were taken: one path of each, and the date that
  /// was taken for it, in seconds since 1970 (0 where none stands inside).
  public func snapshotsOfAssumedDate() throws -> [(path: String, date: Int64)] {
    let sql = """
      SELECT s.id, s.taken_at, p.source_file FROM snapshot s
      JOIN snapshot_file p ON p.snapshot = s.id JOIN source_file f ON f.id = p.source_file
      WHERE s.taken_basis = 'content' ORDER BY s.account, s.taken_at, f.sha256
      """
    var seen: Set<Int64> = []
    return try Row.fetchAll(db, sql: sql).compactMap { row in
      guard let path = session.snapshotPaths[row["source_file"]], seen.insert(row["id"]).inserted else {
        return nil
      }
      return (path, row["taken_at"])
    }
  }

  /// Stores a trail configuration as canonical JSON.
  public func storeTrailConfiguration(_ text: String, takenAt: Int64?, file: Int64) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO trail_configuration VALUES(?, ?, ?)", arguments: [file, takenAt, text])
  }

  /// Stores the policies of an organisation as canonical JSON.
  public func storeOrganisationPolicies(_ text: String, takenAt: Int64?, file: Int64) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO organisation_document VALUES(?, ?, ?)", arguments: [file, takenAt, text])
  }

  /// Notes a problem that lies in no stored file.
  public func add(_ problem: ImportProblem, path: String) { session.addToTally(problem, path: path) }

  // MARK: - Facts

  /// The error codes of all events, sorted.
  public func errorCodes() throws -> [String] {
    try String.fetchAll(db, sql: "SELECT DISTINCT code FROM error WHERE code <> '' ORDER BY code")
  }

  /// Calls of which parameters were kept, other than IAM's own and CloudTrail's.
  public func callsWithParameters() throws -> [(source: String, name: String)] {
    let sql = """
      SELECT DISTINCT c.source, c.name FROM event_parameter v
      JOIN event e ON e.time = v.time AND e.uuid = v.uuid JOIN call c ON c.id = e.call ORDER BY 1, 2
      """
    return try Row.fetchAll(db, sql: sql).map { ($0["source"], $0["name"]) }
  }

  /// The paths of all parameters that were kept, sorted. The keys of maps stand in them like any other names.
  public func parameterPaths() throws -> [String] {
    try String.fetchAll(db, sql: "SELECT path FROM parameter_path ORDER BY path")
  }

  /// What decides coverage.
  public func trailRecord() throws -> EvidenceStore.TrailRecord { try TrailRecordRows.all(db) }

  /// What decides who is who.
  public func principalRecord() throws -> EvidenceStore.PrincipalRecord { try PrincipalRecordRows.all(db) }

  /// The snapshots, by account and time.
  public func snapshots() throws -> [StoredSnapshot] { try SnapshotRows.all(db) }

  /// What a snapshot holds.
  public func content(of snapshot: StoredSnapshot) throws -> SnapshotContent {
    try SnapshotRows.content(of: snapshot, db)
  }

  // MARK: - What follows

  /// Replaces the outcomes of error codes.
  public func replaceOutcomes(_ outcomes: [(code: String, outcome: String)]) throws {
    try db.execute(sql: "DELETE FROM error_outcome")
    for row in outcomes {
      try db.execute(sql: "INSERT INTO error_outcome VALUES(?, ?)", arguments: [row.code, row.outcome])
    }
  }

  /// Replaces the places at which calls carry a role.
  public func replacePassParameters(_ rows: [(source: String, name: String, path: String, kind: String)])
    throws
  {
    try db.execute(sql: "DELETE FROM pass_parameter")
    for row in rows {
      try db.execute(
        sql: "INSERT OR IGNORE INTO pass_parameter VALUES(?, ?, ?, ?)",
        arguments: [row.source, row.name, row.path, row.kind])
    }
  }

  /// Replaces coverage.
  public func replaceCoverage(_ days: [CoverageDay]) throws {
    try db.execute(sql: "DELETE FROM coverage_day")
    let insert = try RawStatement(db, "INSERT INTO coverage_day VALUES(?, ?, ?, ?, ?, ?, ?)")
    for day in days {
      insert.bind(1, day.account)
      insert.bind(2, day.region)
      insert.bind(3, day.eventKind)
      insert.bind(4, day.day)
      insert.bind(5, day.state)
      insert.bind(6, day.basis)
      insert.bind(7, day.cause)
      try insert.run()
    }
  }

  /// Replaces who is who, and by which names roles may be meant.
  public func replacePrincipals(_ states: [PrincipalState], aliases: [RoleAlias]) throws {
    try db.execute(sql: "DELETE FROM principal_state; DELETE FROM role_alias")
    for state in states {
      try db.execute(
        sql: """
          INSERT INTO principal_state VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          state.principalID, state.kind, state.account, state.arn, state.name, state.path, state.state,
          state.createdAt,
          state.createdSource, state.deletedAt, state.firstSeen, state.lastSeen, state.iamLastUsed,
          state.iamLastUsedRegion, state.boundaryARN, state.isServiceLinked, state.isIdentityCenter,
          state.tags,
          state.snapshotAt, state.trustPolicySHA256,
        ])
    }
    for alias in aliases {
      try db.execute(
        sql: "INSERT OR IGNORE INTO role_alias VALUES(?, ?, ?, ?, ?)",
        arguments: [alias.account, alias.form, alias.alias, alias.roleID, alias.roleARN])
    }
  }
}

/// Coverage of one kind of event on one day.
public struct CoverageDay: Hashable, Sendable {
  public let account, region, eventKind: String
  /// Days since 1970.
  public let day: Int
  /// `covered`, `quiet`, `partial`, `gap`.
  public let state: String
  /// What it rests on; never a file.
  public let basis: String
  /// Why it is a gap; empty otherwise.
  public let cause: String

  /// Coverage of one day; see the properties.
  public init(
    account: String, region: String, eventKind: String, day: Int, state: String, basis: String, cause: String
  ) {
    self.account = account
    self.region = region
    self.eventKind = eventKind
    self.day = day
    self.state = state
    self.basis = basis
    self.cause = cause
  }
}

/// Who a principal is, as far as events and snapshots tell.
public struct PrincipalState: Hashable, Sendable {
  public var principalID, kind: String
  public var account, arn, name, path: String?
  /// `live`, `deleted`, `unknown`.
  public var state = "unknown"
  public var createdAt: Int64?
  public var createdSource: String?
  public var deletedAt, firstSeen, lastSeen, iamLastUsed: Int64?
  public var iamLastUsedRegion, boundaryARN: String?
  public var isServiceLinked = false
  public var isIdentityCenter = false
  public var tags: String?
  public var snapshotAt: Int64?
  public var trustPolicySHA256: String?

  /// A principal of which nothing but its id and kind is known yet.
  public init(principalID: String, kind: String) {
    self.principalID = principalID
    self.kind = kind
  }
}

/// A name by which a role may be meant in a call's parameters.
public struct RoleAlias: Hashable, Sendable {
  /// The account in which the name means this role.
  public let account: String
  /// `role-arn`, `role-name`, `instance-profile-arn`, `instance-profile-name`.
  public let form: String
  public let alias, roleID, roleARN: String

  /// A name; see the properties.
  public init(account: String, form: String, alias: String, roleID: String, roleARN: String) {
    self.account = account
    self.form = form
    self.alias = alias
    self.roleID = roleID
    self.roleARN = roleARN
  }
}

extension [UInt8] {
  fileprivate var data: DatabaseValue { withUnsafeBytes { Data($0) }.databaseValue }
}
