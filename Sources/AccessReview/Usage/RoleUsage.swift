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
  var actions: [ActionName: ActionUse] = [:]
  /// Actions that a call may have needed, because its source is shared by several services.
  var possible: Set<ActionName> = []
  /// Service prefixes of which a call could not be translated; nil stands for a source that is wholly unknown.
  var untranslated: Set<String?> = []
  var untranslatedCalls: [UntranslatedKey: Int] = [:]
  var successes = 0
  var failures = 0
  var denials = 0
  var lastSuccess, lastUse, lastDenial: Int64?
  var lastUseRow, lastDenialRow: UsageRow?
  /// When calls were denied, from when to when.
  var denialSpans: [ClosedRange<Int64>] = []

  struct UntranslatedKey: Hashable {
    let source, name: String
  }
}

/// Translates calls into actions, each kind of call once.
struct UsageTranslation {
  private let catalog: ActionCatalog
  private var resolutions: [Key: Resolution] = [:]
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
      roles[row.principalID, default: RoleUsage()].add(row, outcome(row.errorCode), resolution(of: row))
    }
    return roles
  }

  private mutating func resolution(of row: UsageRow) -> Resolution {
    let isDenied = outcome(row.errorCode) == .denied
    let key = Key(
      source: row.eventSource, name: row.eventName, type: row.eventType, category: row.eventCategory,
      names: row.parameterNames, deciding: row.decidingValue, deniedAction: isDenied ? row.deniedAction : "")
    if let known = resolutions[key] { return known }
    var parameters: [String: String] = [:]
    for name in row.parameterNames.split(separator: ",") { parameters[String(name)] = "" }
    let deciding = row.decidingValue.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if deciding.count == 2 { parameters[String(deciding[0])] = String(deciding[1]) }
    var resolution = catalog.resolve(
      Call(
        eventSource: row.eventSource, eventName: row.eventName, eventType: row.eventType,
        eventCategory: row.eventCategory, parameters: parameters))
    if isDenied, let named = ActionName(row.deniedAction) {
      // The message of a denial says what was needed better than any table.
      resolution = Resolution(
        actions: [named], conditional: [], rule: .denialMessage, prefixes: resolution.prefixes,
        isEndpointObservation: resolution.isEndpointObservation)
    }
    resolutions[key] = resolution
    return resolution
  }
}

extension RoleUsage {
  fileprivate mutating func add(_ row: UsageRow, _ outcome: CallOutcome, _ resolution: Resolution) {
    if resolution.isEndpointObservation {
      for action in resolution.actions {
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
      denialSpans.append(row.first...row.last)
      if row.last > lastDenial ?? Int64.min { (lastDenial, lastDenialRow) = (row.last, row) }
    case .unauthenticated: return
    }
    if outcome != .denied, row.last > lastUse ?? Int64.min { (lastUse, lastUseRow) = (row.last, row) }
    if resolution.rule == .unmapped {
      untranslatedCalls[UntranslatedKey(source: row.eventSource, name: row.eventName), default: 0] +=
        row.count
      if resolution.prefixes.isEmpty { untranslated.insert(nil) }
      for prefix in resolution.prefixes { untranslated.insert(prefix) }
      return
    }
    for action in resolution.actions { actions[action, default: ActionUse()].add(row, outcome) }
    // Actions of the same name in another service of the same source: one of them was needed.
    for action in resolution.conditional {
      guard let primary = resolution.actions.first, action.name.lowercased() == primary.name.lowercased()
      else { continue }
      possible.insert(action)
    }
  }
}
