import Foundation
import IAMIdentifiers
import IAMPolicy
import JSONText
import Testing

/// A case of `Tests/Scenarios/authorization`: a request with its policies, and the decision that AWS documents.
struct AuthorizationCase: Sendable, CustomTestStringConvertible {
  let file: String
  let title: String
  let decision: String
  let source: String
  /// False where the decision must say that it depends on something that is not known.
  let isCertain: Bool
  let request: JSONValue

  var testDescription: String { "\(file): \(title)" }

  /// The cases of every file, in the order of the files' names.
  static let all: [AuthorizationCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/authorization")
    let files =
      (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.flatMap { file in
      guard let data = try? Data(contentsOf: file),
        let json = try? JSONValue(json: String(decoding: data, as: UTF8.self)), let items = json.array
      else {
        Issue.record("\(file.lastPathComponent) is no list of cases")
        return [AuthorizationCase]()
      }
      return items.map { item in
        AuthorizationCase(
          file: file.deletingPathExtension().lastPathComponent, title: item["case"]?.string ?? "",
          decision: item["decision"]?.string ?? "", source: item["source"]?.string ?? "",
          isCertain: item["certain"]?.bool ?? true, request: item["request"] ?? .null)
      }
    }
  }()
}

/// Actions that can only be granted on every resource, as far as the scenarios need to know.
struct ScenarioFacts: ActionFacts {
  func supportsResourceLevelPermissions(_ action: ActionName) -> Bool {
    !["s3:listallmybuckets", "ec2:describeinstances", "iam:listusers", "kms:listkeys", "sts:getsessiontoken"]
      .contains(action.lowercased)
  }
}

@Suite("Decisions on requests")
struct AuthorizationScenarioTests {
  @Test("The cases are read, have a title and a source, and are many")
  func casesAreRead() {
    #expect(AuthorizationCase.all.count >= 700)
    for item in AuthorizationCase.all {
      #expect(!item.title.isEmpty && !item.source.isEmpty, "\(item.testDescription)")
    }
  }

  @Test("A request is decided as its case says", arguments: AuthorizationCase.all)
  func decides(_ item: AuthorizationCase) throws {
    let request = try SimulationRequest(json: item.request)
    let evaluation = PolicyEvaluator(facts: ScenarioFacts()).evaluate(request.request, request.policies)
    #expect(evaluation.decision.rawValue == item.decision, "\(evaluation.reason)")
    #expect(evaluation.isCertain == item.isCertain, "\(evaluation.dependsOn)")
  }
}
