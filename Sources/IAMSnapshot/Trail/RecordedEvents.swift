/// Which events a trail records, as far as its selectors could be understood.
public struct RecordedEvents: Hashable, Sendable {
  /// What its selectors record; an event is recorded if it meets the conditions of any of them.
  public let rules: [RecordingRule]

  /// What the selectors of one trail record together.
  public init(selectors: [EventSelector]) {
    rules = selectors.flatMap { selector in
      switch selector {
      case .basic(let selector): RecordingRule.rules(of: selector)
      case .advanced(let selector): [AdvancedRuleReader.rule(of: selector)]
      }
    }
  }

  /// What a trail without selectors of its own records: every management event and nothing else.
  ///
  /// Source: "PutEventSelectors", AWS CloudTrail API Reference.
  public static let byDefault = RecordedEvents(
    selectors: [
      .basic(
        BasicEventSelector(
          readWriteType: "All", includesManagementEvents: true, excludedManagementEventSources: [],
          dataResources: []))
    ])

  /// How much of what the calls leave is recorded.
  ///
  /// `.all` and `.none` are certain; `.some` also where several selectors or conditions together might amount to all.
  public func records(_ calls: QuestionedCalls) -> Extent {
    .ofParts(reduced(calls).events.map { event in .joining(rules.map { $0.extent(of: event) }) })
  }

  /// The same question without what no selector asks: a grant may name thousands of resources.
  private func reduced(_ calls: QuestionedCalls) -> QuestionedCalls {
    let fields = Set(rules.flatMap(\.conditions).map(\.field))
    var calls = calls
    if fields.isDisjoint(with: ["eventName", "eventSource"]), !calls.names.isEmpty {
      calls.names = [QuestionedCalls.Name(source: "*", name: "*")]
    }
    if !fields.contains("resources.ARN"), !calls.resources.isEmpty { calls.resources = ["*"] }
    return calls
  }
}

extension RecordedEvents {
  /// A condition that keeps a selector from being counted.
  public struct NotUnderstood: Hashable, Sendable {
    /// `Management`, `Data`, `NetworkActivity`; nil where the selector does not say it plainly.
    public let category: String?
    /// Of a selector of data events; nil where it does not say it plainly: it may be any.
    public let resourceType: String?
    /// The field, such as `eventName`.
    public let field: String
    /// The operator on the field; nil where the field itself is the trouble.
    public let operatorName: String?
  }

  /// Of each selector that is not understood, the first reason.
  public var notUnderstood: [NotUnderstood] {
    rules.compactMap { rule in
      rule.trouble.map {
        NotUnderstood(
          category: rule.category, resourceType: rule.resourceType, field: $0.field,
          operatorName: $0.operatorName)
      }
    }
  }

  /// The resource types of which some data events at least are recorded, sorted.
  public var dataResourceTypes: [String] {
    Set(rules.filter { $0.category == "Data" && $0.trouble == nil }.compactMap(\.resourceType)).sorted()
  }

  /// The event sources of which network activity is recorded, in part at least, sorted.
  public var networkActivitySources: [String] {
    let conditions = rules.filter { $0.category == "NetworkActivity" && $0.trouble == nil }
      .compactMap { $0.condition(on: "eventSource") }
    return Set(
      conditions.flatMap(\.selects).compactMap { test in
        if case .equals(let source) = test { source } else { nil }
      }
    ).sorted()
  }

  /// The conditions that keep selectors from recording all data events of a type.
  public func conditions(onDataOf type: String) -> [FieldCondition] {
    rules.filter { $0.category == "Data" && $0.resourceType == type && $0.trouble == nil }.flatMap(
      \.conditions)
  }

  /// Whether some selector tells callers apart, so that what is recorded differs from role to role.
  public var distinguishesCallers: Bool {
    rules.contains { $0.condition(on: "userIdentity.arn") != nil }
  }
}
