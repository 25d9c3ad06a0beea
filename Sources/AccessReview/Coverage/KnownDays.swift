import EvidenceStore
import IAMSnapshot

/// What trails and the event history tell together of an account's management events.
extension CoverageCalendar.Account {
  /// All Regions of which something is known, sorted.
  var regions: [String] {
    history.isEmpty ? trailRegions : Set(knownRegions).union(trailRegions).union(history.asked).sorted()
  }

  /// Whether these are all the Regions there are, as far as known. Of a single one nobody knows.
  var isOfAllRegions: Bool {
    isMultiRegion || !history.isEmpty && (history.enabled != nil || knownRegions.count > 1)
  }

  /// The state of a day in a Region for management events, whatever their kind.
  func state(_ day: Int, region: String) -> CoverageCalendar.State {
    .best(delivered(day, region: region), history.state(day, region: region))
  }

  /// What is known of a day in all Regions together.
  func state(_ day: Int) -> CoverageCalendar.State {
    guard !history.isEmpty else { return delivered(day) }
    return day >= firstDay && day <= lastDay ? together[day - firstDay] : .gap
  }

  /// The same, worked out. A trail of all Regions knows of Regions, too, of which nothing else is here.
  func together(_ day: Int) -> CoverageCalendar.State {
    .best(isMultiRegion ? delivered(day) : .gap, .worst(knownRegions.map { state(day, region: $0) }))
  }

  /// Whether a management event of all these kinds would be known that a day had.
  ///
  /// - Parameters:
  ///   - region: the Region in which it would have been recorded; nil where any could be the one.
  ///   - service: its prefix, where a trail may leave it out.
  func shows(_ kinds: [String], on day: Int, region: String?, service: String?) -> Bool {
    let isRecorded = kinds.allSatisfy { managementExtent($0, service: service, on: day) == .all }
    if isRecorded, delivers(day, region: region) { return true }
    guard !history.isEmpty else { return false }
    if let region { return history.state(day, region: region).counts }
    return isOfAllRegions
      && knownRegions.allSatisfy { region in
        history.state(day, region: region).counts || isRecorded && delivered(day, region: region).counts
      }
  }

  /// Whether a kind of events is known of a covered day: recorded, or told by the event history.
  func isKnown(_ kind: String, on day: Int) -> Bool {
    guard kind.hasPrefix("management-"), !history.isEmpty else { return isRecorded(kind, on: day) }
    let isRecorded = isRecorded(kind, on: day)
    return knownRegions.allSatisfy { isRecorded || history.state(day, region: $0).counts }
  }

  /// Whether the event history alone would tell of any management event that a day had.
  func isInHistory(_ day: Int, region: String?) -> Bool {
    if let region { return history.state(day, region: region).counts }
    return isOfAllRegions && knownRegions.allSatisfy { history.state(day, region: $0).counts }
  }

  /// Whether trails delivered a day's events.
  func delivers(_ day: Int, region: String?) -> Bool {
    if isMultiRegion { return delivered(day).counts }
    // A trail of one Region has the events of that Region, and those of global services if it was told so.
    guard let region, includesGlobalServices else { return false }
    return delivered(day, region: region).counts
  }

  /// The Regions of which some of these days are not known; all where nothing but trails is here.
  func regions(missing days: [Int]) -> [String] {
    guard !history.isEmpty else { return regions }
    return knownRegions.filter { region in days.contains { !state($0, region: region).counts } }
  }
}

/// Rows for the store.
extension CoverageCalendar.Account {
  /// Kinds that were seen or declared, in order.
  var kinds: [String] {
    var kinds = seen.kinds.subtracting(["management"])
    if !history.isEmpty { kinds.formUnion(CoverageCalendar.Account.managementKinds) }
    for recorded in declarations.compactMap(\.recorded) where hasTrail {
      kinds.formUnion(CoverageCalendar.Account.managementKinds)
      kinds.formUnion(recorded.dataResourceTypes.map { "data:\($0)" })
      if !recorded.networkActivitySources.isEmpty { kinds.insert("network-activity") }
    }
    return kinds.sorted()
  }

  private static let managementKinds: Set<String> = ["management-read", "management-write"]

  /// What is known of a kind of events on a day in a Region; nil where there is nothing to be said of it.
  func row(_ kind: String, day: Int, region: String) -> CoverageDay? {
    let known =
      CoverageCalendar.Account.managementKinds.contains(kind)
      ? history.state(day, region: region) : CoverageCalendar.State.gap
    guard let delivery = delivery(kind, day: day, region: region) else {
      let isQuestioned = CoverageCalendar.Account.managementKinds.contains(kind) && !history.isEmpty
      guard isQuestioned else { return nil }
      return row(kind, day, region, known, [known.counts ? "event-history" : ""], "nothing-delivered")
    }
    let bases = [delivery.basis, known.counts ? "event-history" : ""]
    return row(kind, day, region, .best(delivery.state, known), bases, delivery.cause)
  }

  private func row(
    _ kind: String, _ day: Int, _ region: String, _ state: CoverageCalendar.State, _ bases: [String],
    _ cause: String
  ) -> CoverageDay {
    CoverageDay(
      account: account, region: region, eventKind: kind, day: day, state: state.rawValue,
      basis: bases.filter { !$0.isEmpty }.joined(separator: ", "), cause: state == .gap ? cause : "")
  }

  /// What trails tell of a kind of events; nil where there is none of the Region, or nothing to be said.
  private func delivery(_ kind: String, day: Int, region: String)
    -> (state: CoverageCalendar.State, basis: String, cause: String)?
  {
    let isManagement = CoverageCalendar.Account.managementKinds.contains(kind)
    guard trailRegions.contains(region) || isMultiRegion && isManagement else { return nil }
    let state = delivered(day, region: region)
    let isDeclared = declared(on: day) != nil
    // Data events without a declaration prove recording of what they show, and nothing about the rest.
    let isStopped = recording.isStopped(on: day)
    if kind.hasPrefix("data:"), !isDeclared, !isStopped { return nil }
    let cause = state == .gap ? causes[day] ?? "nothing-delivered" : ""
    guard isRecorded(kind, on: day) else { return (.gap, "", isStopped ? cause : "not-recorded") }
    let basis =
      switch state {
      case .quiet: "digests"
      case .gap: ""
      default: isDeclared ? "deliveries, declared" : "deliveries"
      }
    return (state, basis, cause)
  }
}
