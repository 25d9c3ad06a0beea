public import IAMIdentifiers

extension ActionCatalog {
  /// The parameters that `resolve` wants to see of a call, sorted: dots between names, `[]` for the elements of a list, `{}`
  /// for the values of a map; those of `additionalEventData` begin with that word.
  public func decidingParameters(eventSource: String, eventName: String) -> [String] {
    let places = rows(eventSource: eventSource, eventName: eventName)
      .flatMap { $0.condition?.terms.map(\.place) ?? [] }
    return Set(places.filter { $0 != Condition.Term.eventCategory }).sorted()
  }

  /// What the mapping's rows for a call rest on: titles of AWS's pages, or what of botocore shows it, each once; empty where
  /// its name alone says what it needed.
  public func mappingEvidence(eventSource: String, eventName: String) -> [String] {
    var found: [String] = []
    for row in rows(eventSource: eventSource, eventName: eventName) where !found.contains(row.evidence) {
      found.append(row.evidence)
    }
    return found
  }

  /// How much the mapping says beyond the names of calls: for how many of them, in how many rows, by how many parameters.
  public var mappingCounts: (calls: Int, rows: Int, parameters: Int) {
    var (calls, rows): (Set<String>, Int) = ([], 0)
    var places: Set<String> = []
    Table.calls.forEachLine { line, _ in
      rows += 1
      calls.insert("\(line.text(0)) \(line.text(1))".lowercased())
      places.formUnion(Condition(line.text(2))?.terms.map(\.place) ?? [])
    }
    return (calls.count, rows, places.count)
  }

  /// Actions that a call may have needed, where what is kept of its parameters does not tell.
  ///
  /// `resolve` takes a condition that nobody can answer for one that does not hold; these are the actions that it then
  /// may have missed, and those that no parameter tells at all.
  public func undecidedActions(eventSource: String, eventName: String, kept: KeptParameters) -> [ActionName] {
    var decided: Set<ActionName> = []
    var untold: Set<ActionName> = []
    var undecided: Set<ActionName> = []
    for row in rows(eventSource: eventSource, eventName: eventName) {
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

  /// The rows of the mapping that speak of a call.
  private func rows(eventSource: String, eventName: String) -> [CallRow] {
    guard let source = content.sources.source(eventSource) else { return [] }
    let own = withLowercasedBytes(of: eventName) { content.rule(source, CallName($0))?.rows }
    return source.everywhere + ((own ?? nil) ?? [])
  }
}

extension Condition.Term {
  /// Whether it lies in `requestParameters`.
  var isOfRequest: Bool { place != Self.eventCategory && !place.hasPrefix(Self.additional) }

  /// The name at the top of the request under which the place lies.
  var root: String { String(place.prefix { $0 != "." && $0 != "[" && $0 != "{" }) }

  /// Whether it is a parameter, not a part of one.
  var isAtTop: Bool { isOfRequest && root == place }
}
