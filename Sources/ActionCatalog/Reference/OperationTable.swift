import IAMIdentifiers

/// Which actions authorise which operation, as an overlay's service references say.
struct OperationTable: Sendable {
  private let index: ByteIndex
  private let actions: [[ActionName]]

  var isEmpty: Bool { actions.isEmpty }

  /// Operations whose actions the reference does not say are left out.
  init(_ overlay: CatalogOverlay?, _ table: ActionTable) {
    let services = overlay?.services ?? []
    var actions: [[ActionName]] = []
    var index = ByteIndexBuilder(
      capacity: services.reduce(0) { $0 + $1.reference.operations.count }, bytes: 0)
    for service in services {
      guard let number = table.service(service.reference.service) else { continue }
      for operation in service.reference.operations {
        let known = operation.authorizedActions.filter {
          table.find(service: $0.service, name: $0.name) != nil
        }
        guard !known.isEmpty else { continue }
        _ = index.insert(operation.name, scope: UInt32(number))
        actions.append(known)
      }
    }
    self.index = ByteIndex(index)
    self.actions = actions
  }

  /// The actions that may authorise a call; nil where no reference says it.
  func find(_ source: EventSource, _ name: CallName) -> [ActionName]? {
    guard !actions.isEmpty else { return nil }
    for name in [name.whole, name.undated] {
      guard let name else { continue }
      for service in source.services {
        if let found = index.find(name, scope: UInt32(service.number)) { return actions[found] }
      }
    }
    return nil
  }

  /// What a list of authorised actions says of a call. The list is alphabetical and holds what is needed on some conditions
  /// only, so that the primary action is the one with the call's own name, else the one that the catalogue would have said
  /// without the reference, else the only one. Where none of that decides, all of them are conditional, and no action is
  /// certain.
  func decision(
    _ authorized: [ActionName], _ name: CallName, _ without: Decision, _ content: CatalogContent
  ) -> Decision {
    let listed = authorized.map { action in
      content.number(action).map { content.action($0).name } ?? action
    }
    func isCalled(_ action: ActionName, _ name: UnsafeBufferPointer<UInt8>?) -> Bool {
      guard let name else { return false }
      return action.lowercased.utf8.drop { $0 != 0x3A }.dropFirst().elementsEqual(name)
    }
    let primary =
      listed.first { isCalled($0, name.whole) } ?? listed.first { isCalled($0, name.undated) }
      ?? without.actions.first { listed.contains($0) } ?? (listed.count == 1 ? listed[0] : nil)
    var decision = Decision(rule: .serviceReference)
    if let primary { decision.actions = [primary] }
    decision.conditional = listed.filter { $0 != primary }.map { ConditionalAction($0) }
    return decision
  }
}
