import Foundation
import Testing

/// What the public views say of IAM Identity Center.
@Suite struct IdentityCenterViewTests {
  private static let instance = "arn:aws:sso:::instance/ssoins-1"
  private static let admin = "arn:aws:sso:::permissionSet/ssoins-1/ps-admin"
  private static let audit = "arn:aws:sso:::permissionSet/ssoins-1/ps-audit"

  private static func described(_ arn: String, _ name: String) -> Value {
    [
      "PermissionSet": [
        "Name": .text(name), "PermissionSetArn": .text(arn), "Description": "d", "SessionDuration": "PT8H",
        "RelayState": "https://example.com", "CreatedDate": 1_760_000_000,
      ]
    ]
  }

  private static func list(_ arns: [String], at day: Int, complete: Bool = true) -> String {
    CollectedAnswers.line(
      "sso-admin list-permission-sets", ["PermissionSets": .list(arns.map { .text($0) })], resource: instance,
      at: day,
      complete: complete)
  }

  private static func describe(_ arn: String, _ name: String, at day: Int) -> String {
    CollectedAnswers.line("sso-admin describe-permission-set", described(arn, name), resource: arn, at: day)
  }

  private static let setColumns =
    "permission_set_arn, name, managed_policy_arns, customer_managed_policies, inline_policy, boundary, unknown_parts, taken_at"

