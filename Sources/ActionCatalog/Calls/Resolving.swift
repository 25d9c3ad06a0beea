import IAMIdentifiers

extension ActionCatalog {
  /// The actions that a call needed, and the rule that says so.
  ///
  /// Of hostile or unknown names it says `unmapped`; it never makes up an action.
  public func resolve(_ call: Call) -> Resolution {
    let source = content.sources.source(call.eventSource) ?? EventSource.unknown
    let kind = CallKind(call)
    func resolution(
      _ rule: Resolution.Rule, _ actions: [ActionName] = [], _ conditional: [ConditionalAction] = [],
      _ places: [PassRoleParameter] = []
    ) -> Resolution {
      Resolution(
        actions: actions, conditional: conditional, rule: rule, prefixes: source.prefixes,
        isEndpointObservation: kind == .seenAtEndpoint, passRolePlaces: places)
    }
    if call.errorCode != nil || call.errorMessage != nil,
      outcome(ofErrorCode: call.errorCode, errorMessage: call.errorMessage) == .denied,
      let message = call.errorMessage, let action = actionNamed(inDenialMessage: message)
    {
      return resolution(.denialMessage, [action])
    }
    switch kind {
    case .noCall: return resolution(.eventType)
    case .consoleAction: return resolution(.unmapped)
    case .call, .seenAtEndpoint: break
    }
    let found: Resolution?? = withLowercasedBytes(of: call.eventName) { name in
      guard !name.isEmpty, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
      let decision = content.decision(call, source, CallName(name))
      let places = decision.rule == .noActionNeeded ? [] : content.passRolePlaces(source, name)
      let (actions, conditional) = content.withPassedRoles(decision, places, call)
      return resolution(decision.rule, actions, conditional, decision.rule == .unmapped ? [] : places)
    }
    return (found ?? nil) ?? resolution(.unmapped)
  }
}

/// What an event's type and category make of it.
enum CallKind {
  case call, noCall, consoleAction, seenAtEndpoint

  /// Source: "CloudTrail record contents", AWS CloudTrail User Guide. Types that nobody knows, such as `Rds Data Service`, are
  /// calls.
  init(_ call: Call) {
    self = call.eventCategory == "NetworkActivity" ? .seenAtEndpoint : .call
    if call.eventCategory == "Insight" { self = .noCall }
    guard let type = call.eventType, type != "AwsApiCall", type.utf8.count <= 64 else { return }
    switch type.lowercased() {
    case "awsserviceevent", "awsconsolesignin", "awsaggregatedevent", "awscloudtrailinsight": self = .noCall
    case "awsconsoleaction": self = .consoleAction
    case "awsvpceevent", "awsvpceevents": self = .seenAtEndpoint
    default: break
    }
  }
}

/// A call's name in lower case, and how much of it comes before its API date.
struct CallName {
  let whole: UnsafeBufferPointer<UInt8>
  let undated: UnsafeBufferPointer<UInt8>?

  init(_ whole: UnsafeBufferPointer<UInt8>) {
    self.whole = whole
    undated = EventName.undatedCount(whole).map { UnsafeBufferPointer(rebasing: whole[..<$0]) }
  }
}

/// What the rules say of a call, before it is asked for roles.
struct Decision {
  var rule: Resolution.Rule
  var actions: [ActionName] = []
  var conditional: [ConditionalAction] = []
  /// Whether the mapping says that the call may pass a role that none of its parameters names.
  var passesUnnamedRole = false
  /// The only one of `actions`, where there is one and names have found it.
  var primary: KnownAction?
}

extension CatalogContent {
  /// Rules 3 to 7: the mapping, the service reference that lies over the catalogue, names.
  func decision(_ call: Call, _ source: EventSource, _ name: CallName) -> Decision {
    let rule = rule(source, name)
    if source.everywhere.isEmpty {
      // Most calls: nothing of the call but its name decides.
      if let rule, let always = rule.always {
        if rule.base?.needsNone == true { return Decision(rule: .noActionNeeded) }
        return Decision(
          rule: .override, actions: always.actions, conditional: always.conditional,
          passesUnnamedRole: rule.base?.conditional.contains { $0 == Self.passRole } ?? false)
      }
      if rule == nil, operations.isEmpty {
        var decision = named(source, name)
        decision.conditional += dependents(decision)
        return decision
      }
    }
    let additions = Answers(source.everywhere, call)
    var own: Answers?
    if let rule {
      let answers = Answers(rule.rows, call)
      if rule.base != nil || answers.replacing != nil {
        return decision(rule, answers, additions, name)
      }
      // Rows that only add, to what the name says.
      own = answers
    }
    var decision = named(source, name)
    if let operation = operations.find(source, name) {
      decision = operations.decision(operation, name, decision, self)
    }
    guard decision.rule != .unmapped else { return decision }
    for action in (own?.added ?? []) + additions.added where !decision.actions.contains(action) {
      decision.actions.append(action)
    }
    decision.conditional.removeAll { decision.actions.contains($0.action) }
    addUndecided(own?.undecided ?? [], to: &decision)
    addUndecidedOfSource(additions, name, to: &decision)
    decision.conditional += dependents(decision.actions, decision.conditional)
    return decision
  }

