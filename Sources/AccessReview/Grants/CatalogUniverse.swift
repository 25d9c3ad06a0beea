import ActionCatalog
import IAMIdentifiers
import PolicyAlgebra

/// The built-in catalogue as the universe in which policies are expanded.
struct CatalogUniverse: ActionUniverse {
  let catalog: ActionCatalog

  var count: Int { catalog.count }
  func name(at index: Int) -> ActionName { catalog.entry(at: index).name }
  func index(of action: ActionName) -> Int? { catalog.index(of: action) }
  func indices(ofService service: String) -> Range<Int> { catalog.indices(ofService: service) }
  func supportsResourceLevelPermissions(at index: Int) -> Bool {
    catalog.entry(at: index).supportsResourceLevelPermissions
  }
}
