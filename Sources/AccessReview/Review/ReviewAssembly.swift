import ActionCatalog
import EvidenceStore
import Foundation
import IAMIdentifiers
import PolicyAlgebra

/// Puts the review together out of its reviewed roles: findings, totals, and the rows for the store.
struct ReviewAssembly {
  let evidence: ReviewEvidence
  let roles: [ReviewedRole]
  let users: [PrincipalGrants]
  let catalog: CatalogUniverse

  func assemble() throws -> MadeReview {
    let orphans = try OrphanSearch(
      ledger: evidence.ledger, record: evidence.record, snapshots: evidence.contents, older: evidence.older,
      firstEvent: { try evidence.reader.firstEventID(ofPrincipal: $0) }
    ).orphans { id in evidence.entries[id]?.map(\.last).max() }
    let recreated = recreatedRoles()
    let accounts = AccountSummaries(evidence: evidence).results
    var findings = FindingRules(period: evidence.period, catalog: catalog)
      .findings(roles: roles, orphans: orphans, recreated: recreated, accounts: accounts)
    findings.sort { ($1.score, $0.id) < ($0.score, $1.id) }
    var results = roles.map(\.result)
    let positions = Dictionary(
      grouping: findings.indices.flatMap { index in
        findings[index].roles.map { ($0, index) }
      }, by: \.0)
    for index in results.indices {
      results[index].findings = positions[results[index].roleID]?.map(\.1) ?? []
    }
    // The worst first: that is the order in which a reviewer reads.
    results.sort { left, right in
      let worst = { (role: RoleResult) in role.findings.first.map { findings[$0].score } ?? -1 }
      return (worst(right), left.accountID, left.name, left.roleID) < (
        worst(left), right.accountID, right.name, right.roleID
      )
    }
    let hash = try evidence.reader.evidenceHash()
    let period = evidence.period
    let result = ReviewResult(
      asOfAt: period.asOf.description, windowStartAt: period.start.description,
      windowEndAt: period.asOf.description,
      windowDays: period.days, minimumCoverage: evidence.request.minimumCoverage,
      assumedRecorded: evidence.request.assumed.kinds.isEmpty ? nil : evidence.request.assumed.kinds,
      month: period.month?.description,
      catalogue: catalog.version, rules: ReviewEngine.rules, storeHash: hash,
      organisationID: evidence.organisation.organisationID, accounts: accounts, roles: results,
      orphans: orphans,
      recreatedRoles: recreated, findings: findings, unknowns: UnknownGroups.of(results),
      untranslatedCalls: untranslated(), totals: try totals(results, findings, orphans))
    return MadeReview(
      result: result,
      rows: try ReviewRowWriter(result: result, roles: roles, users: users, catalog: catalog).rows())
  }

  private func recreatedRoles() -> [RecreatedRole] {
    let byARN = Dictionary(grouping: evidence.ledger.states.filter { $0.kind == "role" && $0.arn != nil }) {
      $0.arn ?? ""
    }
    return byARN.sorted { $0.key < $1.key }.flatMap { arn, states -> [RecreatedRole] in
      guard let live = states.first(where: { $0.state == "live" }) else { return [] }
      return states.filter { $0.principalID != live.principalID }.sorted { $0.principalID < $1.principalID }
        .map {
          RecreatedRole(
            arn: arn, oldRoleID: $0.principalID, newRoleID: live.principalID,
            newCreatedAt: live.createdAt.text)
        }
    }
  }

  private func untranslated() -> [UntranslatedCall] {
    var events: [RoleUsage.UntranslatedKey: (events: Int, roles: Int)] = [:]
    for usage in evidence.window.values {
      for (key, count) in usage.untranslatedCalls {
        let known = events[key] ?? (0, 0)
        events[key] = (known.events + count, known.roles + 1)
      }
    }
    return events.map {
      UntranslatedCall(
        eventSource: $0.key.source, eventName: $0.key.name, events: $0.value.events, roles: $0.value.roles)
    }.sorted { ($1.events, $0.eventSource, $0.eventName) < ($0.events, $1.eventSource, $1.eventName) }
  }

  private func totals(_ roles: [RoleResult], _ findings: [Finding], _ orphans: [OrphanedPrincipal]) throws
    -> ReviewTotals
  {
    let counted = roles.filter { !$0.isAdministrator && !$0.isServiceLinked }
    var permissions = VerdictCounts()
    for role in counted { permissions += role.counts }
    let privileged = Set(
      findings.filter { finding in
        finding.type == .unusedPrivilege
          && finding.actions.contains {
            ActionName($0.action).map(PrivilegeEscalation.actsAsAnother) ?? false
          }
      }.flatMap(\.roles))
    let events = try evidence.reader.eventCounts(upTo: evidence.period.asOf.seconds)
    return ReviewTotals(
      roles: roles.count, administratorRoles: roles.count { $0.isAdministrator && !$0.isServiceLinked },
      serviceLinkedRoles: roles.count { $0.isServiceLinked },
      dormantRoles: roles.count { $0.dormancy == .dormant },
      neverUsedRoles: roles.count { $0.dormancy == .neverUsed },
      rolesWithUnused: counted.count { $0.counts.unused > 0 },
      rolesWithUnusedPrivilege: counted.count { $0.counts.unused > 0 && privileged.contains($0.roleID) },
      permissions: permissions, orphanedPrincipals: Set(orphans.map(\.principalID)).count,
      events: events.byKind.reduce(0) { $0 + $1.count }, uses: events.uses,
      eventsByKind: events.byKind.map { ReviewTotals.EventKindCount(kind: $0.kind, events: $0.count) })
  }
}

extension Finding {
  /// The roles that it is about.
  var roles: [String] { (roleID.map { [$0] } ?? []) + members }
}
