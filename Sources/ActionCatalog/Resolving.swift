import IAMIdentifiers

extension ActionCatalog {
  /// The actions that a call needed, and the rule that says so.
  ///
  /// Of hostile or unknown names it says `unmapped`; it never makes up an action.
  public func resolve(_ call: Call) -> Resolution {
    let prefixes = prefixes(ofEventSource: call.eventSource)
    let type = call.eventType?.lowercased() ?? ""
    let seenAtEndpoint =
      type == "awsvpceevent" || type == "awsvpceevents" || call.eventCategory == "NetworkActivity"
    func resolution(
      _ rule: Resolution.Rule, _ actions: [ActionName] = [], _ conditional: [ActionName] = []
    ) -> Resolution {
      Resolution(
        actions: actions, conditional: conditional, rule: rule, prefixes: prefixes,
        isEndpointObservation: seenAtEndpoint)
    }
    if outcome(ofErrorCode: call.errorCode, errorMessage: call.errorMessage) == .denied,
      let message = call.errorMessage, let action = actionNamed(inDenialMessage: message)
    {
      return resolution(.denialMessage, [action])
    }
    switch type {
    case "awsserviceevent", "awsconsolesignin", "awsaggregatedevent", "awscloudtrailinsight":
      return resolution(.eventType)
    case "awsconsoleaction": return resolution(.unmapped)
    default: break
    }
    if call.eventCategory == "Insight" { return resolution(.eventType) }
    guard (1...256).contains(call.eventName.utf8.count),
      call.eventName.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return resolution(.unmapped) }

    let undated = EventName.withoutDate(call.eventName)
    let everywhere = additions(prefixes, call.parameters)
    for name in [call.eventName, undated].compactMap({ $0 }) {
      guard let rows = mapped(call.eventSource, prefixes, name) else { continue }
      let (actions, conditional, needsNone) = decide(rows + everywhere, call.parameters)
      if needsNone { return resolution(.noActionNeeded) }
      return resolution(.override, actions, conditional + dependents(actions, conditional))
    }
    let candidates: [(Resolution.Rule, [String])] = [
      (.sameName, [call.eventName]),
      (.datedName, [undated].compactMap { $0 }),
      (.family, EventName.family(undated ?? call.eventName)),
    ]
    for (rule, names) in candidates {
      for name in names {
        let found = prefixes.compactMap { canonical($0, name) }
        guard let primary = found.first else { continue }
        var actions = [primary]
        for action in everywhere.flatMap(\.actions) where !actions.contains(action) { actions.append(action) }
        // One source of several services: which of them was called, the record does not say.
        let others = Array(found.dropFirst())
        return resolution(rule, actions, others + dependents(actions, others))
      }
    }
    return resolution(.unmapped)
  }

  /// The parameters that `resolve` wants to see of a call: dots between names, `[]` for the elements of a list.
  public func decidingParameters(eventSource: String, eventName: String) -> [String] {
    guard eventName.utf8.count <= 256 else { return [] }
    let rows = rowsOfSource(eventSource) + rowsOfCall(eventSource: eventSource, eventName: eventName)
    return Set(rows.flatMap { $0.condition?.terms.map(\.place) ?? [] }).sorted()
  }

  /// The rows of the mapping that hold for every call of a source.
  func rowsOfSource(_ source: String) -> [CallRules.Row] {
    prefixes(ofEventSource: source).flatMap { CallRules.builtIn.rowsForAll(source: $0) }
  }

  /// The rows of the mapping for one call.
  func rowsOfCall(eventSource: String, eventName: String) -> [CallRules.Row] {
    guard eventName.utf8.count <= 256 else { return [] }
    let prefixes = prefixes(ofEventSource: eventSource)
    for name in [eventName, EventName.withoutDate(eventName)].compactMap({ $0 }) {
      if let found = mapped(eventSource, prefixes, name) { return found }
    }
    return []
  }

  private func mapped(_ source: String, _ prefixes: [String], _ name: String) -> [CallRules.Row]? {
    let label = EventSources.label(source)
    if let rows = CallRules.builtIn.rows(source: label, name: name) { return rows }
    for prefix in prefixes where prefix != label {
      if let rows = CallRules.builtIn.rows(source: prefix, name: name) { return rows }
    }
    return nil
  }

  private func additions(_ prefixes: [String], _ parameters: [String: String]) -> [CallRules.Row] {
    guard !parameters.isEmpty else { return [] }
    return prefixes.flatMap { CallRules.builtIn.rowsForAll(source: $0) }
      .filter { $0.condition?.holds(parameters) ?? true }
  }

  private func decide(
    _ rows: [CallRules.Row], _ parameters: [String: String]
  ) -> (actions: [ActionName], conditional: [ActionName], needsNone: Bool) {
    let holding = rows.filter { $0.condition?.holds(parameters) ?? true }
    let replacing = holding.first { $0.condition != nil && !$0.adds }
    let base = replacing ?? holding.first { $0.condition == nil && !$0.adds }
    var actions = base?.actions ?? []
    for action in holding.filter(\.adds).flatMap(\.actions) where !actions.contains(action) {
      actions.append(action)
    }
    let conditional = (base?.conditional ?? []).filter { !actions.contains($0) }
    return (actions, conditional, base?.needsNone == true && actions.isEmpty)
  }

  private func dependents(_ actions: [ActionName], _ known: [ActionName]) -> [ActionName] {
    var found: [ActionName] = []
    for action in actions {
      for dependent in entry(for: action)?.dependentActions ?? []
      where !actions.contains(dependent) && !known.contains(dependent) && !found.contains(dependent) {
        found.append(dependent)
      }
    }
    return found
  }
}
