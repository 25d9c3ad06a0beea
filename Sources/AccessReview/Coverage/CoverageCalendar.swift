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

    /// What is known of a day in several Regions together.
    static func worst(_ all: [State]) -> State {
      if all.isEmpty || all.contains(.gap) { return .gap }
      if all.contains(.partial) { return .partial }
      return all.allSatisfy { $0 == .quiet } ? .quiet : .covered
    }

    /// What is known of a day from two sources.
    static func best(_ one: State, _ other: State) -> State {
      let both = [one, other]
      return [.covered, .quiet, .partial].first(where: both.contains) ?? .gap
    }
  }

  /// One account's calendar.
  struct Account {
    let account: String
    /// Whether files or digests of a trail are here. The event history tells nothing of data events.
    let hasTrail: Bool
    /// Regions of which trails are here.
    let trailRegions: [String]
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
    let history: EventHistory
    /// The Regions of which all must be known where a call may have been made in any. Sorted.
    let knownRegions: [String]
    /// By day from `firstDay` on, for management events; empty without a history.
    fileprivate(set) var together: [State] = []
    var declarations: [DeclaredTrails.Declaration] { recording.declarations }

    /// What trails delivered of a day in a Region, whatever the kind.
    func delivered(_ day: Int, region: String) -> State {
      guard let days = states[region], day >= firstDay, day <= lastDay else { return .gap }
      return days[day - firstDay]
    }

    /// The worst of a day over all Regions of the trails.
    func delivered(_ day: Int) -> State { State.worst(trailRegions.map { delivered(day, region: $0) }) }
  }

  let accounts: [String: Account]

  init(record: EvidenceStore.TrailRecord) {
    let declared = DeclaredTrails(record.configurations)
    let looked = record.histories.compactMap { EventHistoryAnswer($0)?.whole }
    let believed = CoverageCalendar.believed(
      record.delivered.map(\.day) + record.digests.map { Int($0.start / 86_400) }
        + looked.flatMap { [Int($0.lowerBound / 86_400), Int($0.upperBound / 86_400)] })
    let histories = EventHistories(record, believed: believed)
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
    let lookedDays = histories.accounts.values.compactMap(\.days?.upperBound)
    let last = (days + digestDays + lookedDays).max() ?? 0
    let named = Set(delivered.keys).union(digests.keys).union(histories.accounts.keys)
    for account in named.sorted() where AccountID(account) != nil {
      let mine = delivered[account] ?? []
      let proofs = digests[account] ?? []
      let history = histories.accounts[account] ?? .nothing
      let starts = mine.map(\.day) + proofs.map { Int($0.start / 86_400) }
      let first = (starts + [history.days?.lowerBound].compactMap { $0 }).min() ?? last
      // What the history brought shows nothing of what a trail records.
      let asked = histories.askedDays[account] ?? []
      accounts[account] = CoverageCalendar.calendar(
        of: account, from: first, to: last, delivered: mine,
        excludable: record.excludable.filter { $0.account == account && !asked.contains($0.day) },
        digests: proofs, undelivered: record.undelivered.filter { $0.account == account },
        controls: record.controls, declarations: declared.trails(of: account), history: history)
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
    declarations: [DeclaredTrails.Declaration], history: EventHistory
  ) -> Account {
    let fileRegions = Set(delivered.map(\.fileRegion))
    let hasTrail = !delivered.isEmpty || !digests.isEmpty
    let isMultiRegion =
      hasTrail && CoverageCalendar.isMultiRegion(declarations, fileRegions: fileRegions)
    var regions = fileRegions.union(digests.map(\.region))
    if isMultiRegion {
      regions.formUnion(delivered.map(\.region))
      regions.formUnion(declarations.compactMap(\.trail.homeRegion))
    }
    regions.remove("")
    let known = history.regions(beside: regions, isMultiRegion: isMultiRegion)
    let own = TrailControls(controls, account: account, declarations: declarations)
    var calendar = Account(
      account: account, hasTrail: hasTrail, trailRegions: regions.sorted(), isMultiRegion: isMultiRegion,
      includesGlobalServices: isMultiRegion || declarations.isEmpty
        || declarations.contains { $0.trail.includesGlobalServiceEvents != false },
      firstDay: first, lastDay: last,
      seen: SeenEvents(delivered, excludable, changes: own.changeDays),
      recording: DeclaredRecording(declarations, controls: controls, account: account), history: history,
      knownRegions: known)
    let anywhere = Set(delivered.map(\.day))
    // A trail of all Regions delivers for those of which no file was needed so far, too.
    if isMultiRegion { regions.formUnion(known) }
    for region in regions {
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
    for day in first...last where calendar.delivered(day) == .gap {
      calendar.causes[day] = own.isStopped(on: day) ? "logging-stopped" : "nothing-delivered"
    }
    if !history.isEmpty { calendar.together = (first...last).map { calendar.together($0) } }
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
