extension RecordedEvents {
  /// What the selectors of one trail record together: an event is recorded if it meets any of them.
  public init(selectors: [EventSelector]) {
    self.init()
    for selector in selectors {
      switch selector {
      case .basic(let selector): add(selector)
      case .advanced(let selector): add(selector)
      }
    }
    networkActivitySources = Set(networkActivitySources).sorted()
  }

  private mutating func add(_ selector: BasicEventSelector) {
    let reads: Bool
    let writes: Bool
    switch selector.readWriteType {
    case "All": (reads, writes) = (true, true)
    case "ReadOnly": (reads, writes) = (true, false)
    case "WriteOnly": (reads, writes) = (false, true)
    default:
      notUnderstood.append(
        NotUnderstood(category: nil, resourceType: nil, field: "ReadWriteType", operatorName: nil))
      return
    }
    if selector.includesManagementEvents {
      addManagement(reads: reads, writes: writes, except: selector.excludedManagementEventSources)
    }
    for resource in selector.dataResources {
      data.append(
        DataEvents(
          resourceType: resource.type, reads: reads, writes: writes,
          resources: ResourceScope(basic: resource)))
    }
  }

  private mutating func addManagement(reads: Bool, writes: Bool, except sources: [String]) {
    func joined(_ management: Management) -> Management {
      guard case .recorded(let others) = management else {
        return .recorded(exceptSources: Set(sources).sorted())
      }
      return .recorded(exceptSources: Set(sources).intersection(others).sorted())
    }
    if reads { managementReads = joined(managementReads) }
    if writes { managementWrites = joined(managementWrites) }
  }

  private mutating func add(_ selector: AdvancedEventSelector) {
    var conditions = AdvancedConditions()
    for field in selector.fieldSelectors { conditions.add(field) }
    if let trouble = conditions.trouble {
      notUnderstood.append(
        NotUnderstood(
          category: conditions.category, resourceType: conditions.resourceType, field: trouble.field,
          operatorName: trouble.operatorName))
      return
    }
    let reads = conditions.readOnly.contains("true")
    let writes = conditions.readOnly.contains("false")
    switch conditions.category {
    case "Management":
      addManagement(reads: reads, writes: writes, except: conditions.excludedSources)
    case "Data":
      data.append(
        DataEvents(
          resourceType: conditions.resourceType ?? "", reads: reads, writes: writes,
          resources: conditions.resources))
    case "NetworkActivity": networkActivitySources += conditions.sources
    default: break  // Insights and the kinds of event data stores: no calls.
    }
  }
}

extension ResourceScope {
  /// Values for objects are prefixes; those for functions and tables are whole ARNs.
  ///
  /// Source: "DataResource", AWS CloudTrail API Reference.
  fileprivate init(basic resource: BasicEventSelector.DataResource) {
    if resource.values.contains(where: { ResourceScope.isEverything($0, of: resource.type) }) {
      self = .everything
      return
    }
    self = .matching(
      resource.values.map { value in
        guard resource.type == "AWS::S3::Object" else { return .equals(value) }
        // Without a slash it is one bucket, not all whose names begin so.
        return .startsWith(value.utf8.contains(UInt8(ascii: "/")) ? value : value + "/")
      })
  }
}

/// The conditions of one advanced selector, taken apart.
private struct AdvancedConditions {
  var category: String?
  var resourceType: String?
  var readOnly: Set<String> = ["true", "false"]
  var excludedSources: [String] = []
  var sources: [String] = []
  var resources = ResourceScope.everything
  private var fields: Set<String> = []
  private var firstTrouble: (field: String, operatorName: String?)?
  /// What of the conditions is understood only once the category is known, whatever their order.
  private var sourceConditions: [AdvancedEventSelector.Operator] = []
  private var hasReadOnly = false
  private var arnConditions: [AdvancedEventSelector.Operator] = []

  mutating func add(_ selector: AdvancedEventSelector.FieldSelector) {
    guard fields.insert(selector.field).inserted else { return note(selector.field, nil) }
    guard !selector.operators.isEmpty else { return note(selector.field, nil) }
    switch selector.field {
    case "eventCategory": category = only(selector)
    case "resources.type": resourceType = only(selector)
    case "readOnly":
      hasReadOnly = true
      let values = selector.operators.flatMap(\.values)
      guard selector.operators.map(\.name) == ["Equals"], values.allSatisfy({ $0 == "true" || $0 == "false" })
      else {
        return note(selector.field, selector.operators.first { $0.name != "Equals" }?.name ?? "Equals")
      }
      readOnly = Set(values)
    case "eventSource": sourceConditions = selector.operators
    case "resources.ARN": arnConditions = selector.operators
    default: note(selector.field, selector.operators.first?.name)
    }
  }

  /// The first condition that is not understood.
  var trouble: (field: String, operatorName: String?)? {
    mutating get {
      switch category {
      case "Management": finishManagement()
      case "Data": finishData()
      case "NetworkActivity": finishNetworkActivity()
      case nil: note("eventCategory", nil)
      default: return nil
      }
      return firstTrouble
    }
  }

  private mutating func finishManagement() {
    if resourceType != nil { note("resources.type", nil) }
    if let first = arnConditions.first { note("resources.ARN", first.name) }
    for condition in sourceConditions {
      if condition.name == "NotEquals" {
        excludedSources += condition.values
      } else {
        note("eventSource", condition.name)
      }
    }
  }

  private mutating func finishData() {
    guard let resourceType else { return note("resources.type", nil) }
    if let first = sourceConditions.first { note("eventSource", first.name) }
    guard !arnConditions.isEmpty else { return }
    var conditions: [ARNCondition] = []
    for condition in arnConditions {
      switch condition.name {
      case "Equals": conditions += condition.values.map { .equals($0) }
      case "StartsWith":
        if condition.values.contains(where: { ResourceScope.isEverything($0, of: resourceType) }) { return }
        conditions += condition.values.map { .startsWith($0) }
      default: note("resources.ARN", condition.name)
      }
    }
    resources = .matching(conditions)
  }

  private mutating func finishNetworkActivity() {
    if resourceType != nil { note("resources.type", nil) }
    if hasReadOnly { note("readOnly", nil) }
    if let first = arnConditions.first { note("resources.ARN", first.name) }
    if sourceConditions.isEmpty { note("eventSource", nil) }
    for condition in sourceConditions {
      if condition.name == "Equals" {
        sources += condition.values
      } else {
        note("eventSource", condition.name)
      }
    }
  }

  /// The one value of a field that takes only `Equals`.
  private mutating func only(_ selector: AdvancedEventSelector.FieldSelector) -> String? {
    guard let first = selector.operators.first, selector.operators.count == 1, first.name == "Equals",
      first.values.count == 1
    else {
      note(selector.field, selector.operators.first { $0.name != "Equals" }?.name)
      return nil
    }
    return first.values[0]
  }

  private mutating func note(_ field: String, _ operatorName: String?) {
    if firstTrouble == nil { firstTrouble = (field, operatorName) }
  }
}
