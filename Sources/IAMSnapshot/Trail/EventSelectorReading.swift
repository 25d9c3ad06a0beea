import IAMIdentifiers
import IAMPolicy
import JSONText

extension DocumentReader {
  mutating func selectors(_ json: JSONValue, at place: String) -> TrailSelectors {
    let arn = arn("TrailARN", of: json, at: place)
    let basic = objects("EventSelectors", of: json, at: place) { $0.basicSelector($1, at: $2) }
    let advanced = objects("AdvancedEventSelectors", of: json, at: place) { $0.advancedSelector($1, at: $2) }
    if basic.isEmpty && advanced.isEmpty {
      report(.selectorsMissing, at: place, "no event selector can be read, and nothing counts as recorded")
    }
    let selectors = basic.map { EventSelector.basic($0) } + advanced.map { EventSelector.advanced($0) }
    let recorded = RecordedEvents(selectors: selectors)
    for item in recorded.notUnderstood {
      let condition = [item.field.prefix(40), item.operatorName?.prefix(40) ?? ""].filter { !$0.isEmpty }
      let names = condition.map { quotedName(String($0)) }.joined(separator: " ")
      report(.selectorNotUnderstood, at: place, "a selector has a condition that is not evaluated: \(names)")
    }
    return TrailSelectors(trailARNText: arn, selectors: selectors, recorded: recorded)
  }

  private mutating func basicSelector(_ json: JSONValue, at place: String) -> BasicEventSelector {
    let resources = objects("DataResources", of: json, at: place) { reader, json, place in
      reader.text("Type", of: json, at: place).map {
        BasicEventSelector.DataResource(type: $0, values: reader.texts("Values", of: json, at: place))
      }
    }
    let kind = member("ReadWriteType", of: json)
    let management = member("IncludeManagementEvents", of: json)
    let excluded = member("ExcludeManagementEventSources", of: json)
    let excludedSources = texts("ExcludeManagementEventSources", of: json, at: place)
    // What cannot be read must not count as recorded, though what is absent has a default that records.
    let isExclusionRead = excluded == nil || excluded?.array?.count == excludedSources.count
    return BasicEventSelector(
      readWriteType: text("ReadWriteType", of: json, at: place) ?? (kind == nil ? "All" : ""),
      includesManagementEvents: isExclusionRead
        && flag("IncludeManagementEvents", of: json, at: place) ?? (management == nil),
      excludedManagementEventSources: excludedSources, dataResources: resources)
  }

  private mutating func advancedSelector(_ json: JSONValue, at place: String) -> AdvancedEventSelector {
    let name = text("Name", of: json, at: place)
    var fields = objects("FieldSelectors", of: json, at: place) { $0.fieldSelector($1, at: $2) }
    if member("FieldSelectors", of: json)?.array?.count != fields.count {
      // A condition was lost: the selector records less than the conditions that are left would have it.
      fields.append(AdvancedEventSelector.FieldSelector(field: "FieldSelectors", operators: []))
    }
    return AdvancedEventSelector(name: name, fieldSelectors: fields)
  }

  private mutating func fieldSelector(_ json: JSONValue, at place: String) -> AdvancedEventSelector
    .FieldSelector?
  {
    guard let field = text("Field", of: json, at: place) else {
      report(.entryUnreadable, at: place, "the condition names no field")
      return nil
    }
    guard json.duplicateNames.isEmpty else {
      report(.entryUnreadable, at: place, "the condition has a name twice")
      return AdvancedEventSelector.FieldSelector(field: field, operators: [])
    }
    var operators: [AdvancedEventSelector.Operator] = []
    for member in json.members ?? [] where member.name != "Field" && member.value != .null {
      let values = member.value.array?.compactMap(\.conditionValue)
      guard let values, values.count == member.value.array?.count else {
        report(.wrongType, at: "\(place)\(quotedName(member.name))", "a list of texts should stand here")
        return AdvancedEventSelector.FieldSelector(field: field, operators: [])
      }
      // The API writes the operators that are not used as empty lists.
      if !values.isEmpty {
        operators.append(AdvancedEventSelector.Operator(name: member.name, values: values))
      }
    }
    return AdvancedEventSelector.FieldSelector(
      field: field, operators: operators.sorted { $0.name < $1.name })
  }
}

extension JSONValue {
  /// The text, also of `true` and `false` without quotes, as people write `readOnly`.
  fileprivate var conditionValue: String? {
    if let bool { return bool ? "true" : "false" }
    return string
  }
}
