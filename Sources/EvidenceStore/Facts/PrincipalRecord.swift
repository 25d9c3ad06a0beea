import GRDB

/// A principal as events showed it.
public struct SeenPrincipal: Hashable, Sendable {
  public let principalID, kind: String
  /// Seconds since 1970 of its first and last call; nil where it made none.
  public let firstSeen, lastSeen: Int64?
}

/// An ARN that a principal wore in events.
public struct SeenName: Hashable, Sendable {
  public let principalID, arn, account: String
  public let first, last: Int64
}

/// A successful call that made, changed or deleted a principal or a policy.
public struct LifecycleEvent: Hashable, Sendable {
  public let time: Int64
  public let eventID: String
  public let account, eventName: String
  /// Of the closed list of parameters that are kept: path → value, such as `roleName` or `role.roleId`.
  public let parameters: [String: String]
}

extension EvidenceStore {
  /// What decides who is who.
  public struct PrincipalRecord: Sendable {
    public let principals: [SeenPrincipal]
    public let names: [SeenName]
    /// In order of time.
    public let lifecycle: [LifecycleEvent]
  }
}

enum PrincipalRecordRows {
  static func all(_ db: Database) throws -> EvidenceStore.PrincipalRecord {
    let principals = try Row.fetchAll(
      db,
      sql: """
        WITH seen AS MATERIALIZED (
          SELECT principal, min(first) AS first, max(last) AS last FROM usage_day GROUP BY principal)
        SELECT q.unique_id, q.kind, u.first, u.last
        FROM principal q LEFT JOIN seen u ON u.principal = q.id ORDER BY q.unique_id
        """
    ).map {
      SeenPrincipal(
        principalID: $0["unique_id"], kind: $0["kind"], firstSeen: $0["first"], lastSeen: $0["last"])
    }
    let names = try Row.fetchAll(
      db,
      sql: """
        SELECT q.unique_id, n.arn, n.account, n.first, n.last
        FROM principal_name n JOIN principal q ON q.id = n.principal ORDER BY 1, 2, 3
        """
    ).map {
      SeenName(
        principalID: $0["unique_id"], arn: $0["arn"], account: $0["account"], first: $0["first"],
        last: $0["last"])
    }
    return EvidenceStore.PrincipalRecord(principals: principals, names: names, lifecycle: try lifecycle(db))
  }

  private static func lifecycle(_ db: Database) throws -> [LifecycleEvent] {
    var events: [LifecycleEvent] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT e.time, e.uuid, p.account, c.name, h.path, v.value
        FROM event_parameter v
        JOIN parameter_path h ON h.id = v.path
        JOIN event e ON e.time = v.time AND e.uuid = v.uuid
        JOIN call c ON c.id = e.call
        JOIN place p ON p.id = e.place
        WHERE c.source = 'iam.amazonaws.com' AND e.error = 0
        ORDER BY v.time, v.uuid, h.path, v.value
        """)
    var current: (time: Int64, id: String, account: String, name: String, parameters: [String: String])?
    func end() {
      guard let event = current else { return }
      events.append(
        LifecycleEvent(
          time: event.time, eventID: event.id, account: event.account, eventName: event.name,
          parameters: event.parameters))
    }
    while let row = try rows.next() {
      let time: Int64 = row["time"]
      let id = EventID.text(row["uuid"])
      if current?.time != time || current?.id != id {
        end()
        current = (time, id, row["account"], row["name"], [:])
      }
      current?.parameters[row["path"]] = row["value"]
    }
    end()
    return events
  }
}
