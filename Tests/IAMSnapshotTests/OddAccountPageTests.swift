import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Odd account pages")
struct OddAccountPageTests {
  @Test(
    "One bad role is reported at its place, and the other role stays",
    arguments: [
      (#"7"#, "wrong-type $.RoleDetailList[0]", 1), (#"null"#, "wrong-type $.RoleDetailList[0]", 1),
      (#"{}"#, "entry-unreadable $.RoleDetailList[0]", 1), (#"[[]]"#, "wrong-type $.RoleDetailList[0]", 1),
      (#"{"RoleId":5,"RoleName":"x"}"#, "wrong-type $.RoleDetailList[0].RoleId", 2),
      (#"{"RoleName":"x"}"#, "malformed-id $.RoleDetailList[0].RoleId", 2),
      (#"{"RoleId":"x"}"#, "malformed-id $.RoleDetailList[0].RoleId", 2),
      (#"{"RoleId":"AIDAX"}"#, "malformed-id $.RoleDetailList[0].RoleId", 2),
      (#"{"RoleId":"AROAX","RolePolicyList":"none"}"#, "wrong-type $.RoleDetailList[0].RolePolicyList", 2),
      (
        #"{"RoleId":"AROAX","RolePolicyList":[{"PolicyName":"p"}]}"#,
        "entry-unreadable $.RoleDetailList[0].RolePolicyList[0]", 2
      ),
      (
        #"{"RoleId":"AROAX","AttachedManagedPolicies":[{"PolicyName":"p"}]}"#,
        "entry-unreadable $.RoleDetailList[0].AttachedManagedPolicies[0]", 2
      ),
      (
        #"{"RoleId":"AROAX","PermissionsBoundary":"edge"}"#,
        "entry-unreadable $.RoleDetailList[0].PermissionsBoundary", 2
      ),
      (#"{"RoleId":"AROAX","RoleLastUsed":"never"}"#, "wrong-type $.RoleDetailList[0].RoleLastUsed", 2),
    ])
  func badRole(entry: String, mark: String, roles: Int) throws {
    let reading = try reading(page(roles: [entry, role("good")]))
    #expect(reading.marks.contains(mark))
    guard case .accountPage(let page) = reading.documents[0] else { throw Unexpected() }
    #expect(page.roles.count == roles)
    #expect(page.roles.last?.entity.name == "good")
    #expect(
      page.unreadable.count == 1, "what hides an entity or a grant keeps the snapshot from being complete")
  }

  @Test(
    "A malformed text is kept, reported, and has no typed value",
    arguments: [
      (#""Arn":"arn:nonsense""#, "malformed-arn $.RoleDetailList[0].Arn"),
      (#""RoleName":"a\u0007b""#, "malformed-name $.RoleDetailList[0].RoleName"),
      (#""RoleName":"""#, "malformed-name $.RoleDetailList[0].RoleName"),
    ])
  func malformed(member: String, mark: String) throws {
    let reading = try reading(#"{"RoleDetailList":[{"RoleId":"AROAX",\#(member)}]}"#)
    #expect(reading.marks == [mark])
    guard case .accountPage(let page) = reading.documents[0] else { throw Unexpected() }
    let entity = try #require(page.roles.first?.entity)
    #expect(entity.arnText != nil || entity.name != nil)
    #expect(entity.arn == nil)
    #expect(page.accounts.isEmpty)
  }

  @Test("A permissions boundary that cannot be read is still a boundary")
  func unreadableBoundary() throws {
    let page = try accountPage(#"{"RoleDetailList":[{"RoleId":"AROAX","PermissionsBoundary":{}}]}"#)
    #expect(page.roles.first?.permissionsBoundary == PolicyReference(arnText: "", name: nil))
  }

  @Test("A tag that cannot be read costs neither the role nor completeness")
  func badTag() throws {
    let page = try accountPage(#"{"RoleDetailList":[{"RoleId":"AROAX","Tags":[1,{},{"Key":"k"}]}]}"#)
    #expect(page.roles.first?.tags == [Tag(key: "k", value: "")])
    #expect(page.unreadable.isEmpty)
  }

  @Test("A number too large for a count is reported")
  func hugeNumber() throws {
    let huge = String(repeating: "9", count: 400)
    let reading = try reading(
      #"{"RoleDetailList":[],"Policies":[{"Arn":"arn:aws:iam::aws:policy/P","AttachmentCount":\#(huge)}]}"#)
    #expect(reading.marks.contains("wrong-type $.Policies[0].AttachmentCount"))
  }

  @Test("A page of empty lists is a page")
  func empty() throws {
    let page = try accountPage(page())
    #expect(page.listsPresent == AccountPage.DetailList.allCases)
    #expect(page.accounts.isEmpty)
  }

  @Test("A page whose lists are no lists is an error")
  func noLists() {
    #expect(throws: SnapshotError.self) { try reading(#"{"RoleDetailList":"x","Policies":{}}"#) }
  }

  @Test("A list that is no list is reported, and the others are read")
  func oneBadList() throws {
    let page = try accountPage(#"{"UserDetailList":{},"RoleDetailList":[{"RoleId":"AROAX"}]}"#)
    #expect(page.listsPresent == [.roles])
    #expect(page.unreadable == ["$.UserDetailList"])
  }

  @Test("A truncation mark that is no truth value is a loss")
  func badTruncation() throws {
    let page = try accountPage(page(#""IsTruncated":"true""#))
    #expect(page.isTruncated == nil)
    #expect(page.unreadable == ["$.IsTruncated"])
  }
}
