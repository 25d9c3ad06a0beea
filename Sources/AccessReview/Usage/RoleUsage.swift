import ActionCatalog
import EvidenceStore
import IAMIdentifiers

/// What is known of one action from the calls of one role in a period.
struct ActionUse {
  /// Successful calls, and calls that failed for another reason than a denial.
  var successes = 0
  var failures = 0
  var denials = 0
  var lastSuccess: Int64?
  var lastFailure: Int64?
  var lastDenial: Int64?
  /// Seen at a VPC endpoint and nowhere else.
  var lastAtEndpoint: Int64?
  /// The rows of the last success, failure and denial, by which their events are found.
  var successRow, failureRow, denialRow: UsageRow?

  var lastUse: Int64? { [lastSuccess, lastFailure].compactMap { $0 }.max() }

  mutating func add(_ row: UsageRow, _ outcome: CallOutcome) {
    switch outcome {
    case .success:
      successes += row.count
      if row.last > lastSuccess ?? Int64.min { (lastSuccess, successRow) = (row.last, row) }
    case .failed:
      failures += row.count
      if row.last > lastFailure ?? Int64.min { (lastFailure, failureRow) = (row.last, row) }
    case .denied:
      denials += row.count
      if row.last > lastDenial ?? Int64.min { (lastDenial, denialRow) = (row.last, row) }
    case .unauthenticated: break
    }
  }
}

/// What one role did in a period, translated into actions.
struct RoleUsage {
  /// By the name that each action has today.
  var actions: [ActionName: ActionUse] = [:]
  /// Actions that a call may have needed: its source is shared by several services, or values of its parameters would tell.
  var possible: Set<ActionName> = []
  /// Service prefixes of which a call that makes something carried tags, for which the tag action is needed as well.
  var taggedServices: Set<String> = []
  /// Service prefixes of which a call is newer than AWS's lists of actions: that it needed the action of its name is likely,
  /// not known.
  var unlistedServices: Set<String> = []
  /// Whether a call may have passed a role without showing it.
  var mayHavePassedRole = false
  /// Service prefixes of which a call could not be translated; nil stands for a source that is wholly unknown.
  var untranslated: Set<String?> = []
  var untranslatedCalls: [UntranslatedKey: Int] = [:]
  var successes = 0
  var failures = 0
  var denials = 0
  var lastSuccess, lastUse, lastDenial: Int64?
  var lastUseRow, lastDenialRow: UsageRow?
  /// When calls that are alike were denied for the last time.
  var lastDenials: [Int64] = []

  struct UntranslatedKey: Hashable {
    let source, name: String
  }
}

/// Translates calls into actions, each kind of call once.
struct UsageTranslation {
  private let catalog: ActionCatalog
  private var readings: [Key: CallReading] = [:]
  private var outcomes: [String: CallOutcome] = [:]

  private struct Key: Hashable {
    let source, name, type, category, names, deciding, deniedAction: String
  }

  init(_ catalog: ActionCatalog) { self.catalog = catalog }

  mutating func outcome(_ code: String) -> CallOutcome {
    if let known = outcomes[code] { return known }
    let outcome = code.isEmpty ? .success : catalog.outcome(ofErrorCode: code)
    outcomes[code] = outcome
    return outcome
  }

  /// What each role did. Keyed by the role's id.
  mutating func translate(_ rows: [UsageRow]) -> [String: RoleUsage] {
    var roles: [String: RoleUsage] = [:]
    for row in rows where row.principalKind == "role" {
      roles[row.principalID, default: RoleUsage()].add(row, outcome(row.errorCode), reading(of: row))
    }
    return roles
  }

  private mutating func reading(of row: UsageRow) -> CallReading {
    let isDenied = outcome(row.errorCode) == .denied
    let key = Key(
      source: row.eventSource, name: row.eventName, type: row.eventType, category: row.eventCategory,
      names: row.parameterNames, deciding: row.decidingValues, deniedAction: isDenied ? row.deniedAction : "")
    if let known = readings[key] { return known }
    let kept = KeptParameters(names: row.parameterNames, deciding: row.decidingValues)
    var resolution = catalog.resolve(
      Call(
        eventSource: row.eventSource, eventName: row.eventName, eventType: row.eventType,
        eventCategory: row.eventCategory, parameters: kept.parameters))
    if isDenied, let named = ActionName(row.deniedAction) {
      // The message of a denial says what was needed better than any table.
      resolution = Resolution(
        actions: [named], conditional: [], rule: .denialMessage, prefixes: resolution.prefixes,
        isEndpointObservation: resolution.isEndpointObservation)
    }
    let reading = CallReading(row, resolution, kept, catalog)
    readings[key] = reading
    return reading
  }
}

