public import IAMIdentifiers

extension ActionCatalog {
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
    var rows = rowsOfSource(eventSource)
    rows += rowsOfCall(eventSource: eventSource, eventName: eventName)
    var decided: Set<ActionName> = []
    var undecided: Set<ActionName> = []
    for row in rows {
      guard let condition = row.condition else {
        undecided.formUnion(row.conditional)
        continue
      }
      let root = condition.parameter.prefix { $0 != "." && $0 != "[" && $0 != "{" }
      if condition.pattern == nil, root.count == condition.parameter.count, !isOmitted {
        // Its presence alone decides, and `resolve` has seen it or not.
        decided.formUnion(row.actions)
      } else if isOmitted || parameterNames.contains(String(root)) {
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
}
