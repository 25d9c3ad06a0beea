import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Account pages")
struct AccountPageTests {
  @Test("A role has its ids, trust, policies, boundary, tags, last use and instance profiles")
  func role() throws {
    let page = try accountPage(
      """
      {"RoleDetailList":[{"Path":"/team/","RoleName":"orders","RoleId":"AROAORDERS","Arn":
      "arn:aws:iam::111122223333:role/team/orders","CreateDate":"2025-01-02T03:04:05+00:00",
      "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[]},
      "RolePolicyList":[{"PolicyName":"inline","PolicyDocument":"%7B%22Statement%22%3A%5B%5D%7D"}],
      "AttachedManagedPolicies":[{"PolicyName":"ReadOnlyAccess","PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}],
      "PermissionsBoundary":{"PermissionsBoundaryType":"Policy",
      "PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/edge"},
      "Tags":[{"Key":"team","Value":"orders"}],
      "RoleLastUsed":{"LastUsedDate":"2026-10-31T23:59:59+00:00","Region":"eu-west-1"},
      "InstanceProfileList":[{"InstanceProfileName":"orders","InstanceProfileId":"AIPAORDERS",
      "Arn":"arn:aws:iam::111122223333:instance-profile/orders","Roles":[{"RoleId":"AROAORDERS"}]}]}]}
      """)
    let role = try #require(page.roles.first)
    #expect(role.roleID == RoleID("AROAORDERS"))
    #expect(role.entity.arn?.path == "/team/")
    #expect(role.entity.name == "orders")
    #expect(role.entity.path == "/team/")
    #expect(role.entity.created?.description == "2025-01-02T03:04:05Z")
    #expect(role.trustPolicy?.canonicalText == #"{"Statement":[],"Version":"2012-10-17"}"#)
    #expect(role.entity.inlinePolicies.map(\.document?.canonicalText) == [#"{"Statement":[]}"#])
    #expect(role.entity.attachedPolicies.map(\.arnText) == ["arn:aws:iam::aws:policy/ReadOnlyAccess"])
    #expect(role.permissionsBoundary?.arnText == "arn:aws:iam::111122223333:policy/edge")
    #expect(role.tags == [Tag(key: "team", value: "orders")])
    #expect(role.lastUsed?.description == "2026-10-31T23:59:59Z")
    #expect(role.lastUsedRegion == "eu-west-1")
    #expect(role.instanceProfiles.map(\.roleIDs) == [["AROAORDERS"]])
    #expect(page.listsPresent == [.roles])
    #expect(page.accounts.map(\.description) == ["111122223333"])
    #expect(page.newestDate?.description == "2026-10-31T23:59:59Z")
    #expect(page.unreadable.isEmpty)
  }

  @Test("Users have groups, and groups have policies")
  func usersAndGroups() throws {
    let page = try accountPage(
      """
      {"UserDetailList":[{"UserName":"alice","UserId":"AIDAALICE","Arn":"arn:aws:iam::111122223333:user/alice",
      "GroupList":["engineers"],"UserPolicyList":[{"PolicyName":"extra","PolicyDocument":{}}]}],
      "GroupDetailList":[{"GroupName":"engineers","GroupId":"AGPAENGINEERS",
      "Arn":"arn:aws:iam::111122223333:group/engineers","GroupPolicyList":[{"PolicyName":"g","PolicyDocument":{}}],
      "AttachedManagedPolicies":[]}]}
      """)
    #expect(page.users.map(\.groupNames) == [["engineers"]])
    #expect(page.users.map(\.entity.inlinePolicies.count) == [1])
    #expect(page.groups.map(\.entity.inlinePolicies.count) == [1])
    #expect(page.groups.first?.entity.principalID?.kind == .group)
  }

  @Test("Only the default version of a managed policy grants")
  func defaultVersion() throws {
    let page = try accountPage(
      """
      {"RoleDetailList":[],"Policies":[{"PolicyName":"p","PolicyId":"ANPAP","Arn":"arn:aws:iam::111122223333:policy/p",
      "DefaultVersionId":"v2","AttachmentCount":3,"IsAttachable":true,"UpdateDate":"2026-02-01T00:00:00Z",
      "PolicyVersionList":[
      {"VersionId":"v3","IsDefaultVersion":false,"CreateDate":"2026-02-01T00:00:00Z","Document":{"Id":"three"}},
      {"VersionId":"v2","IsDefaultVersion":true,"CreateDate":"2025-02-01T00:00:00Z","Document":{"Id":"two"}}]}]}
      """)
    let policy = try #require(page.managedPolicies.first)
    #expect(policy.defaultVersionID == "v2")
    #expect(policy.defaultDocument?.canonicalText == #"{"Id":"two"}"#)
    #expect(policy.defaultVersionCreated?.description == "2025-02-01T00:00:00Z")
    #expect(policy.versions.map(\.versionID) == ["v3", "v2"])
    #expect(policy.attachmentCount == 3)
    #expect(policy.isAttachable == true)
  }

