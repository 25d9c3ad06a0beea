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
    /// Whether a trail of a single Region records the events of global services.
    let includesGlobalServices: Bool
    let firstDay: Int
    let lastDay: Int
    /// By Region, then by day from `firstDay` on.
    fileprivate(set) var states: [String: [State]] = [:]
    fileprivate(set) var causes: [Int: String] = [:]
    /// What delivered files held while the trails' settings stayed the same.
    let seen: SeenEvents
    let recording: DeclaredRecording
    var declarations: [DeclaredTrails.Declaration] { recording.declarations }

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

  }

  let accounts: [String: Account]

  init(record: EvidenceStore.TrailRecord) {
    let declared = DeclaredTrails(record.configurations)
    let believed = CoverageCalendar.believed(
      record.delivered.map(\.day) + record.digests.map { Int($0.start / 86_400) })
    let deliveries = record.delivered.filter { believed.contains($0.day) }
    let delivered = Dictionary(grouping: deliveries, by: \.account)
    let described = record.digests.filter {
      $0.start < $0.end && believed.contains(Int($0.start / 86_400))
        && believed.contains(Int($0.end / 86_400) - 1)
    }
    let digests = Dictionary(grouping: described, by: \.account)
    let days = deliveries.map(\.day)
    let digestDays = described.map { Int(($0.end - 1) / 86_400) }
    var accounts: [String: Account] = [:]
    let last = (days + digestDays).max() ?? 0
    for account in Set(delivered.keys).union(digests.keys).sorted() where AccountID(account) != nil {
      let mine = delivered[account] ?? []
      let proofs = digests[account] ?? []
      let first = (mine.map(\.day) + proofs.map { Int($0.start / 86_400) }).min() ?? last
      accounts[account] = CoverageCalendar.calendar(
        of: account, from: first, to: last, delivered: mine, excludable: record.excludable, digests: proofs,
        undelivered: record.undelivered.filter { $0.account == account }, controls: record.controls,
        declarations: declared.trails(of: account))
    }
    self.accounts = accounts
  }

  /// The days around the middle one that can belong to one store: an event that claims another century is kept, and
  /// makes no calendar of all the days between.
  private static func believed(_ days: [Int]) -> ClosedRange<Int> {
    // CloudTrail has been recording since November 2013; a store of more than twenty years is a forged date's work.
    let middle = days.isEmpty ? 0 : days.sorted()[days.count / 2]
    return (middle - 3_650)...(middle + 3_650)
  }

  private static func calendar(
    of account: String, from first: Int, to last: Int, delivered: [DeliveredDay], excludable: [ExcludableDay],
    digests: [DigestPeriod], undelivered: [UndeliveredFile], controls: [TrailControl],
    declarations: [DeclaredTrails.Declaration]
  ) -> Account {
    let fileRegions = Set(delivered.map(\.fileRegion))
    let isMultiRegion = CoverageCalendar.isMultiRegion(declarations, fileRegions: fileRegions)
    var regions = fileRegions.union(digests.map(\.region))
    if isMultiRegion {
      regions.formUnion(delivered.map(\.region))
      regions.formUnion(declarations.compactMap(\.trail.homeRegion))
    }
    regions.remove("")
    let own = TrailControls(controls, account: account, declarations: declarations)
    var calendar = Account(
      account: account, regions: regions.sorted(), isMultiRegion: isMultiRegion,
      includesGlobalServices: isMultiRegion || declarations.isEmpty
        || declarations.contains { $0.trail.includesGlobalServiceEvents != false },
      firstDay: first, lastDay: last,
      seen: SeenEvents(delivered, excludable.filter { $0.account == account }, changes: own.changeDays),
      recording: DeclaredRecording(declarations, controls: controls, account: account))
    let anywhere = Set(delivered.map(\.day))
    for region in calendar.regions {
      let here = isMultiRegion ? anywhere : Set(delivered.filter { $0.fileRegion == region }.map(\.day))
      let proof = DigestProof(digests.filter { $0.region == region })
      let lost = undelivered.filter { $0.region == region }
      calendar.states[region] = (first...last).map { day in
        let isLost = lost.contains { Int($0.oldest / 86_400) <= day && day <= Int($0.newest / 86_400) }
        if here.contains(day) { return isLost || own.changesLogging(on: day) ? .partial : .covered }
        // Something was delivered, and nothing of it is here.
        if isLost { return .gap }
        return proof.coversWhole(day) ? .quiet : .gap
      }
    }
    for day in first...last where calendar.state(day) == .gap {
      calendar.causes[day] = own.isStopped(on: day) ? "logging-stopped" : "nothing-delivered"
    }
    return calendar
  }

  /// Whether the files are of a trail that records all Regions: declared, or plain from files of several Regions.
  ///
  /// Of several declared trails that deliver to different places, nobody knows whose files were imported: then the files
  /// themselves must be of several Regions.
  private static func isMultiRegion(_ declarations: [DeclaredTrails.Declaration], fileRegions: Set<String>)
    -> Bool
  {
    let declared = declarations.compactMap(\.trail.isMultiRegion)
    guard !declared.isEmpty else { return fileRegions.count > 1 }
    guard declared.contains(true) else { return false }
    let isOnePlace = Set(declarations.map(\.place)).count == 1
    return isOnePlace || declared.allSatisfy { $0 } || fileRegions.count > 1
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
    var kinds = seen.kinds.subtracting(["management"])
    for recorded in declarations.compactMap(\.recorded) {
      kinds.formUnion(["management-read", "management-write"])
      kinds.formUnion(recorded.dataResourceTypes.map { "data:\($0)" })
      if !recorded.networkActivitySources.isEmpty { kinds.insert("network-activity") }
    }
    return kinds.sorted()
  }

  fileprivate func row(_ kind: String, day: Int, region: String) -> CoverageDay? {
    let state = state(day, region: region)
    let isDeclared = declared(on: day) != nil
    // Data events without a declaration prove recording of what they show, and nothing about the rest.
    let isStopped = recording.isStopped(on: day)
    if kind.hasPrefix("data:"), !isDeclared, !isStopped { return nil }
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
      cause: !isRecorded && !isStopped ? "not-recorded" : state == .gap ? causes[day] ?? "" : "")
  }
}
