import ActionCatalog
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import JSONText
import PolicyAlgebra

extension RoleReviewer {
  /// What the review says of a role, out of its grants, its use and its verdicts; findings come later.
  func roleResult(
    _ grants: PrincipalGrants, usage: RoleUsage, passes: [PassRow], exceptions: [ActionName: Judgement],
    events: [ActionName: String], unseen: UnseenVerdicts, observation: ObservationRules,
    isAdministrator: Bool
  ) throws -> (role: RoleResult, life: DormancyRules.Life) {
    let principal = grants.principal
    let id = principal.principalID
    let lifetime = evidence.lifetime[id] ?? RoleUsage()
    let entered = evidence.entries[id]?.map(\.last).max()
    let covered = observation.observedDays(kinds: ["management-read", "management-write"], region: nil)
    let life = DormancyRules.Life(
      created: principal.createdAt, iamLastUsed: principal.lastUsedAt, lastUse: lifetime.lastUse,
      lastEntered: entered,
      denials: lifetime.lastDenials, recordsBegin: observation.calendar?.firstDay, coveredDays: covered,
      snapshot: content.snapshot)
    let dormancy = DormancyRules(period: evidence.period, minimumCoverage: evidence.request.minimumCoverage)
      .judge(life)

    var statements = StatementTable(grants)
    var permissions: [PermissionResult] = []
    var counts = VerdictCounts()
    var services: [String: VerdictCounts] = [:]
    let shown =
      isAdministrator
      ? exceptions.keys.sorted().compactMap { grants.grants.grant(for: $0) } : Array(grants.grants.grants)
    for grant in shown {
      let permission = permission(
        grant, exceptions[grant.action], unseen.finding(for: grant).finding, event: events[grant.action],
        statements: statements.positions(of: grant))
      counts[permission.verdict] += 1
      services[permission.service, default: VerdictCounts()][permission.verdict] += 1
      permissions.append(permission)
    }
    let arn = ARN(principal.arn)
    let document = principal.trust.flatMap { $0.isJSON ? try? PolicyDocument(text: $0.text) : nil }
    let lastUseEvent = try lifetime.lastUse.flatMap { time in
      try lifetime.lastUseRow.flatMap { try evidence.reader.eventID(of: $0, at: time) }
    }
    let role = RoleResult(
      roleID: id, arn: principal.arn, accountID: content.snapshot.account, name: principal.name,
      path: principal.path,
      createdAt: principal.createdAt.text,
      isServiceLinked: principal.isServiceLinked,
      isIdentityCenter: arn?.path.hasPrefix("/aws-reserved/sso.amazonaws.com/") ?? false,
      isAdministrator: isAdministrator,
      boundaryARN: principal.boundaryARN, isLimitedByOrganisation: !grants.serviceControlPolicies.isEmpty,
      tags: tags(principal.tags),
      unknownGrants: grants.unknowns
        + evidence.organisation.unknowns(for: principal, of: content.snapshot.account),
      dormancy: dormancy, lastUsedAt: lifetime.lastUse.text, lastUsedEventID: lastUseEvent,
      lastDeniedAt: lifetime.lastDenial.text, lastEnteredAt: entered.text,
      iamLastUsedAt: life.iamLastUsed.text,
      successfulCalls: usage.successes, failedCalls: usage.failures, deniedCalls: usage.denials,
      mayEnter: document.map { TrustSentences.statements($0, account: content.snapshot.account) } ?? [],
      entries: entries(of: id), counts: counts,
      services: services.sorted { $0.key < $1.key }.map { ServiceResult(service: $0.key, counts: $0.value) },
      permissions: permissions, statements: statements.results,
      usedWithoutGrant: try usedWithoutGrant(grants, usage), passedRoles: passes.map(PassedRole.init),
      weeks: weeks(of: id), findings: [])
    return (role, life)
  }

  private func permission(
    _ grant: Grant, _ exception: Judgement?, _ unseen: ObservationRules.Finding, event: String?,
    statements: [Int]
  ) -> PermissionResult {
    let level = grant.catalogIndex.map { catalog.entry(at: $0).accessLevels.mainLevel } ?? "unknown"
    return PermissionResult(
      action: grant.action.description, service: String(grant.action.service).lowercased(),
      accessLevel: level,
      grantKind: grant.kind.code, resourceScope: grant.resourceScope.rawValue,
      limitedBy: grant.limitedBy.map(\.rawValue),
      verdict: exception?.verdict ?? unseen.verdict, reasonCode: exception?.code ?? unseen.code,
      reason: exception?.reason ?? unseen.reason,
      basis: exception == nil && !unseen.assumedKinds.isEmpty ? "assumed" : nil,
      observedDays: exception?.observedDays ?? unseen.observedDays,
      lastUsedAt: exception?.lastUsed.text, lastAttemptAt: exception?.lastAttempt.text,
      uses: exception?.uses ?? 0,
      denials: exception?.denials ?? 0, lastEventID: event, statements: statements)
  }

