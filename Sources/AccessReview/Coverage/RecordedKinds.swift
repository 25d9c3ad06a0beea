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
    let known = recording.recorded(on: day)
    return known.isEmpty ? nil : known
  }

  /// Whether management events of a kind are recorded on a day for a service: as declared, else as seen.
  ///
  /// - Parameter service: the prefix; nil for most services, which no trail can leave out.
  func managementExtent(_ kind: String, service: String?, on day: Int) -> RecordedEvents.Extent {
    let source = service.flatMap { CoverageCalendar.Account.excludableSources[$0] }
    let isSourceSeen = source.map { seen.showsSource($0, around: day) } ?? true
    let isSeen = seen.shows(kind, around: day) && isSourceSeen
    // No trail tells its management events apart by name or caller; a selector that does so records some of them.
    let calls = QuestionedCalls(
      .management, names: [QuestionedCalls.Name(source: source ?? "", name: "*")],
      readOnly: kind == "management-read")
    let standings = recording.standings(on: day)
    let declared = recording.extent(standings, isSeen: isSeen) { $0.records(calls) }
    // What a trail whose selectors are not known records, files show, as where nothing is declared.
    if let declared, declared != .unknown || !standings.contains(.unknown) { return declared }
    return isSeen ? .all : .unknown
  }

  /// Whether a kind is recorded on a day, as declared, or, where nothing is declared, as seen between two changes.
  func isRecorded(_ kind: String, on day: Int) -> Bool {
    if kind.hasPrefix("management-") { return managementExtent(kind, service: nil, on: day) == .all }
    guard let declared = declared(on: day) else {
      return seen.shows(kind, around: day) && !kind.hasPrefix("data:")
    }
    if kind == "network-activity" { return declared.contains { !$0.networkActivitySources.isEmpty } }
    return declared.contains { $0.dataResourceTypes.contains { "data:\($0)" == kind } }
  }
}
