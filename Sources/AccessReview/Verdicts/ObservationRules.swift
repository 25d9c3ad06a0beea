import ActionCatalog
import EvidenceStore
import IAMIdentifiers
import IAMSnapshot
import PolicyAlgebra

/// Whether the trail would have shown a call that needed an action.
struct ObservationRules {
  let calendar: CoverageCalendar.Account?
  let account: String
  let period: ReviewPeriod
  /// Percent of the window's days.
  let minimumCoverage: Double
  let catalog: ActionCatalog

  /// What can be said of an action that was not seen.
  struct Finding {
    let verdict: Verdict
    let code: ReasonCode
    let reason: String
    let observedDays: Int
  }

  /// Judges an action that no call of the role needed, as far as is seen.
  func judgeUnseen(_ grant: Grant, since: (time: Int64?, isUndated: Bool)) -> Finding {
    guard let index = grant.catalogIndex else {
      return Finding(
        verdict: .notEnoughEvidence, code: .unknownAction, reason: "the catalogue does not know this action",
        observedDays: 0)
    }
    let entry = catalog.entry(at: index)
    if case .unknown = grant.kind {
      return Finding(
        verdict: .notEnoughEvidence, code: .grantUnknown,
        reason: "what limits this grant is not wholly known",
        observedDays: 0)
    }
    let isPassRole = entry.name.lowercased == "iam:passrole"
    switch entry.visibility {
    case .never where !isPassRole:
      return Finding(
        verdict: .unobservable, code: .neverLogged, reason: "no trail records its use", observedDays: 0)
    case .networkActivity:
      return Finding(
        verdict: .unobservable, code: .neverLogged, reason: "only VPC endpoints record its use",
        observedDays: 0)
    case .unknown:
      return Finding(
        verdict: .notEnoughEvidence, code: .visibilityUnknown,
        reason: "whether trails record its use is not known",
        observedDays: 0)
    default: break
    }
    let needsData = entry.visibility == .data || entry.visibility == .both
    let needsManagement = entry.visibility == .management || entry.visibility == .both || isPassRole
    if needsData, let finding = judgeDataEvents(of: entry, grant) { return finding }
    let kinds =
      needsManagement
      ? (isPassRole ? ["management-write"] : ObservationRules.managementKinds(entry.recordedAs)) : []
    return judgeCoverage(of: entry, kinds: kinds, since: since)
  }

  private static func managementKinds(_ recordedAs: ReadOrWrite?) -> [String] {
    switch recordedAs {
    case .read: ["management-read"]
    case .write: ["management-write"]
    case nil: ["management-read", "management-write"]
    }
  }

  /// Nil where the declared selectors record all that the grant reaches, on every day of the window.
  private func judgeDataEvents(of entry: Entry, _ grant: Grant) -> Finding? {
    let type = entry.dataResourceTypes.first ?? "its resources"
    func finding(_ verdict: Verdict, _ code: ReasonCode, _ reason: String) -> Finding {
      Finding(verdict: verdict, code: code, reason: reason, observedDays: 0)
    }
    guard let calendar, !calendar.declarations.isEmpty else {
      return finding(
        .notEnoughEvidence, .selectorsUnknown, "whether the trail records data events of \(type) is not known"
      )
    }
    let days = period.calendar
    guard let recorded = calendar.declared(on: days.upperBound), calendar.declared(on: days.lowerBound) != nil
    else {
      return finding(
        .notEnoughEvidence, .selectorsUnknown,
        "what the trail recorded of \(type) is not known for the whole window, because it was changed in it")
    }
    let readOnly = entry.recordedAs.map { $0 == .read }
    let patterns = grant.resources.isEmpty ? ["*"] : grant.resources
    var extents: [RecordedEvents.Extent] = []
    for type in entry.dataResourceTypes.prefix(1) {
      extents += recorded.map { $0.records(dataOf: type, arnPatterns: patterns, readOnly: readOnly) }
    }
    // A call that is also recorded as a management event may be made in ways that only data events show.
    if entry.visibility == .both {
      let all = entry.dataResourceTypes.allSatisfy { type in
        recorded.contains { $0.records(dataOf: type, arnPatterns: ["*"], readOnly: nil) == .all }
      }
      return all
        ? nil
        : finding(
          .notEnoughEvidence, .dataEventsPartlyRecorded,
          "some ways of calling it are data events of \(type), which the trail does not record")
    }
    if extents.contains(.all) { return nil }
    if extents.contains(.some) {
      return finding(
        .notEnoughEvidence, .dataEventsPartlyRecorded,
        "the trail records data events of \(type) for a part of what is granted")
    }
    if extents.contains(.unknown) {
      return finding(
        .notEnoughEvidence, .selectorsUnknown,
        "the trail's selectors for data events of \(type) are not understood")
    }
    return finding(.unobservable, .dataEventsNotRecorded, "the trail does not record data events of \(type)")
  }

  /// The days of the window on which an event of all these kinds would have been recorded.
  func observedDays(kinds: [String], region: String?) -> Int {
    guard let calendar else { return 0 }
    return period.calendar.count { day in
      let state = region.map {
        calendar.isMultiRegion ? calendar.state(day) : calendar.state(day, region: $0)
      }
      guard (state ?? calendar.state(day)).counts else { return false }
      return kinds.allSatisfy { calendar.isRecorded($0, on: day) }
    }
  }

  private func judgeCoverage(of entry: Entry, kinds: [String], since: (time: Int64?, isUndated: Bool))
    -> Finding
  {
    let region = catalog.globalRegion(ofService: String(entry.name.service))
    let observed = observedDays(kinds: kinds, region: region)
    func short(_ code: ReasonCode, _ reason: String) -> Finding {
      Finding(verdict: .notEnoughEvidence, code: code, reason: reason, observedDays: observed)
    }
    guard let calendar else { return short(.noTrail, "no delivered trail of \(account) was imported") }
    if !calendar.isMultiRegion, region == nil {
      return short(
        .coverageGap,
        "only \(calendar.regions.joined(separator: ", ")) is recorded, and the action may be used elsewhere")
    }
    let needed = minimumCoverage / 100 * Double(period.days)
    if Double(observed) < needed {
      return short(.coverageGap, "\(observed) of \(period.days) days are covered\(gapText(calendar))")
    }
    if let time = since.time, time >= period.start.seconds {
      return short(.grantedTooRecently, "it was granted on \(UTCTime(seconds: time).day), within the window")
    }
    if since.time == nil, since.isUndated, calendar.firstDay > period.calendar.lowerBound {
      return short(
        .grantedTooRecently,
        "nothing dates this grant, and records begin only on \(UTCDay(number: calendar.firstDay))")
    }
    return Finding(
      verdict: .unused, code: .notSeen, reason: "not seen in \(observed) of \(period.days) days",
      observedDays: observed)
  }

  private func gapText(_ calendar: CoverageCalendar.Account) -> String {
    let missing = period.calendar.filter { !calendar.state($0).counts }
    guard !missing.isEmpty else { return ", because events of its kind are not recorded" }
    let runs = DayRuns.of(missing).map { run in
      run.lowerBound == run.upperBound
        ? "\(UTCDay(number: run.lowerBound))"
        : "\(UTCDay(number: run.lowerBound)) to \(UTCDay(number: run.upperBound))"
    }
    let shown =
      runs.prefix(3).joined(separator: ", ") + (runs.count > 3 ? " and \(runs.count - 3) more times" : "")
    return "; nothing from \(shown) in \(calendar.regions.joined(separator: ", "))"
  }
}

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
}
