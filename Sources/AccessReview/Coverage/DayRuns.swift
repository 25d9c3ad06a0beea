import IAMIdentifiers

/// Days that follow each other.
enum DayRuns {
  static func of(_ days: [Int]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for day in days.sorted() {
      if let last = runs.last, last.upperBound + 1 == day {
        runs[runs.count - 1] = last.lowerBound...day
      } else {
        runs.append(day...day)
      }
    }
    return runs
  }

  /// "2026-08-03, 2026-09-01 to 2026-09-05 and 2 more times".
  static func text(_ days: [Int]) -> String {
    let runs = of(days).map { run in
      run.lowerBound == run.upperBound
        ? "\(UTCDay(number: run.lowerBound))"
        : "\(UTCDay(number: run.lowerBound)) to \(UTCDay(number: run.upperBound))"
    }
    let more = runs.count > 3 ? " and \(runs.count - 3) more times" : ""
    return runs.prefix(3).joined(separator: ", ") + more
  }
}

extension CoverageCalendar.Account {
  /// Days of which nothing is known, with the Regions that lack them; Regions that lack the most come first.
  ///
  /// - Parameter region: the only one that matters; nil where all do.
  func gaps(in days: ClosedRange<Int>, region: String?) -> [(days: [Int], regions: [String])] {
    guard !history.isEmpty else {
      let missing = days.filter { day in
        !(isMultiRegion || region == nil ? delivered(day) : delivered(day, region: region ?? "")).counts
      }
      return missing.isEmpty ? [] : [(missing, region.map { [$0] } ?? regions)]
    }
    var lacking: [[Int]: [String]] = [:]
    for region in region.map({ [$0] }) ?? knownRegions {
      let missing = days.filter { !state($0, region: region).counts }
      if !missing.isEmpty { lacking[missing, default: []].append(region) }
    }
    return lacking.map { (days: $0.key, regions: $0.value) }
      .sorted { ($1.days.count, $0.regions.joined()) < ($0.days.count, $1.regions.joined()) }
  }
}