/// What a kind of call needed, and what it may have needed without its record telling so.
struct CallReading {
  let resolution: Resolution
  /// What it needed, by the names of today.
  let needed: [ActionName]
  let unlistedServices: Set<String>
  let possible: [ActionName]
  /// Whether it makes something, and carried tags.
  let carriesTags: Bool
  /// Whether it can pass a role, and the place for it is there or was left out.
  let hasPlaceForRole: Bool
  /// Whether a role at such a place would not have been found.
  let hidesRole: Bool

  init(_ row: UsageRow, _ resolution: Resolution, _ kept: KeptParameters, _ catalog: ActionCatalog) {
    self.resolution = resolution
    var needed: [ActionName] = []
    for action in resolution.actions.map(catalog.identity) where !needed.contains(action) {
      needed.append(action)
    }
    self.needed = needed
    unlistedServices = Set(
      resolution.rule == .denialMessage
        ? []
        : needed.filter { catalog.entry(for: $0)?.isUnlisted == true }.map { $0.service.lowercased() })
    let names = kept.names
    let isOmitted = kept.isOmitted
    var possible = catalog.undecidedActions(
      eventSource: row.eventSource, eventName: row.eventName, kept: kept)
    // Actions of the same name in another service of the same source: one of them was needed.
    if let primary = resolution.actions.first {
      possible += resolution.conditionalActions.filter { $0.name.lowercased() == primary.name.lowercased() }
    }
    // The service reference may list several actions without telling which of them the call needed.
    if resolution.rule == .serviceReference, resolution.actions.isEmpty {
      possible += resolution.conditionalActions
    }
    self.possible = resolution.rule == .denialMessage ? [] : possible.map(catalog.identity)
    let isAboutTags = resolution.actions.contains { $0.name.lowercased().contains("tag") }
    carriesTags = !isAboutTags && (isOmitted || names.contains { CallReading.namesTags($0) })
    let places = catalog.passRoleParameters(eventSource: row.eventSource, eventName: row.eventName).filter {
      parameter in
      isOmitted || names.contains(String(parameter.place.prefix { $0 != "." && $0 != "[" && $0 != "{" }))
    }
    hasPlaceForRole = !places.isEmpty
    hidesRole = isOmitted
  }

  private static func namesTags(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasPrefix("tag") || name.hasSuffix("tags") || name.hasSuffix("tagging")
  }
}

extension RoleUsage {
  fileprivate mutating func add(_ row: UsageRow, _ outcome: CallOutcome, _ reading: CallReading) {
    let resolution = reading.resolution
    if resolution.isEndpointObservation {
      for action in reading.needed {
        actions[action, default: ActionUse()].lastAtEndpoint = max(
          row.last, actions[action]?.lastAtEndpoint ?? row.last)
      }
      return
    }
    switch outcome {
    case .success:
      successes += row.count
      lastSuccess = max(lastSuccess ?? row.last, row.last)
    case .failed: failures += row.count
    case .denied:
      denials += row.count
      lastDenials.append(row.last)
      if row.last > lastDenial ?? Int64.min { (lastDenial, lastDenialRow) = (row.last, row) }
    case .unauthenticated: return
    }
    if outcome != .denied, row.last > lastUse ?? Int64.min { (lastUse, lastUseRow) = (row.last, row) }
    if outcome != .denied {
      // What a call that failed, or was only tried, had in its parameters is not kept.
      if reading.hasPlaceForRole, reading.hidesRole || !row.errorCode.isEmpty { mayHavePassedRole = true }
      if resolution.rule == .unmapped, row.eventKind != "management-read" { mayHavePassedRole = true }
      if reading.carriesTags { taggedServices.formUnion(resolution.prefixes) }
    }
    possible.formUnion(reading.possible)
    if resolution.rule == .unmapped {
      untranslatedCalls[UntranslatedKey(source: row.eventSource, name: row.eventName), default: 0] +=
        row.count
      if resolution.prefixes.isEmpty { untranslated.insert(nil) }
      for prefix in resolution.prefixes { untranslated.insert(prefix) }
      return
    }
    unlistedServices.formUnion(reading.unlistedServices)
    for action in reading.needed { actions[action, default: ActionUse()].add(row, outcome) }
  }
}
