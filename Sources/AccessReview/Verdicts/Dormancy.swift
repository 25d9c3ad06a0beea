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
    /// The last ones of alike denied calls.
    let denials: [Int64]
    /// The first day of records; nil where there are none.
    let recordsBegin: Int?
    /// Days of the window that are covered, for management events.
    let coveredDays: Int
    let snapshot: StoredSnapshot

    /// Whether the snapshot's word on the last use, or that there was none, covers all the time up to a moment.
    func isToldByIAM(upTo end: Int64) -> Bool {
      // A use after that moment hides whether there was one before it.
      snapshot.isComplete && snapshot.takenAt >= end && iamLastUsed ?? end <= end
    }
  }

  /// Seconds between a call and what IAM remembers of it, at most.
  private static let tolerance: Int64 = 3_600

  /// Nil for a role that is in use, or of which too little is known.
  func judge(_ life: Life) -> RoleResult.Dormancy? {
    let (start, end) = (period.start.seconds, period.asOf.seconds)
    // What was made after the review's moment did not exist then.
    if let created = life.created, created > end { return nil }
    let known = [life.lastUse, life.lastEntered].compactMap { $0 }.max()
    if let known, known >= start { return nil }
    let remembered = life.iamLastUsed.flatMap { $0 > end ? nil : $0 }
    if let remembered, remembered >= start {
      // A denied call counts for IAM's memory too, and is no use.
      let isDenial = life.denials.contains { abs($0 - remembered) <= DormancyRules.tolerance }
      guard isDenial else { return nil }
    }
    // IAM remembers 400 days; without its word, the trail must carry the claim alone.
    let iamTells = life.isToldByIAM(upTo: end)
    let isCovered = Double(life.coveredDays) >= minimumCoverage / 100 * Double(period.days)
    guard iamTells || isCovered else { return nil }
    if known == nil, remembered == nil || remembered ?? 0 >= start {
      // That it was never used is told by IAM, or by records that begin before the role.
      if iamTells { return .neverUsed }
      if let created = life.created, let begin = life.recordsBegin, created >= Int64(begin) * 86_400 {
        return .neverUsed
      }
    }
    guard let created = life.created, created < start else { return nil }
    return .dormant
  }
}
