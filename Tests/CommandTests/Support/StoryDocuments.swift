/// The exports that belong to the story: snapshots in pages, the trails' configuration, the organisation's policies.
extension Story {
  static func snapshotPage(roles: [Value], policies: [Value] = [], marker: String? = nil) -> Value {
    .object(
      [
        ("UserDetailList", []), ("GroupDetailList", []), ("RoleDetailList", .list(roles)),
        ("Policies", .list(policies)),
        ("IsTruncated", .flag(marker != nil)),
      ] + (marker.map { [("Marker", .text($0))] } ?? []))
  }

  static func detail(
    _ role: Role, actions: [Value], trusts: Value = ["Service": "ec2.amazonaws.com"],
    created: String = "2025-01-01T00:00:00Z",
    document: Value? = nil
  ) -> Value {
    let policy: Value = [
      "Version": "2012-10-17", "Statement": [["Effect": "Allow", "Action": .list(actions), "Resource": "*"]],
    ]
    return [
      "Path": .text(role.path), "RoleName": .text(role.name), "RoleId": .text(role.id),
      "Arn": .text(role.arn),
      "CreateDate": .text(created),
      "AssumeRolePolicyDocument": [
        "Version": "2012-10-17",
        "Statement": [["Effect": "Allow", "Principal": trusts, "Action": "sts:AssumeRole"]],
      ],
      "InstanceProfileList": [],
      "RolePolicyList": [["PolicyName": "own", "PolicyDocument": document ?? policy]],
      "AttachedManagedPolicies": [], "Tags": [], "RoleLastUsed": .object([]),
    ]
  }

  /// The first account's two pages, and the second account's one.
  static var pages: [(name: String, page: Value)] {
    [
      (
        "iam/first.page1.json",
        snapshotPage(
          roles: [
            detail(
              reader,
              actions: [
                "s3:ListAllMyBuckets", "s3:GetObject", "ec2:DescribeInstances", "sqs:ListQueues",
                "sns:Publish",
              ])
          ], marker: "more")
      ),
      (
        "iam/first.page2.json",
        snapshotPage(roles: [
          detail(
            deployNew, actions: ["cloudformation:*", "iam:PassRole", "lambda:CreateFunction"],
            trusts: ["AWS": .text(worker.arn)], created: "2026-10-29T05:59:59Z")
        ])
      ),
      (
        "iam/second.json",
        snapshotPage(roles: [
          detail(
            worker, actions: ["dynamodb:DescribeTable", "ec2:Describe*"], trusts: ["AWS": .text(deployOld.id)]
          ),
          detail(idle, actions: ["ec2:StartInstances"]),
        ])
      ),
    ]
  }

  static let configuration: Value = [
    "account": .text(accounts[0]),
    "describeTrails": [
      "trailList": [
        [
          "Name": "org-trail",
          "TrailARN": .text("arn:aws:cloudtrail:us-east-1:\(accounts[0]):trail/org-trail"),
          "HomeRegion": "us-east-1", "IsMultiRegionTrail": true, "IsOrganizationTrail": true,
          "IncludeGlobalServiceEvents": true, "S3BucketName": "logs",
        ]
      ]
    ],
    "getEventSelectors": [
      "TrailARN": .text("arn:aws:cloudtrail:us-east-1:\(accounts[0]):trail/org-trail"),
      "EventSelectors": [
        [
          "ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": [],
          "ExcludeManagementEventSources": [],
        ]
      ],
    ],
    "getTrailStatus": ["IsLogging": true, "StartLoggingTime": "2025-01-01T00:00:00Z"],
  ]

  static let organisation: Value = {
    let all: Value = [
      "Version": "2012-10-17", "Statement": [["Effect": "Allow", "Action": "*", "Resource": "*"]],
    ]
    let guardrail: Value = [
      "Version": "2012-10-17", "Statement": [["Effect": "Deny", "Action": "sns:*", "Resource": "*"]],
    ]
    return [
      "organizationId": "o-exampleorg", "managementAccountId": "999999999999",
      "accounts": .object(accounts.map { ($0, [[all, guardrail]]) }),
    ]
  }()
}