  /// Successful uses in the window of what the snapshot does not grant. An incomplete snapshot proves nothing of the kind.
  private func usedWithoutGrant(_ grants: PrincipalGrants, _ usage: RoleUsage) throws -> [UngrantedUse] {
    guard content.snapshot.isComplete, grants.grants.isComplete else { return [] }
    var found: [UngrantedUse] = []
    for (action, use) in usage.actions.sorted(by: { $0.key < $1.key }) {
      guard !RoleReviewer.ridesAlong.contains(action.lowercased) else { continue }
      let names = [action] + catalog.catalog.formerNames(of: action)
      guard use.successes > 0, let last = use.lastSuccess,
        names.allSatisfy({ grants.grants.grant(for: $0) == nil })
      else { continue }
      let row = use.successRow
      let isAbroad = row.map { $0.account != content.snapshot.account } ?? false
      let changed = hasChanged(grants, between: last, and: content.snapshot.takenAt)
      found.append(
        UngrantedUse(
          action: action.description, uses: use.successes, lastUsedAt: UTCTime(seconds: last).description,
          lastEventID: try row.flatMap { try evidence.reader.eventID(of: $0, at: last) },
          likelySource: changed
            ? "policy-changed-since"
            : isAbroad || action.lowercased == "sts:assumerole" ? "resource-policy" : "not-known"))
    }
    return found
  }

  /// What rides along with a role's entry into another: whether its own policies had to grant it, the other's trust decides.
  private static let ridesAlong: Set<String> = ["sts:tagsession", "sts:setsourceidentity"]

  /// Whether a policy of the role was changed between its use and the snapshot, in whatever order they came.
  private func hasChanged(_ grants: PrincipalGrants, between use: Int64, and snapshot: Int64) -> Bool {
    let arns = Set(grants.policies.compactMap(\.arn))
    return evidence.record.lifecycle.contains { event in
      guard event.time > min(use, snapshot), event.account == content.snapshot.account else { return false }
      return event.parameters["roleName"] == grants.principal.name
        || event.parameters["policyArn"].map(arns.contains) ?? false
    }
  }

  private func entries(of id: String) -> [EntryResult] {
    (evidence.windowEntries[id] ?? []).map { row in
      EntryResult(
        enteredByID: row.enteredByID, enteredByARN: evidence.arn(of: row.enteredByID),
        sourceIdentity: row.sourceIdentity.isEmpty ? nil : row.sourceIdentity,
        provider: row.provider.isEmpty ? nil : row.provider, api: row.api, entries: row.count,
        firstAt: UTCTime(seconds: row.first).description, lastAt: UTCTime(seconds: row.last).description)
    }
  }

  private func weeks(of id: String) -> [RoleResult.Week] {
    let days = evidence.period.calendar
    let count = (days.count + 6) / 7
    let calendar = evidence.calendar.accounts[content.snapshot.account]
    var weeks: [RoleResult.Week] = []
    for week in 0..<count {
      let last = days.upperBound - (count - 1 - week) * 7
      let mine = max(days.lowerBound, last - 6)...last
      let use = (evidence.daily[id] ?? []).filter { mine.contains($0.day) }
      var (uses, denied) = (0, 0)
      for row in use {
        switch evidence.outcomes[row.errorCode] ?? .failed {
        case .success, .failed: uses += row.count
        case .denied: denied += row.count
        case .unauthenticated: break
        }
      }
      let gaps = mine.count { day in !(calendar?.state(day).counts ?? false) }
      weeks.append(
        RoleResult.Week(
          firstDay: UTCDay(number: mine.lowerBound).description, uses: uses, denied: denied, gapDays: gaps))
    }
    return weeks
  }

  private func tags(_ text: String) -> [RoleResult.Tag] {
    guard let json = try? JSONValue(json: text), let members = json.members else { return [] }
    return members.map { RoleResult.Tag(key: $0.name, value: $0.value.string ?? "") }
  }
}

extension PassedRole {
  fileprivate init(_ row: PassRow) {
    self.init(
      roleARN: row.passedRoleARN, roleID: row.passedRoleID, eventSource: row.eventSource,
      eventName: row.eventName,
      passes: row.count, lastAt: UTCTime(seconds: row.last).description, lastEventID: row.lastEventID)
  }
}
