import AccessReview
import EvidenceStore
import Foundation
import IAMIdentifiers
import Testing

/// A small organisation as a scenario describes it: written as files, imported and reviewed.
///
/// Tests/Scenarios/README.md says what its fields mean.
struct World: Sendable, CustomTestStringConvertible {
  let json: JSON

  var testDescription: String { json["world"]?.string ?? "" }
  var account: String { json["account"]?.string ?? "111122223333" }
  var partition: String { json["partition"]?.string ?? "aws" }
  var roles: [RoleCase] { (json["roles"]?.array ?? []).map { RoleCase(json: $0, world: self) } }

  /// The worlds of a file in Tests/Scenarios.
  static func load(_ name: String) throws -> [World] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Scenarios/\(name)")
    let json = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))
    return (json["worlds"]?.array ?? []).map(World.init)
  }

  /// Imports all that the world has into a new store, and reviews it.
  func review() throws -> ReviewResult {
    let folder = FileManager.default.temporaryDirectory.appending(path: "world-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try EvidenceStore(path: try prepare(folder), access: .create)
    try importing(folder, into: store)
    let end = json["asOf"]?.string ?? "2026-10-31T23:59:59Z"
    guard let asOf = UTCTime(iso8601: end) else { throw Mistake.shape("asOf \(end)") }
    let period = ReviewPeriod(asOf: asOf, days: json["days"]?.number ?? 90)
    let assumed = try AssumedRecording(json["assumed"]?.strings ?? [])
    return try ReviewEngine(ReviewRequest(period: period, assumed: assumed)).run(on: store).result
  }

  enum Mistake: Error { case shape(String) }

  private func prepare(_ folder: URL) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.appending(path: "store.sqlite").path
  }

  private func importing(_ folder: URL, into store: EvidenceStore) throws {
    let trails = TrailFiles(world: self)
    for (index, files) in try trails.write(to: folder).enumerated() where !files.isEmpty {
      // The second list is of files that the user declares to be complete.
      _ = try Importer(.init(paths: files, declaresComplete: index == 1, threads: 1)).run(into: store)
    }
    let snapshots = json["snapshots"]?.array ?? [[:]]
    for (index, snapshot) in snapshots.enumerated() {
      let file = folder.appending(path: "iam/\(index).json")
      try SnapshotFile(world: self, snapshot: snapshot).document.write(to: file)
      let taken = snapshot["takenAt"]?.string ?? "2026-11-01T06:00:00Z"
      _ = try Importer(.init(paths: [file.path], takenAt: UTCTime(iso8601: taken), threads: 1)).run(
        into: store)
    }
    for (index, history) in (json["history"]?.array ?? []).enumerated() {
      let file = folder.appending(path: "history-\(index).jsonl")
      try HistoryFile(json: history, world: self).text.write(to: file, atomically: true, encoding: .utf8)
      _ = try Importer(.init(paths: [file.path], threads: 1)).run(into: store)
    }
    let declared = (json["declared"]?.array ?? []).map { trail -> JSON in
      var dated: [String: JSON] = ["document": DeclaredTrailFile(json: trail, world: self).document]
      dated["takenAt"] = trail["takenAt"]
      return .object(dated)
    }
    for (index, document) in ((json["documents"]?.array ?? []) + declared).enumerated() {
      let file = folder.appending(path: "documents/\(index).json")
      try (document["document"] ?? .null).write(to: file)
      let taken = document["takenAt"]?.string.flatMap { UTCTime(iso8601: $0) }
      _ = try Importer(.init(paths: [file.path], takenAt: taken, threads: 1)).run(into: store)
    }
  }
}

/// A role of a world, what it may and did, and what is to be said of it.
struct RoleCase: Sendable {
  let json: JSON
  let world: World

  var name: String { json["name"]?.string ?? "role" }
  /// As in the JSON, else made of the name.
  var id: String {
    json["id"]?.string ?? "AROA"
      + String(name.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }
  var path: String { json["path"]?.string ?? "/" }
  var account: String { json["account"]?.string ?? world.account }
  var arn: String { "arn:\(world.partition):iam::\(account):role\(path)\(name)" }
  var session: String { json["session"]?.string ?? "work" }
  var expected: [String: JSON] { json["expect"]?.object ?? [:] }

  var identity: JSON {
    [
      "type": "AssumedRole", "principalId": .string("\(id):\(session)"),
      "arn": .string("arn:\(world.partition):sts::\(account):assumed-role/\(name)/\(session)"),
      "accountId": .string(account), "accessKeyId": "ASIAEXAMPLE",
      "sessionContext": [
        "sessionIssuer": [
          "type": "Role", "principalId": .string(id), "arn": .string(arn), "accountId": .string(account),
          "userName": .string(name),
        ]
      ],
    ]
  }
}
