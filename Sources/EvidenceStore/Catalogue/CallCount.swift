import GRDB

/// Calls that are alike in all that decides which action they needed, over the whole trail and all principals.
public struct CallCount: Hashable, Sendable {
  public let eventSource, eventName, eventType, eventCategory: String
  public let errorCode: String
  /// The action that a denial's message names; empty where none.
  public let deniedAction: String
  /// Names of the request's parameters, sorted, joined by commas; and the one whose value decides, as `name=value`.
  public let parameterNames, decidingValues: String
  public let count: Int
  /// Seconds since 1970.
  public let first, last: Int64
  let callRow, errorRow: Int64
}

extension EvidenceReader {
  /// All calls, counted; those that were recorded twice once.
  public func callCounts() throws -> [CallCount] {
    let sql = """
      SELECT c.source, c.name, c.type, c.category, x.code, x.action, h.names, h.deciding, sum(u.n) AS n,
        min(u.first) AS first, max(u.last) AS last, u.call, u.error
      FROM usage_day u
      JOIN call c ON c.id = u.call
      JOIN error x ON x.id = u.error
      JOIN shape h ON h.id = u.shape
      GROUP BY u.call, u.error, u.shape
      ORDER BY c.source, c.name, c.type, c.category, c.event_kind, c.resource_type, c.read_only, x.code, x.action,
        x.policy_kind, h.names, h.deciding
      """
    return try Row.fetchAll(db, sql: sql).map { row in
      CallCount(
        eventSource: row["source"], eventName: row["name"], eventType: row["type"],
        eventCategory: row["category"], errorCode: row["code"], deniedAction: row["action"],
        parameterNames: row["names"], decidingValues: row["deciding"], count: row["n"], first: row["first"],
        last: row["last"], callRow: row["call"], errorRow: row["error"])
    }
  }

  /// The id of one of the first events of such calls; nil where the store holds no events of them.
  public func exampleEventID(of count: CallCount) throws -> String? {
    let sql = "SELECT uuid FROM event WHERE time = ? AND call = ? AND error = ? ORDER BY uuid LIMIT 1"
    return try Row.fetchOne(db, sql: sql, arguments: [count.first, count.callRow, count.errorRow])
      .map { EventID.text($0[0]) }
  }
}
