import ActionCatalog
import EvidenceStore
import IAMSnapshot

/// What delivered files held, in each stretch of time in which the trails' settings stayed the same.
///
/// What was seen after a change of the settings says nothing about the time before it.
struct SeenEvents {
  /// Kinds of which delivered files held events.
  let kinds: Set<String>
  private let changes: [Int]
  private var kindsOfStretch: [Int: Set<String>] = [:]
  private var sourcesOfStretch: [Int: Set<String>] = [:]

  init(_ delivered: [DeliveredDay], _ excludable: [ExcludableDay], changes: [Int]) {
    kinds = Set(delivered.map(\.eventKind))
    self.changes = changes
    // On the day of a change nobody knows on which side of it an event lies.
    let uncertain = Set(changes)
    for day in delivered where !uncertain.contains(day.day) {
      kindsOfStretch[stretch(day.day), default: []].insert(day.eventKind)
    }
    for day in excludable where !uncertain.contains(day.day) {
      sourcesOfStretch[stretch(day.day), default: []].insert(day.source)
    }
  }

  private func stretch(_ day: Int) -> Int { changes.count { $0 < day } }

  func shows(_ kind: String, around day: Int) -> Bool {
    kindsOfStretch[stretch(day)]?.contains(kind) ?? false
  }
  func showsSource(_ source: String, around day: Int) -> Bool {
    sourcesOfStretch[stretch(day)]?.contains(source) ?? false
  }
}

extension DeclaredTrails.Declaration {
  /// Where its files go: trails that deliver to one place are imported together.
  var place: String { "\(trail.bucket ?? "") \(trail.keyPrefix ?? "")" }
}

extension CoverageCalendar.Account {
  /// Sources that a trail can leave out of its management events, by service prefix.
  ///
  /// Source: "Logging management events", section "Exclude AWS KMS or Amazon RDS Data API events", AWS CloudTrail User Guide.
  static let excludableSources = ["kms": "kms.amazonaws.com", "rds-data": "rdsdata.amazonaws.com"]

  /// What the trails declare to record on a day; nil where nothing valid is declared.
  func declared(on day: Int) -> [RecordedEvents]? {
    guard let declaredDays, declaredDays.contains(day) else { return nil }
    let known = declarations.compactMap(\.recorded)
    return known.isEmpty ? nil : known
  }

  /// What the trails together record, as declared.
  ///
  /// Of trails that deliver to different places, perhaps only one's files were imported: all must record it, unless events
  /// of the kind show that those of a trail that does are here.
  func declaredExtent(
    on day: Int, isSeen: Bool, _ extent: (RecordedEvents) -> RecordedEvents.Extent
  ) -> RecordedEvents.Extent? {
    guard declared(on: day) != nil else { return nil }
    var places: [String: [RecordedEvents.Extent]] = [:]
    for declaration in declarations {
      guard let recorded = declaration.recorded else { continue }
      places[declaration.place, default: []].append(extent(recorded))
    }
    let best = places.values.map(CoverageCalendar.Account.union)
    if best.allSatisfy({ $0 == .all }) { return .all }
    let together = CoverageCalendar.Account.union(best)
    return together == .all && !isSeen ? .unknown : together
  }

  private static func union(_ extents: [RecordedEvents.Extent]) -> RecordedEvents.Extent {
    for extent in [RecordedEvents.Extent.all, .some, .unknown] where extents.contains(extent) {
      return extent
    }
    return .none
  }

  /// Whether management events of a kind are recorded on a day for a service: as declared, else as seen.
  ///
  /// - Parameter service: the prefix; nil for most services, which no trail can leave out.
  func managementExtent(_ kind: String, service: String?, on day: Int) -> RecordedEvents.Extent {
    let source = service.flatMap { CoverageCalendar.Account.excludableSources[$0] }
    let isSourceSeen = source.map { seen.showsSource($0, around: day) } ?? true
    let isSeen = seen.shows(kind, around: day) && isSourceSeen
    let declared = declaredExtent(on: day, isSeen: isSeen) { recorded in
      recorded.records(managementEventsOf: source ?? "", readOnly: kind == "management-read")
    }
    if let declared { return declared }
    return isSeen ? .all : .unknown
  }

  /// Whether a kind is recorded on a day, as declared, or, where nothing is declared, as seen between two changes.
  func isRecorded(_ kind: String, on day: Int) -> Bool {
    if kind.hasPrefix("management-") { return managementExtent(kind, service: nil, on: day) == .all }
    guard let declared = declared(on: day) else {
      return seen.shows(kind, around: day) && !kind.hasPrefix("data:")
    }
    if kind == "network-activity" { return declared.contains { !$0.networkActivitySources.isEmpty } }
    return declared.contains { $0.data.contains { "data:\($0.resourceType)" == kind } }
  }
}
