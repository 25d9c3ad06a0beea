public import IAMIdentifiers

/// What AWS's service reference says of one service: its actions, and which of them authorise each of its operations.
///
/// Source: "Simplified AWS service information for programmatic access", Service Authorization Reference.
public struct ServiceReference: Hashable, Sendable {
  /// An action of the service.
  public struct Action: Hashable, Sendable {
    public let name: ActionName
    /// Nil where the file does not say it.
    public let accessLevels: AccessLevels?
    /// The types of resource that its statements can name, sorted.
    public let resourceTypes: [String]
    /// Whether IAM's last accessed information has the action; nil where the file does not say it.
    public let supportsLastAccessed: Bool?
    /// Whether IAM Access Analyzer's policy generation has the action; nil where the file does not say it.
    public let supportsPolicyGeneration: Bool?

    /// Made of its parts.
    public init(
      name: ActionName, accessLevels: AccessLevels? = nil, resourceTypes: [String] = [],
      supportsLastAccessed: Bool? = nil, supportsPolicyGeneration: Bool? = nil
    ) {
      self.name = name
      self.accessLevels = accessLevels
      self.resourceTypes = Set(resourceTypes).sorted()
      self.supportsLastAccessed = supportsLastAccessed
      self.supportsPolicyGeneration = supportsPolicyGeneration
    }
  }

  /// An operation of the service's API.
  public struct Operation: Hashable, Sendable {
    public let name: String
    /// The actions that may authorise it, those needed on some conditions among them, sorted: the first is not the primary
    /// one. Those that a forward access session needs are left out. Empty where the file does not say them.
    public let authorizedActions: [ActionName]

    /// Made of its parts.
    public init(name: String, authorizedActions: [ActionName]) {
      self.name = name
      self.authorizedActions = Set(authorizedActions).sorted()
    }
  }

  /// The service's prefix, in lower case.
  public let service: String
  /// The version of the file's form, such as `v1.4`; empty where it has none.
  public let version: String
  /// Sorted by name, each once without regard to case.
  public let actions: [Action]
  /// Sorted by name in lower case, each once.
  public let operations: [Operation]

  /// Made of its parts; of two actions or operations of one name, the first counts. Actions of other services, and operations
  /// that are not named by a word, are left out.
  public init(service: String, version: String = "", actions: [Action], operations: [Operation] = []) {
    let prefix = service.lowercased()
    self.service = prefix
    self.version = version
    var names: Set<ActionName> = []
    self.actions = actions.filter {
      $0.name.lowercased.hasPrefix(prefix + ":") && names.insert($0.name).inserted
    }
    .sorted { $0.name < $1.name }
    var calls: Set<String> = []
    self.operations = operations.filter { $0.name.isWord && calls.insert($0.name.lowercased()).inserted }
      .sorted { $0.name.lowercased() < $1.name.lowercased() }
  }
}
