import EvidenceStore
import IAMIdentifiers

/// Whether a role sleeps, and what that rests on.
struct DormancyRules {
  let period: ReviewPeriod
  let minimumCoverage: Double

  /// What is known of a role's life.
  struct Life {
    let created: Int64?
    let iamLastUsed: Int64?
    /// Of all records up to the review: calls that were not denied, and successful entries.
    let lastUse, lastEntered: Int64?
    /// Denied calls, from when to when.
    let denials: [ClosedRange<Int64>]
    /// Days of the window that are covered, for management events.
    let coveredDays: Int
    let snapshot: StoredSnapshot
  }

  /// Nil for a role that is in use, or of which too little is known.
  func judge(_ life: Life) -> RoleResult.Dormancy? {
    let start = period.start.seconds
    let known = [life.lastUse, life.lastEntered].compactMap { $0 }.max()
    let remembered = life.iamLastUsed.flatMap { used in
      // A denied call counts for IAM's memory too, and is no use.
      used >= start && life.denials.contains { $0.lowerBound - 3600 <= used && used <= $0.upperBound + 3600 }
        && known ?? 0 < start
        ? nil : used
    }
    if let known, known >= start { return nil }
    if let remembered, remembered >= start { return nil }
    // IAM remembers 400 days; without its word, the trail must carry the claim alone.
    let iamTells = life.snapshot.isComplete && life.snapshot.takenAt >= period.asOf.seconds
    let isCovered = Double(life.coveredDays) >= minimumCoverage / 100 * Double(period.days)
    guard iamTells || isCovered else { return nil }
    if known == nil, remembered == nil { return .neverUsed }
    guard let created = life.created, created < start else { return nil }
    return .dormant
  }
}
