import AccessReview
import EvidenceStore
import Foundation

/// Finds the review that a command is to show, and makes it first where there is none.
struct StoredReview {
  let store: StoreOptions
  let period: PeriodOptions

  /// The stored review of the asked period, else the newest. Where there is none, it is made and stored; in a store that
  /// cannot be written the way out is said.
  func result() throws -> ReviewResult {
    let reader = try store.open(.read)
    if let text = try reader.reviewResult(asOf: period.asked?.asOf.seconds) {
      return try JSONDecoder().decode(ReviewResult.self, from: Data(text.utf8))
    }
    let asked = try period.period(of: reader)
    let writer: EvidenceStore
    do throws(StoreError) {
      writer = try store.open(.write)
    } catch {
      throw UsageError(
        problem: "\(store.path) holds no review of this period, and cannot be written to store one",
        remedy: "Run `accessreview review` on a copy of the store that you may write.")
    }
    return try ReviewEngine(ReviewRequest(period: asked, minimumCoverage: period.minCoverage)).run(on: writer)
      .result
  }
}
