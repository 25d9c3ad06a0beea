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

  public var services: [String] { catalog.services }
  public var count: Int { entries.count }
  public func name(at index: Int) -> ActionName { entries[index].name }
  public func index(of action: ActionName) -> Int? { catalog.index(of: action) }
  public func indices(ofService service: String) -> Range<Int> { catalog.indices(ofService: service) }
  public func supportsResourceLevelPermissions(at index: Int) -> Bool {
    entries[index].supportsResourceLevelPermissions
  }
}

/// What a catalogue knows of actions when requests are decided.
public struct CatalogFacts: ActionFacts {
  private let catalog: ActionCatalog

  /// Of actions that the catalogue does not know, nothing is assumed.
  public init(_ catalog: ActionCatalog) { self.catalog = catalog }

  public func supportsResourceLevelPermissions(_ action: ActionName) -> Bool {
    catalog.entry(for: action)?.supportsResourceLevelPermissions ?? true
  }
}
