import Foundation
import GRDB
import IAMIdentifiers
import TrailFacts

/// The file lists of digests, and what they say about files that are missing or altered.
enum DigestRows {
  static func insert(_ listing: DigestListing, id: Int64, _ db: Database) throws {
    // AWSLogs/…/ACCOUNT/CloudTrail-Digest/REGION/YYYY/MM/DD/…
    let parts = listing.object.split(separator: "/")
    let kind = parts.firstIndex(of: "CloudTrail-Digest")
    let region = kind.flatMap { $0 + 1 < parts.count ? String(parts[$0 + 1]) : nil } ?? ""
    try db.execute(
      sql: "INSERT INTO digest(source_file, account, region, start, stop, object) VALUES(?, ?, ?, ?, ?, ?)",
      arguments: [
        id, listing.account, region, UTCTime(iso8601: listing.start)?.seconds,
        UTCTime(iso8601: listing.end)?.seconds,
        listing.object,
      ])
    for file in listing.files {
      guard let hash = bytes(hexadecimal: file.hash) else { continue }
      try db.execute(
        sql:
          "INSERT OR IGNORE INTO digest_file(digest, object, name, content_sha256, oldest, newest) VALUES(?, ?, ?, ?, ?, ?)",
        arguments: [
          id, file.object, file.object.split(separator: "/").last.map(String.init) ?? file.object, Data(hash),
          UTCTime(iso8601: file.oldest)?.seconds, UTCTime(iso8601: file.newest)?.seconds,
        ])
    }
  }

  /// What some digests list and the store does not hold as listed. Paths are the listed keys.
  static func problems(of digests: [Int64], _ db: Database) throws -> [(path: String, problem: ImportProblem)]
  {
    var found: Set<String> = []
    var problems: [(path: String, problem: ImportProblem)] = []
    for digest in digests {
      let sql = """
        SELECT d.object, EXISTS(SELECT 1 FROM source_file_path p WHERE p.name = d.name) AS is_here
        FROM digest_file d
        WHERE d.digest = ? AND NOT EXISTS (SELECT 1 FROM source_file f WHERE f.content_sha256 = d.content_sha256)
        ORDER BY d.object
        """
      for row in try Row.fetchAll(db, sql: sql, arguments: [digest]) {
        let object: String = row["object"]
        guard found.insert(object).inserted else { continue }
        let isHere: Bool = row["is_here"]
        problems.append((object, isHere ? altered : missing))
      }
    }
    return problems
  }

  private static let missing = ImportProblem(
    code: "digest-file-missing", severity: .notice, problem: "a digest lists this file, and it is not here",
    remedy: "Fetch and import it, or its hours stay partly covered.")
  private static let altered = ImportProblem(
    code: "digest-file-altered", severity: .notice,
    problem: "its hash is not the one that the digest lists: it was altered",
    remedy: "Fetch it again from the bucket; its events are kept and marked.")

  private static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(byte)
    }
    return bytes
  }
}