  @Test(
    "A default version that is unclear is reported, and grants only where mark and name agree",
    arguments: [
      (#"{"VersionId":"v1","IsDefaultVersion":true,"Document":{}}"#, "v2", "v1"),
      (#"{"VersionId":"v1","IsDefaultVersion":false,"Document":{}}"#, "v2", nil),
      (
        #"{"VersionId":"v1","IsDefaultVersion":true,"Document":{}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{}}"#,
        "v2", "v2"
      ),
      (
        #"{"VersionId":"v1","IsDefaultVersion":true,"Document":{}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{}}"#,
        "v3", nil
      ),
    ] as [(String, String, String?)])
  func unclearDefault(versions: String, named: String, granting: String?) throws {
    let reading = try reading(
      """
      {"RoleDetailList":[],"Policies":[{"Arn":"arn:aws:iam::111122223333:policy/p","DefaultVersionId":"\(named)",
      "PolicyVersionList":[\(versions)]}]}
      """)
    guard case .accountPage(let page) = reading.documents[0] else { throw Unexpected() }
    #expect(reading.problems.map(\.code) == ["default-version-unclear"])
    let policy = try #require(page.managedPolicies.first)
    #expect((policy.defaultDocument != nil) == (granting != nil))
    #expect(policy.defaultVersionID == granting ?? named)
  }

  @Test("A version without a mark is the default if it is the one that is named")
  func namedDefault() throws {
    let page = try accountPage(
      """
      {"RoleDetailList":[],"Policies":[{"Arn":"arn:aws:iam::111122223333:policy/p","DefaultVersionId":"v1",
      "PolicyVersionList":[{"VersionId":"v1","Document":{"Id":"one"}}]}]}
      """)
    #expect(page.managedPolicies.first?.defaultDocument != nil)
  }

  @Test(
    "Every form of date that the CLI writes is read",
    arguments: [
      (#""2026-10-31T23:59:59+00:00""#, 1_793_491_199), (#""2026-10-31T23:59:59Z""#, 1_793_491_199),
      (#""2026-10-31T23:59:59.125000+00:00""#, 1_793_491_199),
      (#""2026-10-31 23:59:59+00:00""#, 1_793_491_199),
      ("1793491199", 1_793_491_199), ("1793491199.75", 1_793_491_199), ("1.793491199e9", 1_793_491_199),
    ])
  func dates(written: String, seconds: Int64) throws {
    let page = try accountPage(#"{"RoleDetailList":[{"RoleId":"AROAX","CreateDate":\#(written)}]}"#)
    #expect(page.roles.first?.entity.created?.seconds == seconds)
    #expect(page.newestDate?.seconds == seconds)
  }

  @Test(
    "A date that is none is reported and costs only itself",
    arguments: [
      #""yesterday""#, "1e400", "-1e300", "253402300800", #"{"seconds":1}"#, "true",
      #""2026-02-30T00:00:00Z""#,
    ])
  func badDates(written: String) throws {
    let reading = try reading(#"{"RoleDetailList":[{"RoleId":"AROAX","CreateDate":\#(written)}]}"#)
    #expect(reading.marks == ["malformed-date $.RoleDetailList[0].CreateDate"])
    guard case .accountPage(let page) = reading.documents[0] else { throw Unexpected() }
    #expect(page.roles.count == 1)
    #expect(page.unreadable.isEmpty)
    #expect(page.newestDate == nil)
  }

  @Test(
    "Paging marks of the API and of the CLI say whether more follows",
    arguments: [
      ("", false), (#""IsTruncated":false"#, false), (#""IsTruncated":true,"Marker":"m""#, true),
      (#""NextToken":"t""#, true), (#""IsTruncated":false,"Marker":"""#, false), (#""Marker":"m""#, true),
      (#""IsTruncated":null,"NextToken":null"#, false),
    ])
  func paging(marks: String, claimsMore: Bool) throws {
    let page = try accountPage(page(marks))
    #expect(page.claimsMore == claimsMore)
    #expect(page.isLastPage == !claimsMore)
  }
}

/// A document of another kind than the test asked for.
struct Unexpected: Error {}
