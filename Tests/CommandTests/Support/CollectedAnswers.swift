import Foundation
import Testing

/// Lines of a collecting script about users, roles and IAM Identity Center, and a store that has them.
enum CollectedAnswers {
  static func line(
    _ command: String, _ output: Value, resource: String? = nil, account: String = Story.accounts[0],
    parameters: [(String, Value)] = [], at day: Int = 1, complete: Bool = true, error: String? = nil
  ) -> String {
    let value: Value = .object([
      ("accessreview", 1), ("command", .text(command)), ("account", .text(account)), ("region", .null),
      ("resource", resource.map { .text($0) } ?? .null), ("parameters", .object(parameters)),
      ("takenAt", .text("2026-10-\(day < 10 ? "0" : "")\(day)T10:00:00Z")),
      ("complete", .flag(complete && error == nil)),
      ("error", error.map { .object([("code", .text($0)), ("message", "")]) } ?? .null),
      ("output", error == nil ? output : .null),
    ])
    return value.json
  }

  static func imported(_ lines: [String], _ more: [(name: String, text: String)] = []) throws
    -> StoreReader
  {
    let folder = try TemporaryFolder()
    try folder.write(lines.joined(separator: "\n"), to: "in/a.jsonl")
    try folder.write(lines.reversed().joined(separator: "\n"), to: "again/b.jsonl")
    for file in more { try folder.write(file.text, to: file.name) }
    let names = Set(more.map { String($0.name.split(separator: "/")[0]) }).sorted()
    for paths in [["in"] + names, ["again"]] {
      let outcome = try Program.run(["import", "--db", "x.sqlite"] + paths, in: folder)
      #expect([0, 3].contains(outcome.status), "\(outcome.output)\(outcome.error)")
    }
    let store = try StoreReader(folder.path("x.sqlite"))
    #expect(try store.damage() == [])
    return store
  }
}
