import IAMSnapshot
import Testing

@Suite("Telling documents apart")
struct RecognitionTests {
  @Test(
    "What is none of these documents is none",
    arguments: [
      "null", "1", "[]", "{}", "[[]]", #"{"Records":[]}"#, #"{"Version":"2012-10-17","Statement":[]}"#,
      #"{"Targets":[{"Id":"1"}]}"#, #"{"Grants":[{"Grantee":{}}]}"#,
      #"{"Attributes":{"SubscriptionArn":"x","TopicArn":"y"}}"#,
      #"{"Accounts":[{"Id":"1","Arn":"x"}]}"#, #"{"Instances":[{"InstanceId":"i-1"}]}"#,
      #"{"accessreview":1}"#,
      #"{"Policies":[]}"#,
      #"{"accounts":{}}"#, #"{"eventName":"PutEventSelectors","TrailARN":"x"}"#,
      #"[[{"RoleDetailList":[]}]]"#,
    ])
  func none(json: String) throws {
    #expect(try SnapshotDocument.recognise(bytes: json.utf8) == nil)
  }

  @Test(
    "Bytes that are not JSON are an error with a place",
    arguments: ["", "{", "\u{0}", "{\"RoleDetailList\":["])
  func notJSON(text: String) {
    let error = #expect(throws: SnapshotError.self) { try SnapshotDocument.recognise(bytes: text.utf8) }
    #expect(error?.code == "not-json")
    #expect(error?.place?.hasPrefix("byte ") == true)
  }

  @Test("An array may hold several documents, and what is none is reported")
  func array() throws {
    let reading = try reading(#"[{"RoleDetailList":[]},7,{"IsLogging":true},{"RoleDetailList":3}]"#)
    #expect(reading.documents.count == 2)
    #expect(reading.marks == ["not-recognised $[1]", "entry-unreadable $[3]"])
  }

  @Test("An array in which every document is broken is an error")
  func brokenArray() {
    #expect(throws: SnapshotError.self) { try reading(#"[{"RoleDetailList":3}]"#) }
  }

  @Test("Every problem says what to do", arguments: DocumentProblem.Kind.allCases)
  func remedies(kind: DocumentProblem.Kind) {
    #expect(kind.remedy.hasSuffix("."))
  }
}
