import IAMIdentifiers
import Testing

@testable import ActionCatalog

@Suite("Conditions on parameters")
struct ConditionTests {
  static func answer(_ condition: String, _ call: Call) -> Condition.Answer? {
    Condition(condition)?.answer(call)
  }

  static func call(
    _ parameters: [String: String]?, additional: [String: String]? = nil, category: String? = nil
  ) -> Call {
    Call(
      eventSource: "s3", eventName: "A", eventCategory: category, parameters: parameters,
      additionalEventData: additional)
  }

  @Test(
    "All terms of a condition must hold",
    arguments: [
      ("a", ["a": "1"], Condition.Answer.holds), ("a", [:], .fails), ("a", ["a": ""], .fails),
      ("a", nil, .unknown), ("a=x*", ["a": "XY"], .holds), ("a=x*", ["a": "yx"], .fails),
      ("a & b=2", ["a": "1", "b": "2"], .holds), ("a & b=2", ["a": "1", "b": "3"], .fails),
      ("a & b=2", ["b": "2"], .fails), ("a & b", nil, .unknown),
      ("a=*b*d", ["a": "abcd"], .holds), ("a=*b*d", ["a": "adcb"], .fails), ("a=b*b", ["a": "b"], .fails),
      ("a=x=y", ["a": "x=y"], .holds), ("a=", ["a": "x"], .fails), ("a=*", ["a": "x"], .holds),
      ("additionalEventData.k=v", ["additionalEventData.k": "V"], .holds),
      ("additionalEventData.k", [:], .fails), ("additionalEventData.k", nil, .unknown),
    ] as [(String, [String: String]?, Condition.Answer)])
  func terms(_ condition: String, _ parameters: [String: String]?, _ answer: Condition.Answer) {
    #expect(Self.answer(condition, Self.call(parameters)) == answer)
  }

  @Test("The category and additional data of an event are asked for too")
  func otherFields() {
    #expect(Self.answer("eventCategory=Data", Self.call(nil, category: "Data")) == .holds)
    #expect(Self.answer("eventCategory=Data", Self.call([:], category: "Management")) == .fails)
    #expect(Self.answer("eventCategory=Data", Self.call([:])) == .unknown)
    #expect(Self.answer("eventCategory=Data & a", Self.call(nil, category: "Management")) == .fails)
    #expect(Self.answer("additionalEventData.k", Self.call(nil, additional: ["k": "1"])) == .holds)
    #expect(Self.answer("additionalEventData.k", Self.call(nil, additional: [:])) == .fails)
  }

  @Test("Text that is no condition is refused", arguments: ["", "=a", "a & ", " & a", "a b", "a & & b"])
  func unreadable(_ text: String) { #expect(Condition(text) == nil) }

  @Test(
    "A statement's verb is found behind white space and comments, in any case",
    arguments: [
      "SELECT 1", "select 1", " \r\n\t select 1", "-- DELETE all\nSelect 1", "/* DELETE\n */ /**/ SELECT 1",
      "--a\n--b\n  select",
    ])
  func verbs(_ statement: String) {
    #expect(Self.answer("statement=SELECT*", Self.call(["statement": statement])) == .holds)
    #expect(Self.answer("statement=DELETE*", Self.call(["statement": statement])) == .fails)
  }

  @Test(
    "A comment without end, or nothing but comments, is no statement",
    arguments: ["/* SELECT", "--SELECT", "/*", "--", " ", "/*/ SELECT 1"])
  func endless(_ statement: String) {
    #expect(Self.answer("statement=SELECT*", Self.call(["statement": statement])) == .fails)
  }

  @Test("Of a list, one value is enough; a statement of several lines is one value")
  func lists() {
    #expect(Self.answer("s[].t=B*", Self.call(["s[].t": "a\nb"])) == .holds)
    #expect(Self.answer("t=B*", Self.call(["t": "a\nb"])) == .fails)
  }
}
