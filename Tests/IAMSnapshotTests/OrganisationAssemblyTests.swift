import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Organisations put together from answers")
struct OrganisationAssemblyTests {
  private static let scp = "SERVICE_CONTROL_POLICY"
  private static let rcp = "RESOURCE_CONTROL_POLICY"

  private func organizations(
    _ operation: String, _ output: String, _ resource: String? = nil, filter: String? = nil,
    takenAt: String = "2026-10-31T10:00:00Z", complete: Bool = true
  ) -> String {
    line(
      "organizations \(operation)", output, resource: resource, region: nil, takenAt: takenAt,
      complete: complete,
      parameters: filter.map { #"{"filter":"\#($0)"}"# } ?? "{}")
  }

  private func attached(
    _ target: String, _ ids: [String], type: String = scp, takenAt: String = "2026-10-31T10:00:00Z"
  )
    -> String
  {
    let policies = ids.map { #"{"Id":"\#($0)","Name":"n\#($0)","Type":"\#(type)"}"# }.joined(separator: ",")
    return organizations(
      "list-policies-for-target", #"{"Policies":[\#(policies)]}"#, target, filter: type, takenAt: takenAt)
  }

  private func policy(_ id: String, _ document: String, type: String = scp) -> String {
    #"{"Policy":{"PolicySummary":{"Id":"\#(id)","Type":"\#(type)"},"Content":"\#(document)"}}"#
  }

  /// A root, a unit in it, an account in that; a policy at the unit.
  private var whole: [String] {
    [
      organizations(
        "describe-organization",
        #"{"Organization":{"Id":"o-1","MasterAccountId":"111122223333","FeatureSet":"ALL"}}"#),
      organizations("list-accounts-for-parent", #"{"Accounts":[{"Id":"111122223333"}]}"#, "r-1"),
      organizations(
        "list-organizational-units-for-parent", #"{"OrganizationalUnits":[{"Id":"ou-1-a"}]}"#, "r-1"),
      organizations("list-accounts-for-parent", #"{"Accounts":[{"Id":"444455556666"}]}"#, "ou-1-a"),
      attached("r-1", ["p-FullAWSAccess"]), attached("ou-1-a", ["p-FullAWSAccess", "p-1"]),
      attached("444455556666", ["p-FullAWSAccess"]),
      attached("r-1", ["p-RCPFullAWSAccess"], type: Self.rcp), attached("ou-1-a", ["p-r"], type: Self.rcp),
      attached("444455556666", [], type: Self.rcp), policy("p-1", "{}"), policy("p-r", "[]", type: Self.rcp),
    ]
  }

  private func assemble(_ lines: [String], asOf: String? = nil) throws -> OrganisationPolicies? {
    let found = try answers("[\(lines.joined(separator: ","))]")
    return OrganisationPolicies.assemble(found, asOf: asOf.flatMap { UTCTime(iso8601: $0) })
  }

  private func ids(_ levels: [OrganisationLevel]?) -> [[String]?]? {
    levels?.map { $0.policies?.map { $0.document.isJSON ? $0.id ?? "" : "?\($0.id ?? "")" } }
  }

  private let account = AccountID("444455556666")

  @Test("Levels run from the root to the account, whatever the order of the answers")
  func levels() throws {
    for lines in [whole, whole.reversed()] {
      let account = try #require(account)
      let policies = try #require(try assemble(lines))
      #expect(policies.organizationID == "o-1")
      #expect(policies.managementAccount?.description == "111122223333")
      #expect(policies.serviceControls[account]?.map(\.target) == ["r-1", "ou-1-a", "444455556666"])
      #expect(
        ids(policies.serviceControls[account]) == [
          ["p-FullAWSAccess"], ["p-1", "p-FullAWSAccess"], ["p-FullAWSAccess"],
        ])
      #expect(ids(policies.resourceControls[account]) == [["p-RCPFullAWSAccess"], ["p-r"], []])
      #expect(policies.unknowns[account] == nil)
    }
  }

  @Test(
    "What is missing makes a level unknown, never empty",
    arguments: [
      (3, [nil] as [[String]?]), (4, [nil, ["p-1", "p-FullAWSAccess"], ["p-FullAWSAccess"]]),
      (6, [["p-FullAWSAccess"], ["p-1", "p-FullAWSAccess"], nil]),
      (10, [["p-FullAWSAccess"], ["?p-1", "p-FullAWSAccess"], ["p-FullAWSAccess"]]),
    ])
  func missing(without: Int, expected: [[String]?]) throws {
    var lines = whole
    lines.remove(at: without)
    lines.append(
      #"{"Accounts":[{"Id":"444455556666","Arn":"arn:aws:organizations::111122223333:account/o-1/444455556666"}]}"#
    )
    let account = try #require(account)
    let policies = try #require(try assemble(lines))
    let found = ids(policies.serviceControls[account])
    #expect(without == 3 ? found == [nil, ["p-FullAWSAccess"]] : found == expected)
    #expect(policies.unknowns[account]?.isEmpty == false)
    #expect(policies.levels[account]?.contains { $0.contains { !$0.isJSON } } == true)
  }

  @Test("Paths in list-accounts tell the tree, and ARNs the management account")
  func paths() throws {
    let policies = try #require(
      try assemble([
        #"""
        {"Accounts":[{"Id":"444455556666","Arn":"arn:aws:organizations::111122223333:account/o-1/444455556666",
        "Paths":["o-1/r-1/ou-1-a/444455556666/"]}]}
        """#
      ]))
    let account = try #require(account)
    #expect(policies.managementAccount?.description == "111122223333")
    #expect(policies.organizationID == "o-1")
    #expect(policies.serviceControls[account]?.map(\.target) == ["r-1", "ou-1-a", "444455556666"])
    #expect(policies.serviceControls[account]?.allSatisfy { $0.policies == nil } == true)
  }

  @Test("The targets of all policies tell the same as the policies of all targets")
  func targets() throws {
    func targets(_ id: String, _ targets: [String]) -> String {
      let items = targets.map { #"{"TargetId":"\#($0)"}"# }.joined(separator: ",")
      return organizations("list-targets-for-policy", #"{"Targets":[\#(items)]}"#, id)
    }
    let list = organizations(
      "list-policies",
      #"{"Policies":[{"Id":"p-FullAWSAccess","Type":"\#(Self.scp)"},{"Id":"p-1","Type":"\#(Self.scp)"}]}"#,
      Self.scp)
    let lines =
      whole.enumerated().filter { !(4...6).contains($0.offset) }.map(\.element) + [
        list, targets("p-1", ["ou-1-a"]), targets("p-FullAWSAccess", ["r-1", "ou-1-a", "444455556666"]),
      ]
    #expect(
      try assemble(lines)?.serviceControls.mapValues(ids) == assemble(whole)?.serviceControls.mapValues(ids))
    let cut = Array(lines.dropLast())
    let account = try #require(account)
    #expect(ids(try assemble(cut)?.serviceControls[account]) == [nil, nil, nil])
  }

  @Test("Of answers of different times the newest before the asked one counts")
  func times() throws {
    let later = attached("ou-1-a", ["p-FullAWSAccess"], takenAt: "2026-11-10T00:00:00Z")
    let account = try #require(account)
    func level(_ asOf: String?) throws -> [String]? {
      ids(try assemble([later] + whole, asOf: asOf)?.serviceControls[account])?[1]
    }
    #expect(try level("2026-10-31T23:59:59Z") == ["p-1", "p-FullAWSAccess"])
    #expect(try level("2026-11-11T00:00:00Z") == ["p-FullAWSAccess"])
    #expect(try level(nil) == ["p-FullAWSAccess"])
    #expect(try level("2026-01-01T00:00:00Z") == ["p-1", "p-FullAWSAccess"])
  }

  @Test("Two documents of one policy and one time are none")
  func contradiction() throws {
    let account = try #require(account)
    let policies = try assemble(whole + [policy("p-1", #"{\"Id\":\"other\"}"#)])
    #expect(ids(policies?.serviceControls[account])?[1] == ["?p-1", "p-FullAWSAccess"])
  }

  @Test(
    "Where a type of policy is not in force, nothing of it limits",
    arguments: [
      #"{"Roots":[{"Id":"r-1","PolicyTypes":[]}]}"#,
      #"{"Organization":{"Id":"o-1","FeatureSet":"CONSOLIDATED_BILLING"}}"#,
    ])
  func disabled(json: String) throws {
    let account = try #require(account)
    let policies = try assemble([json] + whole.dropFirst().prefix(3))
    #expect(policies?.serviceControls[account] == [])
    #expect(policies?.resourceControls[account] == [])
    #expect(policies?.unknowns[account] == nil)
  }

  @Test("A loop of parents ends, and what is above is unknown")
  func loop() throws {
    let account = try #require(account)
    let policies = try assemble([
      organizations("list-parents", #"{"Parents":[{"Id":"ou-1-b"}]}"#, "444455556666"),
      organizations("list-parents", #"{"Parents":[{"Id":"ou-1-a"}]}"#, "ou-1-b"),
      organizations("list-children", #"{"Children":[{"Id":"ou-1-b"}]}"#, "ou-1-a"),
      organizations("list-parents", #"{"Parents":[{"Id":"ou-1-b"}]}"#, "ou-1-a"),
    ])
    #expect(policies?.serviceControls[account]?.first?.target == .some(nil))
  }

  @Test("The full form tells the same as the answers")
  func fullForm() throws {
    let json = #"""
      {"organizationId":"o-1","managementAccountId":"111122223333","takenAt":"2026-10-31T10:00:00Z",
       "roots":[{"id":"r-1"}],"units":[{"id":"ou-1-a","parent":"r-1"}],
       "accounts":[{"id":"111122223333","parent":"r-1"},{"Id":"444455556666","ParentId":"ou-1-a"}],
       "policies":[{"id":"p-1","type":"SERVICE_CONTROL_POLICY","name":"np-1","document":{}},
         {"PolicySummary":{"Id":"p-r","Type":"RESOURCE_CONTROL_POLICY"},"Content":"[]"}],
       "attachments":[{"target":"r-1","policies":["p-FullAWSAccess","p-RCPFullAWSAccess"]},
         {"target":"ou-1-a","policy":"p-1"},{"target":"ou-1-a","policies":[{"Id":"p-FullAWSAccess"}]},
         {"TargetId":"ou-1-a","PolicyId":"p-r"},{"target":"444455556666","policy":"p-FullAWSAccess"}]}
      """#
    let account = try #require(account)
    let form = try organisationPolicies(json)
    let assembled = try #require(try assemble(whole))
    #expect(form.takenAt == assembled.takenAt)
    #expect(form.managementAccount == assembled.managementAccount)
    #expect(form.levels[account] == assembled.levels[account])
    #expect(ids(form.resourceControls[account]) == ids(assembled.resourceControls[account]))
    #expect(form.unknowns[account] == nil)
  }

  @Test("In the full form too, what is not attached anywhere is unknown")
  func holes() throws {
    let account = try #require(account)
    let form = try organisationPolicies(
      #"{"roots":[],"accounts":[{"id":"444455556666"},{"id":"x"},7],"policies":[],"attachments":[]}"#)
    #expect(ids(form.serviceControls[account]) == [nil, nil])
    #expect(form.unknowns[account]?.count == 3)
  }
}
