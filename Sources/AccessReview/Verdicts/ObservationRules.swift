import ActionCatalog
import EvidenceStore
import IAMIdentifiers
import IAMSnapshot
import PolicyAlgebra

/// Whether the trail would have shown a call that needed an action.
struct ObservationRules {
  let calendar: CoverageCalendar.Account?
  let account: String
  /// Such as `aws` or `aws-us-gov`: global services record in another Region in each.
  let partition: String
  let period: ReviewPeriod
  /// Percent of the window's days.
  let minimumCoverage: Double
  let catalog: CatalogUniverse
  /// Of the account and period; shared by the account's roles.
  let memory: CoverageMemory
  /// What the user declares to have been recorded.
  var assumed = AssumedRecording.nothing
  /// `userIdentity.arn` of the role's sessions, with `*` for the session's name.
  let caller: String
  /// Something used the role in the window, and the trail shows neither a call nor an entry, though it would have shown
  /// whatever the role may do.
  var isContradicted = false

  /// What can be said of an action that was not seen.
  struct Finding {
    let verdict: Verdict
    let code: ReasonCode
    let reason: String
    let observedDays: Int
    /// The kinds of events that are only assumed to be recorded, on which this rests.
    var assumedKinds: [String] = []
  }

  /// Judges an action that no call of the role needed, as far as is seen.
  func judgeUnseen(_ grant: Grant, age: GrantAge) -> Finding {
    var proving = self
    proving.assumed = .nothing
    let proven = proving.judge(grant, age: age)
    guard proven.verdict != .unused, !assumed.kinds.isEmpty else { return proven }
    let found = judge(grant, age: age)
    guard (found.verdict, found.code) != (proven.verdict, proven.code) else { return proven }
    return resting(found, on: grant)
  }

  /// Says of a finding what is assumed for it.
  private func resting(_ finding: Finding, on grant: Grant) -> Finding {
    guard let entry = grant.catalogIndex.map(catalog.entry) else { return finding }
    let own = ObservationRules.kinds(of: entry).filter(assumed.kinds.contains)
    // How old a grant is, and what the trail recorded before, is told by management writes.
    let kinds = own.isEmpty ? assumed.kinds.filter { $0.hasPrefix("management-") } : own
    return Finding(
      verdict: finding.verdict, code: finding.code,
      reason: "\(finding.reason), assuming that \(AssumedRecording.sentence(kinds))",
      observedDays: finding.observedDays, assumedKinds: kinds)
  }