  @Test("A permission set is a row with all its policies, each of the newest answer")
  func permissionSets() throws {
    let arn = Self.admin
    func part(_ call: String, _ output: Value, at day: Int = 1, complete: Bool = true, error: String? = nil)
      -> String
    {
      CollectedAnswers.line(
        "sso-admin \(call)", output, resource: arn, at: day, complete: complete, error: error)
    }
    let managed = "list-managed-policies-in-permission-set"
    let policies: Value = [
      ["Name": "B", "Arn": "arn:aws:iam::aws:policy/B"], ["Name": "A", "Arn": "arn:aws:iam::aws:policy/A"], 5,
      ["Arn": 7],
    ]
    let lines = [
      Self.list([arn, Self.audit], at: 1), Self.describe(arn, "Old", at: 1),
      Self.describe(arn, "Admin", at: 2),
      part("describe-permission-set", .null, at: 3, error: "AccessDeniedException"),
      part("get-inline-policy-for-permission-set", ["InlinePolicy": ""], at: 1),
      part("get-inline-policy-for-permission-set", ["InlinePolicy": "{\"Version\":\"2012-10-17\"}"], at: 2),
      part(managed, ["AttachedManagedPolicies": policies]),
      part(
        "list-customer-managed-policy-references-in-permission-set",
        ["CustomerManagedPolicyReferences": [["Name": "own", "Path": "/"]]]),
      part(
        "get-permissions-boundary-for-permission-set",
        ["PermissionsBoundary": ["ManagedPolicyArn": "arn:aws:iam::aws:policy/C"]], at: 1),
      part(
        "get-permissions-boundary-for-permission-set", .null, at: 2, error: "ResourceNotFoundException"),
    ]
    let store = try CollectedAnswers.imported(lines)
    #expect(
      try store.rows(
        "SELECT instance_arn, description, session_duration, relay_state, created_at FROM permission_sets WHERE name = 'Admin'"
      ) == [[Self.instance, "d", "PT8H", "https://example.com", "2025-10-09T08:53:20Z"]])
    let query = "SELECT \(Self.setColumns) FROM permission_sets ORDER BY 1"
    let admin =
      "\(arn) Admin [\"arn:aws:iam::aws:policy/A\",\"arn:aws:iam::aws:policy/B\"] [{\"Name\":\"own\",\"Path\":\"/\"}] "
      + "{\"Version\":\"2012-10-17\"} NULL [] 2026-10-02T10:00:00Z"
    let unknown =
      "[\"inline_policy\",\"managed_policy_arns\",\"customer_managed_policies\",\"boundary\"]"
    let found = try store.rows(query).map { $0.joined(separator: " ") }
    #expect(
      found == [
        admin, "\(Self.audit) NULL NULL NULL NULL NULL \(unknown) NULL",
      ])

    // What is refused, not whole or odd is not known, and not "none".
    let odd = try CollectedAnswers.imported([
      Self.describe(arn, "Admin", at: 1),
      part(managed, ["AttachedManagedPolicies": policies], complete: false),
      part("get-inline-policy-for-permission-set", ["InlinePolicy": 7]),
      part(
        "list-customer-managed-policy-references-in-permission-set", .null, error: "AccessDeniedException"),
      part("get-permissions-boundary-for-permission-set", ["PermissionsBoundary": "x"]),
    ])
    #expect(
      try odd.rows(query).map { $0.joined(separator: " ") } == [
        "\(arn) Admin NULL NULL NULL NULL \(unknown) 2026-10-01T10:00:00Z"
      ])
  }

  @Test("A permission set that a later list or answer lacks is gone")
  func goneSets() throws {
    let query = "SELECT name FROM permission_sets ORDER BY 1"
    func names(_ lines: [String]) throws -> [String] { try CollectedAnswers.imported(lines).column(query) }
    let both = [Self.describe(Self.admin, "Admin", at: 2), Self.describe(Self.audit, "Audit", at: 2)]
    #expect(try names(both + [Self.list([Self.admin], at: 1)]) == ["Admin", "Audit"])
    #expect(try names(both + [Self.list([Self.admin], at: 3)]) == ["Admin"])
    #expect(try names(both + [Self.list([], at: 3)]) == [])
    #expect(try names(both + [Self.list([Self.admin], at: 3, complete: false)]) == ["Admin", "Audit"])
    #expect(try names(both + [Self.list([], at: 3), Self.describe(Self.audit, "Back", at: 4)]) == ["Back"])
    let vain = CollectedAnswers.line(
      "sso-admin describe-permission-set", .null, resource: Self.audit, at: 3,
      error: "ResourceNotFoundException")
    #expect(try names(both + [vain]) == ["Admin"])
  }

  private static func assignments(
    _ arn: String, _ account: String, _ principals: [(type: String, id: String)], at day: Int = 1,
    complete: Bool = true, error: String? = nil
  ) -> String {
    CollectedAnswers.line(
      "sso-admin list-account-assignments",
      [
        "AccountAssignments": .list(
          principals.map {
            [
              "AccountId": .text(account), "PermissionSetArn": .text(arn), "PrincipalType": .text($0.type),
              "PrincipalId": .text($0.id),
            ]
          })
      ], resource: arn, parameters: [("account-id", .text(account))], at: day, complete: complete,
      error: error)
  }

  @Test("An assignment is a row with the role that the permission set has in the account")
  func assignments() throws {
    let (first, second) = (Story.accounts[0], Story.accounts[1])
    func role(_ name: String, _ number: Int) -> Value {
      Story.detail(
        Story.Role(
          id: "AROASSO000000000000\(number)", account: first,
          path: "/aws-reserved/sso.amazonaws.com/eu-west-1/", name: name), actions: ["*"])
    }
    let own = "AWSReservedSSO_Admin_0123456789abcdef"
    let snapshot = Story.snapshotPage(roles: [
      role(own, 1), role("AWSReservedSSO_Admin_x_0123456789abcdef", 2), role("AWSReservedSSO_Audit_0123", 3),
    ])
    let session = Story.Role(
      id: "AROASSO0000000000001", account: first, path: "/aws-reserved/sso.amazonaws.com/eu-west-1/",
      name: own
    ).session("ann@example.com", started: Story.start).with([
      (
        "onBehalfOf",
        ["userId": "u-1", "identityStoreArn": "arn:aws:identitystore::\(first):identitystore/d-1"]
      )
    ])
    let event = Story.event(
      1, at: Story.start + 60, account: first, region: "eu-west-1", source: "ec2", name: "DescribeVpcs",
      by: session,
      [("readOnly", true)])
    let store = try CollectedAnswers.imported(
      [
        Self.describe(Self.admin, "Admin", at: 1), Self.describe(Self.audit, "Audit", at: 1),
        Self.assignments(Self.admin, first, [("USER", "u-1"), ("GROUP", "g-1"), ("USER", "u-1")]),
        Self.assignments(Self.admin, second, [("USER", "u-2")]),
        Self.assignments(Self.audit, first, [("GROUP", "u-1")], complete: false),
        Self.assignments(Self.audit, second, [], error: "AccessDeniedException"),
      ],
      [
        ("iam/snapshot.json", snapshot.json),
        ("trail/events.json", Value.object([("Records", .list([event]))]).json),
      ])
    let rows = try store.rows(
      """
      SELECT account_id, name, principal_type, principal_id, principal_name, role_arn, is_complete, taken_at
      FROM permission_set_assignments ORDER BY 1, 2, 3
      """
    ).map { $0.joined(separator: " ") }
    let arn = "arn:aws:iam::\(first):role/aws-reserved/sso.amazonaws.com/eu-west-1/\(own)"
    #expect(
      rows == [
        "\(first) Admin GROUP g-1 NULL \(arn) 1 2026-10-01T10:00:00Z",
        "\(first) Admin USER u-1 ann@example.com \(arn) 1 2026-10-01T10:00:00Z",
        "\(first) Audit GROUP u-1 NULL NULL 0 2026-10-01T10:00:00Z",
        "\(second) Admin USER u-2 NULL NULL 1 2026-10-01T10:00:00Z",
      ])
  }

  @Test("Assignments end with a newer list, with the account's provisioning and with the permission set")
  func endedAssignments() throws {
    let (first, second) = (Story.accounts[0], Story.accounts[1])
    func provisioned(_ accounts: [String], at day: Int, complete: Bool = true) -> String {
      CollectedAnswers.line(
        "sso-admin list-accounts-for-provisioned-permission-set",
        ["AccountIds": .list(accounts.map { .text($0) })],
        resource: Self.admin, at: day, complete: complete)
    }
    func found(_ lines: [String]) throws -> [String] {
      try CollectedAnswers.imported(lines).rows(
        "SELECT account_id, principal_id FROM permission_set_assignments ORDER BY 1, 2"
      ).map { "\($0[0] == first ? 1 : 2)\($0[1])" }
    }
    let given = [
      Self.assignments(Self.admin, first, [("USER", "a"), ("USER", "b")], at: 2),
      Self.assignments(Self.admin, second, [("USER", "a")], at: 2),
    ]
    #expect(try found(given) == ["1a", "1b", "2a"])
    #expect(try found(given + [Self.assignments(Self.admin, first, [("USER", "b")], at: 3)]) == ["1b", "2a"])
    #expect(try found(given + [Self.assignments(Self.admin, first, [], at: 3)]) == ["2a"])
    #expect(
      try found(given + [Self.assignments(Self.admin, first, [("USER", "c")], at: 1)]) == ["1a", "1b", "2a"])
    #expect(
      try found(given + [Self.assignments(Self.admin, first, [], at: 3, error: "ThrottlingException")]) == [
        "1a", "1b", "2a",
      ])
    #expect(try found(given + [provisioned([second], at: 1)]) == ["1a", "1b", "2a"])
    #expect(try found(given + [provisioned([second], at: 3)]) == ["2a"])
    #expect(try found(given + [provisioned([second], at: 3, complete: false)]) == ["1a", "1b", "2a"])
    #expect(try found(given + [Self.list([Self.admin], at: 1)]) == ["1a", "1b", "2a"])
    #expect(try found(given + [Self.describe(Self.admin, "A", at: 1), Self.list([], at: 3)]) == [])
  }

  @Test("Raw outputs that say themselves whom they are about are enough")
  func raw() throws {
    let output: Value = [
      "AccountAssignments": [
        [
          "AccountId": .text(Story.accounts[0]), "PermissionSetArn": .text(Self.admin),
          "PrincipalType": "USER",
          "PrincipalId": "u",
        ], 5, ["AccountId": 7, "PermissionSetArn": [], "PrincipalId": "x"],
      ]
    ]
    let store = try CollectedAnswers.imported(
      [],
      [
        ("raw/set.json", Self.described(Self.admin, "Admin").json), ("raw/assignments.json", output.json),
      ])
    #expect(try store.rows("SELECT name, taken_at FROM permission_sets") == [["Admin", "NULL"]])
    #expect(
      try store.rows("SELECT account_id, name, principal_id FROM permission_set_assignments") == [
        [Story.accounts[0], "Admin", "u"]
      ])
  }
}
