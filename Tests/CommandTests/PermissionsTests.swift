import Foundation
import Testing

/// What roles and users may do.
@Suite struct PermissionsTests {
  private struct Line: Decodable {
    struct Statement: Decodable {
      let attachment, policyName, effect: String
      let group, policyArn, sid: String?
      let statement: Int
    }
    let principalArn, principalKind, action, kind, resourceScope: String
    let conditionKeys, limitedBy, resources, notResources: [String]
    let statements: [Statement]
  }

  private static let account = "111122223333"
  private static let ana = "arn:aws:iam::\(account):user/Ana"

  private static func document(_ statements: Value...) -> Value {
    ["Version": "2012-10-17", "Statement": .list(statements)]
  }

  private static func statement(_ effect: String, _ action: Value, _ more: [(String, Value)] = []) -> Value {
    .object([("Effect", .text(effect)), ("Action", action), ("Resource", "*")] + more)
  }

  private static func managed(_ name: String, _ document: Value) -> Value {
    [
      "PolicyName": .text(name), "PolicyId": "ANPAEXAMPLE",
      "Arn": .text("arn:aws:iam::\(account):policy/\(name)"),
      "Path": "/", "DefaultVersionId": "v1",
      "PolicyVersionList": [
        [
          "VersionId": "v1", "IsDefaultVersion": true, "CreateDate": "2025-01-01T00:00:00Z",
          "Document": document,
        ]
      ],
    ]
  }

  private static func attached(_ name: String) -> Value {
    [["PolicyName": .text(name), "PolicyArn": .text("arn:aws:iam::\(account):policy/\(name)")]]
  }

  /// A user with a group, a role with a boundary, and an organisation above both.
  private static func world(groups: Value = ["readers"]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let user: Value = [
      "Path": "/", "UserName": "Ana", "UserId": "AIDAANA000000000000001", "Arn": .text(ana),
      "CreateDate": "2025-01-01T00:00:00Z", "GroupList": groups, "AttachedManagedPolicies": [], "Tags": [],
      "UserPolicyList": [
        ["PolicyName": "own", "PolicyDocument": document(statement("Allow", "sqs:SendMessage"))]
      ],
    ]
    let group: Value = [
      "Path": "/", "GroupName": "readers", "GroupId": "AGPAREADERS000000001",
      "Arn": .text("arn:aws:iam::\(account):group/readers"), "CreateDate": "2025-01-01T00:00:00Z",
      "GroupPolicyList": [
        [
          "PolicyName": "read",
          "PolicyDocument": document(
            statement("Allow", "s3:GetObject", [("Condition", ["Bool": ["aws:SecureTransport": "true"]])])),
        ]
      ], "AttachedManagedPolicies": attached("shared"),
    ]
    let role = Story.detail(Story.reader, actions: ["s3:*", "kms:Decrypt"]).with([
      (
        "PermissionsBoundary",
        [
          "PermissionsBoundaryType": "Policy",
          "PermissionsBoundaryArn": .text("arn:aws:iam::\(account):policy/bound"),
        ]
      )
    ])
    try folder.write(
      [
        "UserDetailList": [user], "GroupDetailList": [group], "RoleDetailList": [role],
        "Policies": [
          managed("shared", document(statement("Allow", ["sns:Publish", "iam:GetRole"]))),
          managed("bound", document(statement("Allow", ["s3:Get*", "s3:PutObject"]))),
        ], "IsTruncated": false,
      ], to: "iam.json")
    try folder.write(organisation, to: "organisation.json")
    let imported = try Program.importing(
      "iam.json", "organisation.json", in: folder, options: ["--taken-at", "2026-10-31T00:00:00Z"])
    #expect(imported.status == 0, "\(imported.error)")
    return folder
  }

  /// One level of each kind of policy. One spares another role, one keeps strangers out.
  private static var organisation: Value {
    let sparing = [("Condition", ["ArnNotLike": ["aws:PrincipalArn": "arn:aws:iam::*:role/admin"]] as Value)]
    let insecure: [(String, Value)] = [
      ("Principal", "*"), ("Condition", ["Bool": ["aws:SecureTransport": "false"]]),
    ]
    let foreign: [(String, Value)] = [
      ("Principal", "*"),
      ("Condition", ["StringNotEqualsIfExists": ["aws:PrincipalOrgID": "o-exampleorg"]]),
    ]
    let controls: [Value] = [
      document(statement("Allow", "*"), statement("Deny", "sns:*")),
      document(statement("Deny", "s3:PutObject", sparing)),
    ]
    let resources = document(statement("Deny", "sqs:*", insecure), statement("Deny", "s3:*", foreign))
    return [
      "organizationId": "o-exampleorg", "managementAccountId": "999999999999",
      "accounts": .object([(account, .list([.list(controls)]))]),
      "resourceControlPolicies": .object([(account, .list([.list([resources])]))]),
    ]
  }

