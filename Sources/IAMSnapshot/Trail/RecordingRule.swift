/// What one selector records: the events that meet all its conditions.
public struct RecordingRule: Hashable, Sendable {
  /// `Management`, `Data`, `NetworkActivity` or a category that holds no calls; nil where the selector does not say it plainly.
  public let category: String?
  /// Of a selector of data events; nil where it does not say it plainly: it may be any.
  public let resourceType: String?
  /// The conditions on other fields that are understood.
  public let conditions: [FieldCondition]
  /// The first condition that is not understood.
  let trouble: Trouble?

  struct Trouble: Hashable, Sendable {
    let field: String
    let operatorName: String?
  }

  init(
    category: String?, resourceType: String? = nil, conditions: [FieldCondition] = [], trouble: Trouble? = nil
  ) {
    self.category = category
    self.resourceType = resourceType
    self.conditions = conditions
    self.trouble = trouble
  }

  /// The conditions on a field.
  func condition(on field: String) -> FieldCondition? { conditions.first { $0.field == field } }

  /// How many of the events of a kind are recorded.
  func extent(of event: QuestionedCalls.Event) -> RecordedEvents.Extent {
    var extents: [RecordedEvents.Extent] = trouble == nil ? [] : [.unknown]
    if let category, category != event.category.name { return .none }
    if case .data = event.category, let resourceType, event.resources[resourceType] == nil { return .none }
    extents += conditions.map { condition in
      switch condition.field {
      case "readOnly": condition.extent(of: ValuePattern(event.readOnly ? "true" : "false"))
      case "eventSource": condition.extent(of: event.source)
      case "eventName": condition.extent(of: event.name)
      case "eventType": condition.extent(of: event.eventType)
      case "userIdentity.arn": condition.extent(of: event.caller)
      case "resources.ARN": resourceType.flatMap { event.resources[$0] }.map(condition.extent) ?? .unknown
      // Who calls from where, and what fails, is chosen call by call.
      default: .some
      }
    }
    return .meeting(extents)
  }
}

extension RecordingRule {
  /// What a basic selector records: management events, and data events of each of its resource types.
  ///
  /// Source: "EventSelector", AWS CloudTrail API Reference.
  static func rules(of selector: BasicEventSelector) -> [RecordingRule] {
    var readOnly: [FieldCondition] = []
    switch selector.readWriteType {
    case "All": break
    case "ReadOnly": readOnly = [FieldCondition(field: "readOnly", selects: [.equals("true")])]
    case "WriteOnly": readOnly = [FieldCondition(field: "readOnly", selects: [.equals("false")])]
    default:
      return [RecordingRule(category: nil, trouble: Trouble(field: "ReadWriteType", operatorName: nil))]
    }
    var rules: [RecordingRule] = []
    if selector.includesManagementEvents {
      let excluded = selector.excludedManagementEventSources.map { TextTest.equals($0) }
      let sources = FieldCondition(field: "eventSource", selects: [], deselects: excluded)
      rules.append(
        RecordingRule(category: "Management", conditions: readOnly + (excluded.isEmpty ? [] : [sources])))
    }
    for resource in selector.dataResources {
      let resources = arns(of: resource)
      // No value names no resource.
      guard resources != [] else { continue }
      let condition = resources.map { [FieldCondition(field: "resources.ARN", selects: $0)] } ?? []
      rules.append(
        RecordingRule(category: "Data", resourceType: resource.type, conditions: readOnly + condition))
    }
    return rules
  }

  /// Values for objects are prefixes; those for functions and tables are whole ARNs. Nil: everything.
  ///
  /// Source: "DataResource", AWS CloudTrail API Reference.
  private static func arns(of resource: BasicEventSelector.DataResource) -> [TextTest]? {
    if resource.values.contains(where: { RecordedResource.isEverything($0, of: resource.type) }) {
      return nil
    }
    return resource.values.map { value in
      guard resource.type == "AWS::S3::Object" else { return .equals(value) }
      // Without a slash it is one bucket, not all whose names begin so.
      return .startsWith(value.utf8.contains(UInt8(ascii: "/")) ? value : value + "/")
    }
  }
}
