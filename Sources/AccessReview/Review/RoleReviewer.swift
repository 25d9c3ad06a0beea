import ActionCatalog
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra

/// A role with its grants and verdicts, before findings and reports are made of them.
struct ReviewedRole {
  let grants: PrincipalGrants
  /// Equal for roles whose actions have the same verdicts while nothing is seen of them.
  let profileKey: String
  /// Verdicts for actions of which the role's own calls say something.
  let exceptions: [ActionName: Judgement]
  /// Event ids of the exceptions.
  let exceptionEvents: [ActionName: String]
  let unseen: UnseenVerdicts
  let result: RoleResult
  let life: DormancyRules.Life
  /// What it did up to the window's end.
  let lifetime: RoleUsage
  let lastEntryEventID: String?
  /// Actions that it was refused in the window, the most often first.
  let denied: [DeniedAction]

  struct DeniedAction {
    let action: String
    let count: Int
    let lastAt: String
    let eventID: String
  }
}

/// Reviews one role.
struct RoleReviewer {
  let evidence: ReviewEvidence
  let content: SnapshotContent
  let catalog: CatalogUniverse
  let space: ActionSpace

  /// Roles that hold nine tenths of all actions hold everything, as far as a reviewer is concerned.
  private var administratorShare: Int { catalog.count * 9 / 10 }

  func review(_ grants: PrincipalGrants) throws -> ReviewedRole {
    let principal = grants.principal
    let account = content.snapshot.account
    var observation = ObservationRules(
      calendar: evidence.calendar.accounts[account], account: account,
      partition: ARN(principal.arn).map { String($0.partition) } ?? "aws", period: evidence.period,
      minimumCoverage: evidence.request.minimumCoverage, catalog: catalog,
      memory: evidence.memory(of: account), assumed: evidence.request.assumed,
      caller: RoleReviewer.sessions(of: principal, account: account))
    let isContradicted = isUsedUnseen(principal) && !mayActUnseen(grants, observation)
    observation.isContradicted = isContradicted
    let usage = evidence.window[principal.principalID] ?? RoleUsage()
    let passes = evidence.passes[principal.principalID] ?? []
    let rules = VerdictRules(observation: observation, usage: usage, passes: passes)
    let unseen = UnseenVerdicts(rules: observation, grants: grants)
    let isAdministrator = grants.grants.knownActions.count >= administratorShare

    var exceptions: [ActionName: Judgement] = [:]
    var events: [ActionName: String] = [:]
    // Only what the role's calls touch can differ from the default; for administrators that spares 22,000 look-ups.
    let touched =
      isAdministrator && usage.untranslated.isEmpty && usage.taggedServices.isEmpty
        && usage.unlistedServices.isEmpty
      ? touchedGrants(grants, usage, passes) : Array(grants.grants.grants)
    for grant in touched {
      guard let judgement = rules.judge(grant, unseen: unseen.finding(for: grant).finding) else { continue }
      exceptions[grant.action] = judgement
      events[grant.action] = try lastEvent(of: grant.action, judgement, usage, passes)
    }
    let result = try roleResult(
      grants, usage: usage, passes: passes, exceptions: exceptions, events: events, unseen: unseen,
      observation: observation, isAdministrator: isAdministrator)
    return ReviewedRole(
      grants: grants, profileKey: profileKey(grants, isContradicted: isContradicted), exceptions: exceptions,
      exceptionEvents: events, unseen: unseen,
      result: result.role, life: result.life,
      lifetime: evidence.lifetime[principal.principalID] ?? RoleUsage(),
      lastEntryEventID: try lastEntryEvent(of: principal.principalID), denied: try denied(usage))
  }

  private func denied(_ usage: RoleUsage) throws -> [ReviewedRole.DeniedAction] {
    try usage.actions.compactMap { action, use -> ReviewedRole.DeniedAction? in
      guard use.denials > 0, let last = use.lastDenial, let row = use.denialRow else { return nil }
      return ReviewedRole.DeniedAction(
        action: action.description, count: use.denials, lastAt: UTCTime(seconds: last).description,
        eventID: try evidence.reader.eventID(of: row, at: last) ?? "")
    }.sorted { ($1.count, $0.action) < ($0.count, $1.action) }
  }

