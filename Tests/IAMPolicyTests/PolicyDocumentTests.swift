import IAMIdentifiers
import IAMPolicy
import Testing

@Suite("Policy documents")
struct PolicyDocumentTests {
  private func statement(_ members: String) throws -> Statement {
    let document = try PolicyDocument(text: "{\"Version\":\"2012-10-17\",\"Statement\":[{\(members)}]}")
    return try #require(document.statements.first)
  }

  @Test("A usual document is read as it stands")
  func usual() throws {
    let document = try PolicyDocument(
      text: """
        \u{FEFF} { "Version": "2012-10-17", "Id": "p", "Statement": [
          { "Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "arn:aws:s3:::b",
            "Condition": { "ForAllValues:StringLikeIfExists": { "aws:TagKeys": ["a", "b"] },
                           "NumericLessThan": { "aws:MultiFactorAuthAge": 3600 }, "Bool": { "aws:SecureTransport": true } } },
          { "Effect": "Deny", "NotAction": "iam:*", "NotResource": ["*"] } ] }
        """.replacing("\u{FEFF} ", with: "\u{FEFF}"))
    #expect(document.version == "2012-10-17")
    #expect(document.id == "p")
    #expect(document.problems.isEmpty)
    #expect(document.isUnderstood)
    let read = document.statements[0]
    #expect(read.sid == "Read")
    #expect(read.effect == .allow)
    #expect(read.conditionKeys == ["aws:TagKeys", "aws:MultiFactorAuthAge", "aws:SecureTransport"])
    #expect(read.conditions.map(\.values) == [["a", "b"], ["3600"], ["true"]])
    #expect(read.conditions[0].qualifier == .forAllValues)
    #expect(read.conditions[0].ifExists)
    #expect(read.conditions[0].comparison == .stringLike)
    #expect(document.statements[1].effect == .deny)
    #expect(document.statements[1].index == 1)
    guard case .except? = document.statements[1].actions, case .except? = document.statements[1].resources
    else {
      Issue.record("NotAction and NotResource are exceptions")
      return
    }
  }

