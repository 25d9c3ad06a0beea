import CTrailScanner
import TrailFacts

extension ImportProblem {
  /// What the scanner found, in words.
  init(_ found: ts_problem) {
    let detail = String(scanner: found.detail)
    let (code, severity, problem, remedy) = ImportProblem.words(found.code, detail: detail)
    self.init(
      code: code, severity: severity, record: found.record > 0 ? Int(found.record) : nil,
      byteOffset: found.code == TS_PROBLEM_EMPTY || found.code == TS_PROBLEM_UNKNOWN_KIND
        ? nil : Int(found.offset),
      problem: problem, remedy: remedy)
  }

  private static func words(_ code: ts_problem_code, detail: String) -> (String, Severity, String, String) {
    let again = "Fetch the file again; what could be read of it is kept."
    return switch code {
    case TS_PROBLEM_UNREADABLE:
      (
        "file-unreadable", .loss, "it cannot be read: \(detail)",
        "Check that you may read it, then import it again."
      )
    case TS_PROBLEM_EMPTY: ("file-empty", .loss, "it is empty", "Fetch the file again.")
    case TS_PROBLEM_GZIP_TRUNCATED: ("gzip-truncated", .loss, "the gzip data ends too early", again)
    case TS_PROBLEM_GZIP_DAMAGED: ("gzip-damaged", .loss, "the gzip data is damaged", again)
    case TS_PROBLEM_JSON_TRUNCATED:
      ("json-truncated", .loss, "the JSON ends in the middle of a value", again)
    case TS_PROBLEM_RECORD_DAMAGED:
      (
        "record-damaged", .loss, "the record is not JSON (\(detail))",
        "Fetch the file again; its other records are kept."
      )
    case TS_PROBLEM_RECORD_INCOMPLETE:
      (
        "record-incomplete", .loss, "the record is no CloudTrail event: \(detail) is missing or malformed",
        "Export the record again, or leave it out; the file's other records are kept."
      )
    case TS_PROBLEM_RECORD_TOO_LARGE:
      (
        "record-too-large", .loss, "the record is larger than 16 MB",
        "CloudTrail's events have at most 1 MB; look at what wrote the file."
      )
    case TS_PROBLEM_NOT_JSON: ("json-damaged", .loss, "it begins like JSON and is none (\(detail))", again)
    default:
      (
        "kind-unknown", .notice, "its kind is not known to accessreview",
        "Leave it out, or look at `accessreview import --help` for what is read."
      )
    }
  }
}

extension String {
  init(scanner text: ts_text) {
    guard let bytes = text.bytes else {
      self = ""
      return
    }
    self.init(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(text.length)), as: UTF8.self)
  }
}
