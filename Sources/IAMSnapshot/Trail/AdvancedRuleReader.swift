/// Reads the conditions of an advanced selector into a rule.
///
/// A field or operator that is not known, a field twice and a field without values make the selector one that is not
/// understood: what it records is unknown, but never more than its other conditions let through.
/// Source: "AdvancedFieldSelector", AWS CloudTrail API Reference.
struct AdvancedRuleReader {
  private var category: String?
  private var resourceType: String?
  private var conditions: [FieldCondition] = []
  private var trouble: RecordingRule.Trouble?

  /// The rule of a selector.
  static func rule(of selector: AdvancedEventSelector) -> RecordingRule {
    var reader = AdvancedRuleReader()
    let counts = Dictionary(selector.fieldSelectors.map { ($0.field, 1) }, uniquingKeysWith: +)
    for field in selector.fieldSelectors {
      if counts[field.field] == 1 { reader.add(field) } else { reader.note(field.field) }
    }
    return reader.finished
  }

  /// Fields that may stand in the selectors of a category, besides those that it must have.
  ///
  /// For management events, event data stores know more of them than trails.
  private static let fields: [String: Set<String>] = [
    "Management": [
      "eventSource", "readOnly", "eventName", "eventType", "sessionCredentialFromConsole", "userIdentity.arn",
    ],
    "Data": [
      "eventSource", "readOnly", "eventName", "eventType", "sessionCredentialFromConsole", "userIdentity.arn",
      "resources.ARN",
    ],
    "NetworkActivity": ["eventSource", "eventName", "errorCode", "vpcEndpointId", "userIdentity.arn"],
  ]

  private mutating func add(_ selector: AdvancedEventSelector.FieldSelector) {
    guard !selector.operators.isEmpty else { return note(selector.field) }
    do throws(FieldCondition.UnknownOperator) {
      let condition = try FieldCondition(selector)
      switch selector.field {
      case "eventCategory": category = only(condition, selector)
      case "resources.type": resourceType = only(condition, selector)
      case "readOnly": addBoolean(condition, ["true", "false"], selector)
      // The field is in a record only where it is true. Source: "CloudTrail record contents", CloudTrail User Guide.
      case "sessionCredentialFromConsole": addBoolean(condition, ["true"], selector)
      default: conditions.append(condition)
      }
    } catch {
      note(selector.field, error.name)
    }
  }

  /// The one value of a field that takes only `Equals`.
  private mutating func only(_ condition: FieldCondition, _ selector: AdvancedEventSelector.FieldSelector)
    -> String?
  {
    if condition.deselects.isEmpty, condition.selects.count == 1,
      case .equals(let value) = condition.selects[0]
    {
      return value
    }
    note(selector.field, selector.operators.first { $0.name != "Equals" }?.name)
    return nil
  }

  private mutating func addBoolean(
    _ condition: FieldCondition, _ values: [String], _ selector: AdvancedEventSelector.FieldSelector
  ) {
    let known = Set(values.map { TextTest.equals($0) })
    // Of readOnly only Equals is documented.
    let mayDeselect = values.count == 1
    guard known.isSuperset(of: condition.selects + condition.deselects),
      mayDeselect || condition.deselects.isEmpty
    else {
      return note(
        selector.field, selector.operators.first { $0.name != "Equals" }?.name ?? selector.operators[0].name)
    }
    conditions.append(condition)
  }

  private mutating func note(_ field: String, _ operatorName: String? = nil) {
    if trouble == nil { trouble = RecordingRule.Trouble(field: field, operatorName: operatorName) }
  }

  private var finished: RecordingRule {
    var reader = self
    guard let category else {
      reader.note("eventCategory")
      return RecordingRule(category: nil, resourceType: resourceType, trouble: reader.trouble)
    }
    // Insights and the kinds of event data stores: no calls.
    guard let known = Self.fields[category] else { return RecordingRule(category: category) }
    if category == "Data" {
      if resourceType == nil { reader.note("resources.type") }
    } else if resourceType != nil {
      reader.note("resources.type")
    }
    for condition in conditions where !known.contains(condition.field) {
      reader.note(condition.field, operatorName(of: condition))
    }
    if category == "Management" { reader.checkSources(of: conditions.first { $0.field == "eventSource" }) }
    if category == "NetworkActivity", !conditions.contains(where: { $0.field == "eventSource" }) {
      reader.note("eventSource")
    }
    return RecordingRule(
      category: category, resourceType: category == "Data" ? resourceType : nil,
      conditions: conditions.filter { known.contains($0.field) }.map { reader.wholeType($0) },
      trouble: reader.trouble)
  }

  /// The event sources that a trail can leave out of its management events; other conditions are of event data stores.
  ///
  /// Source: "Logging management events", AWS CloudTrail User Guide.
  private mutating func checkSources(of condition: FieldCondition?) {
    guard let condition else { return }
    let known: Set<TextTest> = [.equals("kms.amazonaws.com"), .equals("rdsdata.amazonaws.com")]
    if !condition.selects.isEmpty || !known.isSuperset(of: condition.deselects) {
      note(condition.field, operatorName(of: condition))
    }
  }

  private func operatorName(of condition: FieldCondition) -> String? {
    switch (condition.selects.first, condition.deselects.first) {
    case (.equals, _): "Equals"
    case (.startsWith, _): "StartsWith"
    case (.endsWith, _): "EndsWith"
    case (nil, .equals): "NotEquals"
    case (nil, .startsWith): "NotStartsWith"
    case (nil, .endsWith): "NotEndsWith"
    case (nil, nil): nil
    }
  }

  /// A prefix that every ARN of the type has is no condition.
  private func wholeType(_ condition: FieldCondition) -> FieldCondition {
    guard condition.field == "resources.ARN", let resourceType else { return condition }
    func whole(_ test: TextTest) -> TextTest {
      guard case .startsWith(let text) = test, RecordedResource.isEverything(text, of: resourceType) else {
        return test
      }
      return .startsWith("")
    }
    return FieldCondition(
      field: condition.field, selects: condition.selects.map(whole),
      deselects: condition.deselects.map(whole))
  }
}
