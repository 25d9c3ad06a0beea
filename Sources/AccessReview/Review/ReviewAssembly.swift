import ActionCatalog
import EvidenceStore
import Foundation
import IAMIdentifiers
import PolicyAlgebra

/// Puts the review together out of its reviewed roles: findings, totals, and the rows for the store.
struct ReviewAssembly {
  let evidence: ReviewEvidence
  let roles: [ReviewedRole]
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
      month: period.month?.description,
      catalogue: catalog.version, rules: ReviewEngine.rules, storeHash: hash,
      organisationID: evidence.organisation.organisationID, accounts: accounts, roles: results,
      orphans: orphans,
      recreatedRoles: recreated, findings: findings, unknowns: UnknownGroups.of(results),
      untranslatedCalls: untranslated(), totals: try totals(results, findings, orphans))
    return MadeReview(
      result: result, rows: try ReviewRowWriter(result: result, roles: roles, catalog: catalog).rows())
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

/// Groups what could not be known by its reason, so that each group says what would settle it.
enum UnknownGroups {
  static func of(_ roles: [RoleResult]) -> [UnknownGroup] {
    struct Key: Hashable {
      let code: ReasonCode
      let subject: String
    }
    var groups: [Key: (permissions: Int, roles: Set<String>)] = [:]
    for role in roles where !role.isAdministrator && !role.isServiceLinked {
      for permission in role.permissions {
        guard permission.verdict == .unobservable || permission.verdict == .notEnoughEvidence else {
          continue
        }
        let key = Key(code: permission.reasonCode, subject: subject(permission, role))
        groups[key, default: (0, [])].permissions += 1
        groups[key]?.roles.insert(role.roleID)
      }
    }
    return groups.map { key, value in
      UnknownGroup(
        reasonCode: key.code, subject: key.subject, permissions: value.permissions, roles: value.roles.count,
        remedy: remedy(key.code))
    }.sorted {
      ($1.permissions, $0.subject, $0.reasonCode.rawValue) < (
        $0.permissions, $1.subject, $1.reasonCode.rawValue
      )
    }
  }

  private static func subject(_ permission: PermissionResult, _ role: RoleResult) -> String {
    switch permission.reasonCode {
    case .coverageGap, .noTrail: "\(role.accountID): \(permission.reason)"
    case .grantedTooRecently: "permissions that were granted within the window"
    case .untranslatedCall: "calls that the catalogue does not know"
    case .grantUnknown: "grants that are limited by what is not known"
    case .unknownAction: "actions that the catalogue does not know"
    case .neverLogged, .visibilityUnknown: "\(permission.service): \(permission.reason)"
    default: permission.reason
    }
  }

  private static func remedy(_ code: ReasonCode) -> String {
    switch code {
    case .neverLogged: "Nothing would show it; ask who needs it."
    case .visibilityUnknown: "Nothing is known about its recording; ask who needs it."
    case .managementEventsNotRecorded: "Record all management events, reads and those of KMS too."
    case .passRoleUnclear: "Nothing would show it; ask which roles it hands to services."
    case .roleUsedUnseen:
      "Find out what the imported files lack: something used the role, and they do not show it."
    case .dataEventsNotRecorded, .dataEventsPartlyRecorded:
      "Record these data events, if only for a month, and import what is delivered."
    case .selectorsUnknown: "Import the output of describe-trails and get-event-selectors."
    case .coverageGap:
      "Import the missing days if they exist; otherwise wait until the window has passed them."
    case .noTrail: "Import the trail of this account."
    case .grantedTooRecently: "Wait until it has been granted for a whole window."
    case .untranslatedCall: "See the list of calls below; a newer catalogue may know them."
    case .unknownAction: "Check its spelling; a newer catalogue may know it."
    case .grantUnknown: "Import a complete snapshot with all policies."
    case .seenAtEndpointOnly: "Record the management events of the service beside those of the endpoint."
    default: "Nothing is missing."
    }
  }
}
