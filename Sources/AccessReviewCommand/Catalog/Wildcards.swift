import Foundation
import IAMIdentifiers
import IAMPolicy
import JSONText

/// Patterns and policies that may grant actions which did not exist when they were written.
struct Wildcards {
  private var patterns: [ActionPattern] = []
  private var statements: [(name: String, statement: Statement)] = []

  /// Whether anything was given.
  var isEmpty: Bool { patterns.isEmpty && statements.isEmpty }

  /// - Parameters:
  ///   - patterns: such as `bedrock:*`.
  ///   - policy: the path of a policy document.
  init(patterns: [String], policy: String?) throws {
    self.patterns = try patterns.map { text in
      guard let pattern = ActionPattern(text) else {
        throw UsageError(
          problem: "'\(TextTable.cut(text))' is no pattern of actions",
          remedy: "Give a service prefix, a colon and a name with * or ?, such as 'bedrock:*'.")
      }
      return pattern
    }
    guard let policy else { return }
    let data: Data
    do { data = try Data(contentsOf: URL(fileURLWithPath: policy)) } catch {
      throw InputError(place: policy, problem: "it cannot be read: \(error.localizedDescription)")
    }
    do {
      let document = try PolicyDocument(json: Wildcards.policy(in: JSONValue(json: Array(data))))
      statements = document.statements.map { statement in
        (statement.sid.map { "statement \($0)" } ?? "statement \(statement.index + 1)", statement)
      }
    } catch let error as any DescribedError {
      throw InputError(place: policy, problem: error.problem, remedy: error.remedy)
    }
  }

  /// The document itself, also where it lies in an answer of the AWS CLI (`get-policy-version`, `get-role-policy`).
  private static func policy(in json: JSONValue) -> JSONValue {
    let found = json["PolicyVersion"]?["Document"] ?? json["PolicyDocument"] ?? json
    if let text = found.string, let inner = try? JSONValue(json: text) { return inner }
    return found
  }

  /// The patterns and statements that grant an action; empty where the policy denies it everywhere.
  func granting(_ action: ActionName) -> [String] {
    var granting = patterns.filter { $0.matches(action) }.map(\.description)
    let isDenied = statements.contains { _, statement in
      statement.effect == .deny && statement.conditions.isEmpty && statement.coversEveryResource
        && statement.actions?.matches(action) == true
    }
    guard !isDenied else { return granting }
    for (name, statement) in statements
    where statement.effect == .allow && statement.actions?.matches(action) == true { granting.append(name) }
    return granting
  }
}

extension Statement {
  fileprivate var coversEveryResource: Bool {
    guard case .only(let patterns) = resources else { return resources == nil }
    return patterns.contains { $0.description == "*" }
  }
}
