import EvidenceStore

/// Which days digests prove to be complete.
struct DigestProof {
  /// Time that is wholly described by digests, without overlaps.
  private var periods: [(start: Int64, end: Int64)] = []

  init(_ digests: [DigestPeriod]) {
    for digest in digests.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) })
    where digest.start < digest.end {
      if let last = periods.last, digest.start <= last.end {
        periods[periods.count - 1].end = max(last.end, digest.end)
      } else {
        periods.append((digest.start, digest.end))
      }
    }
  }

  /// A digest's hour is of delivery: events of the day may be delivered in the hour after it.
  func coversWhole(_ day: Int) -> Bool {
    let start = Int64(day) * 86_400
    return periods.contains { $0.start <= start && $0.end >= start + 86_400 + 3_600 }
  }
}