  private func lastEntryEvent(of id: String) throws -> String? {
    guard let last = evidence.entries[id]?.max(by: { $0.last < $1.last }) else { return nil }
    return try evidence.reader.entryEventID(ofRole: id, at: last.last)
  }

  private func touchedGrants(_ grants: PrincipalGrants, _ usage: RoleUsage, _ passes: [PassRow]) -> [Grant] {
    var names = Set(usage.actions.keys).union(usage.possible)
    if !passes.isEmpty || usage.mayHavePassedRole, let passRole = ActionName("iam:PassRole") {
      names.insert(passRole)
    }
    for name in names { names.formUnion(catalog.catalog.formerNames(of: name)) }
    return names.sorted().compactMap { grants.grants.grant(for: $0) }
  }

  /// Whether IAM remembers a use in the window of which the trail shows nothing: no call, not even a denied one, and no
  /// entry. A session lasts twelve hours at most; one that was entered before the window shows its entry there.
  ///
  /// Source: "Methods to assume a role", IAM User Guide (the maximum session duration).
  private func isUsedUnseen(_ principal: SnapshotPrincipal) -> Bool {
    guard let used = principal.lastUsedAt else { return false }
    let period = evidence.period
    guard used >= period.start.seconds + 12 * 3_600, used <= period.asOf.seconds else { return false }
    return evidence.window[principal.principalID] == nil
      && evidence.windowEntries[principal.principalID] == nil
  }

  /// Whether a role holds anything of which the trail would not show a use.
  private func mayActUnseen(_ grants: PrincipalGrants, _ rules: ObservationRules) -> Bool {
    let unseen = UnseenVerdicts(rules: rules, grants: grants)
    return grants.grants.grants.contains { grant in
      let finding = unseen.finding(for: grant).finding
      return finding.verdict != .unused && finding.code != .grantedTooRecently
    }
  }

  private func profileKey(_ grants: PrincipalGrants, isContradicted: Bool) -> String {
    let created =
      grants.principal.createdAt.map { $0 >= evidence.period.start.seconds ? String($0) : "old" } ?? "unknown"
    let dates = grants.policies.map { "\($0.since.map(String.init) ?? "none") \($0.isUndated)" }.joined(
      separator: ",")
    let boundary = grants.boundarySince.map(String.init) ?? "none"
    let account = content.snapshot.account
    let isCallerKnown = evidence.calendar.accounts[account]?.recording.distinguishesCallers ?? false
    let caller = isCallerKnown ? RoleReviewer.sessions(of: grants.principal, account: account) : ""
    return "\(grants.key) \(account) \(created) \(dates) \(boundary) \(isContradicted) \(caller)"
  }

  /// `userIdentity.arn` of a role's sessions, which has not the role's path, with `*` for the session's name.
  ///
  /// Source: "CloudTrail userIdentity element", AWS CloudTrail User Guide.
  private static func sessions(of principal: SnapshotPrincipal, account: String) -> String {
    let partition = ARN(principal.arn).map { String($0.partition) } ?? "aws"
    return "arn:\(partition):sts::\(account):assumed-role/\(principal.name)/*"
  }

  private func lastEvent(
    of action: ActionName, _ judgement: Judgement, _ usage: RoleUsage, _ passes: [PassRow]
  ) throws
    -> String?
  {
    if action.lowercased == "iam:passrole", let last = passes.max(by: { $0.last < $1.last }) {
      return last.lastEventID
    }
    guard let use = usage.actions[catalog.catalog.identity(of: action)] else { return nil }
    if let time = judgement.lastUsed, let row = time == use.lastSuccess ? use.successRow : use.failureRow {
      return try evidence.reader.eventID(of: row, at: time)
    }
    guard let time = use.lastDenial, let row = use.denialRow else { return nil }
    return try evidence.reader.eventID(of: row, at: time)
  }
}
