public import IAMIdentifiers

extension ActionCatalog {
  /// Actions that a call may have needed, where what is kept of its parameters does not tell.
  ///
  /// `resolve` takes a condition that nobody can answer for one that does not hold; these are the actions that it then
  /// may have missed, and those that no parameter tells at all.
  public func undecidedActions(eventSource: String, eventName: String, kept: KeptParameters) -> [ActionName] {
    var rows = rowsOfSource(eventSource)
    rows += rowsOfCall(eventSource: eventSource, eventName: eventName)
    var decided: Set<ActionName> = []
    var untold: Set<ActionName> = []
    var undecided: Set<ActionName> = []
    for row in rows {
      guard let condition = row.condition else {
        untold.formUnion(row.conditional)
        continue
      }
      switch kept.answer(condition) {
      case true?:
        decided.formUnion(row.actions)
        untold.formUnion(row.conditional)
      case false?: decided.formUnion(row.actions)
      case nil:
        undecided.formUnion(row.actions)
        undecided.formUnion(row.conditional)
      }
    }
    // The grants of an access control list may come in headers of their own.
    if kept.names.contains(where: { $0.hasPrefix("x-amz-grant") }) {
      decided = decided.filter { !$0.lowercased.hasSuffix("acl") }
    }
    return undecided.union(untold.subtracting(decided)).sorted()
  }
}
