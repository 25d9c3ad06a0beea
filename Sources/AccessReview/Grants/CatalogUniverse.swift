public import ActionCatalog
public import IAMIdentifiers
public import IAMPolicy
public import PolicyAlgebra

/// A catalogue as the universe in which policies are expanded, each entry read once.
public struct CatalogUniverse: ActionUniverse {
  public let catalog: ActionCatalog
  let entries: [Entry]

  /// Reads all entries of a catalogue.
  public init(_ catalog: ActionCatalog) {
    self.catalog = catalog
    entries = (0..<catalog.count).map { catalog.entry(at: $0) }
  }

  var version: String { catalog.version }
  func entry(at index: Int) -> Entry { entries[index] }

  /// The Region in which a global service's events are recorded; nil for other services.
  func globalRegion(ofService service: String, partition: String) -> String? {
    catalog.globalRegion(ofService: service, partition: partition)
  }

  /// The catalogue's service prefixes.
  public var services: [String] { catalog.services }
  /// How many actions the catalogue has.
  public var count: Int { entries.count }
  /// As the catalogue writes it.
  public func name(at index: Int) -> ActionName { entries[index].name }
  /// The action's number in the catalogue.
  public func index(of action: ActionName) -> Int? { catalog.index(of: action) }
  /// The numbers of a service's actions in the catalogue.
  public func indices(ofService service: String) -> Range<Int> { catalog.indices(ofService: service) }
  /// As the entry says.
  public func supportsResourceLevelPermissions(at index: Int) -> Bool {
    entries[index].supportsResourceLevelPermissions
  }
}

/// What a catalogue knows of actions when requests are decided.
public struct CatalogFacts: ActionFacts {
  private let catalog: ActionCatalog

  /// Of actions that the catalogue does not know, nothing is assumed.
  public init(_ catalog: ActionCatalog) { self.catalog = catalog }

  /// As the entry says; true for an action that the catalogue does not know.
  public func supportsResourceLevelPermissions(_ action: ActionName) -> Bool {
    catalog.entry(for: action)?.supportsResourceLevelPermissions ?? true
  }
}
