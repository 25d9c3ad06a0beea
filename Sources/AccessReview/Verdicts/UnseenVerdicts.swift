import IAMIdentifiers
import PolicyAlgebra

/// What is said of each grant of alike roles while nothing is seen; computed when asked for.
final class UnseenVerdicts {
  private let rules: ObservationRules
  private let grants: PrincipalGrants
  private let created: Int64?
  private var known: [ActionName: (ObservationRules.Finding, Int64?)] = [:]

  init(rules: ObservationRules, grants: PrincipalGrants) {
    self.rules = rules
    self.grants = grants
    created = grants.principal.createdAt
  }

  /// The finding, and since when the action is granted, as far as known.
  func finding(for grant: Grant) -> (finding: ObservationRules.Finding, since: Int64?) {
    if let found = known[grant.action] { return found }
    // Nothing is granted to a role before it is made.
    let age = grants.age(of: grant, created: created)
    let found = (rules.judgeUnseen(grant, age: age), age.time(windowStart: rules.period.start.seconds))
    known[grant.action] = found
    return found
  }
}