  @Test("Without Version the old one holds, and variables are plain text")
  func oldVersion() throws {
    let document = try PolicyDocument(
      text: #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${aws:username}"}}"#)
    #expect(document.version == PolicyDocument.oldVersion)
    guard case .only(let patterns)? = document.statements.first?.resources else {
      return #expect(Bool(false))
    }
    #expect(patterns.map(\.hasVariables) == [false])
  }

  @Test(
    "What is no policy is an error that says what to do",
    arguments: [
      "", "null", "[]", "{}", "\"x\"", "{\"Version\":\"2012-10-17\"}", "{\"Statement\":\"x\"}",
      "{\"Statement\":null}",
      "%7B%22Version%22", "{\"Statement\":[", "{\"statement\":[]}",
    ])
  func noPolicy(text: String) {
    do throws(PolicyError) {
      _ = try PolicyDocument(text: text)
      Issue.record("read a policy from \(text)")
    } catch {
      #expect(!error.problem.isEmpty)
      #expect(!error.remedy.isEmpty)
      #expect(["not-a-policy", "policy-not-json"].contains(error.code))
    }
  }

  @Test(
    "A statement that is not understood stays, with its reason",
    arguments: [
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Comment":"x""#,
      #""Effect":"allow","Action":"s3:*","Resource":"*""#,
      #""Action":"s3:*","Resource":"*""#, #""Effect":"Allow","Resource":"*""#,
      #""Effect":"Allow","Action":"s3:*","NotAction":"iam:*","Resource":"*""#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","NotResource":"*""#,
      #""Effect":"Allow","Action":"s3:*","Action":"iam:*","Resource":"*""#,
      #""Effect":"Allow","Effect":"Deny","Action":"s3:*","Resource":"*""#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringMatches":{"a:b":"c"}}"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"NullIfExists":{"a:b":"true"}}"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"ForSome:StringEquals":{"a:b":"c"}}"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":"none""#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":"true"}"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"a:b":null}}"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"a:b":{"c":"d"}}}"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"a:b":"x","A:B":"y"}}"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"a:b":"x"},"Bool":{"c:d":"y"}}"#,
      #""Effect":"Allow","Action":7,"Resource":"*""#,
      #""Effect":"Allow","Action":["s3:*",null],"Resource":"*""#,
      #""Effect":"Allow","Action":"s3","Resource":"*""#, #""Effect":"Allow","NotAction":[],"Resource":"*""#,
      #""Effect":"Allow","Action":"s3:*","NotResource":[]"#,
      #""Effect":"Allow","Action":"s3:*","Resource":{"a":"b"}"#,
      #""Effect":["Allow"],"Action":"s3:*","Resource":"*""#,
      #""Sid":["a"],"Effect":"Allow","Action":"s3:*","Resource":"*""#,
      #""Effect":"Allow","Action":"s3:*","Principal":"anybody""#,
      #""Effect":"Allow","Action":"s3:*","Principal":{"Anyone":"*"}"#,
      #""Effect":"Allow","Action":"s3:*","Principal":"*","NotPrincipal":"*""#,
    ])
  func notUnderstood(members: String) throws {
    let document = try PolicyDocument(text: "{\"Version\":\"2012-10-17\",\"Statement\":[{\(members)}]}")
    let statement = try #require(document.statements.first)
    #expect(!statement.isUnderstood)
    #expect(document.problems.contains { $0.statementIndex == 0 && $0.sentence == statement.notUnderstood })
    #expect(document.problems.allSatisfy { !$0.remedy.isEmpty && !$0.sentence.hasSuffix(".") })
  }

  @Test("Of a name that occurs twice, neither value is believed")
  func duplicates() throws {
    let statement = try statement(#""Effect":"Allow","Effect":"Deny","Action":"s3:*","Resource":"*""#)
    #expect(statement.effect == .unknown)
    #expect(statement.actions == nil)
  }

  @Test("Statements that are no objects keep their place")
  func noObjects() throws {
    let document = try PolicyDocument(
      text: #"{"Statement":[1,{"Effect":"Allow","Action":"*","Resource":"*"},[],null]}"#)
    #expect(document.statements.map(\.index) == [0, 1, 2, 3])
    #expect(document.statements.map(\.isUnderstood) == [false, true, false, false])
  }

  @Test(
    "What is odd about the document as a whole makes every statement unknown",
    arguments: [
      #""Version":"2012-10-17 ","#, #""Version":20121017,"#, #""Comment":"x","#, #""Version":null,"#,
      #""Id":"a","Id":"b","#,
    ])
  func oddDocument(members: String) throws {
    let document = try PolicyDocument(
      text: "{\(members)\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}")
    #expect(document.statements.map(\.isUnderstood) == [false])
    #expect(document.problems.map(\.statementIndex) == [nil])
  }

  @Test("Two Statement elements are both read, and neither is understood")
  func twoStatements() throws {
    let text = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
    let document = try PolicyDocument(text: "{\"Statement\":\(text),\"Statement\":[\(text)]}")
    #expect(document.statements.map(\.isUnderstood) == [false, false])
  }

  @Test(
    "What IAM accepts but has no effect is a problem, and understood",
    arguments: [
      #""Effect":"Allow","Action":[],"Resource":"*""#, #""Effect":"Allow","Action":"s3:*","Resource":[]"#,
      #""Effect":"Allow","Action":"s3:*","Resource":"arn:aws:*:::x""#,
      #""Effect":"Allow","Action":"s3:*","Resource":"bucket""#,
      #""Effect":"Allow","Action":"s3:*","Principal":{"AWS":"arn:aws:iam::111122223333:role/*"}"#,
    ])
  func problems(members: String) throws {
    let document = try PolicyDocument(text: "{\"Version\":\"2012-10-17\",\"Statement\":[{\(members)}]}")
    #expect(document.statements.map(\.isUnderstood) == [true])
    #expect(document.problems.count == 1)
  }

  @Test("Condition operators are read whatever their case, with what stands around them")
  func operators() throws {
    for comparison in ConditionOperator.allCases where comparison != .null {
      let text = "forAnyValue:\(comparison.rawValue.uppercased())IfExists"
      let statement = try statement(
        #""Effect":"Allow","Action":"*","Resource":"*","Condition":{"\#(text)":{"k":[]}}"#)
      let condition = try #require(statement.conditions.first)
      #expect(condition.comparison == comparison)
      #expect(condition.qualifier == .forAnyValue)
      #expect(condition.ifExists)
      #expect(condition.operatorText == text)
    }
    #expect(ConditionOperator.allCases.filter(\.isNegated).count == 8)
  }

  @Test("Huge and hostile documents are read without trouble")
  func hostile() throws {
    let actions = (0..<20_000).map { "\"s3:A\($0)\u{7F}\"" }.joined(separator: ",")
    let huge = try PolicyDocument(
      text: "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\(actions)],\"Resource\":\"*\"}}")
    #expect(!huge.isUnderstood)
    #expect(
      huge.problems.allSatisfy { !$0.sentence.unicodeScalars.contains("\u{7F}") && $0.sentence.count < 300 })
    let names = (0..<50_000).map { "\"K\($0 % 100)\":1" }.joined(separator: ",")
    #expect(try !PolicyDocument(text: "{\"Statement\":{\(names)}}").isUnderstood)
    let deep = String(repeating: "[", count: 5_000)
    #expect(throws: PolicyError.self) { try PolicyDocument(text: "{\"Statement\":\(deep)}") }
  }
}
