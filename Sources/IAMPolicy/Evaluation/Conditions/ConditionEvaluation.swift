/// How one condition of a statement came out for a request.
public struct ConditionOutcome: Hashable, Sendable {
  public let condition: Condition
  public let truth: Truth
  /// The key's values in the request; nil where it is absent or not known.
  public let values: [String]?
  /// What keeps a policy variable in the condition from having a value in this request, without a full stop; nil where nothing
  /// does, or where the condition holds.
  public let note: String?
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
  /// operators and to `Null`, a key with nothing but empty text counts as absent too. AWS does not say what comes of a value in
  /// the policy that is none of the operator's kind: unless another value fits, it is not known whether the condition holds.
  /// Sources: "IAM JSON policy elements: Condition operators", "Single-valued vs. multivalued context keys", IAM User Guide.
  public func outcome(in context: RequestContext) -> ConditionOutcome {
    // AWS does not say what comes of a variable where none is allowed.
    if !comparison.takesVariables, let variable = templates.lazy.compactMap(\.variable).first {
      return outcome(.depends(on: ["${\(variable)} in \(operatorText)"]))
    }
    switch context.lookup(key) {
    case .unknown where comparison == .null && isAlwaysTrue: return outcome(.yes)
    case .unknown: return outcome(.depends(on: Set([key] + oddValues.keys).sorted()))
    case .absent where comparison == .null: return outcome(isNull(true))
    case .absent: return outcome(oddValues == .no ? Truth(holdsWhenAbsent) : oddValues)
    case .values(let found):
      let isEmpty = found.allSatisfy(\.isEmpty)
      if comparison == .null { return outcome(isNull(isEmpty), found) }
      if isEmpty, let qualifier {
        return outcome(oddValues == .no ? Truth(qualifier == .forAllValues) : oddValues, found)
      }
      let truth = compare(found, context)
      return outcome(truth, found, truth == .yes ? nil : missingVariable(in: context))
    }
  }

  private func outcome(_ truth: Truth, _ values: [String]? = nil, _ note: String? = nil) -> ConditionOutcome {
    ConditionOutcome(condition: self, truth: truth, values: values, note: note)
  }

  /// Whether a value that is none of the operator's kind fits: nobody can say. No where there is none.
  private var oddValues: Truth {
    guard let kind = ValueKind(comparison) else { return .no }
    let odd = zip(values, templates).lazy.filter { !kind.accepts($0.1) }.prefix(Condition.mostOddValues)
    return Truth.any(
      odd.map { value, _ in
        .depends(on: ["\(named(value)) is no \(kind.name), in \(operatorText) on \(cut(key))"])
      })
  }

  /// A few tell what is wrong; a list may have any number.
  private static let mostOddValues = 8

  /// Why the first variable without value has none.
  private func missingVariable(in context: RequestContext) -> String? {
    for case .nothing(let key, let hasSeveral) in templates.lazy.map({ $0.resolved(in: context) }) {
      return hasSeveral
        ? "${\(cut(key))} has several values in the request, of which none can be taken"
        : "${\(cut(key))} has no value in the request"
    }
    return nil
  }

  /// `Null` for a key that the request lacks, or has.
  private func isNull(_ isAbsent: Bool) -> Truth { asksFor(present: !isAbsent) ? .yes : oddValues }

  private var holdsWhenAbsent: Bool {
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
    let odd = oddValues
    let each = found.lazy.map { holds(for: $0, odd, context) }
    switch qualifier {
    case .forAllValues: return Truth.all(each)
    case .forAnyValue: return Truth.any(each)
    case nil:
      // Several values without a set operator: one that fits is enough, and a negated operator wants none to fit.
      return comparison.isNegated ? Truth.all(each) : Truth.any(each)
    }
  }

  private func holds(for value: String, _ odd: Truth, _ context: RequestContext) -> Truth {
    let fits = templates.lazy.map { template -> Truth in
      switch template.resolved(in: context) {
      case .pieces(let pieces): Truth(Comparison.fits(value, pieces, comparison))
      case .nothing: .no
      case .depends(let key): .depends(on: [key])
      }
    }
    let fit = Truth.any([Truth.any(fits), odd])
    return comparison.isNegated ? fit.negated : fit
  }
}
