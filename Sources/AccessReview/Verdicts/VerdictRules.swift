import ActionCatalog
import EvidenceStore
import IAMIdentifiers
import PolicyAlgebra

/// A verdict with what it rests on.
struct Judgement: Hashable {
  var verdict: Verdict
  var code: ReasonCode
  var reason: String
  var observedDays: Int
  var lastUsed: Int64?
  var lastAttempt: Int64?
  var uses = 0
  var denials = 0
}

/// Judges a granted action by what the role did.
struct VerdictRules {
  let observation: ObservationRules
  let usage: RoleUsage
  /// Successful calls in the window that handed a role to a service.
  let passes: [PassRow]

  /// Nil where the role's own calls say nothing about the action: then the default for all alike roles holds.
  func judge(_ grant: Grant, unseen: ObservationRules.Finding) -> Judgement? {
    if grant.action.lowercased == "iam:passrole", !passes.isEmpty {
      let count = passes.reduce(0) { $0 + $1.count }
      return Judgement(
        verdict: .used, code: .seen,
        reason: "\(count) successful \(count == 1 ? "call" : "calls") passed a role",
        observedDays: unseen.observedDays, lastUsed: passes.map(\.last).max(), uses: count)
    }
    // Policy and trail may call an action by different names of its time.
    let action = observation.catalog.catalog.identity(of: grant.action)
    if let use = usage.actions[action], let judgement = judge(use, observedDays: unseen.observedDays) {
      return judgement
    }
    guard unseen.verdict == .unused else { return nil }
    if usage.actions[action]?.lastAtEndpoint != nil {
      return weaker(
        unseen, .seenAtEndpointOnly, "it was seen at a VPC endpoint, which proves neither use nor its absence"
      )
    }
    if usage.possible.contains(action) {
      return weaker(
        unseen, .untranslatedCall, "a call of the role may have needed this action or another of its name")
    }
    let prefix = String(grant.action.service).lowercased()
    if grant.action.lowercased == "iam:passrole", usage.mayHavePassedRole {
      return weaker(
        unseen, .passRoleUnclear, "a call of the role may have passed a role: its record does not tell")
    }
    if usage.taggedServices.contains(prefix), VerdictRules.addsTags(grant.action) {
      return weaker(
        unseen, .untranslatedCall, "a call of the role carried tags, and may have needed this action for it")
    }
    if usage.unlistedServices.contains(prefix) {
      return weaker(
        unseen, .untranslatedCall,
        "the role made a call that is newer than the lists of actions, and may have needed this one")
    }
    if usage.untranslated.contains(nil) || usage.untranslated.contains(prefix) {
      return weaker(
        unseen, .untranslatedCall, "the role made a call of which the catalogue does not know what it needed")
    }
    return nil
  }

  /// `TagResource` and its like, but not those that remove or list.
  static func addsTags(_ action: ActionName) -> Bool {
    let name = action.name.lowercased()
    return name.contains("tag") && ["tag", "add", "create", "put"].contains { name.hasPrefix($0) }
  }

  private func judge(_ use: ActionUse, observedDays: Int) -> Judgement? {
    if use.successes > 0 {
      return Judgement(
        verdict: .used, code: .seen,
        reason: "\(use.successes) successful \(use.successes == 1 ? "call" : "calls")",
        observedDays: observedDays, lastUsed: use.lastUse, lastAttempt: use.lastDenial,
        uses: use.successes + use.failures, denials: use.denials)
    }
    if use.failures > 0 {
      return Judgement(
        verdict: .usedByFailedCallsOnly, code: .seenByFailedCallsOnly,
        reason:
          "\(use.failures) \(use.failures == 1 ? "call" : "calls"), which failed and may have been authorised",
        observedDays: observedDays, lastUsed: use.lastUse, lastAttempt: use.lastDenial, uses: use.failures,
        denials: use.denials)
    }
    if use.denials > 0 {
      return Judgement(
        verdict: .attemptedOnly, code: .seenDenied,
        reason: "\(use.denials) \(use.denials == 1 ? "call" : "calls"), all denied",
        observedDays: observedDays,
        lastAttempt: use.lastDenial, denials: use.denials)
    }
    return nil
  }

  private func weaker(_ unseen: ObservationRules.Finding, _ code: ReasonCode, _ reason: String) -> Judgement {
    Judgement(verdict: .notEnoughEvidence, code: code, reason: reason, observedDays: unseen.observedDays)
  }
}
