import Foundation

/// Answers of `lookup-events` and `describe-regions`, as a world's `history` has them in short, written as the lines of a
/// collecting script.
struct HistoryFile {
  let json: JSON
  let world: World

  var text: String {
    get throws {
      let encoder = JSONEncoder()
      return try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        .joined(separator: "\n") + "\n"
    }
  }

  private var lines: [JSON] {
    let account = json["account"] ?? .string(world.account)
    let taken = json["takenAt"] ?? "2026-11-01T02:00:00Z"
    if let enabled = json["enabled"]?.strings {
      let output: JSON = ["Regions": .array(enabled.map { ["RegionName": .string($0)] })]
      return [line("ec2 describe-regions", account, nil, [:], taken, output)]
    }
    let regions = json["regions"]?.strings ?? ["us-east-1", "eu-west-1"]
    var parameters: [String: JSON] = [
      "start-time": json["from"] ?? "2026-08-04T00:00:00Z", "end-time": json["to"] ?? "2026-11-01T00:59:59Z",
    ]
    for (name, value) in json["parameters"]?.object ?? [:] { parameters[name] = value }
    var output: [String: JSON] = ["Events": .array(json["events"]?.array ?? [])]
    if json["more"] != nil { output["NextToken"] = "x" }
    return regions.map { line("cloudtrail lookup-events", account, $0, parameters, taken, .object(output)) }
  }

  private func line(
    _ command: String, _ account: JSON, _ region: String?, _ parameters: [String: JSON], _ taken: JSON,
    _ output: JSON
  ) -> JSON {
    let error = json["error"].map { ["code": $0, "message": "no"] as JSON }
    return [
      "accessreview": .number(1), "command": .string(command), "account": account,
      "region": region.map { .string($0) } ?? .null, "resource": .null, "parameters": .object(parameters),
      "takenAt": taken, "complete": json["complete"] ?? .bool(error == nil), "error": error ?? .null,
      "output": error == nil ? output : .null,
    ]
  }
}
