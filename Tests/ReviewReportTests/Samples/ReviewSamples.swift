@testable import AccessReview

/// Reviews for tests.
enum ReviewSamples {
  /// Of everything something: every verdict, a gap, orphans, administrators, names of two accounts, hostile names.
  static var full: ReviewResult {
    var result = empty
    result.month = "2026-10"
    result.organisationID = "o-exampleorg"
    result.accounts = AccountSamples.all
    result.roles = rolesOfFull
    result.findings = FindingSamples.all
    for (position, finding) in result.findings.enumerated() {
      for role in result.roles.indices
      where finding.roleID == result.roles[role].roleID || finding.members.contains(result.roles[role].roleID)
      {
        result.roles[role].findings.append(position)
      }
    }
    result.orphans = FindingSamples.orphans
    result.recreatedRoles = [
      RecreatedRole(
        arn: "arn:aws:iam::111122223333:role/ci/deploy-0", oldRoleID: "AROAOLD0000000000DEP0",
        newRoleID: "AROA00000000000DEPL01", newCreatedAt: "2026-09-14T11:00:00Z")
    ]
    result.unknowns = [
      UnknownGroup(
        reasonCode: .coverageGap, subject: "85 of 90 days of 777788889999", permissions: 2, roles: 1,
        remedy: "Import these days, if another trail has them."),
      UnknownGroup(
        reasonCode: .dataEventsNotRecorded, subject: "data events of AWS::SQS::Queue", permissions: 1,
        roles: 1,
        remedy: "Record data events of AWS::SQS::Queue for 90 days."),
    ]
    result.untranslatedCalls = [
      UntranslatedCall(
        eventSource: "newservice.amazonaws.com", eventName: Hostile.attribute, events: 3, roles: 1)
    ]
    total(&result)
    return result
  }

  /// Nothing imported at all.
  static var empty: ReviewResult {
    ReviewResult(
      asOfAt: "2026-10-31T23:59:59Z", windowStartAt: "2026-08-03T00:00:00Z",
      windowEndAt: "2026-10-31T23:59:59Z",
      windowDays: 90, minimumCoverage: 95, month: nil, catalogue: "2026-10-20, 22,184 actions", rules: "1",
      storeHash: RoleSamples.hash("5"), organisationID: nil, accounts: [], roles: [], orphans: [],
      recreatedRoles: [], findings: [], unknowns: [], untranslatedCalls: [],
      totals: ReviewTotals(
        roles: 0, administratorRoles: 0, serviceLinkedRoles: 0, dormantRoles: 0, neverUsedRoles: 0,
        rolesWithUnused: 0, rolesWithUnusedPrivilege: 0, permissions: VerdictCounts(), orphanedPrincipals: 0,
        events: 0, uses: 0, eventsByKind: []))
  }

  /// Many roles of many permissions.
  static func large(roles count: Int) -> ReviewResult {
    var result = full
    result.roles = (0..<count).map { number in
      let services = [
        "s3", "ec2", "logs", "lambda", "sqs", "kms", "iam", "sns", "glue", "athena", "ecs", "ecr",
      ]
      let verdicts: [Verdict] = [.used, .unused, .used, .unused, .unobservable, .notEnoughEvidence]
      let permissions = (0..<60).map { action in
        RoleSamples.permission(
          "\(services[action % services.count]):Action\(action)", verdicts[action % services.count / 2],
          reason: "Nothing records it, kind \(action % 3).", statements: [action % 3])
      }
      var role = RoleSamples.role(
        "role-\(number)", account: number % 2 == 0 ? "111122223333" : "444455556666",
        id: "AROA\(10_000_000_000_000_000 + number)", permissions: permissions)
      role.findings = [number]
      return role
    }
    result.findings = result.roles.enumerated().map { position, role in
      FindingSamples.finding(
        "F-\(position)", .unusedAction, .medium, score: 50, role: role.roleID,
        title: "\(role.name) holds write permissions that it did not use, as far as seen in 90 days.",
        actions: role.permissions.prefix(12).map {
          Finding.FindingAction(action: $0.action, accessLevel: $0.accessLevel, verdict: $0.verdict)
        })
    }
    total(&result)
    return result
  }

  /// Counts what the totals say.
  static func total(_ result: inout ReviewResult) {
    var totals = empty.totals
    for role in result.roles {
      totals.roles += 1
      if role.isAdministrator { totals.administratorRoles += 1 }
      if role.isServiceLinked { totals.serviceLinkedRoles += 1 }
      if role.dormancy == .dormant { totals.dormantRoles += 1 }
      if role.dormancy == .neverUsed { totals.neverUsedRoles += 1 }
      if role.isAdministrator || role.isServiceLinked { continue }
      if role.counts.unused > 0 { totals.rolesWithUnused += 1 }
      totals.permissions += role.counts
    }
    totals.rolesWithUnusedPrivilege = result.findings.filter { $0.type == .unusedPrivilege }.count
    totals.orphanedPrincipals = Set(result.orphans.map(\.principalID)).count
    totals.eventsByKind = [
      .init(kind: "management-read", events: 9_857), .init(kind: "management-write", events: 3_675),
      .init(kind: "data:AWS::S3::Object", events: 1_195),
    ]
    totals.events = 14_727
    totals.uses = 14_001
    result.totals = totals
  }
}
