/// What a selector demands of one text. Selectors know no wildcards, and case counts.
///
/// Source: "AdvancedFieldSelector", AWS CloudTrail API Reference.
public enum TextTest: Hashable, Sendable {
  case equals(String)
  case startsWith(String)
  case endsWith(String)
}

/// The conditions of a selector on one field: one of the selecting tests must pass, if there are any, and none of the
/// deselecting ones may.
///
/// Source: "Filtering data events by using advanced event selectors", section "How CloudTrail evaluates multiple conditions
/// for a field", AWS CloudTrail User Guide.
public struct FieldCondition: Hashable, Sendable {
  public let field: String
  public let selects: [TextTest]
  public let deselects: [TextTest]

  init(field: String, selects: [TextTest], deselects: [TextTest] = []) {
    self.field = field
    self.selects = selects
    self.deselects = deselects
  }

  /// The conditions that a selector of a document has on a field.
  init(_ selector: AdvancedEventSelector.FieldSelector) throws(UnknownOperator) {
    var selects: [TextTest] = []
    var deselects: [TextTest] = []
    for item in selector.operators {
      switch item.name {
      case "Equals": selects += item.values.map { .equals($0) }
      case "StartsWith": selects += item.values.map { .startsWith($0) }
      case "EndsWith": selects += item.values.map { .endsWith($0) }
      case "NotEquals": deselects += item.values.map { .equals($0) }
      case "NotStartsWith": deselects += item.values.map { .startsWith($0) }
      case "NotEndsWith": deselects += item.values.map { .endsWith($0) }
      default: throw UnknownOperator(name: item.name)
      }
    }
    self.init(field: selector.field, selects: selects, deselects: deselects)
  }

  /// An operator that is not known.
  struct UnknownOperator: Error { let name: String }

  /// How many of the values that may stand in the field meet the conditions.
  ///
  /// `.all` and `.none` are certain; `.some` also where several tests together might amount to either.
  func extent(of value: ValuePattern) -> RecordedEvents.Extent {
    let selected = RecordedEvents.Extent.joining(selects.map(value.extent))
    let deselected = RecordedEvents.Extent.joining(deselects.map(value.extent))
    let kept: RecordedEvents.Extent =
      switch deselected {
      case .all: .none
      case .none: .all
      case .some, .unknown: .some
      }
    return .meeting([selects.isEmpty ? .all : selected, kept])
  }
}
