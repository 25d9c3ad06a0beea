import ContentHash
import Foundation
import GRDB
import IAMIdentifiers
public import IAMSnapshot

/// Answers of calls as rows.
enum AnswerRows {
  static func insert(_ answer: CallAnswer, takenAt: Int64?, file: Int64, _ db: Database) throws -> Bool {
    var content = RawPolicy(canonicalText: "", isJSON: false)
    let outcome: String
    var code = ""
    switch answer.outcome {
    case .given(let given): (outcome, content) = ("given", given)
    case .none(let why): (outcome, code) = ("none", why)
    case .refused(let why): (outcome, code) = ("refused", why)
    }
    let row: [any DatabaseValueConvertible] = [
      answer.call.rawValue, answer.account?.description ?? "", answer.region ?? "", answer.resource ?? "",
      answer.filter ?? "", takenAt ?? 0, answer.isComplete, outcome, code, try document(content, db),
    ]
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO answer(call, account, region, resource, filter, taken_at, is_complete, outcome, error_code,
          document)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, arguments: StatementArguments(row))
    let isNew = db.changesCount > 0
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO answer_file
        SELECT id, ? FROM answer WHERE call = ? AND account = ? AND region = ? AND resource = ? AND filter = ?
          AND taken_at = ? AND is_complete = ? AND outcome = ? AND error_code = ? AND document = ?
        """, arguments: StatementArguments([file] + row))
    return isNew
  }

  /// The row of a document, which is made where there is none.
  static func document(_ policy: RawPolicy, _ db: Database) throws -> Int64 {
    let hash = Data(ContentHash(of: policy.canonicalText).bytes)
    try db.execute(
      sql: "INSERT OR IGNORE INTO document(sha256, is_json, text) VALUES(?, ?, ?)",
      arguments: [hash, policy.isJSON, policy.canonicalText])
    if db.changesCount > 0 { return db.lastInsertedRowID }
    return try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE sha256 = ?", arguments: [hash]) ?? 0
  }

  /// The answers about a subject, sorted; of one resource where it is given.
  static func answers(_ subject: CollectedCall.Subject, resource: String? = nil, _ db: Database) throws
    -> [CallAnswer]
  {
    try answers(CollectedCall.allCases.filter { $0.subject == subject }, resource: resource, db)
  }

  /// The answers of some calls, sorted.
  static func answers(_ calls: [CollectedCall], resource: String? = nil, _ db: Database) throws
    -> [CallAnswer]
  {
    // A store that an older release wrote, and that is only read, has no such table.
    guard try db.tableExists("answer") else { return [] }
    let calls = calls.map(\.rawValue)
    let marks = calls.map { _ in "?" }.joined(separator: ", ")
    return try Row.fetchAll(
      db,
      sql: """
        SELECT a.*, d.text, d.is_json FROM answer a JOIN document d ON d.id = a.document
        WHERE a.call IN (\(marks)) AND (? IS NULL OR a.resource = ?)
        ORDER BY a.call, a.resource, a.account, a.region, a.filter, a.taken_at, a.is_complete, a.outcome, a.error_code,
          d.sha256
        """, arguments: StatementArguments(calls) + [resource, resource]
    ).compactMap { row in
      guard let call = CollectedCall(rawValue: row["call"]) else { return nil }
      let outcome: CallAnswer.Outcome
      switch row["outcome"] as String {
      case "given": outcome = .given(RawPolicy(canonicalText: row["text"], isJSON: row["is_json"]))
      case "none": outcome = .none(code: row["error_code"])
      default: outcome = .refused(code: row["error_code"])
      }
      func text(_ column: String) -> String? {
        let value: String = row[column]
        return value.isEmpty ? nil : value
      }
      let taken: Int64 = row["taken_at"]
      return CallAnswer(
        call: call, account: text("account").flatMap { AccountID($0) }, region: text("region"),
        resource: text("resource"), filter: text("filter"),
        takenAt: taken == 0 ? nil : UTCTime(seconds: taken), isComplete: row["is_complete"], outcome: outcome)
    }
  }

  /// Of answers to one question those of the newest time at or before another, else of the earliest after it. Refused ones
  /// only where there is nothing else.
  static func choose(_ answers: [CallAnswer], asOf: Int64) -> [CallAnswer] {
    let given = answers.filter { if case .refused = $0.outcome { false } else { true } }
    let candidates = given.isEmpty ? answers : given
    func time(_ answer: CallAnswer) -> Int64 { answer.takenAt?.seconds ?? .min }
    let times = candidates.map(time)
    let chosen = times.filter { $0 <= asOf }.max() ?? times.min()
    return candidates.filter { time($0) == chosen }
  }
}

extension EvidenceReader {
  /// All answers about a subject, of all times, in an order that no import changes.
  public func answers(_ subject: CollectedCall.Subject) throws -> [CallAnswer] {
    try AnswerRows.answers(subject, db)
  }
}

extension ImportCompletion {
  /// Stores what a call answered, once for all files that say it.
  ///
  /// - Parameter takenAt: seconds since 1970; nil where nothing tells.
  public func store(_ answer: CallAnswer, takenAt: Int64?, file: Int64) throws {
    if try AnswerRows.insert(answer, takenAt: takenAt, file: file, db) { noteNews() }
  }

  /// Takes away the answers of a file of which nothing told the time, now that somebody says it.
  public func removeUndatedAnswers(of file: Int64) throws {
    try db.execute(
      sql: """
        DELETE FROM answer_file WHERE source_file = ? AND answer IN (SELECT id FROM answer WHERE taken_at = 0)
        """, arguments: [file])
    guard db.changesCount > 0 else { return }
    noteNews()
    try db.execute(
      sql: "DELETE FROM answer WHERE taken_at = 0 AND id NOT IN (SELECT answer FROM answer_file)")
  }

  /// All answers about a subject.
  public func answers(_ subject: CollectedCall.Subject) throws -> [CallAnswer] {
    try AnswerRows.answers(subject, db)
  }

  /// The documents that list the levels of an organisation, the oldest first.
  public func organisationPolicies() throws -> [EvidenceStore.DatedDocument] {
    try TrailRecordRows.dated("organisation_document", db)
  }

  /// Replaces the levels of organisations.
  public func replaceOrganisationLevels(_ rows: [OrganisationLevelRow]) throws {
    try db.execute(sql: "DELETE FROM organisation_policy")
    for row in rows {
      try db.execute(
        sql: "INSERT OR IGNORE INTO organisation_policy VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          row.account, row.policyType, row.level, row.ordinal, row.target, row.policyID, row.policyName,
          row.document == nil ? "unknown" : "known",
          try row.document.map { try AnswerRows.document($0, db) }, row.takenAt,
        ])
    }
  }
}

/// A policy at one level above an account, or a level of which nothing is known.
public struct OrganisationLevelRow: Hashable, Sendable {
  public let account: String
  /// `service-control`, `resource-control`.
  public let policyType: String
  /// From the root down, counted from 0; and the policy's place in the level.
  public let level, ordinal: Int
  /// The part of the organisation that it is attached to.
  public let target, policyID, policyName: String?
  /// Nil where it is not known.
  public let document: RawPolicy?
  public let takenAt: Int64?

  /// A row; see the properties.
  public init(
    account: String, policyType: String, level: Int, ordinal: Int, target: String?, policyID: String?,
    policyName: String?, document: RawPolicy?, takenAt: Int64?
  ) {
    self.account = account
    self.policyType = policyType
    self.level = level
    self.ordinal = ordinal
    self.target = target
    self.policyID = policyID
    self.policyName = policyName
    self.document = document
    self.takenAt = takenAt
  }
}
