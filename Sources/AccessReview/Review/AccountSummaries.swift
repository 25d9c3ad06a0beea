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
        days: run.count, regions: calendar?.regions(missing: Array(run)) ?? [],
        cause: calendar?.causes[run.lowerBound] ?? "nothing-delivered")
    }
  }

  private func kinds(_ calendar: CoverageCalendar.Account?) -> [AccountResult.KindCoverage] {
    guard let calendar else { return [] }
    let assumed = evidence.request.assumed.kinds
    return Set(calendar.kinds).union(assumed).sorted().map { kind in
      let isManagement = kind.hasPrefix("management-")
      let covered = evidence.period.calendar.filter { day in
        (isManagement ? calendar.state(day) : calendar.delivered(day)).counts
      }
      guard assumed.contains(kind) else {
        let proven = covered.count { calendar.isKnown(kind, on: $0) }
        return AccountResult.KindCoverage(kind: kind, scope: scope(kind, calendar), coveredDays: proven)
      }
      return AccountResult.KindCoverage(
        kind: kind, scope: "all, as the review assumes; proven: \(scope(kind, calendar))",
        coveredDays: covered.count, basis: "assumed")
    }
  }

  private func scope(_ kind: String, _ calendar: CoverageCalendar.Account) -> String {
    if kind.hasPrefix("management-"), !calendar.history.isEmpty {
      let days = evidence.period.calendar.filter { calendar.state($0).counts }
      if days.allSatisfy({ calendar.isInHistory($0, region: nil) }) { return "all, by the event history" }
      return days.allSatisfy { calendar.isKnown(kind, on: $0) }
        ? "all, by trails and the event history" : "on some days, by the event history"
    }
    guard let declared = calendar.declared(on: evidence.period.calendar.upperBound) else {
      return kind.hasPrefix("data:")
        ? "what was seen; the selectors are not known" : "as seen; nothing is declared"
    }
    if kind.hasPrefix("data:") {
      let type = String(kind.dropFirst(5))
      let calls = QuestionedCalls(.data(resourceType: type))
      if declared.contains(where: { $0.records(calls) == .all }) { return "all" }
      return scope(declared.flatMap { $0.conditions(onDataOf: type) })
    }
    if kind == "network-activity" {
      return Set(declared.flatMap(\.networkActivitySources)).sorted().joined(separator: ", ")
    }
    return calendar.isRecorded(kind, on: evidence.period.calendar.upperBound) ? "all" : "nothing"
  }

  /// What selectors choose among the data events of a type.
  private func scope(_ conditions: [FieldCondition]) -> String {
    let fields = Set(conditions.map(\.field)).sorted()
    guard !fields.isEmpty else { return "nothing" }
    let chosen = conditions.filter { $0.field == "resources.ARN" }
    let arns = chosen.reduce(0) { $0 + $1.selects.count }
    let isPlain = fields == ["resources.ARN"] && chosen.allSatisfy(\.deselects.isEmpty)
    return isPlain
      ? "\(arns) \(arns == 1 ? "resource" : "resources") by ARN"
      : "some, by \(fields.joined(separator: ", "))"
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
