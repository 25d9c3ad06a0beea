import ActionCatalog
import Foundation
import IAMIdentifiers
import Testing

/// A case of `Tests/Scenarios/calls.json`: a call as recorded, and the actions that it needed.
struct CallCase: Decodable, Sendable, CustomTestStringConvertible {
  let source: String
  let name: String
  let type: String?
  let category: String?
  let parameters: [String: String]?
  let errorCode: String?
  let errorMessage: String?
  let actions: [String]
  let conditional: [String]?
  let rule: String
  let endpoint: Bool?
  let why: String

  var call: Call {
    Call(
      eventSource: source, eventName: name, eventType: type ?? "AwsApiCall", eventCategory: category,
      parameters: parameters ?? [:], errorCode: errorCode, errorMessage: errorMessage)
  }

  var testDescription: String { "\(source) \(name): \(why)" }

  static let all: [CallCase] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/calls.json")
    guard let data = try? Data(contentsOf: file),
      let cases = try? JSONDecoder().decode([CallCase].self, from: data)
    else { return [] }
    return cases
  }()
}
