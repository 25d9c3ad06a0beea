public import IAMIdentifiers

extension ActionCatalog {
  /// The parameters that `resolve` wants to see of a call, sorted: dots between names, `[]` for the elements of a list, `{}`
  /// for the values of a map; those of `additionalEventData` begin with that word.
  public func decidingParameters(eventSource: String, eventName: String) -> [String] {
    let places = rows(eventSource: eventSource, eventName: eventName)
      .flatMap { $0.condition?.terms.map(\.place) ?? [] }
    return Set(places.filter { $0 != Condition.Term.eventCategory }).sorted()
  }

  /// Actions that a call may have needed, which values of its parameters would tell that are not at hand.
  ///
  /// `resolve` decides by what it is given; where only the names of the parameters at the top are kept, a row of the mapping
  /// that asks for a value, or for what lies deeper, holds or not, and nobody knows.
  /// - Parameter parameterNames: those of the request. The name `omitted` says that the request was too large to be
  ///   recorded, and then nothing of it is known. Source: "CloudTrail record contents", AWS CloudTrail User Guide.
  public func undecidedActions(eventSource: String, eventName: String, parameterNames: Set<String>)
    -> [ActionName]
  {
    let isOmitted = parameterNames.contains("omitted")
    var decided: Set<ActionName> = []
    var undecided: Set<ActionName> = []
    for row in rows(eventSource: eventSource, eventName: eventName) {
      guard let terms = row.condition?.terms else {
        undecided.formUnion(row.conditional)
        continue
      }
      // Its presence alone decides, and `resolve` has seen it or not.
      if !isOmitted, terms.allSatisfy({ $0.pattern == nil && $0.isAtTop }) {
        decided.formUnion(row.actions)
      } else if isOmitted || terms.allSatisfy({ !$0.isOfRequest || parameterNames.contains($0.root) }) {
        undecided.formUnion(row.actions)
        undecided.formUnion(row.conditional)
      }
    }
    // The grants of an access control list may come in headers of their own.
    if parameterNames.contains(where: { $0.hasPrefix("x-amz-grant") }) {
      decided = decided.filter { !$0.lowercased.hasSuffix("acl") }
    }
    return undecided.subtracting(decided).sorted()
  }

  /// The rows of the mapping that speak of a call.
  private func rows(eventSource: String, eventName: String) -> [CallRow] {
    guard let source = content.sources.source(eventSource) else { return [] }
    let own = withLowercasedBytes(of: eventName) { content.rule(source, CallName($0))?.rows }
    return source.everywhere + ((own ?? nil) ?? [])
  }
}

extension Condition.Term {
  fileprivate var isOfRequest: Bool { place != Self.eventCategory && !place.hasPrefix(Self.additional) }

  /// The name at the top of the request under which the place lies.
  fileprivate var root: String { String(place.prefix { $0 != "." && $0 != "[" && $0 != "{" }) }

  fileprivate var isAtTop: Bool { isOfRequest && root == place }
}
