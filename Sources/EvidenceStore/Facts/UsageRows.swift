import GRDB

/// Calls of one principal that are alike, counted over a period. What counts once is counted once here.
public struct UsageRow: Hashable, Sendable {
  public let principalID, principalKind: String
  public let eventSource, eventName, eventType, eventCategory, eventKind, resourceType: String
  /// The recipient account and the Region.
  public let account, region: String
  /// The service that called on the principal's behalf; empty where none did.
  public let via: String
  public let errorCode: String
  /// The action that a denial's message names; empty where none.
  public let deniedAction: String
  /// Names of the request's parameters, sorted, joined by commas; and what is kept of places that decide, as lines:
  /// `place=value`, `place` where something is there, `!place` where nothing is.
  public let parameterNames, decidingValues: String
  public let count: Int
  /// Seconds since 1970.
  public let first, last: Int64
  let principalRow, callRow, errorRow, placeRow: Int64
}

/// Calls of one role on one day.
public struct DailyUse: Hashable, Sendable {
  public let principalID: String
  public let day: Int
  public let errorCode: String
  public let count: Int
}

/// Successful entries into a role that are alike.
public struct EntryRow: Hashable, Sendable {
  /// Empty where the record has no response: then only the ARN that was asked for is known.
  public let roleID: String
  public let roleARN: String
  public let enteredByID: String
  public let sourceIdentity, provider, api: String
  public let count: Int
  public let first, last: Int64
}

/// A role that was handed to a service, by calls that are alike.
public struct PassRow: Hashable, Sendable {
  public let roleID: String
  public let passedRoleID: String?
  public let passedRoleARN: String
  public let eventSource, eventName: String
  public let count: Int
  public let first, last: Int64
  public let lastEventID: String
}

extension EvidenceStore {
  /// Reads what a review needs, all of one moment.
  public func reading<Value>(_ body: (EvidenceReader) throws -> Value) throws(StoreError) -> Value {
    try read { db in try body(EvidenceReader(db)) }
  }
}

/// Facts, as they were when reading began.
public final class EvidenceReader {
  let db: Database

  init(_ db: Database) { self.db = db }

  /// What the trail files say of themselves and of trails.
  public func trailRecord() throws -> EvidenceStore.TrailRecord { try TrailRecordRows.all(db) }
  /// What events say of principals.
  public func principalRecord() throws -> EvidenceStore.PrincipalRecord { try PrincipalRecordRows.all(db) }
  /// All snapshots.
  public func snapshots() throws -> [StoredSnapshot] { try SnapshotRows.all(db) }
  /// The principals and policies of a snapshot.
  public func content(of snapshot: StoredSnapshot) throws -> SnapshotContent {
    try SnapshotRows.content(of: snapshot, db)
  }

  /// Policies of organisations with their times, the oldest first.
  public func organisationPolicies() throws -> [EvidenceStore.DatedDocument] {
    // A store that an older release wrote, and that is only read, has the table under another name.
    let isOlder = try !db.tableExists("organisation_document")
    return try TrailRecordRows.dated(isOlder ? "organisation_policies" : "organisation_document", db)
  }

  /// The time of the newest event; nil where there is none.
  public func newestEvent() throws -> Int64? { try Int64.fetchOne(db, sql: "SELECT max(time) FROM event") }