  private func judge(_ grant: Grant, age: GrantAge) -> Finding {
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
    switch entry.visibility {
    case .never where !ObservationRules.isPassRole(entry):
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
    // The event history, without a trail, is silent about data events.
    guard let calendar, calendar.hasTrail || entry.dataResourceTypes.isEmpty else {
      return Finding(
        verdict: .notEnoughEvidence, code: .noTrail, reason: "no delivered trail of \(account) was imported",
        observedDays: 0)
    }
    var dataDays: Int?
    if !entry.dataResourceTypes.isEmpty {
      let rules = DataEventRules(
        calendar: calendar, period: period, catalog: catalog, memory: memory, assumed: assumed, caller: caller
      )
      let answer = rules.answer(entry, grant) { deliveredDays($0, of: entry, calendar) }
      if let finding = rules.judge(answer, of: entry, neededDays: neededDays) { return finding }
      dataDays = answer.observedDays
    }
    let kinds = ObservationRules.managementKinds(entry)
    return judgeCoverage(of: entry, calendar, kinds: kinds, dataDays: dataDays, age: age)
  }

  /// The kinds of management events that a call would leave; which of them, where that is unknown, nobody can say.
  private static func managementKinds(_ entry: Entry) -> [String] {
    if isPassRole(entry) { return ["management-write"] }
    guard entry.visibility == .management || entry.visibility == .both else { return [] }
    return switch entry.recordedAs {
    case .read: ["management-read"]
    case .write: ["management-write"]
    case nil: ["management-read", "management-write"]
    }
  }

  private static func kinds(of entry: Entry) -> [String] {
    managementKinds(entry) + entry.dataResourceTypes.map { "data:\($0)" }
  }

  /// It has no call of its own: calls of other services hand roles over.
  private static func isPassRole(_ entry: Entry) -> Bool { entry.name.lowercased == "iam:passrole" }

  /// The days of the window on which an event of all these kinds would have been recorded.
  ///
  /// - Parameters:
  ///   - region: the Region in which it would have been recorded; nil where any could be the one.
  ///   - service: its prefix, where a trail may leave it out.
  func observedDays(kinds: [String], region: String?, service: String? = nil) -> Int {
    guard let calendar else { return 0 }
    let kinds = kinds.filter { !assumed.kinds.contains($0) }
    return memory.observedDays(CoverageMemory.Question(kinds: kinds, region: region, service: service)) {
      period.calendar.count { calendar.shows(kinds, on: $0, region: region, service: service) }
    }
  }

  private func deliveredDays(
    _ standings: [DeclaredRecording.Standing], of entry: Entry, _ calendar: CoverageCalendar.Account
  ) -> Int {
    let region = catalog.globalRegion(
      ofService: entry.name.service.lowercased(), partition: partition)
    return memory.deliveredDays(standings, region: region) {
      period.calendar.count { day in
        calendar.delivers(day, region: region) && calendar.recording.standings(on: day) == standings
      }
    }
  }

  /// Days that would have to be covered.
  var neededDays: Double { minimumCoverage / 100 * Double(period.days) }

  /// Whether a policy change within the window would have been seen.
  var showsPolicyChanges: Bool {
    guard let calendar else { return false }
    let region = catalog.globalRegion(ofService: "iam", partition: partition)
    let first = period.calendar.lowerBound
    guard calendar.firstDay <= first || isAlmost(calendar.history.firstDay(in: region ?? ""), first) else {
      return false
    }
    return Double(observedDays(kinds: ["management-write"], region: region)) >= neededDays
  }

  /// The event history goes back 90 days and no further, so that what is asked after a window of 90 days begins a little
  /// later than it. A twentieth of the window may be missing, as always.
  private func isAlmost(_ day: Int?, _ first: Int) -> Bool {
    guard let day else { return false }
    return day - first <= period.days / 20
  }

  /// Whether a change of the trails' selectors within the window would have been seen.
  private var showsTrailChanges: Bool {
    Double(observedDays(kinds: ["management-write"], region: nil)) >= neededDays
  }

  private func judgeCoverage(
    of entry: Entry, _ calendar: CoverageCalendar.Account, kinds: [String], dataDays: Int?, age: GrantAge
  ) -> Finding {
    // A role is passed by calls of other services, in any Region.
    let prefix = String(entry.name.service).lowercased()
    let region =
      ObservationRules.isPassRole(entry) ? nil : catalog.globalRegion(ofService: prefix, partition: partition)
    let service = CoverageCalendar.Account.excludableSources[prefix] == nil ? nil : prefix
    let kinds = kinds.filter { !assumed.kinds.contains($0) }
    let observed = min(
      observedDays(kinds: kinds, region: region, service: service), dataDays ?? period.days)
    func short(_ code: ReasonCode, _ reason: String, _ verdict: Verdict = .notEnoughEvidence) -> Finding {
      Finding(verdict: verdict, code: code, reason: reason, observedDays: observed)
    }
    let question = CoverageMemory.Question(kinds: kinds, region: region, service: service)
    if !kinds.isEmpty, let left = memory.leftOut(question, { leftOut(question, calendar) }) {
      return short(left.code, left.reason, left.verdict)
    }
    if !calendar.isOfAllRegions, region == nil {
      return short(
        .coverageGap,
        "only \(calendar.regions.joined(separator: ", ")) is recorded, and the action may be used elsewhere")
    }
    if Double(observed) < neededDays {
      return short(
        .coverageGap, "\(observed) of \(period.days) days are covered\(gapText(calendar, region: region))")
    }
    if dataDays != nil, !entry.dataResourceTypes.allSatisfy(assumed.data.contains), !showsTrailChanges {
      return short(
        .selectorsUnknown,
        "whether the trail recorded the same all the time is not known: nothing shows changes of its selectors"
      )
    }
    switch age.standing(at: period.start.seconds, showsChanges: showsPolicyChanges) {
    case .old: break
    case .recent(let time):
      return short(.grantedTooRecently, "it was granted on \(UTCTime(seconds: time).day), within the window")
    case .undated:
      return short(
        .grantedTooRecently,
        "nothing dates this grant, and records of policy changes do not reach back over the whole window")
    }
    if isContradicted {
      return short(
        .roleUsedUnseen,
        "IAM says that the role was used in the window, and the trail shows neither a call of it nor an entry into it"
      )
    }
    return Finding(
      verdict: .unused, code: .notSeen, reason: "not seen in \(observed) of \(period.days) days",
      observedDays: observed)
  }

  /// What is said where declared selectors leave the action's events out, on all days of the window or on some.
  private func leftOut(_ question: CoverageMemory.Question, _ calendar: CoverageCalendar.Account)
    -> CoverageMemory.LeftOut?
  {
    let (kinds, service) = (question.kinds, question.service)
    let what = kinds.map { $0 == "management-read" ? "reading" : "changing" }.joined(separator: " and ")
    let whose = service.map { " of \($0)" } ?? ""
    // Selectors leave nothing out of the event history.
    let days = period.calendar.filter {
      calendar.declared(on: $0) != nil && !calendar.isInHistory($0, region: question.region)
    }
    let extents = days.map { day in
      kinds.map { calendar.managementExtent($0, service: service, on: day) }
    }
    let without = extents.count { $0.contains(.none) }
    // Days for which nothing is declared, for the trail was stopped or changed, are few.
    if without > 0, without == days.count, Double(without) >= neededDays {
      return CoverageMemory.LeftOut(
        verdict: .unobservable, code: .managementEventsNotRecorded,
        reason: "the trail does not record \(what) management events\(whose)"
      )
    }
    let unclear = extents.count { $0.contains(.unknown) || $0.contains(.some) }
    guard unclear > 0, Double(period.days - unclear) < neededDays else { return nil }
    return CoverageMemory.LeftOut(
      verdict: .notEnoughEvidence, code: .selectorsUnknown,
      reason:
        "whether the imported trail records \(what) management events\(whose) is not known"
    )
  }

  private func gapText(_ calendar: CoverageCalendar.Account, region: String?) -> String {
    let gaps = calendar.gaps(in: period.calendar, region: region)
    guard !gaps.isEmpty else {
      return "; on the others nothing shows that events of its kind are recorded"
    }
    let shown = gaps.prefix(3).map { gap in
      "; nothing from \(DayRuns.text(gap.days)) in \(gap.regions.joined(separator: ", "))"
    }
    return shown.joined() + (gaps.count > 3 ? "; and other days elsewhere" : "")
  }
}
