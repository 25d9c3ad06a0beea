import IAMIdentifiers
import Testing

@testable import ActionCatalog

@Suite("What the rows of a call answer")
struct AnswersTests {
  /// A call whose tags may need the tag action, one of whose parameters adds an action, and one replaces.
  static let rows = [
    "fold\tMake\t\tfold:Make ?fold:Paint ?fold:Cut", "fold\tMake\tcolour\t+fold:Paint",
    "fold\tMake\ttags\tfold:Make ?fold:Tag",
  ].map(row)

  static func row(_ text: String) -> CallRow {
    var text = text
    return text.withUTF8 { CallRow(TableLine(bytes: $0)) }
  }

  func answers(_ parameters: [String: String]?) -> Answers {
    Answers(Self.rows, Call(eventSource: "fold", eventName: "Make", parameters: parameters))
  }

  func judged(_ name: String, _ parameters: [String: String]?) throws -> ConditionalAction? {
    answers(parameters).judge(try #require(ActionName(name)))
  }

  @Test("What no row would add stays conditional, with nothing that decides")
  func undecidable() throws {
    for parameters in [nil, [:], ["tags": "a"]] as [[String: String]?] {
      let tag = try judged("fold:Tag", parameters)
      #expect(tag?.action.description == "fold:Tag" && tag?.parameter == nil)
      #expect(try judged("fold:Cut", parameters) != nil)
    }
  }

  @Test("What a row would add is needed, not needed or open, as its parameter is")
  func decidable() throws {
    #expect(try judged("fold:Paint", nil)?.parameter == "colour")
    #expect(try judged("fold:Paint", [:]) == nil)
    #expect(answers(["colour": "red"]).added.map(\.description) == ["fold:Paint"])
  }

  @Test("A row that holds and adds nothing stands in for the unconditional one")
  func replacing() {
    #expect(answers(["tags": "a"]).replacing?.conditional.map(\.description) == ["fold:Tag"])
    #expect(answers(["colour": "red"]).replacing == nil)
    #expect(answers(nil).replacing == nil)
    #expect(answers(nil).undecided.map(\.parameter) == ["colour", "tags", "tags"])
  }
}
