public import TrailFacts

/// What an import did, in numbers and problems.
public struct ImportTally: Sendable {
  /// A problem with the file in which it lies.
  public struct LocatedProblem: Hashable, Sendable {
    public let path: String
    public let problem: ImportProblem

    /// A problem, and the path of the file in which it lies.
    public init(path: String, problem: ImportProblem) {
      self.path = path
      self.problem = problem
    }
  }

  /// Files by kind.
  public internal(set) var files: [FileKind: Int] = [:]
  /// Event records read, or counted again where the file was known: `events` + `duplicates`.
  public internal(set) var records = 0
  /// Events that the store did not have.
  public internal(set) var events = 0
  public internal(set) var duplicates = 0
  /// Events that count no more, because another record of their call does.
  public internal(set) var joined = 0
  /// New events that only a VPC endpoint saw.
  public internal(set) var endpointOnly = 0
  /// Events of days that were pruned or rolled up already; in no other count.
  public internal(set) var refused = 0
  /// Records that are no events.
  public internal(set) var notEvents = 0
  /// Bytes of inflated content that were read.
  public internal(set) var contentBytes = 0
  /// Files whose content was known and that were not read again.
  public internal(set) var filesKnown = 0
  public internal(set) var problems: [LocatedProblem] = []
  /// Problems that were counted and are not listed.
  public internal(set) var problemsLeftOut = 0

  /// Nothing imported yet.
  public init() {}

  /// Whether something could not be read.
  public var hasLoss: Bool { problems.contains { $0.problem.severity == .loss } }

  /// Notes a problem that lies in no stored file.
  public mutating func add(_ problem: ImportProblem, path: String) {
    problems.append(LocatedProblem(path: path, problem: problem))
  }
}
