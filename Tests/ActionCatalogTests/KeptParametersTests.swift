import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("What a call needed, by what is kept of its parameters")
struct KeptParametersTests {
  private let catalog = ActionCatalog.builtIn

  /// What the call needed, and what it may have needed beside that.
  private func actions(_ call: String, _ names: String, _ lines: String...) -> (
    needed: [String], possible: [String]
  ) {
    let words = call.split(separator: " ")
    let source = "\(words[0]).amazonaws.com", name = String(words[1])
    let kept = KeptParameters(names: names, deciding: lines.joined(separator: "\n"))
    let needed = catalog.resolve(Call(eventSource: source, eventName: name, parameters: kept.parameters))
    let possible = catalog.undecidedActions(eventSource: source, eventName: name, kept: kept)
    return (
      needed.actions.map(\.description),
      possible.map(\.description).filter {
        $0.contains("PartiQL") || $0.contains("Item") || $0.contains("GetObject") || $0.contains("Acl")
      }
    )
  }

  private static let verbs = ["Delete", "Insert", "Select", "Update"].map { "dynamodb:PartiQL\($0)" }

  @Test("A statement whose verb is kept needed one action, and no other one is possible")
  func statement() {
    let (needed, possible) = actions("dynamodb ExecuteStatement", "statement", "statement=select")
    #expect(needed == ["dynamodb:PartiQLSelect"])
    #expect(possible == [])
  }

  @Test("A statement of which no verb is kept may have needed any")
  func undecided() {
    #expect(actions("dynamodb ExecuteStatement", "statement").possible == Self.verbs)
    #expect(actions("dynamodb ExecuteStatement", "statement", "statement").possible == Self.verbs)
    #expect(actions("dynamodb ExecuteStatement", "omitted,originalSize").possible == Self.verbs)
  }

  @Test("A call without the parameter needed nothing by it")
  func absent() {
    #expect(actions("dynamodb ExecuteStatement", "limit").possible == [])
    #expect(actions("dynamodb ExecuteStatement", "statement", "!statement").possible == [])
    #expect(actions("dynamodb ExecuteStatement", "").possible == [])
  }

  @Test("Of several statements those that are understood are uses, and the rest may be anything")
  func several() {
    let place = "statements[].statement"
    let all = actions("dynamodb BatchExecuteStatement", "statements", place + "=delete", place + "=select")
    #expect(all.needed == ["dynamodb:PartiQLDelete", "dynamodb:PartiQLSelect"])
    #expect(all.possible == [])
    let half = actions("dynamodb BatchExecuteStatement", "statements", place, place + "=delete")
    #expect(half.needed == ["dynamodb:PartiQLDelete"])
    #expect(half.possible == ["Insert", "Select", "Update"].map { "dynamodb:PartiQL\($0)" })
  }

  @Test("Of a transaction the items that are there are uses, and those that are not are none")
  func items() {
    let call = actions(
      "dynamodb TransactWriteItems", "transactItems", "!transactItems[].conditionCheck",
      "!transactItems[].delete", "transactItems[].put", "transactItems[].update")
    #expect(Set(call.needed) == ["dynamodb:PutItem", "dynamodb:UpdateItem"])
    #expect(call.possible == [])
    let partly = actions("dynamodb TransactWriteItems", "transactItems", "transactItems[].put")
    #expect(partly.needed == ["dynamodb:PutItem"])
    #expect(partly.possible == ["ConditionCheckItem", "DeleteItem", "UpdateItem"].map { "dynamodb:\($0)" })
  }

  @Test("A copy of a version needed the version's action")
  func copy() {
    let names = "bucketName,key,x-amz-copy-source"
    #expect(
      actions("s3 CopyObject", names, "x-amz-copy-source=?versionId=").needed.prefix(2)
        == ["s3:PutObject", "s3:GetObjectVersion"])
    let current = actions("s3 CopyObject", names, "x-amz-copy-source=current")
    #expect(current.needed.prefix(2) == ["s3:PutObject", "s3:GetObject"])
    #expect(!current.possible.contains("s3:GetObjectVersion"))
    #expect(actions("s3 CopyObject", names).possible.contains("s3:GetObjectVersion"))
  }

  @Test("Headers that grant leave open what an access control list needed")
  func grants() {
    #expect(actions("s3 PutObject", "key,x-amz-acl", "x-amz-acl=private").needed.contains("s3:PutObjectAcl"))
    #expect(!actions("s3 PutObject", "key").possible.contains("s3:PutObjectVersionAcl"))
  }

  @Test(
    "Text that nobody wrote changes nothing", arguments: ["=", "!", "\n\n", "=a", "!!", "a=b=c", "a\u{0}b"])
  func odd(_ text: String) {
    let kept = KeptParameters(names: text, deciding: text)
    _ = kept.parameters
    #expect(
      catalog.undecidedActions(
        eventSource: "dynamodb.amazonaws.com", eventName: "ExecuteStatement", kept: kept) == [])
  }
}
