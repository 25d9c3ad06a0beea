import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Account snapshots")
struct AccountSnapshotTests {
  private static let attached =
    #""AttachedManagedPolicies":[{"PolicyName":"p","PolicyArn":"arn:aws:iam::111122223333:policy/p"}]"#

  private func snapshot(_ pages: String...) throws -> AccountSnapshot {
    let snapshots = AccountSnapshot.assemble(pages: try pages.flatMap { try accountPages($0) })
    #expect(snapshots.count == 1)
    return try #require(snapshots.first)
  }

  private func reasons(_ snapshot: AccountSnapshot) -> [String] { snapshot.missing.map(\.reason.rawValue) }

  @Test("A joined export is complete", arguments: ["", #""IsTruncated":false"#])
  func complete(marks: String) throws {
    let snapshot = try snapshot(
      page(roles: [role("a", Self.attached)], policies: [managedPolicy("p", attachments: 1)], marks))
    #expect(snapshot.isComplete, "\(snapshot.missing)")
    #expect(snapshot.account == AccountID("111122223333"))
  }

  @Test("Pages join, in whatever order they come")
  func pagesJoin() throws {
    let first = page(roles: [role("a", Self.attached)], #""IsTruncated":true,"Marker":"m""#)
    let last = page(
      roles: [role("b")], policies: [managedPolicy("p", attachments: 1)], #""IsTruncated":false"#)
    let forward = try snapshot(first, last)
    #expect(forward == (try snapshot(last, first)))
    #expect(forward == (try snapshot("[\(first),\(last)]")))
    #expect(forward.isComplete, "\(forward.missing)")
    #expect(forward.roles.map(\.entity.name) == ["a", "b"])
    #expect(forward.pageCount == 2)
  }

  @Test("A page that another should follow is not complete")
  func firstPageAlone() throws {
    #expect(
      reasons(try snapshot(page(roles: [role("a")], #""IsTruncated":true,"Marker":"m""#))) == ["page-missing"]
    )
    #expect(reasons(try snapshot(page(roles: [role("a")], #""NextToken":"t""#))) == ["page-missing"])
  }

  @Test("A page with the API's marks needs a last page with them")
  func mixedMarks() throws {
    let snapshot = try snapshot(
      page(roles: [role("a")], #""IsTruncated":true,"Marker":"m""#), page(roles: [role("b")]))
    #expect(reasons(snapshot) == ["page-missing"])
  }

  @Test("Parts made with --max-items end with one that has no mark")
  func maxItems() throws {
    let snapshot = try snapshot(page(roles: [role("a")], #""NextToken":"t""#), page(roles: [role("b")]))
    #expect(snapshot.isComplete, "\(snapshot.missing)")
  }

  @Test("A last page alone that refers to what it lacks is not complete")
  func lastPageAlone() throws {
    let snapshot = try snapshot(page(roles: [role("b", Self.attached)], #""IsTruncated":false"#))
    #expect(reasons(snapshot) == ["last-page-alone", "policy-document-missing"])
    #expect(snapshot.missing.last?.names == ["arn:aws:iam::111122223333:policy/p"])
  }

  @Test("A last page alone whose policies are attached to more than it shows is not complete")
  func lastPageAloneByCount() throws {
    let alone = page(
      users: [#"{"UserId":"AIDAX","UserName":"x"}"#], groups: [#"{"GroupId":"AGPAX","GroupName":"x"}"#],
      roles: [role("b", Self.attached)], policies: [managedPolicy("p", attachments: 2)],
      #""IsTruncated":false"#)
    #expect(reasons(try snapshot(alone)) == ["last-page-alone"])
  }

  @Test("The same page twice counts once")
  func samePageTwice() throws {
    let only = page(roles: [role("a")])
    let snapshot = try snapshot(only, only)
    #expect(snapshot.isComplete, "\(snapshot.missing)")
    #expect(snapshot.pageCount == 1)
  }

  @Test("Exports of two times together are not complete")
  func severalExports() throws {
    #expect(
      reasons(try snapshot(page(roles: [role("a")]), page(roles: [role("b")]))) == ["several-exports"])
  }

  @Test("Of two entries with one RoleId the page with the newer dates counts, whatever the order")
  func duplicates() throws {
    let older = page(roles: [role("a", #""Path":"/old/""#)], #""IsTruncated":true,"Marker":"m""#)
    let newer = page(
      roles: [role("a", #""Path":"/new/","RoleLastUsed":{"LastUsedDate":"2026-01-01T00:00:00Z"}"#)],
      #""IsTruncated":false"#)
    for pages in [[older, newer], [newer, older]] {
      let snapshot = try snapshot(pages[0], pages[1])
      #expect(snapshot.roles.map(\.entity.path) == ["/new/"])
    }
  }

  @Test("Pages with the same dates have an order of their own")
  func duplicatesWithoutDates() throws {
    let one = page(roles: [role("a", #""Path":"/one/""#)], #""IsTruncated":true,"Marker":"m""#)
    let two = page(roles: [role("a", #""Path":"/two/""#)], #""IsTruncated":false"#)
    #expect(try snapshot(one, two) == snapshot(two, one))
  }

  @Test("A re-created role stands beside its predecessor")
  func sameNameTwoIDs() throws {
    let snapshot = try snapshot(page(roles: [role("a", id: "AROAOLD"), role("a", id: "AROANEW")]))
    #expect(snapshot.roles.map(\.entity.idText) == ["AROANEW", "AROAOLD"])
  }

  @Test("A list that is absent or empty where it cannot be was filtered")
  func filtered() throws {
    let absent = try snapshot(#"{"RoleDetailList":[\#(role("a"))],"Policies":[]}"#)
    #expect(absent.missing.map(\.names) == [["GroupDetailList", "UserDetailList"]])
    let noRoles = try snapshot(page(policies: [managedPolicy("p")]))
    #expect(noRoles.missing.map(\.names) == [["RoleDetailList"]])
    let noUsers = try snapshot(
      page(
        groups: [#"{"GroupId":"AGPAX","GroupName":"x"}"#], roles: [role("a")],
        policies: [managedPolicy("p", attachments: 1)]))
    #expect(noUsers.missing.map(\.names) == [["UserDetailList"]])
    #expect(reasons(noUsers) == ["list-filtered"])
  }

  @Test("A boundary without its document and a group without its entry are missing")
  func dangling() throws {
    let snapshot = try snapshot(
      page(
        users: [#"{"UserId":"AIDAX","UserName":"x","GroupList":["g","g"]}"#],
        roles: [
          role(
            "a",
            #""PermissionsBoundary":{"PermissionsBoundaryArn":"arn:aws:iam::aws:policy/PowerUserAccess"}"#)
        ]))
    #expect(reasons(snapshot) == ["policy-document-missing", "group-missing"])
    #expect(snapshot.missing.map(\.names) == [["arn:aws:iam::aws:policy/PowerUserAccess"], ["g"]])
  }

  @Test("A policy without its default version is a missing document")
  func versionMissing() throws {
    let policy =
      #"{"Arn":"arn:aws:iam::111122223333:policy/p","DefaultVersionId":"v2","PolicyVersionList":[]}"#
    let snapshot = try snapshot(page(roles: [role("a", Self.attached)], policies: [policy]))
    #expect(reasons(snapshot) == ["policy-document-missing"])
  }

  @Test("An entry that could not be read keeps the snapshot from being complete")
  func unreadable() throws {
    #expect(reasons(try snapshot(page(roles: [role("a"), "{}"]))) == ["entry-unreadable"])
  }

  @Test("Each account has its own snapshot")
  func accounts() throws {
    let pages = try accountPages(
      "[\(page(roles: [role("b", account: "444455556666")])),\(page(roles: [role("a")]))]")
    let snapshots = AccountSnapshot.assemble(pages: pages)
    #expect(snapshots.map(\.account?.description) == ["111122223333", "444455556666"])
    #expect(snapshots.map(\.isComplete) == [true, true])
  }

  @Test("A page of two accounts is parted, and says so")
  func mixedPage() throws {
    let mixed = page(roles: [role("a"), role("b", account: "444455556666")])
    #expect(try reading(mixed).marks == ["several-accounts $"])
    let snapshots = AccountSnapshot.assemble(pages: try accountPages(mixed))
    #expect(snapshots.map { $0.roles.map(\.entity.name) } == [["a"], ["b"]])
  }

  @Test("An empty last page belongs to the only account")
  func emptyLastPage() throws {
    let snapshot = try snapshot(
      page(roles: [role("a")], #""IsTruncated":true,"Marker":"m""#), page(#""IsTruncated":false"#))
    #expect(snapshot.isComplete, "\(snapshot.missing)")
  }

  @Test("Without any account nothing is complete")
  func noAccount() throws {
    #expect(reasons(try snapshot(page())) == ["list-filtered", "account-unknown"])
    #expect(AccountSnapshot.assemble(pages: []).isEmpty)
  }
}
