import Foundation
public import TrailFacts

/// Reads many files on threads of its own and hands their events over on the caller's, always in the same order.
public struct TrailReader: Sendable {
  private let paths: [String]
  private let units: [Range<Int>]
  private let threads: Int
  private let extraction: Int
  private let isKnown: @Sendable (_ sha256: [UInt8]) -> Bool

  /// - Parameters:
  ///   - files: in the order in which they are read.
  ///   - threads: readers beside the caller's thread; nil for what suits the machine.
  ///   - mostFiles: files that are read into one batch at most; nil for what is fast.
  ///   - extraction: the version of the rules by which facts are taken out of events.
  ///   - isKnown: whether a content, told by its SHA-256, need not be read again. Called on the readers' threads.
  public init(
    files: [FileDiscovery.Found], threads: Int? = nil, mostFiles: Int? = nil,
    extraction: Int = TrailScanner.newestExtraction,
    isKnown: @escaping @Sendable (_ sha256: [UInt8]) -> Bool
  ) {
    paths = files.map(\.path)
    self.extraction = extraction
    self.isKnown = isKnown
    // The writer is one thread and about as fast as two readers, so more than three would only wait.
    self.threads = threads ?? max(1, min(3, ProcessInfo.processInfo.activeProcessorCount - 1))
    // Large enough for one sorted insert to pay, small enough for memory.
    var units: [Range<Int>] = []
    var start = 0
    var bytes = 0
    let most = min(mostFiles ?? 256, 256)
    for (index, file) in files.enumerated() {
      // Gzip makes trails some eight times smaller.
      bytes += file.path.hasSuffix(".gz") ? file.bytes : file.bytes / 8
      if bytes >= 3 << 20 || index - start + 1 >= most {
        units.append(start..<index + 1)
        start = index + 1
        bytes = 0
      }
    }
    if start < files.count { units.append(start..<files.count) }
    self.units = units
  }

  /// Reads everything.
  ///
  /// - Parameter consume: takes each batch, on the calling thread. What it throws ends the reading.
  public func read<Failure: Error>(_ consume: (EventBatch) throws(Failure) -> Void) throws(Failure) {
    let queue = BatchQueue(units: units.count, mostWaiting: threads + 2)
    for _ in 0..<min(threads, units.count) {
      let thread = Thread { [paths, units, extraction, isKnown] in
        let scanner = TrailScanner(extraction: extraction, isKnown: isKnown)
        while let unit = queue.takeUnit() {
          scanner.scan(paths[units[unit]]) { batch in
            nonisolated(unsafe) let batch = batch
            return queue.put(batch, unit: unit)
          }
          queue.end(unit: unit)
        }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { queue.close() }
    while let batch = queue.take() { try consume(batch) }
  }
}
