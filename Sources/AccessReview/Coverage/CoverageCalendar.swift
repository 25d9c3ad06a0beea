import EvidenceStore
import IAMIdentifiers
import IAMSnapshot

/// On which days the trail would have shown a call, for each account, Region and kind of event.
///
/// Not seeing an event proves something only where everything of its kind was recorded and delivered.
/// Source of the rules: "Working with CloudTrail log files" and "Validating CloudTrail log file integrity", AWS
/// CloudTrail User Guide.
struct CoverageCalendar {
  /// What can be said of a day.
  enum State: String {
    /// Files of the day were delivered.
    case covered
    /// Digests prove that nothing was to be delivered.
    case quiet
    /// A part of the day is missing.
    case partial
    /// Nothing came.
    case gap

    /// Whether the day counts as covered.
    var counts: Bool { self != .gap }
  }

  /// One account's calendar.
  struct Account {
    let account: String
    let regions: [String]
    /// Whether one trail records all Regions.
    let isMultiRegion: Bool
    let firstDay: Int
    let lastDay: Int
    /// By Region, then by day from `firstDay` on.
    fileprivate(set) var states: [String: [State]] = [:]
    fileprivate(set) var causes: [Int: String] = [:]
    /// Kinds of which delivered files held events.
    let seenKinds: Set<String>
    let declarations: [DeclaredTrails.Declaration]
    /// Days on which the declared selectors are known to have been in force.
    let declaredDays: ClosedRange<Int>?

    /// The state of a day in a Region, whatever the kind.
    func state(_ day: Int, region: String) -> State {
      guard let days = states[region], day >= firstDay, day <= lastDay else { return .gap }
      return days[day - firstDay]
    }

    /// The worst state of a day over all Regions.
    func state(_ day: Int) -> State {
      let all = regions.map { state(day, region: $0) }
      if all.isEmpty || all.contains(.gap) { return .gap }
      if all.contains(.partial) { return .partial }
      return all.allSatisfy { $0 == .quiet } ? .quiet : .covered
    }

    /// What the trails declare to record on a day; nil where nothing valid is declared.
    func declared(on day: Int) -> [RecordedEvents]? {
      guard let declaredDays, declaredDays.contains(day) else { return nil }
      let known = declarations.compactMap(\.recorded)
      return known.isEmpty ? nil : known
    }
  }

  let accounts: [String: Account]

  init(record: EvidenceStore.TrailRecord) {
    let declared = DeclaredTrails(record.configurations)
    let delivered = Dictionary(grouping: record.delivered, by: \.account)
    let digests = Dictionary(grouping: record.digests, by: \.account)
    let days = record.delivered.map(\.day)
    let digestDays = record.digests.map { Int(($0.end - 1) / 86_400) }
    var accounts: [String: Account] = [:]
    let last = (days + digestDays).max() ?? 0
    for account in Set(delivered.keys).union(digests.keys).sorted() where AccountID(account) != nil {
      let mine = delivered[account] ?? []
      let proofs = digests[account] ?? []
      let first = (mine.map(\.day) + proofs.map { Int($0.start / 86_400) }).min() ?? last
      accounts[account] = CoverageCalendar.calendar(
        of: account, from: first, to: last, delivered: mine, digests: proofs,
        undelivered: record.undelivered.filter { $0.account == account }, controls: record.controls,
        declarations: declared.trails(of: account))
    }
    self.accounts = accounts
  }

  private static func calendar(
    of account: String, from first: Int, to last: Int, delivered: [DeliveredDay], digests: [DigestPeriod],
    undelivered: [UndeliveredFile], controls: [TrailControl], declarations: [DeclaredTrails.Declaration]
  ) -> Account {
    var regions = Set(delivered.map(\.region)).union(digests.map(\.region))
    let deliveredRegions = Set(delivered.map(\.region))
    let isMultiRegion = declarations.contains { $0.trail.isMultiRegion == true } || deliveredRegions.count > 1
    if isMultiRegion { regions.formUnion(declarations.compactMap(\.trail.homeRegion)) }
    regions.remove("")
    let own = TrailControls(controls, account: account, declarations: declarations)
    var calendar = Account(
      account: account, regions: regions.sorted(), isMultiRegion: isMultiRegion, firstDay: first,
      lastDay: last,
      seenKinds: Set(delivered.map(\.eventKind)), declarations: declarations,
      declaredDays: own.declaredDays(takenAt: declarations.compactMap(\.takenAt).max()))
    let anywhere = Set(delivered.map(\.day))
    for region in calendar.regions {
      let here = isMultiRegion ? anywhere : Set(delivered.filter { $0.region == region }.map(\.day))
      let proof = DigestProof(digests.filter { $0.region == region })
      let lost = undelivered.filter { $0.region == region }
      calendar.states[region] = (first...last).map { day in
        let isLost = lost.contains { Int($0.oldest / 86_400) <= day && day <= Int($0.newest / 86_400) }
        if here.contains(day) { return isLost || own.changesLogging(on: day) ? .partial : .covered }
        if isLost { return .partial }
        return proof.coversWhole(day) ? .quiet : .gap
      }
    }
    for day in first...last where calendar.state(day) == .gap {
      calendar.causes[day] = own.isStopped(on: day) ? "logging-stopped" : "nothing-delivered"
    }
    return calendar
  }

