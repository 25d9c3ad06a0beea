@testable import AccessReview

/// Roles for tests, with all that they do not name left empty.
enum RoleSamples {
  static func role(
    _ name: String, path: String = "/app/", account: String = "111122223333", id: String,
    permissions: [PermissionResult] = [], dormancy: RoleResult.Dormancy? = nil,
    lastUsed: String? = "2026-10-31",
    isAdministrator: Bool = false, isServiceLinked: Bool = false
  ) -> RoleResult {
    var counts = VerdictCounts()
    var services: [String: VerdictCounts] = [:]
    for permission in permissions {
      counts[permission.verdict] += 1
      services[permission.service, default: VerdictCounts()][permission.verdict] += 1
    }
    let uses = permissions.reduce(0) { $0 + $1.uses }
    return RoleResult(
      roleID: id, arn: "arn:aws:iam::\(account):role\(path)\(name)", accountID: account, name: name,
      path: path,
      createdAt: "2024-10-22T09:00:00Z", isServiceLinked: isServiceLinked, isIdentityCenter: false,
      isAdministrator: isAdministrator, boundaryARN: nil, isLimitedByOrganisation: account != "111122223333",
      tags: [], unknownGrants: [], dormancy: dormancy, lastUsedAt: lastUsed.map { "\($0)T10:11:12Z" },
      lastUsedEventID: lastUsed == nil ? nil : "0f7d8a6c-0000-4000-8000-\(id.suffix(12))", lastDeniedAt: nil,
      lastEnteredAt: nil, iamLastUsedAt: nil, successfulCalls: uses, failedCalls: 0,
      deniedCalls: permissions.reduce(0) { $0 + $1.denials },
      mayEnter: [
        TrustStatementResult(
          statement: 1, sid: nil, who: "the service lambda.amazonaws.com", conditionKeys: ["aws:SourceArn"])
      ],
      entries: [], counts: counts,
      services: services.sorted { $0.key < $1.key }.map { ServiceResult(service: $0.key, counts: $0.value) },
      permissions: permissions,
      statements: [
        StatementResult(
          attachment: "inline", policyARN: nil, policyName: "inline", policySHA256: hash("1"), statement: 1,
          sid: nil, effect: "allow"),
        StatementResult(
          attachment: "inline", policyARN: nil, policyName: "inline", policySHA256: hash("1"), statement: 2,
          sid: "Extra", effect: "allow"),
        StatementResult(
          attachment: "managed", policyARN: "arn:aws:iam::\(account):policy/app/\(name)-access",
          policyName: "\(name)-access", policySHA256: hash("2"), statement: 1, sid: nil, effect: "allow"),
      ],
      usedWithoutGrant: [], passedRoles: [], weeks: weeks(lastUsed == nil ? 0 : 34), findings: [])
  }

  static func permission(
    _ action: String, _ verdict: Verdict, level: String = "write", uses: Int = 0, denials: Int = 0,
    reason: String? = nil, code: ReasonCode? = nil, statements: [Int] = [0]
  ) -> PermissionResult {
    let isSeen = verdict == .used || verdict == .usedByFailedCallsOnly
    return PermissionResult(
      action: action, service: String(action.prefix { $0 != ":" }), accessLevel: level,
      grantKind: "unconditional", resourceScope: "all", limitedBy: [], verdict: verdict,
      reasonCode: code ?? (verdict == .unused ? .notSeen : .seen),
      reason: reason ?? "Said of \(verdict.rawValue).", observedDays: 90,
      lastUsedAt: isSeen ? "2026-10-30T08:00:00Z" : nil,
      lastAttemptAt: denials > 0 ? "2026-09-22T08:00:00Z" : nil,
      uses: isSeen ? max(1, uses) : 0, denials: denials,
      lastEventID: isSeen || denials > 0 ? "5b1c0d2e-1111-4222-8333-\(action.count)abcdef" : nil,
      statements: statements)
  }

  static func weeks(_ uses: Int) -> [RoleResult.Week] {
    let days = [
      "2026-08-03", "2026-08-10", "2026-08-17", "2026-08-24", "2026-08-31", "2026-09-07", "2026-09-14",
      "2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26",
    ]
    return days.enumerated().map { position, day in
      RoleResult.Week(
        firstDay: day, uses: uses == 0 ? 0 : uses + position % 5,
        denied: uses > 0 && position % 4 == 1 ? 2 : 0,
        gapDays: 0)
    }
  }

  static func hash(_ digit: Character) -> String { String(repeating: digit, count: 64) }
}
