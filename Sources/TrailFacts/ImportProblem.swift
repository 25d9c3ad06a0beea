/// Something in a file that could not be read, or that is not as it should be.
public struct ImportProblem: Hashable, Sendable {
  /// Whether the problem means that something could not be read (the import then ends with status 3).
  public enum Severity: Int, Sendable {
    /// Worth knowing; nothing that the tool could have read was lost.
    case notice = 0
    /// A record or a whole file could not be read.
    case loss = 1
  }

  /// A stable name in kebab-case.
  public let code: String
  public let severity: Severity
  /// Number of the record in its file, from 1; nil where the problem is the file's.
  public let record: Int?
  /// Offset in the inflated content; nil where unknown.
  public let byteOffset: Int?
  /// What is wrong, as a sentence without a full stop.
  public let problem: String
  /// What to do, as a sentence.
  public let remedy: String

  /// Made of its parts.
  public init(
    code: String, severity: Severity, record: Int? = nil, byteOffset: Int? = nil, problem: String,
    remedy: String
  ) {
    self.code = code
    self.severity = severity
    self.record = record
    self.byteOffset = byteOffset
    self.problem = problem
    self.remedy = remedy
  }
}
