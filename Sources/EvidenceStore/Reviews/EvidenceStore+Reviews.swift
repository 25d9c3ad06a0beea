import GRDB

extension EvidenceStore {
  /// Stores a review in the place of an earlier one of the same moment.
  public func save(_ rows: ReviewRows) throws(StoreError) {
    try write { db in try ReviewWriter(db).save(rows) }
  }

  /// The result of a stored review as JSON.
  ///
  /// - Parameter asOf: the moment that it speaks of, in seconds since 1970; nil for the newest review.
  /// - Returns: nil where there is no such review.
  public func reviewResult(asOf: Int64?) throws(StoreError) -> String? {
    try read { db in
      try String.fetchOne(
        db,
        sql: "SELECT result FROM review WHERE ?1 IS NULL OR as_of = ?1 ORDER BY as_of DESC, id DESC LIMIT 1",
        arguments: [asOf])
    }
  }
}

/// Writes the rows of a review.
struct ReviewWriter {
  private let db: Database

  init(_ db: Database) { self.db = db }

  func save(_ rows: ReviewRows) throws {
    if let old = try Int64.fetchOne(db, sql: "SELECT id FROM review WHERE as_of = ?", arguments: [rows.asOf])
    {
      try remove(old)
    }
    try db.execute(
      sql: """
        INSERT INTO review(as_of, window_start, window_end, catalogue, rules, store_hash, parameters, is_stale, result)
        VALUES(?, ?, ?, ?, ?, ?, ?, 0, ?)
        """,
      arguments: [
        rows.asOf, rows.windowStart, rows.windowEnd, rows.catalogue, rows.rules, rows.storeHash,
        rows.parameters, rows.result,
      ])
    let review = db.lastInsertedRowID
    let actions = try store(rows.actions)
    let sets = try rows.grantSets.map { try store($0, review: review, actions: actions) }
    let profiles = try rows.profiles.map { try store($0, review: review, actions: actions) }
    for role in rows.roles {
      try db.execute(
        sql: "INSERT INTO role_review VALUES(?, ?, ?, ?, ?, ?)",
        arguments: [
          review, role.roleID, role.roleARN, role.account, sets[role.grantSet], profiles[role.profile],
        ])
    }
    for user in rows.users {
      try db.execute(
        sql: "INSERT INTO user_review VALUES(?, ?, ?, ?, ?)",
        arguments: [review, user.userID, user.userARN, user.account, sets[user.grantSet]])
    }
    for row in rows.verdicts {
      try db.execute(
        sql: "INSERT INTO role_verdict VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          review, row.roleID, actions[row.action], row.verdict, row.reasonCode, row.reason, row.observedDays,
          row.lastUsed,
          row.lastAttempt, row.uses, row.denials, row.lastEventID,
        ])
    }
    try storeLists(rows, review: review)
  }

  private func store(_ actions: [ReviewRows.Action]) throws -> [Int64] {
    let insert = try RawStatement(
      db,
      """
      INSERT INTO action(name, service, access_level) VALUES(?, ?, ?)
      ON CONFLICT(name) DO UPDATE SET access_level = excluded.access_level
      """)
    let find = try RawStatement(db, "SELECT id FROM action WHERE name = ?")
    return try actions.map { action in
      insert.bind(1, action.name)
      insert.bind(2, action.service)
      insert.bind(3, action.accessLevel)
      try insert.run()
      find.bind(1, action.name)
      return try find.integer() ?? 0
    }
  }

  private func store(_ set: ReviewRows.GrantSet, review: Int64, actions: [Int64]) throws -> Int64 {
    try db.execute(sql: "INSERT INTO grant_set(review) VALUES(?)", arguments: [review])
    let id = db.lastInsertedRowID
    for (number, statement) in set.statements.enumerated() {
      try db.execute(
        sql: "INSERT INTO grant_set_statement VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          id, number, statement.attachment, statement.policyARN, statement.policyName, statement.policySHA256,
          statement.index, statement.sid, statement.effect, statement.group,
        ])
    }
    let insert = try RawStatement(db, "INSERT INTO grant_set_action VALUES(?, ?, ?, ?, ?, ?)")
    let link = try RawStatement(db, "INSERT INTO grant_set_action_statement VALUES(?, ?, ?)")
    for grant in set.grants {
      insert.bind(1, id)
      insert.bind(2, actions[grant.action])
      insert.bind(3, grant.kind)
      insert.bind(4, grant.resourceScope)
      insert.bind(5, grant.limitedBy)
      insert.bind(6, grant.conditionKeys)
      try insert.run()
      for statement in grant.statements {
        link.bind(1, id)
        link.bind(2, actions[grant.action])
        link.bind(3, statement)
        try link.run()
      }
    }
    return id
  }

  private func store(_ profile: ReviewRows.Profile, review: Int64, actions: [Int64]) throws -> Int64 {
    try db.execute(sql: "INSERT INTO verdict_profile(review) VALUES(?)", arguments: [review])
    let id = db.lastInsertedRowID
    let insert = try RawStatement(db, "INSERT INTO verdict_profile_action VALUES(?, ?, ?, ?, ?, ?, ?)")
    for verdict in profile.verdicts {
      insert.bind(1, id)
      insert.bind(2, actions[verdict.action])
      insert.bind(3, verdict.verdict)
      insert.bind(4, verdict.reasonCode)
      insert.bind(5, verdict.reason)
      insert.bind(6, verdict.observedDays)
      insert.bind(7, verdict.grantedSince)
      try insert.run()
    }
    return id
  }

  private func storeLists(_ rows: ReviewRows, review: Int64) throws {
    for row in rows.ungranted {
      try db.execute(
        sql: "INSERT INTO used_without_grant_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          review, row.roleID, row.roleARN, row.account, row.action, row.uses, row.lastUsed, row.likelySource,
          row.lastEventID,
        ])
    }
    for row in rows.dormant {
      try db.execute(
        sql: "INSERT INTO dormant_role_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          review, row.roleID, row.roleARN, row.account, row.kind, row.created, row.lastUsed, row.lastSuccess,
          row.lastDenied,
          row.lastEntered, row.iamLastUsed, row.coveredDays, row.windowDays, row.isServiceLinked,
          row.lastEventID,
        ])
    }
    for (number, row) in rows.orphans.enumerated() {
      try db.execute(
        sql:
          "INSERT INTO orphaned_principal_row VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)",
        arguments: [
          review, number, row.principalID, row.principalKind, row.state, row.homeAccount, row.homeImported,
          row.resolvedARN,
          row.resolution, row.candidates, row.evidenceKind, row.evidenceID, row.namesakeID, row.account,
          row.policyKind,
          row.inRoleID, row.inRoleARN, row.statementIndex, row.sid, row.element, row.lastEntered,
        ])
    }
    for (number, row) in rows.findings.enumerated() {
      try db.execute(
        sql: "INSERT INTO finding_row VALUES(?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          review, row.id, number, row.type, row.severity, row.confidence, row.score, row.account, row.roleID,
          row.roleARN,
          row.roleID, row.roleARN, row.subject, row.title, row.remedy, row.detail, row.evidence,
        ])
    }
  }

  private func remove(_ review: Int64) throws {
    for table in ["grant_set_action", "grant_set_statement", "grant_set_action_statement"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE grant_set IN (SELECT id FROM grant_set WHERE review = ?)",
        arguments: [review])
    }
    try db.execute(
      sql: """
        DELETE FROM verdict_profile_action
        WHERE verdict_profile IN (SELECT id FROM verdict_profile WHERE review = ?)
        """, arguments: [review])
    for table in [
      "grant_set", "verdict_profile", "role_review", "user_review", "role_verdict", "used_without_grant_row",
      "dormant_role_row",
      "orphaned_principal_row", "finding_row",
    ] {
      try db.execute(sql: "DELETE FROM \(table) WHERE review = ?", arguments: [review])
    }
    try db.execute(sql: "DELETE FROM review WHERE id = ?", arguments: [review])
  }
}
