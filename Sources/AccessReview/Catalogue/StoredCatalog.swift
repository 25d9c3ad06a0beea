public import ActionCatalog
import ContentHash
public import EvidenceStore
public import IAMIdentifiers

/// The catalogue of actions that a store's reviews use.
public enum StoredCatalog {
  /// The program's own catalogue, with the store's service reference over it where it has one.
  public static func read(_ store: EvidenceStore) throws(StoreError) -> ActionCatalog {
    try store.reading { try catalog($0.catalogueOverlay()) }
  }

  /// The hash of the service reference that lies over it, in hexadecimal digits; nil where none does.
  public static func overlayHash(of store: EvidenceStore) throws(StoreError) -> String? {
    try store.reading { try $0.catalogueOverlay().map { ContentHash.hexadecimal($0.sha256) } }
  }

  /// Lays a service reference over the catalogue that a store's reviews use, in the place of an earlier one.
  ///
  /// - Parameter takenAt: when it was downloaded; nil where nobody says.
  public static func store(
    _ overlay: CatalogOverlay, takenAt: UTCTime?, in store: EvidenceStore
  ) throws(StoreError) -> EvidenceStore.OverlayOutcome {
    let content = overlay.bytes
    // The day is a claim about the files, no part of what they say.
    let undated = (try? CatalogOverlay(date: "", services: overlay.services))?.bytes ?? content
    return try store.store(
      StoredOverlay(
        content: content, sha256: ContentHash(of: undated).bytes, takenAt: takenAt?.seconds,
        services: overlay.services.count))
  }

  static func catalog(_ stored: StoredOverlay?) throws(CatalogError) -> ActionCatalog {
    guard let stored else { return .builtIn }
    return ActionCatalog(overlaying: try CatalogOverlay(bytes: stored.content))
  }
}
