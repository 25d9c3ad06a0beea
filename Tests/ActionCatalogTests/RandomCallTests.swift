import ActionCatalog
import IAMIdentifiers
import Testing

/// Numbers that look random and are the same each time.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

@Suite("Calls of random bytes")
struct RandomCallTests {
  let catalog = ActionCatalog.builtIn

  fileprivate static func text(_ dice: inout Dice, _ pieces: [String]) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...4, using: &dice) {
      if Bool.random(using: &dice), let piece = pieces.randomElement(using: &dice) {
        text += piece
      } else {
        let bytes = (0..<Int.random(in: 0...12, using: &dice)).map { _ in
          UInt8.random(in: 0...255, using: &dice)
        }
        text += String(decoding: bytes, as: UTF8.self)
      }
    }
    return text
  }

  @Test("Nothing traps, and whatever a call needs is in the catalogue", arguments: 1...40)
  func resolves(_ seed: UInt64) {
    var dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let sources = ["s3", "ec2", "kms", ".amazonaws.com", ".cn", "es", "dynamodb", "S3", "*", "\t"]
    let names = [
      "Get", "Object", "Batch", "s", "ies", "V2", "20150331", "v2", "_05_31", "2020", "ExecuteStatement", "*",
    ]
    for _ in 0..<50 {
      let call = Call(
        eventSource: Self.text(&dice, sources), eventName: Self.text(&dice, names),
        eventType: Bool.random(using: &dice) ? Self.text(&dice, ["AwsApiCall", "AwsVpceEvent"]) : nil,
        eventCategory: Bool.random(using: &dice) ? "Data" : nil,
        parameters: Bool.random(using: &dice)
          ? ["statement": Self.text(&dice, ["--", "/*", "*/", "SELECT", "\n"])] : nil,
        errorCode: Bool.random(using: &dice) ? "AccessDenied" : nil,
        errorMessage: Self.text(&dice, ["is not authorized to perform: ", "s3:", "allows "]))
      let resolution = catalog.resolve(call)
      if resolution.rule != .denialMessage {
        for action in resolution.actions + resolution.conditionalActions {
          #expect(catalog.index(of: action) != nil, "\(call)")
        }
      }
      #expect(resolution.rule != .unmapped || resolution.actions.isEmpty)
      #expect(resolution == catalog.resolve(call))
      _ = catalog.undecidedActions(
        eventSource: call.eventSource, eventName: call.eventName,
        kept: KeptParameters(names: "statement", deciding: ""))
    }
  }

  @Test("Random JSON is read or refused", arguments: 1...40)
  func json(_ seed: UInt64) {
    var dice = Dice(state: seed &* 0xBF58_476D_1CE4_E5B9)
    let pieces = [
      "{", "}", "[", "]", "\"versionId\"", ":", ",", "1", "\"a\"", "\\u", "null", "\"Name\":\"s3\"",
      "\"Actions\":[",
    ]
    for _ in 0..<50 {
      let text = Self.text(&dice, pieces)
      _ = try? catalog.call(eventSource: "s3", eventName: "GetObject", requestParameters: Array(text.utf8))
      _ = try? ServiceReference(json: text.utf8)
      _ = try? CatalogOverlay(bytes: text.utf8)
    }
  }
}
