import Foundation

/// Runs of `accessreview catalog`.
enum Catalog {
  /// What `resolve` made of lines.
  struct Resolved {
    let status: Int32
    /// Without their line feeds.
    let lines: [String]
    let error: String
  }

  static func resolving(_ lines: String..., in folder: TemporaryFolder) throws -> Resolved {
    try resolving(Data((lines.joined(separator: "\n") + "\n").utf8), in: folder)
  }

  static func resolving(_ input: Data, in folder: TemporaryFolder) throws -> Resolved {
    let outcome = try Program.run(["catalog", "resolve"], in: folder, input: input)
    var lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return Resolved(status: outcome.status, lines: lines, error: outcome.error)
  }

  /// A member of the added ones.
  struct Answer: Decodable, Equatable {
    struct Conditional: Decodable, Equatable {
      let action: String
      let parameter: String?
    }

    let actions: [String]
    let conditional: [Conditional]
    let visibility, rule: String
  }

  static func answer(_ line: String) throws -> Answer {
    try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
  }

  /// A line of what came out where no call went in.
  struct Refusal: Decodable, Equatable {
    let error: String
    let line: Int
  }

  static func refusal(_ line: String) throws -> Refusal {
    try JSONDecoder().decode(Refusal.self, from: Data(line.utf8))
  }

  /// A service reference file, as AWS publishes them.
  static func reference(
    _ service: String, actions: [(name: String, isWrite: Bool)],
    operations: [(name: String, action: String)] = []
  ) -> Value {
    [
      "Name": .text(service), "Version": "v1.4", "Resources": [], "ConditionKeys": [],
      "Actions": .list(
        actions.map { action in
          [
            "Name": .text(action.name), "Resources": [],
            "Annotations": [
              "Properties": [
                "IsList": false, "IsPermissionManagement": false, "IsTaggingOnly": false,
                "IsWrite": .flag(action.isWrite),
              ]
            ],
            "SupportedBy": [
              "IAM Access Analyzer Policy Generation": false, "IAM Action Last Accessed": true,
            ],
          ]
        }),
      "Operations": .list(
        operations.map { operation in
          [
            "Name": .text(operation.name),
            "AuthorizedActions": [["Name": .text(operation.action), "Service": .text(service)]],
          ]
        }),
    ]
  }
}
