/// How long something has been granted: by any of some policies, and not before the role or its boundary was as it is.
struct GrantAge {
  let policies: [(since: Int64?, isUndated: Bool)]
  let atLeast: Int64?

  enum Standing {
    case old
    /// Since a time within the window.
    case recent(Int64)
    /// Nothing tells.
    case undated
  }

  /// The earliest of the policies; nil where one of them carries no date and nothing else lies in the window.
  func time(windowStart start: Int64) -> Int64? {
    if let atLeast, atLeast >= start {
      return policies.compactMap(\.since).min().map { max($0, atLeast) } ?? atLeast
    }
    let dates = policies.compactMap(\.since)
    return dates.count == policies.count ? dates.min().map { max($0, atLeast ?? $0) } : nil
  }

  /// Whether it was in force before a time. What no event shows is older than the records of changes, if they reach back.
  func standing(at start: Int64, showsChanges: Bool) -> Standing {
    if let atLeast, atLeast >= start { return .recent(time(windowStart: start) ?? atLeast) }
    let older = policies.filter { ($0.since ?? Int64.min) < start }
    guard !older.isEmpty else { return .recent(policies.compactMap(\.since).min() ?? start) }
    return older.contains { !$0.isUndated || showsChanges } ? .old : .undated
  }
}
