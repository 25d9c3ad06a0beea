import IAMSnapshot
import Testing

@Suite("Policy documents as found")
struct RawPolicyTests {
  private func trustPolicy(_ written: String) throws -> (policy: RawPolicy?, codes: [String]) {
    let reading = try reading(
      #"{"RoleDetailList":[{"RoleId":"AROAX","AssumeRolePolicyDocument":\#(written)}]}"#)
    guard case .accountPage(let page) = reading.documents[0] else { throw Unexpected() }
    return (page.roles.first?.trustPolicy, reading.problems.map(\.code))
  }

  @Test(
    "Objects, strings and percent-encoded strings give the same document",
    arguments: [
      #"{"Version":"2012-10-17","Statement":[]}"#,
      #""{\"Statement\": [], \"Version\": \"2012-10-17\"}""#,
      #""%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D""#,
      #""%7b%0A%22Statement%22:[],%22Version%22:%222012-10-17%22}""#,
    ])
  func forms(written: String) throws {
    let (policy, codes) = try trustPolicy(written)
    #expect(policy == RawPolicy(canonicalText: #"{"Statement":[],"Version":"2012-10-17"}"#, isJSON: true))
    #expect(codes.isEmpty)
  }

  @Test("A plus sign stays a plus sign")
  func plus() throws {
    #expect(try trustPolicy(#""%7B%22Id%22%3A%22a+b%22%7D""#).policy?.canonicalText == #"{"Id":"a+b"}"#)
  }

  @Test("A document in plain text keeps its percent signs")
  func plainPercent() throws {
    #expect(try trustPolicy(#""{\"Id\":\"a%2Fb\"}""#).policy?.canonicalText == #"{"Id":"a%2Fb"}"#)
  }

  @Test(
    "What is not JSON is kept as text and reported",
    arguments: [
      "not json", "%7B%22Id%22%3A%2", "%7B%ZZ%7D", "%FF%FE", "", "%7B%22a%22%3A1%7D%7D", "<no value>",
    ])
  func notJSON(text: String) throws {
    let (policy, codes) = try trustPolicy(#""\#(text)""#)
    #expect(policy == RawPolicy(canonicalText: text, isJSON: false))
    #expect(codes == ["policy-not-json"])
  }

  @Test("JSON that is no object is kept and reported", arguments: ["5", "[]", "true", #""[1]""#, #""null""#])
  func notObject(written: String) throws {
    let (policy, codes) = try trustPolicy(written)
    #expect(policy?.isJSON == true)
    #expect(codes == ["policy-not-object"])
  }

  @Test("A document without a statement is no problem here")
  func withoutStatement() throws {
    let (policy, codes) = try trustPolicy(#"{"Version":"2012-10-17"}"#)
    #expect(policy?.isJSON == true)
    #expect(codes.isEmpty)
  }

  @Test("A document nested too deep in a string is not JSON, and no crash")
  func deep() throws {
    let (policy, codes) = try trustPolicy("\"\(String(repeating: "[", count: 100_000))\"")
    #expect(policy?.isJSON == false)
    #expect(codes == ["policy-not-json"])
  }

  @Test("A null document is none")
  func null() throws {
    #expect(try trustPolicy("null").policy == nil)
  }
}
