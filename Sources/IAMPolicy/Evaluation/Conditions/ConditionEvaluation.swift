/// How one condition of a statement came out for a request.
public struct ConditionOutcome: Hashable, Sendable {
  public let condition: Condition
  public let truth: Truth
  /// The key's values in the request; nil where it is absent or not known.
  public let values: [String]?
}

extension Statement {
  /// Whether all conditions of the statement hold for a request.
  public func conditionsHold(in context: RequestContext) -> Truth {
    Truth.all(conditions.map { $0.outcome(in: context).truth })
  }
}

extension Condition {
  /// Whether the condition holds for a request.
  ///
  /// A key that the request lacks fails the condition, but for `IfExists`, for negated operators and for `ForAllValues`;
  /// `ForAnyValue` asks for a value, whatever the operator. A key whose values are an empty list counts as absent. To set
  /// operators and to `Null`, a key with nothing but empty text counts as absent too.
  /// Sources: "IAM JSON policy elements: Condition operators", "Single-valued vs. multivalued context keys", IAM User Guide.
  public func outcome(in context: RequestContext) -> ConditionOutcome {
    // AWS does not say what comes of a variable where none is allowed.
    if !comparison.takesVariables, let variable = templates.lazy.compactMap(\.variable).first {
      return outcome(.depends(on: ["${\(variable)} in \(operatorText)"]))
    }
    switch context.lookup(key) {
    case .unknown where comparison == .null && isAlwaysTrue: return outcome(.yes)
    case .unknown: return outcome(.depends(on: [key]))
    case .absent: return outcome(Truth(holdsWhenAbsent))
    case .values(let found):
      let isEmpty = found.allSatisfy(\.isEmpty)
      if comparison == .null { return outcome(Truth(asksFor(present: !isEmpty)), found) }
      if isEmpty, let qualifier { return outcome(Truth(qualifier == .forAllValues), found) }
      return outcome(compare(found, context), found)
    }
  }

  private func outcome(_ truth: Truth, _ values: [String]? = nil) -> ConditionOutcome {
    ConditionOutcome(condition: self, truth: truth, values: values)
  }

  private var holdsWhenAbsent: Bool {
    if comparison == .null { return asksFor(present: false) }
    if ifExists { return true }
    switch qualifier {
    case .forAllValues: return true
    case .forAnyValue: return false
    case nil: return comparison.isNegated
    }
  }

  /// `Null` with `true` asks for absence, with `false` for presence.
  private func asksFor(present: Bool) -> Bool {
    values.contains { $0.lowercased() == (present ? "false" : "true") }
  }

  private var isAlwaysTrue: Bool { asksFor(present: true) && asksFor(present: false) }

  private func compare(_ found: [String], _ context: RequestContext) -> Truth {
    switch qualifier {
    case .forAllValues: return Truth.all(found.map { holds(for: $0, context) })
    case .forAnyValue: return Truth.any(found.map { holds(for: $0, context) })
    case nil:
      // Several values without a set operator: one that fits is enough, and a negated operator wants none to fit.
      return comparison.isNegated
        ? Truth.all(found.map { holds(for: $0, context) }) : Truth.any(found.map { holds(for: $0, context) })
    }
  }

  private func holds(for value: String, _ context: RequestContext) -> Truth {
    let fit = Truth.any(
      templates.map { template in
        switch template.resolved(in: context) {
        case .pieces(let pieces): Truth(Comparison.fits(value, pieces, comparison))
        case .nothing: .no
        case .depends(let key): .depends(on: [key])
        }
      })
    return comparison.isNegated ? fit.negated : fit
  }
}
