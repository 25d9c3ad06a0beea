import ActionCatalog
import EvidenceStore
import Foundation
import IAMIdentifiers
import PolicyAlgebra

/// Turns a review into the rows that the store keeps of it.
struct ReviewRowWriter {
  let result: ReviewResult
  let roles: [ReviewedRole]
  /// The grants of users.
  let users: [PrincipalGrants]
  let catalog: CatalogUniverse

  private struct Actions {
    var rows: [ReviewRows.Action] = []
    private var known: [ActionName: Int] = [:]

    mutating func position(_ grant: Grant, _ catalog: CatalogUniverse) -> Int {
      if let position = known[grant.action] { return position }
      let entry = grant.catalogIndex.map { catalog.entry(at: $0) }
      known[grant.action] = rows.count
      rows.append(
        ReviewRows.Action(
          name: grant.action.description, service: String(grant.action.service).lowercased(),
          accessLevel: entry?.accessLevels.mainLevel ?? "unknown"))
      return rows.count - 1
    }
  }

  private var parameters: [String: String] {
    var parameters = [
      "minimumCoverage": "\(result.minimumCoverage)", "windowDays": "\(result.windowDays)",
    ]
    parameters["assumedRecorded"] = result.assumedRecorded?.joined(separator: " ")
    return parameters
  }

  func rows() throws -> ReviewRows {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    func seconds(_ text: String?) -> Int64? { text.flatMap { UTCTime(iso8601: $0)?.seconds } }
    var rows = ReviewRows(
      asOf: seconds(result.asOfAt) ?? 0, windowStart: seconds(result.windowStartAt) ?? 0,
      windowEnd: seconds(result.windowEndAt) ?? 0, catalogue: result.catalogue, rules: result.rules,
      storeHash: result.storeHash,
      parameters: try json(parameters),
      result: try json(result))
    var actions = Actions()
    var sets: [String: Int] = [:]
    func position(ofSet grants: PrincipalGrants) throws -> Int {
      if let known = sets[grants.key] { return known }
      sets[grants.key] = rows.grantSets.count
      rows.grantSets.append(try grantSet(grants, &actions, json))
      return rows.grantSets.count - 1
    }
    var profiles: [String: Int] = [:]
    for role in roles {
      let set = try position(ofSet: role.grants)
      let profile: Int
      if let known = profiles[role.profileKey] {
        profile = known
      } else {
        profile = rows.profiles.count
        profiles[role.profileKey] = profile
        rows.profiles.append(self.profile(role, &actions))
      }
      let account = role.result.accountID
      rows.roles.append(
        ReviewRows.Role(
          roleID: role.result.roleID, roleARN: role.result.arn, account: account, grantSet: set,
          profile: profile))
      for (action, judgement) in role.exceptions.sorted(by: { $0.key < $1.key }) {
        guard let grant = role.grants.grants.grant(for: action) else { continue }
        rows.verdicts.append(
          ReviewRows.RoleVerdict(
            roleID: role.result.roleID, action: actions.position(grant, catalog),
            verdict: judgement.verdict.rawValue,
            reasonCode: judgement.code.rawValue, reason: judgement.reason,
            observedDays: judgement.observedDays,
            lastUsed: judgement.lastUsed, lastAttempt: judgement.lastAttempt, uses: judgement.uses,
            denials: judgement.denials, lastEventID: role.exceptionEvents[action]))
      }
      rows.ungranted += role.result.usedWithoutGrant.map {
        ReviewRows.UngrantedUse(
          roleID: role.result.roleID, roleARN: role.result.arn, account: account, action: $0.action,
          uses: $0.uses,
          lastUsed: seconds($0.lastUsedAt) ?? 0, likelySource: $0.likelySource, lastEventID: $0.lastEventID)
      }
      if let kind = role.result.dormancy {
        rows.dormant.append(dormant(role, kind: kind.rawValue, account: account, seconds: seconds))
      }
    }
    for user in users {
      rows.users.append(
        ReviewRows.User(
          userID: user.principal.principalID, userARN: user.principal.arn, account: user.account,
          grantSet: try position(ofSet: user)))
    }
    rows.actions = actions.rows
    rows.orphans = try result.orphans.map { orphan in
      ReviewRows.Orphan(
        principalID: orphan.principalID, principalKind: orphan.principalKind, state: orphan.state,
        homeAccount: orphan.homeAccountID, homeImported: orphan.homeImported, resolvedARN: orphan.resolvedARN,
        resolution: orphan.resolution, candidates: try json(orphan.candidateARNs),
        evidenceKind: orphan.evidenceKind,
        evidenceID: orphan.evidenceID, namesakeID: orphan.namesakePrincipalID, account: orphan.accountID,
        policyKind: orphan.policyKind, inRoleID: orphan.inRoleID, inRoleARN: orphan.inRoleARN,
        statementIndex: orphan.statement, sid: orphan.sid, element: orphan.element,
        lastEntered: seconds(orphan.lastEnteredAt))
    }
    rows.findings = try result.findings.map { finding in
      ReviewRows.Finding(
        id: finding.id, type: finding.type.rawValue, severity: finding.severity.rawValue,
        confidence: finding.confidence.rawValue, score: finding.score, account: finding.accountID,
        roleID: finding.roleID,
        roleARN: finding.roleARN, subject: finding.subject, title: finding.title, remedy: finding.remedy,
        detail: try json(FindingDetail(why: finding.why, actions: finding.actions, members: finding.members)),
        evidence: try json(finding.evidence))
    }
    return rows
  }