  /// Events by kind up to a time: new records, before shared ones are joined; and how many of them are uses.
  public func eventCounts(upTo end: Int64) throws -> (byKind: [(kind: String, count: Int)], uses: Int) {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT c.event_kind AS kind, count(*) AS n FROM event e JOIN call c ON c.id = e.call WHERE e.time <= ?
        GROUP BY c.event_kind ORDER BY c.event_kind
        """, arguments: [end])
    let uses = try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM event e JOIN call c ON c.id = e.call
        WHERE e.time <= ? AND c.type NOT LIKE 'AwsVpceEvent%'
          AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid)
        """, arguments: [end])
    return (rows.map { ($0["kind"], $0["n"]) }, uses ?? 0)
  }

  /// Calls from one time to another, both inclusive, that are alike in everything but the time.
  ///
  /// Whole days come from the counts by day; the rest of a day is counted event by event.
  public func usage(from start: Int64, to end: Int64) throws -> [UsageRow] {
    let firstDay = start <= 0 ? 0 : (start + 86_399) / 86_400
    let lastDay = (end + 1) / 86_400 - 1
    let sql = """
      WITH part AS (
        SELECT principal, call, place, via, error, shape, n, first, last FROM usage_day WHERE day BETWEEN :firstDay AND :lastDay
        UNION ALL
        SELECT s.principal, e.call, e.place, x.via, e.error, e.shape, 1, e.time, e.time
        FROM event e JOIN session s ON s.id = e.session JOIN context x ON x.id = e.context
        WHERE ((e.time BETWEEN :start AND min(:firstDay * 86400 - 1, :end))
            OR e.time BETWEEN max(:firstDay, :lastDay + 1) * 86400 AND :end)
          AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid))
      SELECT q.unique_id, q.kind, c.source, c.name, c.type, c.category, c.event_kind, c.resource_type, p.account, p.region,
        t.value AS via, x.code, x.action, h.names, h.deciding, sum(u.n) AS n, min(u.first) AS first, max(u.last) AS last,
        u.principal, u.call, u.error, u.place
      FROM part u
      JOIN principal q ON q.id = u.principal
      JOIN call c ON c.id = u.call
      JOIN place p ON p.id = u.place
      JOIN text t ON t.id = u.via
      JOIN error x ON x.id = u.error
      JOIN shape h ON h.id = u.shape
      GROUP BY u.principal, u.call, u.place, u.via, u.error, u.shape
      ORDER BY q.unique_id, c.source, c.name, c.type, c.category, c.event_kind, p.account, p.region, t.value, x.code, x.action,
        h.names, h.deciding, c.resource_type, c.read_only, x.policy_kind
      """
    let arguments: StatementArguments = [
      "start": start, "end": end, "firstDay": firstDay, "lastDay": lastDay,
    ]
    return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
      UsageRow(
        principalID: row["unique_id"], principalKind: row["kind"], eventSource: row["source"],
        eventName: row["name"],
        eventType: row["type"], eventCategory: row["category"], eventKind: row["event_kind"],
        resourceType: row["resource_type"], account: row["account"], region: row["region"], via: row["via"],
        errorCode: row["code"], deniedAction: row["action"], parameterNames: row["names"],
        decidingValues: row["deciding"],
        count: row["n"], first: row["first"], last: row["last"], principalRow: row["principal"],
        callRow: row["call"],
        errorRow: row["error"], placeRow: row["place"])
    }
  }

  /// The id of an event of a row of usage at one of its times; the lowest where there are several.
  public func eventID(of row: UsageRow, at time: Int64) throws -> String? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT e.uuid FROM event e JOIN session s ON s.id = e.session
        WHERE e.time = ? AND s.principal = ? AND e.call = ? AND e.error = ? AND e.place = ?
          AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid)
        ORDER BY e.uuid LIMIT 1
        """)
    return try Row.fetchOne(
      statement, arguments: [time, row.principalRow, row.callRow, row.errorRow, row.placeRow]
    ).map { EventID.text($0[0]) }
  }

  /// Calls of roles by day, from the first day to the last.
  public func dailyUse(from first: Int, to last: Int) throws -> [DailyUse] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT q.unique_id, u.day, x.code, sum(u.n) AS n
        FROM usage_day u
        JOIN principal q ON q.id = u.principal
        JOIN call c ON c.id = u.call
        JOIN error x ON x.id = u.error
        WHERE q.kind = 'role' AND u.day BETWEEN ? AND ? AND c.type NOT LIKE 'AwsVpceEvent%'
        GROUP BY q.unique_id, u.day, x.code ORDER BY 1, 2, 3
        """, arguments: [first, last]
    ).map { DailyUse(principalID: $0["unique_id"], day: $0["day"], errorCode: $0["code"], count: $0["n"]) }
  }

  /// Successful entries into roles up to a time.
  public func entries(from start: Int64, to end: Int64) throws -> [EntryRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT n.role_id, iif(n.role_id = '', n.role_arn, '') AS role_arn, q.unique_id,
          coalesce(nullif(n.source_identity, ''), s.source_identity) AS source_identity, s.provider, c.name,
          count(*) AS n, min(n.time) AS first, max(n.time) AS last
        FROM entry n
        JOIN event e ON e.time = n.time AND e.uuid = n.uuid
        JOIN session s ON s.id = e.session
        JOIN principal q ON q.id = s.principal
        JOIN call c ON c.id = e.call
        WHERE n.time BETWEEN ? AND ? AND e.error = 0 AND (n.role_id <> '' OR n.role_arn <> '') AND c.type NOT LIKE 'AwsVpceEvent%'
          AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid)
        GROUP BY n.role_id, 2, q.unique_id, coalesce(nullif(n.source_identity, ''), s.source_identity), s.provider, c.name
        ORDER BY 1, 2, 3, 4, 5, 6
        """, arguments: [start, end]
    ).map {
      EntryRow(
        roleID: $0["role_id"], roleARN: $0["role_arn"], enteredByID: $0["unique_id"],
        sourceIdentity: $0["source_identity"],
        provider: $0["provider"], api: $0["name"], count: $0["n"], first: $0["first"], last: $0["last"])
    }
  }

  /// Roles that were handed to services.
  public func passes(from start: Int64, to end: Int64) throws -> [PassRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT f.role_id, a.role_id AS passed_id, coalesce(a.role_arn, f.given) AS passed_arn, f.event_source, f.event_name,
          count(DISTINCT f.time || hex(f.uuid)) AS n, min(f.time) AS first, max(f.time) AS last
        FROM passed_role_events f
        LEFT JOIN role_alias a ON a.form = f.form AND a.alias = f.given AND (a.form LIKE '%-arn' OR a.account = f.account)
        WHERE f.time BETWEEN ? AND ?
        GROUP BY f.role_id, coalesce(a.role_arn, f.given), f.event_source, f.event_name ORDER BY 1, 3, 4, 5
        """, arguments: [start, end]
    ).map { row in
      let (role, arn, name): (String, String, String) = (row["role_id"], row["passed_arn"], row["event_name"])
      let last: Int64 = row["last"]
      let id = try Row.fetchOne(
        db,
        sql: """
          SELECT f.uuid FROM passed_role_events f
          LEFT JOIN role_alias a ON a.form = f.form AND a.alias = f.given AND (a.form LIKE '%-arn' OR a.account = f.account)
          WHERE f.time = ? AND f.role_id = ? AND coalesce(a.role_arn, f.given) = ? AND f.event_name = ?
          ORDER BY f.uuid LIMIT 1
          """, arguments: [last, role, arn, name])
      return PassRow(
        roleID: role, passedRoleID: row["passed_id"], passedRoleARN: arn, eventSource: row["event_source"],
        eventName: name, count: row["n"], first: row["first"], last: last,
        lastEventID: id.map { EventID.text($0[0]) } ?? "")
    }
  }

  /// Roles that handed some role's ARN to a service at a place that is not known as one for passing roles: perhaps they
  /// passed it. A principal that is named is not passed, nor is the grantee of a key.
  public func rolesNamingRolesElsewhere(from start: Int64, to end: Int64) throws -> Set<String> {
    try String.fetchSet(
      db,
      sql: """
        SELECT DISTINCT q.unique_id
        FROM event_parameter v
        JOIN parameter_path h ON h.id = v.path
        JOIN event e ON e.time = v.time AND e.uuid = v.uuid
        JOIN call c ON c.id = e.call
        JOIN session s ON s.id = e.session
        JOIN principal q ON q.id = s.principal
        WHERE v.time BETWEEN ? AND ? AND q.kind = 'role'
          AND (v.value LIKE 'arn:%:role/%' OR v.value LIKE 'arn:%:instance-profile/%')
          AND c.source NOT IN ('iam.amazonaws.com', 'sts.amazonaws.com', 'kms.amazonaws.com')
          AND h.path NOT LIKE '%principal%'
          AND NOT EXISTS (
            SELECT 1 FROM pass_parameter m WHERE m.source = c.source AND m.name = c.name AND m.path = h.path)
        """, arguments: [start, end])
  }

  /// The id of the event by which a role was entered at a time; the lowest where there are several.
  public func entryEventID(ofRole id: String, at time: Int64) throws -> String? {
    let sql = "SELECT uuid FROM entry WHERE time = ? AND role_id = ? ORDER BY uuid LIMIT 1"
    return try Row.fetchOne(db, sql: sql, arguments: [time, id]).map { EventID.text($0[0]) }
  }

  /// The id of a principal's first event; nil where it has none.
  public func firstEventID(ofPrincipal id: String) throws -> String? {
    let sql = """
      SELECT e.uuid FROM event e JOIN session s ON s.id = e.session JOIN principal q ON q.id = s.principal
      WHERE q.unique_id = :id AND e.time = (
        SELECT min(u.first) FROM usage_day u JOIN principal p ON p.id = u.principal WHERE p.unique_id = :id)
      ORDER BY e.uuid LIMIT 1
      """
    return try Row.fetchOne(db, sql: sql, arguments: ["id": id]).map { EventID.text($0[0]) }
  }

  /// A hash over the sorted event ids and the contents of snapshots, configurations and organisation policies: the same
  /// wherever the same evidence was imported, however it was split into files.
  public func evidenceHash() throws -> String { try EvidenceHash.of(db) }
}
