import CTrailFacts
import CTrailScanner
public import TrailFacts

/// Reads files into batches, on one thread.
///
/// The work is done by a C++ target: simdjson parses, libdeflate and zlib inflate, libcrypto hashes.
public final class TrailScanner {
  /// Names the rules by which facts are taken out of events: what older ones read is worth reading again.
  public static let newestExtraction = Int(ts_newest_extraction())

  private let scanner: OpaquePointer
  private let isKnown: (_ sha256: [UInt8]) -> Bool

  /// - Parameters:
  ///   - extraction: reads as that version of the rules did.
  ///   - isKnown: whether a content, told by its SHA-256, need not be read again.
  public convenience init(
    extraction: Int = TrailScanner.newestExtraction, isKnown: @escaping (_ sha256: [UInt8]) -> Bool
  ) {
    var count = 0
    let places = ts_places(&count)
    self.init(
      scanner: ts_scanner_create(UInt32(clamping: extraction), places, count), isKnown: isKnown)
  }

  /// Takes over a scanner of any table of places.
  init(scanner: OpaquePointer, isKnown: @escaping (_ sha256: [UInt8]) -> Bool) {
    self.scanner = scanner
    self.isKnown = isKnown
  }

  deinit { ts_scanner_destroy(scanner) }

  /// Reads files one after another and gives their events in one batch, or in several where there are very many.
  ///
  /// - Parameters:
  ///   - paths: the files; `-` is standard input.
  ///   - emit: takes each batch; false ends the reading.
  public func scan(_ paths: ArraySlice<String>, emit: (EventBatch) -> Bool) {
    var batch = ts_batch_create()
    var files: [FileReading] = []
    func handOver(unfinished: EventBatch.Unfinished?) -> Bool {
      let full = batch
      batch = ts_batch_create()
      var facts = tf_batch.empty
      ts_batch_finish(full, &facts)
      defer { files = [] }
      return emit(
        EventBatch(facts: facts, files: files, unfinished: unfinished) { ts_batch_destroy(full) })
    }
    defer { ts_batch_destroy(batch) }
    for path in paths {
      var outcome = ts_outcome()
      var state = ts_scan_begin(
        scanner, path, batch, UInt32(files.count),
        { context, sha256 in
          guard let context else { return false }
          let scanner = Unmanaged<TrailScanner>.fromOpaque(context).takeUnretainedValue()
          return scanner.isKnown(Array(UnsafeBufferPointer(start: sha256, count: 32)))
        }, Unmanaged.passUnretained(self).toOpaque(), &outcome)
      while state == TS_MORE {
        let sha256 = withUnsafeBytes(of: outcome.sha256, Array.init)
        guard handOver(unfinished: EventBatch.Unfinished(path: path, sha256: sha256)) else { return }
        state = ts_scan_continue(scanner, batch, UInt32(files.count), &outcome)
      }
      files.append(FileReading(path: path, outcome, isKnown: state == TS_KNOWN))
      if ts_batch_row_count(batch) > 65_536 {
        guard handOver(unfinished: nil) else { return }
      }
    }
    _ = handOver(unfinished: nil)
  }
}

extension tf_batch {
  /// A batch without anything in it, to be filled in.
  fileprivate static var empty: tf_batch {
    withUnsafeTemporaryAllocation(of: tf_batch.self, capacity: 1) { memory in
      let bytes = UnsafeMutableRawBufferPointer(memory)
      _ = bytes.initializeMemory(as: UInt8.self, repeating: 0)
      return memory[0]
    }
  }
}

extension FileReading {
  /// Whether a file is the empty one by which AWS Config finds out that it may write to a bucket.
  ///
  /// Source: "Delivery channel", AWS Config Developer Guide.
  private static func isWritabilityCheck(_ path: String, _ outcome: ts_outcome) -> Bool {
    outcome.hash_known && outcome.bytes == 0
      && path.split(separator: "/").last == "ConfigWritabilityCheckFile"
  }

  fileprivate init(path: String, _ outcome: ts_outcome, isKnown: Bool) {
    if FileReading.isWritabilityCheck(path, outcome) {
      // Without a hash: an empty file of another name has the same one, and is a loss.
      self.init(
        path: path, kind: .neighbour, sha256: nil, contentSHA256: [], bytes: 0, contentBytes: 0, records: 0,
        notEvents: 0,
        firstTime: nil, lastTime: nil, account: nil, problems: [], problemsLeftOut: 0, document: nil,
        digest: nil,
        isKnown: false)
      return
    }
    let kind: FileKind =
      switch outcome.kind {
      case TS_KIND_TRAIL: .trail
      case TS_KIND_DIGEST: .digest
      case TS_KIND_INSIGHT: .insight
      case TS_KIND_NEIGHBOUR: .neighbour
      default: .unknown
      }
    let account = String(scanner: outcome.account)
    let listed = UnsafeBufferPointer(start: outcome.listed, count: outcome.listed_count)
    let digest = DigestListing(
      account: String(scanner: outcome.digest_account), start: String(scanner: outcome.digest_start),
      end: String(scanner: outcome.digest_end), object: String(scanner: outcome.digest_object),
      files: listed.map {
        DigestListing.Entry(
          object: String(scanner: $0.object), hash: String(scanner: $0.hash).lowercased(),
          oldest: String(scanner: $0.oldest), newest: String(scanner: $0.newest))
      })
    self.init(
      path: path, kind: kind,
      sha256: outcome.hash_known ? withUnsafeBytes(of: outcome.sha256, Array.init) : nil,
      contentSHA256: withUnsafeBytes(of: outcome.content_sha256, Array.init),
      bytes: Int(outcome.bytes), contentBytes: Int(outcome.content_bytes), records: Int(outcome.records),
      notEvents: Int(outcome.not_events), firstTime: outcome.has_events ? outcome.first : nil,
      lastTime: outcome.has_events ? outcome.last : nil, account: account.isEmpty ? nil : account,
      problems: UnsafeBufferPointer(start: outcome.problems, count: outcome.problem_count).map(
        ImportProblem.init),
      problemsLeftOut: Int(outcome.problems_left_out),
      document: outcome.kind == TS_KIND_DOCUMENT
        || (outcome.kind == TS_KIND_TRAIL && outcome.document_length > 0)
        ? Array(UnsafeBufferPointer(start: outcome.document, count: outcome.document_length)) : nil,
      digest: outcome.kind == TS_KIND_DIGEST ? digest : nil, isKnown: isKnown)
  }
}
