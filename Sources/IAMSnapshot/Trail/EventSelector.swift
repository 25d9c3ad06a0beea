/// What a trail was told to record: one of its event selectors, as it was written.
public enum EventSelector: Hashable, Sendable {
  case basic(BasicEventSelector)
  case advanced(AdvancedEventSelector)
}

/// A basic event selector.
///
/// Source: "EventSelector", AWS CloudTrail API Reference.
public struct BasicEventSelector: Hashable, Sendable {
  /// Data events of one resource type.
  public struct DataResource: Hashable, Sendable {
    public let type: String
    /// ARNs, prefixes of object ARNs, or `arn:aws:s3` and its like for everything.
    public let values: [String]

    /// Made of its parts.
    public init(type: String, values: [String]) {
      self.type = type
      self.values = values
    }
  }

  /// `All`, `ReadOnly` or `WriteOnly`, and whatever else the document says; `All` where it says nothing.
  public let readWriteType: String
  /// True where the document says nothing: the API's default.
  public let includesManagementEvents: Bool
  public let excludedManagementEventSources: [String]
  public let dataResources: [DataResource]

  /// Made of its parts.
  public init(
    readWriteType: String, includesManagementEvents: Bool, excludedManagementEventSources: [String],
    dataResources: [DataResource]
  ) {
    self.readWriteType = readWriteType
    self.includesManagementEvents = includesManagementEvents
    self.excludedManagementEventSources = excludedManagementEventSources
    self.dataResources = dataResources
  }
}

/// An advanced event selector: an event is recorded if it meets every field selector.
///
/// Source: "AdvancedEventSelector", AWS CloudTrail API Reference.
public struct AdvancedEventSelector: Hashable, Sendable {
  /// The conditions on one field of the event.
  public struct FieldSelector: Hashable, Sendable {
    public let field: String
    /// The operators that are there, such as `Equals`, each with its values, sorted by name.
    public let operators: [Operator]

    /// Made of its parts.
    public init(field: String, operators: [Operator]) {
      self.field = field
      self.operators = operators
    }
  }

  /// An operator and its values, any of which may hold.
  public struct Operator: Hashable, Sendable {
    public let name: String
    public let values: [String]

    /// Made of its parts.
    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  public let name: String?
  public let fieldSelectors: [FieldSelector]

  /// Made of its parts.
  public init(name: String?, fieldSelectors: [FieldSelector]) {
    self.name = name
    self.fieldSelectors = fieldSelectors
  }
}
