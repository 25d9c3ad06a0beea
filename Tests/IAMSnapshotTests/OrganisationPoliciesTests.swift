import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Organisation policies")
struct OrganisationPoliciesTests {
  @Test("Each account has its levels, each level its documents")
  func levels() throws {
    let policies = try organisationPolicies(
      #"""
      {"organizationId":"o-example","managementAccountId":"111122223333","accounts":{
      "444455556666":[[{"Id":"a"},"{\"Id\":\"b\"}"],["%7B%22Id%22%3A%22c%22%7D"]]}}
      """#)
    #expect(policies.organizationID == "o-example")
    #expect(policies.managementAccount?.description == "111122223333")
    let account = try #require(AccountID("444455556666"))
    #expect(
      policies.levels[account]?.map { $0.map(\.canonicalText) } == [
        [#"{"Id":"a"}"#, #"{"Id":"b"}"#], [#"{"Id":"c"}"#],
      ])
  }

  @Test("A bad account id is reported without its control characters, and the other accounts stay")
  func badAccount() throws {
    let reading = try reading(
      #"{"managementAccountId":"12","accounts":{"\u001b[31m":[],"444455556666":[]},"organizationId":"o"}"#)
    #expect(
      reading.marks == [
        "malformed-account-id $.managementAccountId", #"malformed-account-id $.accounts["?[31m"]"#,
      ])
    guard case .organisationPolicies(let policies) = reading.documents[0] else { throw Unexpected() }
    #expect(policies.managementAccount == nil)
    #expect(policies.levels.count == 1)
  }

  @Test(
    "No document is dropped, however wrong its place",
    arguments: [
      ("{}", "wrong-type", [["{}"]]), ("[{}]", "wrong-type", [["{}"]]),
      ("[[5]]", "policy-not-object", [["5"]]), (#"[["x"]]"#, "policy-not-json", [["x"]]),
      ("[[]]", "level-empty", [[]]), ("[[null]]", "policy-not-object", [["null"]]),
    ])
  func kept(levels: String, code: String, texts: [[String]]) throws {
    let reading = try reading(#"{"organizationId":"o","accounts":{"444455556666":\#(levels)}}"#)
    #expect(reading.problems.map(\.code).contains(code))
    guard case .organisationPolicies(let policies) = reading.documents[0] else { throw Unexpected() }
    #expect(policies.levels.values.first?.map { $0.map(\.canonicalText) } == texts)
  }

  @Test("An account that stands twice is limited by both")
  func twice() throws {
    let policies = try organisationPolicies(
      #"{"organizationId":"o","accounts":{"444455556666":[[{}]],"444455556666":[[{"Id":"b"}]]}}"#)
    #expect(policies.levels.values.first?.count == 2)
  }

  @Test("Accounts that are no object are an error")
  func broken() {
    #expect(throws: SnapshotError.self) { try reading(#"{"organizationId":"o","accounts":[]}"#) }
  }
}
