import EvidenceStore
import IAMIdentifiers
import IAMSnapshot

/// How far the evidence of each account carries.
struct AccountSummaries {
  let evidence: ReviewEvidence

  var results: [AccountResult] {
    let snapshots = Dictionary(
      evidence.contents.map { ($0.snapshot.account, $0.snapshot) }, uniquingKeysWith: { first, _ in first })
    let accounts = Set(snapshots.keys).union(evidence.calendar.accounts.keys)
    return accounts.sorted().map { account in
      let calendar = evidence.calendar.accounts[account]
      let days = evidence.period.calendar
      return AccountResult(
        accountID: account, snapshot: snapshots[account].map(AccountResult.SnapshotSummary.init),
        regions: calendar?.regions ?? [],
        days: days.map { day in
          AccountResult.DayCoverage(
            day: UTCDay(number: day).description, state: (calendar?.state(day) ?? .gap).rawValue)
        },
        coveredDays: days.count { calendar?.state($0).counts ?? false }, gaps: gaps(calendar),
        kindsRecorded: kinds(calendar),
        trails: trails(calendar))
    }
  }

  private func gaps(_ calendar: CoverageCalendar.Account?) -> [AccountResult.Gap] {
    let missing = evidence.period.calendar.filter { !(calendar?.state($0).counts ?? false) }
    return DayRuns.of(missing).map { run in
      AccountResult.Gap(
        firstDay: UTCDay(number: run.lowerBound).description,
        lastDay: UTCDay(number: run.upperBound).description,
        days: run.count, regions: calendar?.regions ?? [],
        cause: calendar?.causes[run.lowerBound] ?? "nothing-delivered")
    }
  }

  private func kinds(_ calendar: CoverageCalendar.Account?) -> [AccountResult.KindCoverage] {
    guard let calendar else { return [] }
    return calendar.kinds.map { kind in
      let days = evidence.period.calendar.count { day in
        calendar.state(day).counts && calendar.isRecorded(kind, on: day)
      }
      return AccountResult.KindCoverage(kind: kind, scope: scope(kind, calendar), coveredDays: days)
    }
  }

  private func scope(_ kind: String, _ calendar: CoverageCalendar.Account) -> String {
    guard let declared = calendar.declared(on: evidence.period.calendar.upperBound) else {
      return kind.hasPrefix("data:")
        ? "what was seen; the selectors are not known" : "as seen; nothing is declared"
    }
    if kind.hasPrefix("data:") {
      let mine = declared.flatMap(\.data).filter { "data:\($0.resourceType)" == kind }
      if mine.contains(where: { $0.resources == .everything }) { return "all" }
      let conditions = mine.reduce(0) { count, events in
        if case .matching(let conditions) = events.resources { count + conditions.count } else { count }
      }
      return conditions == 0
        ? "nothing" : "\(conditions) \(conditions == 1 ? "resource" : "resources") by ARN"
    }
    if kind == "network-activity" {
      return Set(declared.flatMap(\.networkActivitySources)).sorted().joined(separator: ", ")
    }
    return calendar.isRecorded(kind, on: evidence.period.calendar.upperBound) ? "all" : "nothing"
  }

  private func trails(_ calendar: CoverageCalendar.Account?) -> [String] {
    (calendar?.declarations ?? []).compactMap(\.trail.arnText).sorted()
  }
}

extension AccountResult.SnapshotSummary {
  init(_ snapshot: StoredSnapshot) {
    self.init(
      takenAt: UTCTime(seconds: snapshot.takenAt).description, takenBasis: snapshot.takenBasis,
      isComplete: snapshot.isComplete, missing: snapshot.missing, sha256: snapshot.contentSHA256)
  }
}
