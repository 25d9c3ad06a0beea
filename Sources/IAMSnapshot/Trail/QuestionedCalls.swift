/// The calls of which one asks whether they are recorded, as far as selectors can tell calls apart.
public struct QuestionedCalls: Hashable, Sendable {
  /// The category of their events.
  public enum Category: Hashable, Sendable {
    case management
    /// Data events of a resource type, such as `AWS::S3::Object`.
    case data(resourceType: String)
    case networkActivity

    /// As `eventCategory` spells it.
    var name: String {
      switch self {
      case .management: "Management"
      case .data: "Data"
      case .networkActivity: "NetworkActivity"
      }
    }
  }

  /// `eventSource` and `eventName` of a call. `*` stands for any.
  public struct Name: Hashable, Sendable {
    public let source: String
    public let name: String

    /// Made of its parts.
    public init(source: String, name: String) {
      self.source = source
      self.name = name
    }
  }

  public var category: Category
  /// All of these must be recorded.
  public var names: [Name]
  /// What `readOnly` says; nil where it is unknown, and both kinds must be recorded.
  public var readOnly: Bool?
  /// `userIdentity.arn`, with `*` where it may be anything: `arn:aws:sts::111122223333:assumed-role/app/*`.
  public var caller: String
  /// For data events: the resources, as IAM writes them (`*`, `arn:aws:s3:::app-data-*/*`). All that each of them reaches
  /// must be recorded; none reach nothing.
  public var resources: [String]
  /// `eventType`, with `*` where it may be anything.
  public var eventType: String

  /// All calls of a category, unless something more is said.
  public init(
    _ category: Category, names: [Name] = [Name(source: "*", name: "*")], readOnly: Bool? = nil,
    caller: String = "*", resources: [String] = ["*"], eventType: String = "AwsApiCall"
  ) {
    self.category = category
    self.names = names
    self.readOnly = readOnly
    self.caller = caller
    self.resources = resources
    self.eventType = eventType
  }

  /// What each of their events would carry.
  struct Event {
    let category: Category
    let source, name, caller, eventType: ValuePattern
    let readOnly: Bool
    /// By `resources.type`; empty for events without resources.
    let resources: [String: ValuePattern]
  }

  /// The kinds of events that the calls would leave.
  var events: [Event] {
    let kinds = readOnly.map { [$0] } ?? [true, false]
    var places: [[String: ValuePattern]] = [[:]]
    if case .data(let type) = category {
      places = RecordedResource.places(of: resources, type: type).map { $0.mapValues { ValuePattern($0) } }
    }
    let (caller, eventType) = (ValuePattern(caller), ValuePattern(eventType))
    return names.flatMap { name in
      let (source, called) = (ValuePattern(name.source), ValuePattern(name.name))
      return kinds.flatMap { kind in
        places.map { place in
          Event(
            category: category, source: source, name: called, caller: caller, eventType: eventType,
            readOnly: kind, resources: place)
        }
      }
    }
  }
}