  private struct FindingDetail: Encodable {
    let why: String
    let actions: [Finding.FindingAction]
    let members: [String]
  }

  private func grantSet(
    _ grants: PrincipalGrants, _ actions: inout Actions, _ json: ([String]) throws -> String
  ) throws -> ReviewRows.GrantSet {
    var set = ReviewRows.GrantSet()
    var table = StatementTable(grants)
    for grant in grants.grants.grants {
      set.grants.append(
        ReviewRows.GrantSet.Grant(
          action: actions.position(grant, catalog), kind: grant.kind.code,
          resourceScope: grant.resourceScope.rawValue,
          limitedBy: try json(grant.limitedBy.map(\.rawValue)), conditionKeys: try json(grant.conditionKeys),
          statements: table.positions(of: grant)))
    }
    set.statements = table.results.map {
      ReviewRows.GrantSet.Statement(
        attachment: $0.attachment, group: $0.group, policyARN: $0.policyARN, policyName: $0.policyName,
        policySHA256: $0.policySHA256,
        index: $0.statement, sid: $0.sid, effect: $0.effect)
    }
    return set
  }

  private func profile(_ role: ReviewedRole, _ actions: inout Actions) -> ReviewRows.Profile {
    var profile = ReviewRows.Profile()
    for grant in role.grants.grants.grants {
      let (finding, since) = role.unseen.finding(for: grant)
      profile.verdicts.append(
        ReviewRows.Profile.Verdict(
          action: actions.position(grant, catalog), verdict: finding.verdict.rawValue,
          reasonCode: finding.code.rawValue,
          reason: finding.reason, observedDays: finding.observedDays, grantedSince: since))
    }
    return profile
  }

  private func dormant(_ role: ReviewedRole, kind: String, account: String, seconds: (String?) -> Int64?)
    -> ReviewRows.DormantRole
  {
    let lifetime = role.lifetime
    return ReviewRows.DormantRole(
      roleID: role.result.roleID, roleARN: role.result.arn, account: account, kind: kind,
      created: role.life.created,
      lastUsed: role.life.lastUse, lastSuccess: lifetime.lastSuccess, lastDenied: lifetime.lastDenial,
      lastEntered: role.life.lastEntered, iamLastUsed: role.life.iamLastUsed,
      coveredDays: role.life.coveredDays,
      windowDays: result.windowDays, isServiceLinked: role.result.isServiceLinked,
      lastEventID: role.result.lastUsedEventID ?? role.lastEntryEventID)
  }
}
