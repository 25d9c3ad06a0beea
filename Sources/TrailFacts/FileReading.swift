/// What was learnt from reading one file.
public struct FileReading: Sendable {
  /// The path as it was given or found.
  public let path: String
  public var kind: FileKind
  /// SHA-256 of the file as it lies there, 32 bytes; nil where it could not be read at all.
  public let sha256: [UInt8]?
  /// SHA-256 of the inflated content, 32 bytes: what digests list.
  public let contentSHA256: [UInt8]
  public let bytes: Int
  public let contentBytes: Int
  /// Event records, duplicates included.
  public let records: Int
  /// Records that are no events: Insights, aggregates, other services' logs.
  public let notEvents: Int
  /// Seconds since 1970 of the first and the last event; nil where there are none.
  public let firstTime, lastTime: Int64?
  /// The recipient account of all events; nil where there are none or they differ.
  public let account: String?
  public var problems: [ImportProblem]
  /// Further problems of the same kinds that are counted and not listed.
  public let problemsLeftOut: Int
  /// The content, where it is no trail; of a trail what lies beside its records.
  public let document: [UInt8]?
  public let digest: DigestListing?
  /// The content is in the store already, and was not read again.
  public let isKnown: Bool

  /// Made of its parts.
  public init(
    path: String, kind: FileKind, sha256: [UInt8]?, contentSHA256: [UInt8], bytes: Int, contentBytes: Int,
    records: Int,
    notEvents: Int, firstTime: Int64?, lastTime: Int64?, account: String?, problems: [ImportProblem],
    problemsLeftOut: Int, document: [UInt8]?, digest: DigestListing?, isKnown: Bool
  ) {
    self.path = path
    self.kind = kind
    self.sha256 = sha256
    self.contentSHA256 = contentSHA256
    self.bytes = bytes
    self.contentBytes = contentBytes
    self.records = records
    self.notEvents = notEvents
    self.firstTime = firstTime
    self.lastTime = lastTime
    self.account = account
    self.problems = problems
    self.problemsLeftOut = problemsLeftOut
    self.document = document
    self.digest = digest
    self.isKnown = isKnown
  }
}

/// The file list of a digest: which trail files were delivered in a period, with the hash of each.
///
/// Source: "CloudTrail digest file structure", AWS CloudTrail User Guide.
public struct DigestListing: Hashable, Sendable {
  /// A file that a digest lists.
  public struct Entry: Hashable, Sendable {
    /// The key of the file in its bucket.
    public let object: String
    /// SHA-256 of the file's inflated content, in lower-case hexadecimal.
    public let hash: String
    /// Times of the oldest and newest event in it, as written.
    public let oldest, newest: String

    /// Made of its parts.
    public init(object: String, hash: String, oldest: String, newest: String) {
      self.object = object
      self.hash = hash
      self.oldest = oldest
      self.newest = newest
    }
  }

  public let account: String
  /// Beginning and end of the period of delivery, as written.
  public let start, end: String
  /// The digest's own key in its bucket.
  public let object: String
  public let files: [Entry]

  /// Made of its parts.
  public init(account: String, start: String, end: String, object: String, files: [Entry]) {
    self.account = account
    self.start = start
    self.end = end
    self.object = object
    self.files = files
  }
}
