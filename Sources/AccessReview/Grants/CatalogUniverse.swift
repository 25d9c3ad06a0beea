import ActionCatalog
import IAMIdentifiers
import PolicyAlgebra

/// A catalogue as the universe in which policies are expanded, each entry read once.
struct CatalogUniverse: ActionUniverse {
  let catalog: ActionCatalog
  let entries: [Entry]

  init(_ catalog: ActionCatalog) {
    self.catalog = catalog
    entries = (0..<catalog.count).map { catalog.entry(at: $0) }
  }

  var version: String { catalog.version }
  func entry(at index: Int) -> Entry { entries[index] }

  /// The Region in which a global service's events are recorded; nil for other services.
  func globalRegion(ofService service: String, partition: String) -> String? {
    catalog.globalRegion(ofService: service, partition: partition)
  }

  var services: [String] { catalog.services }
  var count: Int { entries.count }
  func name(at index: Int) -> ActionName { entries[index].name }
  func index(of action: ActionName) -> Int? { catalog.index(of: action) }
  func indices(ofService service: String) -> Range<Int> { catalog.indices(ofService: service) }
  func supportsResourceLevelPermissions(at index: Int) -> Bool {
    entries[index].supportsResourceLevelPermissions
  }
}
