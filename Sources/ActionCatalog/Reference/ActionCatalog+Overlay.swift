public import IAMIdentifiers

extension ActionCatalog {
  /// The built-in catalogue with AWS's service reference over it.
  ///
  /// The reference's actions are added, and say their access levels and resource types anew; which actions authorise an
  /// operation counts more than names, and less than a denial's message and the mapping. Actions that the reference lacks
  /// are kept, marked as retired where the overlay says that it lists the service wholly.
  public init(overlaying overlay: CatalogOverlay) {
    self.init(content: overlay.isEmpty ? ActionCatalog.builtIn.content : CatalogContent(overlay))
  }

  /// What lies over the built-in catalogue; nil where nothing does.
  public var overlay: CatalogOverlay? { content.overlay }

  /// What the service reference says of an action: nil where no overlay has it.
  public func referenceEntry(of action: ActionName) -> ServiceReference.Action? {
    let service = action.service.lowercased()
    return content.overlay?.services.first { $0.reference.service == service }?.reference.actions
      .first { $0.name == action }
  }

  /// An operation of which the service reference says something else than the mapping or the names.
  public struct Disagreement: Hashable, Sendable {
    /// The service prefix of the operation.
    public let service: String
    public let operation: String
    /// What the reference lists, sorted.
    public let authorizedActions: [ActionName]
    /// What the catalogue says without it, the primary action first.
    public let actions: [ActionName]
    /// The rule that says so.
    public let rule: Resolution.Rule
  }

  /// The operations for which the service reference does not list the action that the catalogue says without it, or lists
  /// more than a row of the mapping, which outranks it, knows of: sorted by service and operation. Without an overlay there
  /// are none.
  public var disagreements: [Disagreement] {
    guard let overlay = content.overlay else { return [] }
    var found: [Disagreement] = []
    for service in overlay.services.map(\.reference) {
      for operation in service.operations where !operation.authorizedActions.isEmpty {
        // The reference lists what is needed on some conditions too, so nothing is said of the parameters.
        let plain = ActionCatalog.builtIn.resolve(
          Call(eventSource: service.service, eventName: operation.name, parameters: nil))
        guard plain.rule != .unmapped else { continue }
        let all = plain.actions + plain.conditionalActions
        let agrees =
          plain.actions.isEmpty
          ? all.contains { operation.authorizedActions.contains($0) }
          : plain.actions.allSatisfy { operation.authorizedActions.contains($0) }
        // Names give way to the reference, and so miss nothing.
        let misses = plain.rule == .override && !operation.authorizedActions.allSatisfy(all.contains)
        guard !agrees || misses else { continue }
        found.append(
          Disagreement(
            service: service.service, operation: operation.name,
            authorizedActions: operation.authorizedActions, actions: plain.actions, rule: plain.rule))
      }
    }
    return found
  }
}
