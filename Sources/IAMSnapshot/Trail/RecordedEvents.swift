/// Which events a trail records, as far as its selectors could be understood.
///
/// What only a selector that was not understood records, is not counted as recorded: `notUnderstood` says what
/// that may be.
public struct RecordedEvents: Hashable, Sendable {
  /// Whether management events of one kind (read or write) are recorded.
  public enum Management: Hashable, Sendable {
    case notRecorded
    /// Recorded, but for these event sources, sorted: `kms.amazonaws.com` or `rdsdata.amazonaws.com`.
    case recorded(exceptSources: [String])
  }

  /// Data events of one resource type.
  public struct DataEvents: Hashable, Sendable {
    /// Such as `AWS::S3::Object`.
    public let resourceType: String
    public let reads: Bool
    public let writes: Bool
    public let resources: ResourceScope

    /// Made of its parts.
    public init(resourceType: String, reads: Bool, writes: Bool, resources: ResourceScope) {
      self.resourceType = resourceType
      self.reads = reads
      self.writes = writes
      self.resources = resources
    }
  }

  /// A condition that keeps a selector from being counted.
  public struct NotUnderstood: Hashable, Sendable {
    /// `Management`, `Data`, `NetworkActivity`; nil where the selector does not say it plainly.
    public let category: String?
    /// Of a selector of data events; nil where it does not say it plainly: it may be any.
    public let resourceType: String?
    /// The field, such as `eventName`.
    public let field: String
    /// The operator on the field; nil where the field itself is the trouble.
    public let operatorName: String?
  }

  public internal(set) var managementReads: Management = .notRecorded
  public internal(set) var managementWrites: Management = .notRecorded
  public internal(set) var data: [DataEvents] = []
  /// The event sources whose network activity is recorded whole, sorted.
  public internal(set) var networkActivitySources: [String] = []
  public internal(set) var notUnderstood: [NotUnderstood] = []

  /// What a trail without selectors of its own records: every management event and nothing else.
  ///
  /// Source: "PutEventSelectors", AWS CloudTrail API Reference.
  public static let byDefault: RecordedEvents = {
    var recorded = RecordedEvents()
    recorded.managementReads = .recorded(exceptSources: [])
    recorded.managementWrites = .recorded(exceptSources: [])
    return recorded
  }()

  /// Nothing recorded.
  init() {}
}

extension RecordedEvents {
  /// How much of what was asked for is recorded.
  public enum Extent: String, Hashable, Sendable, CaseIterable {
    case all
    case some
    case none
    /// None that is certain; a selector that was not understood may record some or all.
    case unknown
  }

  /// Whether management events of a source are recorded.
  ///
  /// - Parameters:
  ///   - source: such as `kms.amazonaws.com`.
  ///   - readOnly: what the event's `readOnly` says; nil where it is unknown, and both kinds must be recorded.
  public func records(managementEventsOf source: String, readOnly: Bool?) -> Extent {
    func isRecorded(_ management: Management) -> Bool {
      if case .recorded(let exceptSources) = management { !exceptSources.contains(source) } else { false }
    }
    let kinds = (readOnly != false ? [managementReads] : []) + (readOnly != true ? [managementWrites] : [])
    let recorded = kinds.filter(isRecorded).count
    if recorded == kinds.count { return .all }
    if recorded > 0 { return .some }
    let mayBe = notUnderstood.contains { $0.category == nil || $0.category == "Management" }
    return mayBe ? .unknown : .none
  }

  /// Whether the data events on everything that a grant reaches are recorded.
  ///
  /// `.all` is certain; `.some` also where the conditions together might amount to all.
  /// - Parameters:
  ///   - resourceType: such as `AWS::S3::Object`.
  ///   - arnPatterns: the grant's resources, as IAM writes them: `*`, `arn:aws:s3:::app-data-*/*`. With several,
  ///     all of each must be recorded. None reach nothing: `.none`.
  ///   - readOnly: what the event's `readOnly` says; nil where it is unknown, and both kinds must be recorded.
  public func records(dataOf resourceType: String, arnPatterns: [String], readOnly: Bool?) -> Extent {
    let ofType = data.filter { $0.resourceType == resourceType }
    var extents: Set<Extent> = []
    for pattern in arnPatterns {
      let glob = ResourceGlob(pattern, resourceType: resourceType)
      if readOnly != false { extents.insert(extent(of: glob, in: ofType.filter(\.reads))) }
      if readOnly != true { extents.insert(extent(of: glob, in: ofType.filter(\.writes))) }
    }
    if extents == [.all] { return .all }
    if extents.contains(.all) || extents.contains(.some) { return .some }
    let mayBe = notUnderstood.contains { item in
      (item.category == nil || item.category == "Data")
        && (item.resourceType == nil || item.resourceType == resourceType)
    }
    return mayBe ? .unknown : .none
  }

  /// Whether the network activity events of a source are recorded; for what each proves see the caller.
  public func records(networkActivityOf source: String) -> Extent {
    if networkActivitySources.contains(source) { return .all }
    let mayBe = notUnderstood.contains { $0.category == nil || $0.category == "NetworkActivity" }
    return mayBe ? .unknown : .none
  }

  private func extent(of glob: ResourceGlob, in events: [DataEvents]) -> Extent {
    if events.contains(where: { $0.resources.contains(glob) }) { return .all }
    return events.contains { $0.resources.overlaps(glob) } ? .some : .none
  }
}
