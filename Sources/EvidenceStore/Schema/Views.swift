/// The public views: a promise to whoever queries the store. Columns may be added, never changed.
///
/// They use SQLite's own functions only, so that every other program can read them.
enum Views {
  /// Those of a new store's first tables. Views that show more than these stand beside the tables that came with it:
  /// SQLite renames no table where a view asks for a column that is not there yet.
  static let ofFirstTables =
    usage + entries + principals + coverage + files + reviews + verdicts + findings

  // MARK: - Spelling

  static func time(_ column: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%SZ', \(column), 'unixepoch')"
  }
  static func day(_ column: String) -> String { "date(\(column) * 86400, 'unixepoch')" }

  /// An event's id as CloudTrail writes it.
  static func eventID(_ column: String) -> String {
    let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
      .map { "substr(hex(\(column)), \($0.0), \($0.1))" }.joined(separator: " || '-' || ")
    return "CASE typeof(\(column)) WHEN 'text' THEN \(column) ELSE lower(\(parts)) END"
  }

  static let outcome = "CASE WHEN x.code = '' THEN 'success' ELSE coalesce(o.outcome, 'failed') END"
}