  /// The dependent actions of a decision that names have made.
  private func dependents(_ decision: Decision) -> [ConditionalAction] {
    guard let primary = decision.primary, !primary.dependents.isEmpty else { return [] }
    if decision.conditional.isEmpty { return primary.dependents }
    return dependents(decision.actions, decision.conditional)
  }

  /// The rows of the mapping for a call.
  func rule(_ source: EventSource, _ name: CallName) -> CallRule? {
    for name in [name.whole, name.undated] {
      guard let name else { continue }
      for scope in source.scopes {
        if let found = calls.find(name, scope: scope) { return rule(found) }
      }
    }
    return nil
  }

  /// The action that is called like the call, or nearly.
  func named(_ source: EventSource, _ name: CallName) -> Decision {
    func decision(_ rule: Resolution.Rule, _ name: UnsafeBufferPointer<UInt8>) -> Decision? {
      var found = Decision(rule: rule)
      for service in source.services {
        guard let number = actions.index.find(name, scope: UInt32(service.number)) else { continue }
        if found.actions.isEmpty {
          let known = action(number)
          found.actions = known.alone
          found.primary = known
        } else {
          // One source of several services: which of them was called, the record does not say.
          found.conditional.append(ConditionalAction(action(number).name))
        }
      }
      return found.actions.isEmpty ? nil : found
    }
    if let found = decision(.sameName, name.whole) { return found }
    if let undated = name.undated, let found = decision(.datedName, undated) { return found }
    return EventName.firstOfFamily(name.undated ?? name.whole) { decision(.family, $0) }
      ?? Decision(rule: .unmapped)
  }

  private func decision(
    _ rule: CallRule, _ answers: Answers, _ additions: Answers, _ name: CallName
  ) -> Decision {
    let base = answers.replacing ?? rule.base
    var decision = Decision(rule: .override, actions: base?.actions ?? [])
    for action in answers.added + additions.added where !decision.actions.contains(action) {
      decision.actions.append(action)
    }
    if base?.needsNone == true, decision.actions.isEmpty { return Decision(rule: .noActionNeeded) }
    let asked = (base?.conditional ?? []).filter { !decision.actions.contains($0) }
    decision.conditional = asked.compactMap { answers.judge($0) }
    decision.passesUnnamedRole = decision.conditional.contains { $0.action == Self.passRole }
    addUndecided(answers.undecided, to: &decision)
    addUndecidedOfSource(additions, name, to: &decision)
    if decision.actions.isEmpty, decision.conditional.isEmpty {
      // Some action was needed, though nothing at the places that decide says which.
      decision.conditional = asked.map { ConditionalAction($0, parameter: answers.place(of: $0)) }
    }
    decision.conditional += dependents(decision.actions, decision.conditional)
    return decision
  }

  /// Adds what unanswered rows would that hold for every call of a source: they say nothing of calls that only read, and
  /// of tags only where a call makes something.
  private func addUndecidedOfSource(_ answers: Answers, _ name: CallName, to decision: inout Decision) {
    guard !answers.undecided.isEmpty, let primary = decision.actions.first, let number = number(primary),
      action(number).writes
    else { return }
    let makes = Self.makingVerbs.contains { name.whole.starts(with: $0) }
    addUndecided(
      makes ? answers.undecided : answers.undecided.filter { !Self.isAboutTags($0.parameter) }, to: &decision)
  }

  private static let makingVerbs = [
    "create", "copy", "restore", "run", "register", "import", "put", "start", "allocate", "purchase",
    "request",
    "add", "upload", "publish", "provision", "launch",
  ].map { Array($0.utf8) }

  private static func isAboutTags(_ place: String?) -> Bool {
    guard var place else { return false }
    return place.withUTF8 { bytes in
      let lowered = bytes.map(ByteIndexBuilder.lowercased)
      return ByteSearch.first(Array("tag".utf8), in: lowered[...]) != nil
    }
  }

  private func addUndecided(_ items: [ConditionalAction], to decision: inout Decision) {
    for item in items
    where !decision.actions.contains(item.action)
      && !decision.conditional.contains(where: { $0.action == item.action })
    {
      decision.conditional.append(item)
    }
  }

  /// A decision with `iam:PassRole`, as far as the call's places for roles tell.
  func withPassedRoles(
    _ decision: Decision, _ places: [PassRoleParameter], _ call: Call
  ) -> (actions: [ActionName], conditional: [ConditionalAction]) {
    guard !places.isEmpty, decision.rule != .unmapped, decision.rule != .noActionNeeded,
      let passRole = Self.passRole
    else { return (decision.actions, decision.conditional) }
    var (actions, conditional) = (decision.actions, decision.conditional)
    conditional.removeAll { $0.action == passRole }
    guard !actions.contains(passRole) else { return (actions, conditional) }
    guard let roles = call.passedRoles else {
      return (actions, conditional + [ConditionalAction(passRole, parameter: places.first?.place)])
    }
    if roles.contains(where: { places.contains($0.parameter) }) {
      actions.append(passRole)
    } else if decision.passesUnnamedRole {
      conditional.append(ConditionalAction(passRole, parameter: nil))
    }
    return (actions, conditional)
  }

  private static let passRole = ActionName("iam:PassRole")
}