  private static func lines(_ arguments: String..., in folder: TemporaryFolder) throws -> [Line] {
    let outcome = try Program.run(["permissions", "--format", "json"] + arguments, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    return try outcome.output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  @Test("A user may do what its own policies and those of its groups grant, within the organisation's")
  func user() throws {
    let lines = try Self.lines("Ana", in: try Self.world())
    #expect(
      lines.map { "\($0.action) \($0.kind)" } == [
        "iam:GetRole unconditional", "s3:GetObject conditional", "sqs:SendMessage narrowed",
      ])
    #expect(lines.allSatisfy { $0.principalArn == Self.ana && $0.principalKind == "user" })
    #expect(lines[0].statements.map(\.attachment) == ["group-managed"])
    #expect(lines[1].conditionKeys == ["aws:SecureTransport"])
    #expect(lines[1].statements.map(\.group) == ["readers"])
    #expect(lines[2].limitedBy == ["resource", "resource-control-policy"])
    #expect(lines[2].statements.map(\.attachment) == ["inline", "resource-control-policy"])
  }

  @Test("A role may do what its policies and its boundary allow, and conditions on who it is are settled")
  func role() throws {
    let lines = try Self.lines("reader", in: try Self.world())
    let actions = Set(lines.map(\.action))
    #expect(actions.contains("s3:GetObject") && !actions.contains("kms:Decrypt"))
    // An organisation's policy spares another role only.
    #expect(!actions.contains("s3:PutObject"))
    #expect(lines.allSatisfy { $0.kind == "unconditional" && $0.limitedBy.isEmpty })
  }

  @Test("Without a principal, how much each may do; with an action, who may do it")
  func everyone() throws {
    let folder = try Self.world()
    let counts = try Program.run(["permissions"], in: folder)
    let rows = counts.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.first?.prefix(2) == ["PRINCIPAL", "ACTIONS"])
    #expect(rows.last == [Self.ana, "3", "1", "1", "1", "0"])
    let who = try Program.run(["permissions", "--action", "iam:?etRole"], in: folder)
    #expect(who.output.contains(Self.ana) && !who.output.contains(Story.reader.arn))
    #expect(who.output.contains("group readers, shared #1"))
    let nobody = try Program.run(["permissions", "--action", "iam:CreateUser"], in: folder)
    #expect(nobody.status == 0 && nobody.output.isEmpty && nobody.error == "No role or user may do that.\n")
  }

  @Test("A group that is missing makes what its users may do unknown")
  func missing() throws {
    let outcome = try Program.run(["permissions", "Ana"], in: try Self.world(groups: ["readers", "gone"]))
    #expect(outcome.output.contains("Not known: group gone, statement 1: The group is not in the snapshot."))
  }

  @Test(
    "What names nobody, no action or no snapshot is said", arguments: [["Anna"], ["--action", "s3"], []])
  func mistakes(arguments: [String]) throws {
    let folder = arguments.isEmpty ? try TemporaryFolder() : try Self.world()
    if arguments.isEmpty {
      try folder.write(["Version": "2012-10-17"], to: "x.json")
      _ = try Program.importing("x.json", in: folder)
    }
    let outcome = try Program.run(["permissions"] + arguments, in: folder)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    if arguments == ["Anna"] { #expect(outcome.error.contains("Did you mean Ana?"), "\(outcome.error)") }
  }

  @Test("After a review, what users are granted stands in views of their own")
  func views() throws {
    let folder = try Self.world()
    #expect(try Program.run(["review", "--as-of", "2026-10-31T23:59:59Z"], in: folder).status == 0)
    let store = try StoreReader(folder.path("accessreview.sqlite"))
    #expect(
      try store.rows(
        "SELECT user_arn, action, grant_kind, limited_by, condition_keys FROM user_granted_actions ORDER BY action"
      ) == [
        [Self.ana, "iam:GetRole", "unconditional", "[]", "[]"],
        [Self.ana, "s3:GetObject", "conditional", "[]", #"["aws:SecureTransport"]"#],
        [Self.ana, "sqs:SendMessage", "narrowed", #"["resource","resource-control-policy"]"#, "[]"],
      ])
    #expect(
      try store.rows(
        "SELECT action, attachment, group_name, policy_name FROM user_grant_statements WHERE group_name IS NOT NULL ORDER BY 1"
      ) == [
        ["iam:GetRole", "group-managed", "readers", "shared"],
        ["s3:GetObject", "group-inline", "readers", "read"],
      ])
    #expect(try store.value("SELECT count(*) FROM granted_actions WHERE condition_keys = '[]'") != "0")
  }
}
