import AccessReview
import ActionCatalog
import ArgumentParser
import EvidenceStore
import Foundation

/// The store of a command that can do without one.
struct CatalogStoreOptions: ParsableArguments {
  @OptionGroup var options: StoreOptions

  /// The store; nil where nobody named one and there is none in its usual place.
  func openIfThere() throws(StoreError) -> EvidenceStore? {
    let environment = ProcessInfo.processInfo.environment["ACCESSREVIEW_DB"] ?? ""
    if options.database == nil, environment.isEmpty, !FileManager.default.fileExists(atPath: options.path) {
      return nil
    }
    return try options.open(.read)
  }

  /// The store's catalogue; the program's own where there is no store.
  func catalog() throws -> ActionCatalog {
    guard let store = try openIfThere() else { return .builtIn }
    return try StoredCatalog.read(store)
  }
}
