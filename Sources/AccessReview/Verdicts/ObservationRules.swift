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
  /// Something used the role in the window, and the trail shows neither a call nor an entry, though it would have shown
  /// whatever the role may do.
  var isContradicted = false

  /// What can be said of an action that was not seen.
  struct Finding {
    let verdict: Verdict
    let code: ReasonCode
    let reason: String
    let observedDays: Int
  }

  /// Judges an action that no call of the role needed, as far as is seen.
  func judgeUnseen(_ grant: Grant, age: GrantAge) -> Finding {
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
    return judgeCoverage(of: entry, kinds: kinds, age: age, isPassRole: isPassRole)
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
    guard let calendar else {
      return finding(.notEnoughEvidence, .noTrail, "no delivered trail of \(account) was imported")
    }
    guard !calendar.declarations.isEmpty else {
      return finding(
        .notEnoughEvidence, .selectorsUnknown, "whether the trail records data events of \(type) is not known"
      )
    }
    let days = period.calendar
    guard calendar.declared(on: days.upperBound) != nil, calendar.declared(on: days.lowerBound) != nil else {
      return finding(
        .notEnoughEvidence, .selectorsUnknown,
        "what the trail recorded of \(type) is not known for the whole window, because it was changed in it")
    }
    let readOnly = entry.recordedAs.map { $0 == .read }
    func extent(of type: String, on patterns: [String], readOnly: Bool?) -> RecordedEvents.Extent {
      calendar.declaredExtent(on: days.upperBound, isSeen: calendar.seen.kinds.contains("data:\(type)")) {
        $0.records(dataOf: type, arnPatterns: patterns, readOnly: readOnly)
      } ?? .unknown
    }
    // A call that is also recorded as a management event may be made in ways that only data events show.
    if entry.visibility == .both {
      return entry.dataResourceTypes.allSatisfy { extent(of: $0, on: ["*"], readOnly: nil) == .all }
        ? nil
        : finding(
          .notEnoughEvidence, .dataEventsPartlyRecorded,
          "some ways of calling it are data events of \(type), which the trail does not record")
    }
    let patterns = grant.resources.isEmpty || !grant.exceptResources.isEmpty ? ["*"] : grant.resources
    // A call through an access point is recorded with its object; of other types any may be the one that it is recorded with.
    let types = entry.dataResourceTypes.filter {
      $0 != "AWS::S3::AccessPoint" || entry.dataResourceTypes.count == 1
    }
    let extents = Set(types.map { extent(of: $0, on: patterns, readOnly: readOnly) })
    if extents == [.all] { return nil }
    if extents.contains(.all) || extents.contains(.some) {
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
  ///
  /// - Parameters:
  ///   - region: the Region in which it would have been recorded; nil where any could be the one.
  ///   - service: its prefix, where a trail may leave it out.
  func observedDays(kinds: [String], region: String?, service: String? = nil) -> Int {
    guard let calendar else { return 0 }
    return memory.observedDays(CoverageMemory.Question(kinds: kinds, region: region, service: service)) {
      period.calendar.count { day in
        isDelivered(day, region: region, calendar)
          && kinds.allSatisfy { calendar.managementExtent($0, service: service, on: day) == .all }
      }
    }
  }

  private func isDelivered(_ day: Int, region: String?, _ calendar: CoverageCalendar.Account) -> Bool {
    if calendar.isMultiRegion { return calendar.state(day).counts }
    // A trail of one Region has the events of that Region, and those of global services if it was told so.
    guard let region, calendar.includesGlobalServices else { return false }
    return calendar.state(day, region: region).counts
  }

  /// Days that would have to be covered.
  var neededDays: Double { minimumCoverage / 100 * Double(period.days) }

  /// Whether a policy change within the window would have been seen.
  var showsPolicyChanges: Bool {
    guard let calendar, calendar.firstDay <= period.calendar.lowerBound else { return false }
    let region = catalog.globalRegion(ofService: "iam", partition: partition)
    return Double(observedDays(kinds: ["management-write"], region: region)) >= neededDays
  }

  private func judgeCoverage(of entry: Entry, kinds: [String], age: GrantAge, isPassRole: Bool) -> Finding {
    // A role is passed by calls of other services, in any Region.
    let prefix = String(entry.name.service).lowercased()
    let region = isPassRole ? nil : catalog.globalRegion(ofService: prefix, partition: partition)
    let service = CoverageCalendar.Account.excludableSources[prefix] == nil ? nil : prefix
    let observed = observedDays(kinds: kinds, region: region, service: service)
    func short(_ code: ReasonCode, _ reason: String, _ verdict: Verdict = .notEnoughEvidence) -> Finding {
      Finding(verdict: verdict, code: code, reason: reason, observedDays: observed)
    }
    guard let calendar else { return short(.noTrail, "no delivered trail of \(account) was imported") }
    let question = CoverageMemory.Question(kinds: kinds, region: nil, service: service)
    if let left = memory.leftOut(question, { leftOut(kinds, service: service, calendar) }) {
      return short(left.code, left.reason, left.verdict)
    }
    if !calendar.isMultiRegion, region == nil {
      return short(
        .coverageGap,
        "only \(calendar.regions.joined(separator: ", ")) is recorded, and the action may be used elsewhere")
    }
    if Double(observed) < neededDays {
      return short(
        .coverageGap, "\(observed) of \(period.days) days are covered\(gapText(calendar, region: region))")
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
  private func leftOut(_ kinds: [String], service: String?, _ calendar: CoverageCalendar.Account)
    -> CoverageMemory.LeftOut?
  {
    let what = kinds.map { $0 == "management-read" ? "reading" : "changing" }.joined(separator: " and ")
    let whose = service.map { " of \($0)" } ?? ""
    let days = period.calendar.filter { calendar.declared(on: $0) != nil }
    let extents = days.map { day in
      kinds.map { calendar.managementExtent($0, service: service, on: day) }
    }
    let without = extents.count { $0.contains(.none) }
    if without == period.days {
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
    let missing = period.calendar.filter { day in
      calendar.isMultiRegion || region == nil
        ? !calendar.state(day).counts : !calendar.state(day, region: region ?? "").counts
    }
    guard !missing.isEmpty else {
      return "; on the others nothing shows that events of its kind are recorded"
    }
    let runs = DayRuns.of(missing).map { run in
      run.lowerBound == run.upperBound
        ? "\(UTCDay(number: run.lowerBound))"
        : "\(UTCDay(number: run.lowerBound)) to \(UTCDay(number: run.upperBound))"
    }
    let shown =
      runs.prefix(3).joined(separator: ", ") + (runs.count > 3 ? " and \(runs.count - 3) more times" : "")
    return "; nothing from \(shown) in \(region ?? calendar.regions.joined(separator: ", "))"
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
