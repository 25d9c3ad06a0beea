@testable import AccessReview

extension ReviewSamples {
  static let audit = "AROARR2AOBXA757TQ7CCV"
  static let platform = "AROAPZD65IK2QQ4LML53F"
  static let deployer = "AROAN6WYMZ4KQ66ZHLU5T"
  static let administrator = "AROAADMIN00000000ADMN"
  static let hostile = "AROAHOSTILE0000000001"

  static var rolesOfFull: [RoleResult] {
    [
      auditRole, platformRole, deployerRole, hostileRole,
      RoleSamples.role(
        Hostile.override, id: "AROAHOSTILE0000000002",
        permissions: [RoleSamples.permission("s3:GetObject", .used, level: "read", uses: 3)]),
      RoleSamples.role(Hostile.long, path: "/", id: "AROAHOSTILE0000000003"),
      RoleSamples.role(
        "spare-00", path: "/", id: "AROASPARE000000000000",
        permissions: [RoleSamples.permission("dynamodb:DeleteTable", .unused)], dormancy: .neverUsed,
        lastUsed: nil),
      RoleSamples.role(
        "deploy-0", path: "/ci/", id: "AROA00000000000DEPL01", permissions: seen("s3:PutObject", 9)),
      RoleSamples.role(
        "deploy-0", path: "/ci/", account: "444455556666", id: "AROA00000000000DEPL02",
        permissions: seen("s3:PutObject", 9)),
      RoleSamples.role(
        "Administrator", path: "/", id: administrator,
        permissions: seen("iam:CreateRole", 1) + seen("ec2:RunInstances", 4), isAdministrator: true),
      RoleSamples.role(
        "AWSServiceRoleForSupport", path: "/aws-service-role/support.amazonaws.com/",
        id: "AROASERVICELINKED0001", lastUsed: nil, isServiceLinked: true),
    ]
  }

  private static func seen(_ action: String, _ uses: Int) -> [PermissionResult] {
    [RoleSamples.permission(action, .used, uses: uses)]
  }

  private static var auditRole: RoleResult {
    var role = RoleSamples.role(
      "security-audit", path: "/security/", account: "777788889999", id: audit,
      permissions: [
        RoleSamples.permission("cloudtrail:LookupEvents", .used, level: "read", uses: 1),
        RoleSamples.permission("cloudtrail:StopLogging", .attemptedOnly, denials: 3),
        RoleSamples.permission(
          "sqs:ReceiveMessage", .unobservable, level: "read",
          reason: "No trail here records data events of AWS::SQS::Queue.", code: .dataEventsNotRecorded),
        RoleSamples.permission(
          "iam:ListRoles", .notEnoughEvidence, level: "list", reason: "85 of 90 days are covered.",
          code: .coverageGap),
        RoleSamples.permission(
          "iam:ListUsers", .notEnoughEvidence, level: "list", reason: "85 of 90 days are covered.",
          code: .coverageGap),
      ], dormancy: .dormant, lastUsed: "2026-08-09")
    for week in [5, 6] { role.weeks[week].gapDays = 2 + week % 5 }
    role.lastDeniedAt = "2026-09-22T08:00:00Z"
    return role
  }

  private static var platformRole: RoleResult {
    var role = RoleSamples.role(
      "platform-automation", path: "/platform/", id: platform,
      permissions: [
        RoleSamples.permission(
          "autoscaling:DescribeAutoScalingGroups", .unused, level: "list", statements: [1]),
        RoleSamples.permission("cloudtrail:StopLogging", .unused, statements: [1]),
        RoleSamples.permission("eks:DescribeCluster", .unused, level: "read", statements: [0]),
        RoleSamples.permission("lambda:UpdateFunctionCode", .usedByFailedCallsOnly, uses: 2, statements: [0]),
        RoleSamples.permission("logs:FilterLogEvents", .unused, level: "read", statements: [2]),
        RoleSamples.permission("logs:StartQuery", .used, level: "read", uses: 40, statements: [2]),
        RoleSamples.permission("s3:GetObject", .used, level: "read", uses: 300, statements: [0]),
        RoleSamples.permission("s3:PutObject", .used, uses: 100, statements: [0]),
      ])
    role.boundaryARN = "arn:aws:iam::111122223333:policy/boundary/team-boundary"
    role.tags = [.init(key: "Owner", value: "ana.lima"), .init(key: "team", value: "platform")]
    role.iamLastUsedAt = "2026-10-31T22:00:00Z"
    role.deniedCalls = 11
    role.unknownGrants = ["The document of arn:aws:iam::aws:policy/Missing is not in the snapshot."]
    return role
  }

  private static var deployerRole: RoleResult {
    var role = RoleSamples.role(
      "github-deployer", path: "/ci/", id: deployer,
      permissions: [
        RoleSamples.permission("iam:PassRole", .used, uses: 6),
        RoleSamples.permission("dynamodb:DeleteTable", .unused, statements: [2]),
        RoleSamples.permission("athena:StartQueryExecution", .unused, statements: [2]),
      ])
    role.entries = [
      EntryResult(
        enteredByID: "repo:example/shop:ref:refs/heads/main", enteredByARN: nil, sourceIdentity: nil,
        provider: "token.actions.githubusercontent.com", api: "AssumeRoleWithWebIdentity", entries: 90,
        firstAt: "2026-08-03T01:00:00Z", lastAt: "2026-10-31T01:00:00Z")
    ]
    role.usedWithoutGrant = [
      UngrantedUse(
        action: "s3:DeleteBucket", uses: 1, lastUsedAt: "2026-08-20T00:00:00Z",
        lastEventID: "e5e5e5e5-0000-4000-8000-000000000001", likelySource: "policy-changed-since")
    ]
    role.passedRoles = [
      PassedRole(
        roleARN: "arn:aws:iam::111122223333:role/app/worker", roleID: nil,
        eventSource: "lambda.amazonaws.com",
        eventName: "CreateFunction20150331", passes: 6, lastAt: "2026-10-12T00:00:00Z",
        lastEventID: "e5e5e5e5-0000-4000-8000-000000000002")
    ]
    return role
  }

  /// Every text of it means harm.
  private static var hostileRole: RoleResult {
    var role = RoleSamples.role(
      Hostile.script, path: "/\(Hostile.attribute)/", id: hostile,
      permissions: [
        RoleSamples.permission(Hostile.script, .used, level: Hostile.attribute, uses: 1),
        RoleSamples.permission(Hostile.comment, .unused, statements: [0, 99, -1]),
        RoleSamples.permission(Hostile.template, .unused, statements: []),
      ])
    role.tags = Hostile.all.map { .init(key: $0, value: $0) }
    role.tags.append(.init(key: "owner", value: Hostile.singleQuote))
    role.mayEnter = Hostile.all.map {
      TrustStatementResult(statement: 1, sid: $0, who: $0, conditionKeys: [$0])
    }
    role.entries = Hostile.all.map {
      EntryResult(
        enteredByID: $0, enteredByARN: $0, sourceIdentity: $0, provider: $0, api: $0, entries: 1, firstAt: $0,
        lastAt: $0)
    }
    role.unknownGrants = Hostile.all
    role.statements[0].policyName = Hostile.script
    role.statements[0].sid = Hostile.attribute
    role.statements[0].policySHA256 = Hostile.comment
    role.boundaryARN = "arn:aws:iam::1:policy/\(Hostile.script)"
    role.lastUsedEventID = Hostile.attribute
    role.findings = [999, -1]
    return role
  }
}
