import ActionCatalog
import Foundation
import IAMIdentifiers
import Testing

/// A case of `Tests/Scenarios/calls`: a call as recorded, and the actions that it needed.
struct CallCase: Decodable, Sendable, CustomTestStringConvertible {
  let source: String
  let name: String
  let type: String?
  let category: String?
  /// Left out: nobody knows what the call had.
  let parameters: [String: String]?
  let errorCode: String?
  let errorMessage: String?
  let actions: [String]
  let conditional: [String]?
  let rule: String
  let endpoint: Bool?
  let visibility: String?
  let why: String

  var call: Call {
    Call(
      eventSource: source, eventName: name, eventType: type ?? "AwsApiCall", eventCategory: category,
      parameters: parameters, errorCode: errorCode, errorMessage: errorMessage)
  }

  var testDescription: String { "\(source) \(name): \(why)" }

  /// The cases of every file, in the order of the files' names.
  static let all: [CallCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/calls")
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.flatMap { file in
      guard let data = try? Data(contentsOf: file),
        let cases = try? JSONDecoder().decode([CallCase].self, from: data)
      else {
        Issue.record("\(file.lastPathComponent) is no list of cases")
        return [CallCase]()
      }
      return cases
    }
  }()
}
