public import CTrailFacts

/// The events of some files as rows of integers, with the distinct values that these refer to.
///
/// A batch belongs to one thread at a time: a reader fills it and hands it to the writer. It owns memory outside of
/// Swift and gives it back when it goes.
public final class EventBatch {
  /// Where rows and values lie; valid as long as the batch lives.
  public let facts: tf_batch
  /// The files in the order in which they were read; a row's `file` is a position in it. The last one may go on in the
  /// next batch.
  public let files: [FileReading]
  /// A file that goes on in the next batch.
  public struct Unfinished: Sendable {
    public let path: String
    /// SHA-256 of the whole file as it lies there, 32 bytes.
    public let sha256: [UInt8]

    /// Made of its parts.
    public init(path: String, sha256: [UInt8]) {
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The file that goes on in the next batch; nil where the last file ends here.
  public let unfinished: Unfinished?
  /// Whether the last file ends here. Only then may what was read be committed.
  public var endsFile: Bool { unfinished == nil }

  private let release: () -> Void

  /// Made of its parts.
  public init(facts: tf_batch, files: [FileReading], unfinished: Unfinished?, release: @escaping () -> Void) {
    self.facts = facts
    self.files = files
    self.unfinished = unfinished
    self.release = release
  }

  deinit { release() }

  /// The text at a position of the batch's strings.
  public func string(_ position: UInt32) -> String {
    String(decoding: bytes(position), as: UTF8.self)
  }

  /// The same as UTF-8, which stays where it is as long as the batch lives.
  public func bytes(_ position: UInt32) -> UnsafeRawBufferPointer {
    let text = facts.strings[Int(position)]
    return UnsafeRawBufferPointer(start: text.bytes, count: Int(text.length))
  }
}
