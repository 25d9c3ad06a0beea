import ActionCatalog
import CloudTrail
public import EvidenceStore
import Foundation
public import IAMIdentifiers
import TrailFacts

/// Reads files into a store.
public struct Importer: Sendable {
  /// What is to be imported, and how.
  public struct Request: Sendable {
    /// Files, folders, and `-` for standard input.
    public var paths: [String]
    /// The user says that the trails are whole deliveries, whatever their names.
    public var declaresComplete: Bool
    /// When what does not say so itself was taken.
    public var takenAt: UTCTime?
    /// Reader threads; nil for what suits the machine.
    public var threads: Int?
    /// Events after which what was read is committed; nil for what suits the machine.
    public var eventsInTransaction: Int?
    /// The version of the rules by which facts are taken out of events; tests ask for older ones.
    var extraction = TrailScanner.newestExtraction

    /// Reads what lies under `paths`.
    public init(
      paths: [String], declaresComplete: Bool = false, takenAt: UTCTime? = nil, threads: Int? = nil,
      eventsInTransaction: Int? = nil
    ) {
      self.paths = paths
      self.declaresComplete = declaresComplete
      self.takenAt = takenAt
      self.threads = threads
      self.eventsInTransaction = eventsInTransaction
    }
  }

  /// How far the import is.
  public struct Progress: Sendable {
    public let filesDone, files: Int
    public let bytesDone, bytes: Int
    public let events: Int
  }

  private let request: Request

  /// An import that has not begun.
  public init(_ request: Request) { self.request = request }

  /// Imports. Killed at any moment and run again, it brings what is missing and doubles nothing.
  ///
  /// - Parameter report: is told now and then how far it is, on the calling thread.
  public func run(into store: EvidenceStore, report: (Progress) -> Void = { _ in }) throws(StoreError)
    -> ImportTally
  {
    let discovery = FileDiscovery(paths: request.paths)
    // SQLite keeps its log beside the file itself, not beside a link to it.
    let own = ["", "-wal", "-shm", "-journal"].map { Importer.resolved(store.path) + $0 }
    let files = discovery.files.filter { !own.contains(Importer.resolved($0.path)) }
    let known = try store.knownContents(extraction: request.extraction)
    let options = ImportOptions(
      declaresComplete: request.declaresComplete, extraction: request.extraction,
      eventsInTransaction: request.eventsInTransaction
    ) { path in
      DeliveredName(path: path)?.account.description
    }
    let reader = TrailReader(
      files: files, threads: request.threads, mostFiles: request.eventsInTransaction,
      extraction: request.extraction
    ) { known.contains($0) }
    let sizes = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    let bytes = files.reduce(0) { $0 + $1.bytes }
    return try store.importing(options) { session in
      var (filesDone, bytesDone) = (0, 0)
      try reader.read { (batch: EventBatch) throws(StoreError) in
        try session.add(batch)
        filesDone += batch.files.count
        for file in batch.files { bytesDone += sizes[file.path] ?? 0 }
        report(
          Progress(
            filesDone: filesDone, files: files.count, bytesDone: bytesDone, bytes: bytes,
            events: session.tally.events))
      }
      let documents = DocumentImport(
        documents: session.documents, knownSnapshots: session.knownSnapshots,
        knownDocuments: session.knownDocuments, takenAt: request.takenAt)
      try session.finish { completion in
        for (path, problem) in discovery.unreadable { completion.add(problem, path: path) }
        try documents.store(completion)
        try Derivation.run(completion)
      }
      return session.tally
    }
  }

  private static func resolved(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard realpath(path, &buffer) != nil else { return path }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