  /// Rows for the store: of each account, Region and kind that was declared or seen.
  var days: [CoverageDay] {
    var rows: [CoverageDay] = []
    for (_, account) in accounts.sorted(by: { $0.key < $1.key }) {
      for region in account.regions {
        for kind in account.kinds {
          for day in account.firstDay...account.lastDay {
            if let row = account.row(kind, day: day, region: region) { rows.append(row) }
          }
        }
      }
    }
    return rows
  }
}

extension CoverageCalendar.Account {
  /// Kinds that were seen or declared, in order.
  var kinds: [String] {
    var kinds = seenKinds.subtracting(["management"])
    for recorded in declarations.compactMap(\.recorded) {
      kinds.formUnion(["management-read", "management-write"])
      kinds.formUnion(recorded.data.map { "data:\($0.resourceType)" })
      if !recorded.networkActivitySources.isEmpty { kinds.insert("network-activity") }
    }
    return kinds.sorted()
  }

  /// Whether a kind is recorded on a day, as declared, or, where nothing is declared, as seen on any day.
  func isRecorded(_ kind: String, on day: Int) -> Bool {
    guard let declared = declared(on: day) else {
      return seenKinds.contains(kind) && !kind.hasPrefix("data:")
    }
    return declared.contains { recorded in
      switch kind {
      case "management-read": recorded.managementReads != .notRecorded
      case "management-write": recorded.managementWrites != .notRecorded
      case "network-activity": !recorded.networkActivitySources.isEmpty
      default: recorded.data.contains { "data:\($0.resourceType)" == kind }
      }
    }
  }

  fileprivate func row(_ kind: String, day: Int, region: String) -> CoverageDay? {
    let state = state(day, region: region)
    let isDeclared = declared(on: day) != nil
    // Data events without a declaration prove recording of what they show, and nothing about the rest.
    if kind.hasPrefix("data:"), !isDeclared { return nil }
    let isRecorded = isRecorded(kind, on: day)
    let basis =
      switch state {
      case .quiet: "digests"
      case .gap: ""
      default: isDeclared ? "deliveries, declared" : "deliveries"
      }
    return CoverageDay(
      account: account, region: region, eventKind: kind, day: day,
      state: (isRecorded ? state : .gap).rawValue,
      basis: isRecorded ? basis : "",
      cause: !isRecorded ? "not-recorded" : state == .gap ? causes[day] ?? "" : "")
  }
}

/// Which days digests prove to be complete.
private struct DigestProof {
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

/// The calls that switched an account's trails on and off, or changed what they record.
private struct TrailControls {
  private var stopped: [ClosedRange<Int64>] = []
  private var switched: Set<Int> = []
  private var changes: [Int64] = []

  init(_ controls: [TrailControl], account: String, declarations: [DeclaredTrails.Declaration]) {
    let names = Set(declarations.flatMap { [$0.trail.name, $0.trail.arnText].compactMap { $0 } })
    let owners = Set(declarations.compactMap { $0.trail.arn?.accountID?.description })
    let mine = controls.filter { control in
      guard let trail = control.trail, !names.isEmpty else { return control.account == account }
      if trail.hasPrefix("arn:") { return names.contains(trail) }
      return names.contains(trail) && (control.account == account || owners.contains(control.account))
    }
    var since: Int64?
    for control in mine {
      switch control.eventName {
      case "StopLogging", "DeleteTrail":
        since = since ?? control.time
        switched.insert(Int(control.time / 86_400))
      case "StartLogging":
        if let start = since { stopped.append(start...control.time) }
        since = nil
        switched.insert(Int(control.time / 86_400))
      default: changes.append(control.time)
      }
    }
    if let since { stopped.append(since...Int64.max) }
  }

  func changesLogging(on day: Int) -> Bool { switched.contains(day) }

  func isStopped(on day: Int) -> Bool {
    let start = Int64(day) * 86_400
    return stopped.contains { $0.lowerBound < start + 86_400 && $0.upperBound >= start }
  }

  /// The days on which what a configuration of that time says was in force: since the last change before it, until the
  /// first change after it.
  func declaredDays(takenAt: Int64?) -> ClosedRange<Int>? {
    let at = takenAt ?? Int64.max
    let from = changes.filter { $0 <= at }.max().map { Int($0 / 86_400) + 1 } ?? 0
    let to = changes.filter { $0 > at }.min().map { Int($0 / 86_400) } ?? Int.max
    return from <= to ? from...to : nil
  }
}
