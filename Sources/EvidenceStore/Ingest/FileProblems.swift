import GRDB
import TrailFacts

/// The problems that were stored with a file.
enum FileProblems {
  static func of(_ sourceFile: Int64, _ db: Database) throws -> [ImportProblem] {
    let sql = """
      SELECT record, byte_offset, code, severity, problem, remedy FROM file_problem WHERE source_file = ? ORDER BY ordinal
      """
    return try Row.fetchAll(db, sql: sql, arguments: [sourceFile]).map { row in
      ImportProblem(
        code: row["code"], severity: ImportProblem.Severity(rawValue: row["severity"]) ?? .loss,
        record: row["record"],
        byteOffset: row["byte_offset"], problem: row["problem"], remedy: row["remedy"])
    }
  }
}
