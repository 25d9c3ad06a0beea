/// What AWS's service reference says of some services, to lie over the catalogue.
public struct CatalogOverlay: Hashable, Sendable {
  /// One service of an overlay.
  public struct Service: Hashable, Sendable {
    public let reference: ServiceReference
    /// Whether the reference has every action of the service, so that an action that it lacks is retired. AWS promises it
    /// of no service: services that share a prefix may be in several files.
    public let isWhollyListed: Bool

    /// Made of its parts.
    public init(_ reference: ServiceReference, isWhollyListed: Bool = false) {
      self.reference = reference
      self.isWhollyListed = isWhollyListed
    }
  }

  /// When the files were downloaded, such as `2026-11-24`; whatever the caller calls that day, on one line.
  public let date: String
  /// Sorted by service prefix, each once.
  public let services: [Service]

  /// Made of its parts.
  /// - Throws: `CatalogError.repeatedService`.
  public init(date: String, services: [Service]) throws(CatalogError) {
    self.date = String(date.prefix(64).map { $0.isNewline || $0 == "\t" ? " " : $0 })
    self.services = services.sorted { $0.reference.service < $1.reference.service }
    for (one, next) in zip(self.services, self.services.dropFirst())
    where one.reference.service == next.reference.service {
      throw .repeatedService(one.reference.service)
    }
  }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { services.isEmpty }
}
