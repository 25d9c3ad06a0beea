import Foundation
import TrailFacts

/// Batches on their way from the readers to the writer, in the order of the files and never too many at once.
///
/// The only class here that is `@unchecked Sendable`: its state is guarded by `condition`, and a batch that was put
/// is not touched again by the thread that put it.
final class BatchQueue: @unchecked Sendable {
  private let condition = NSCondition()
  private let mostWaiting: Int
  private let units: Int
  private var waiting: [Int: [EventBatch]] = [:]
  private var ended: Set<Int> = []
  private var waitingCount = 0
  private var nextUnit = 0
  private var nextToRead = 0
  private var isClosed = false

  /// - Parameters:
  ///   - units: pieces of work, each of which a reader does whole; their batches come out in order of the units.
  ///   - mostWaiting: batches that may lie here before readers have to wait.
  init(units: Int, mostWaiting: Int) {
    self.units = units
    self.mostWaiting = mostWaiting
  }

  /// The next unit for a reader; nil where all are taken.
  func takeUnit() -> Int? {
    condition.withLock {
      guard nextToRead < units, !isClosed else { return nil }
      defer { nextToRead += 1 }
      return nextToRead
    }
  }

  /// Waits until there is room. False where nobody takes batches any more.
  func put(_ batch: sending EventBatch, unit: Int) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    // Batches of later units never take the room of the unit that the writer waits for, or all would wait for ever.
    while (unit == nextUnit ? waiting[unit]?.count ?? 0 : waitingCount) >= mostWaiting, !isClosed {
      condition.wait()
    }
    guard !isClosed else { return false }
    waiting[unit, default: []].append(batch)
    waitingCount += 1
    condition.broadcast()
    return true
  }

  func end(unit: Int) {
    condition.withLock {
      ended.insert(unit)
      condition.broadcast()
    }
  }

  /// Waits for the next batch; nil at the end.
  func take() -> EventBatch? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if nextUnit >= units || isClosed { return nil }
      if let batch = waiting[nextUnit]?.first {
        waiting[nextUnit]?.removeFirst()
        waitingCount -= 1
        condition.broadcast()
        return batch
      }
      if ended.contains(nextUnit) {
        waiting[nextUnit] = nil
        nextUnit += 1
        condition.broadcast()
        continue
      }
      condition.wait()
    }
  }

  /// No more batches are wanted.
  func close() {
    condition.withLock {
      isClosed = true
      waiting = [:]
      condition.broadcast()
    }
  }
}
