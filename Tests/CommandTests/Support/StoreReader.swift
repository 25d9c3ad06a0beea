import Foundation
import GRDB

/// A store, looked into as any other program would.
struct StoreReader {
  private let queue: DatabaseQueue

  init(_ path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Rows of a query, each as its values; NULL is `NULL`.
  func rows(_ sql: String) throws -> [[String]] {
    try queue.read { db in
      try Row.fetchAll(db, sql: sql).map { row in row.databaseValues.map(StoreReader.spelled) }
    }
  }

  /// The first value of a query.
  func value(_ sql: String) throws -> String? { try rows(sql).first?.first }

  /// The first column of a query.
  func column(_ sql: String) throws -> [String] { try rows(sql).compactMap(\.first) }

  /// Views of which only other views are made.
  private static let inner = ["usage_counted", "usage_counted_daily", "passed_role_events"]

  /// The rows of all public views, sorted, without the numbers that a store gives to what it holds: files are named by
  /// their content, reviews by nothing, since the newest is shown.
  func publicViews(without left: Set<String> = []) throws -> [String: [String]] {
    try queue.read { db in
      let names = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
      let contents = Dictionary(
        try Row.fetchAll(db, sql: "SELECT source_file_id, sha256 FROM source_files").map {
          row -> (Int64, String) in
          (row[0], row[1])
        }, uniquingKeysWith: { first, _ in first })
      var views: [String: [String]] = [:]
      for name in names where !left.contains(name) && !StoreReader.inner.contains(name) {
        views[name] = try Row.fetchAll(db, sql: "SELECT * FROM \(name)").map { row in
          row.compactMap { column, value -> String? in
            switch column {
            case "review_id", "first_review_id": nil
            case "source_file_id":
              "file=" + (Int64.fromDatabaseValue(value).flatMap { contents[$0] } ?? "none")
            default: "\(column)=\(StoreReader.spelled(value))"
            }
          }.joined(separator: " | ")
        }.sorted()
      }
      return views
    }
  }

  /// What SQLite itself finds wrong with the file.
  func damage() throws -> [String] {
    try column("PRAGMA integrity_check").filter { $0 != "ok" }
      + rows("PRAGMA foreign_key_check").map(\.description)
  }

  private static func spelled(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: "NULL"
    case .int64(let number): String(number)
    case .double(let number): String(number)
    case .string(let text): text
    case .blob(let data): data.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
  }
}

/// Where the rows of views differ, a few lines for each view; empty where they are the same.
func differences(_ left: [String: [String]], _ right: [String: [String]]) -> [String] {
  var lines: [String] = []
  for name in Set(left.keys).union(right.keys).sorted() {
    let difference = (right[name] ?? []).difference(from: left[name] ?? [])
    let removed = difference.removals.prefix(3).map { change -> String in
      if case .remove(_, let row, _) = change { return "\(name) - \(row)" }
      return ""
    }
    let added = difference.insertions.prefix(3).map { change -> String in
      if case .insert(_, let row, _) = change { return "\(name) + \(row)" }
      return ""
    }
    lines += removed + added
  }
  return lines
}
