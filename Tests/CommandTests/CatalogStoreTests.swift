import Foundation
import Testing

/// The catalogue together with a store: what of a trail it cannot translate, and what lies over it.
@Suite struct CatalogStoreTests {
  private struct Status: Decodable {
    struct Reference: Decodable {
      let date: String
      let services: Int
      let sha256: String
    }
    struct Trail: Decodable {
      struct Untranslated: Decodable, Equatable {
        let eventSource, eventName, firstSeenAt, lastSeenAt: String
        let events: Int
      }
      struct Denial: Decodable, Equatable {
        let eventSource, eventName, namedAction: String
        let actions: [String]
        let events: Int
        let exampleEventId: String?
      }
      let calls, events, untranslatedCalls, untranslatedEvents: Int
      let untranslatedPercent: Double
      let untranslated: [Untranslated]
      let denials: [Denial]
    }
    struct Disagreement: Decodable, Equatable {
      let service, operation, rule: String
      let actions, reference: [String]
    }
    let version: String
    let date: String?
    let actions, services, retired: Int
    let visibility: [String: Int]
    let reference: Reference?
    let trail: Trail?
    let disagreements: [Disagreement]
  }

  private func status(_ options: String..., in folder: TemporaryFolder) throws -> Status {
    let outcome = try Program.run(["catalog", "status", "--format", "json"] + options, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    return try JSONDecoder().decode(Status.self, from: Data(outcome.output.utf8))
  }

  @Test("Without a store the catalogue tells of itself")
  func alone() throws {
    let folder = try TemporaryFolder()
    let status = try status(in: folder)
    #expect(status.actions > 22_000 && status.services > 400 && status.retired > 100)
    #expect(status.visibility.values.reduce(0, +) == status.actions)
    #expect(status.date?.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
    #expect(status.reference == nil && status.trail == nil)
    #expect(try Program.run("catalog", "status", in: folder).output.contains("There is no store here"))
    #expect(try Program.run("catalog", "status", "--db", "gone.sqlite", in: folder).status == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
  }

  /// Events of one role, some of which nothing is known of.
  private func trail() -> String {
    let session = Story.reader.session("s", started: Story.start)
    func event(_ number: Int, _ source: String, _ name: String, _ more: [(String, Value)] = []) -> String {
      Story.event(
        number, at: Story.start + number * 60, account: Story.accounts[0], region: Story.regions[0],
        source: source,
        name: name, by: session, more
      ).json
    }
    let denied: [(String, Value)] = [
      ("errorCode", "AccessDenied"),
      (
        "errorMessage",
        "User: arn:aws:sts::111122223333:assumed-role/reader/s is not authorized to perform: sqs:CreateQueue on resource: x"
      ),
    ]
    let records =
      (1...6).map { event($0, "sqs", "ListQueues") } + [
        event(7, "sqs", "MakeCoffee"), event(8, "sqs", "MakeCoffee"), event(9, "imaginary", "Do"),
        event(10, "sqs", "DeleteQueue", denied), event(11, "sqs", "DeleteQueue", denied),
        event(12, "sqs", "CreateQueue", denied),
      ]
    return "{\"Records\":[\(records.joined(separator: ","))]}"
  }

  @Test(
    "What could not be translated is counted, the most frequent first, and contradictions have an example")
  func untranslated() throws {
    let folder = try TemporaryFolder()
    try folder.write(trail(), to: "a.json")
    #expect(try Program.run("import", "a.json", in: folder).status == 0)
    let trail = try #require(try status(in: folder).trail)
    #expect(trail.calls == 5 && trail.events == 12)
    #expect(trail.untranslatedCalls == 2 && trail.untranslatedEvents == 3 && trail.untranslatedPercent == 25)
    #expect(
      trail.untranslated == [
        Status.Trail.Untranslated(
          eventSource: "sqs.amazonaws.com", eventName: "MakeCoffee", firstSeenAt: "2026-10-28T00:07:00Z",
          lastSeenAt: "2026-10-28T00:08:00Z", events: 2),
        Status.Trail.Untranslated(
          eventSource: "imaginary.amazonaws.com", eventName: "Do", firstSeenAt: "2026-10-28T00:09:00Z",
          lastSeenAt: "2026-10-28T00:09:00Z", events: 1),
      ])
    #expect(
      trail.denials == [
        Status.Trail.Denial(
          eventSource: "sqs.amazonaws.com", eventName: "DeleteQueue", namedAction: "sqs:CreateQueue",
          actions: ["sqs:DeleteQueue"], events: 2, exampleEventId: "00000000-0000-4000-8000-00000000000a")
      ])
    let text = try Program.run("catalog", "status", in: folder).output
    for word in ["12 events of 5 calls", "3 events of 2 calls, 25.0 %", "MakeCoffee", "sqs:CreateQueue"] {
      #expect(text.contains(word), "\(word) in \(text)")
    }
  }

  @Test("A service reference is laid over the catalogue, once, and a review says so")
  func update() throws {
    let folder = try TemporaryFolder()
    try folder.write(trail(), to: "a.json")
    for (name, page) in Story.pages { try folder.write(page, to: name) }
    #expect(try Program.run("import", "a.json", "iam", "--taken-at", Story.takenAt, in: folder).status == 0)
    let reference = Catalog.reference(
      "sqs", actions: [("MakeCoffee", true), ("ListQueues", false)],
      operations: [("MakeCoffee", "MakeCoffee"), ("DeleteQueue", "MakeCoffee")])
    try folder.write(reference, to: "reference/sqs.json")
    try folder.write(#"[{"service":"sqs","url":"https://example.com/sqs.json"}]"#, to: "reference/index.json")
    try folder.write("left alone", to: "reference/.hidden")
    let review = ["review", "--as-of", "2026-10-31"]
    #expect(try Program.run(review, in: folder).status == 0)
    let rows = { try StoreReader(folder.path("accessreview.sqlite")).rows($0) }

    let update = ["catalog", "update", "reference", "--taken-at", "2026-11-20"]
    let first = try Program.run(update, in: folder)
    #expect(first.status == 0 && first.output.contains("1 service, 2 actions, 2 operations"), "\(first)")
    #expect(first.output.contains("1 action that the program's own catalogue lacks"))
    let again = try Program.run(update, in: folder)
    #expect(again.status == 0 && again.output.contains("nothing was changed"))
    #expect(
      try Program.run("catalog", "update", "reference", in: folder).output.contains("nothing was changed"))
    #expect(try rows("SELECT services, is_current FROM catalogue_overlay") == [["1", "1"]])
    #expect(try rows("SELECT stale FROM reviews") == [["1"]])

    let status = try status(in: folder)
    #expect(status.reference?.date == "2026-11-20" && status.reference?.services == 1)
    #expect(status.trail?.untranslated.map(\.eventName) == ["Do"])
    #expect(
      status.disagreements == [
        Status.Disagreement(
          service: "sqs", operation: "DeleteQueue", rule: "same-name", actions: ["sqs:DeleteQueue"],
          reference: ["sqs:MakeCoffee"])
      ])
    #expect(try Program.run(review, in: folder).status == 0)
    let catalogue = try #require(try rows("SELECT catalogue FROM reviews").first?.first)
    #expect(catalogue == status.version && catalogue.contains("service reference of 2026-11-20"))
    #expect(try Program.run("catalog", "actions", "sqs", in: folder).output.contains("sqs:MakeCoffee"))
    #expect(
      try Program.run("catalog", "resolve", "sqs", "MakeCoffee", in: folder).output.contains(
        "service-reference"))
    let difference = try Program.run("catalog", "diff", "built-in", "stored", "--format", "jsonl", in: folder)
    #expect(difference.output.contains(#""change":"added","action":"sqs:MakeCoffee""#))
    #expect(
      try Program.run("catalog", "diff", "stored", "reference", in: folder).output.hasPrefix(
        "0 added, 0 removed"))

    #expect(try Program.run("catalog", "update", "--remove", in: folder).output.contains("counts again"))
    #expect(try Program.run("catalog", "update", "--remove", in: folder).output.contains("counts already"))
    #expect(try self.status(in: folder).reference == nil)
    #expect(try rows("SELECT count(*), sum(is_current) FROM catalogue_overlay") == [["1", "0"]])
    #expect(try Program.run(update, in: folder).output.hasPrefix("Stored"))
    #expect(try rows("SELECT count(*), sum(is_current) FROM catalogue_overlay") == [["1", "1"]])
  }

  @Test(
    "A file of another form is named, and nothing is stored",
    arguments: [
      ("hello", "byte 0"), ("", "byte 0"), ("[]", "list"), ("{}", "bad.json"),
      (#"{"Name":"sqs"}"#, "bad.json"),
      (#"{"Name":"sq s","Actions":[]}"#, "bad.json"),
      (#"{"Name":"sqs","Actions":[{"Name":"A B"}]}"#, "bad.json"),
      (String(repeating: "[", count: 100_000), "deep"), (#"{"Name":"sqs","Actions":{"a":1}}"#, "bad.json"),
    ])
  func form(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Catalog.reference("sns", actions: [("Publish", true)]), to: "reference/a.json")
    try folder.write(text, to: "reference/bad.json")
    let outcome = try Program.run("catalog", "update", "reference", in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(
      outcome.error.contains("reference/bad.json") && outcome.error.contains(message), "\(outcome.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("accessreview.sqlite")))
  }

  @Test("One service twice, an index alone, an empty folder and a path that is missing are errors")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let page = Catalog.reference("sns", actions: [("Publish", true)])
    try folder.write(page, to: "twice/a.json")
    try folder.write(page, to: "twice/b.json")
    try folder.write(#"[{"service":"sqs","url":"https://example.com/sqs.json"}]"#, to: "index.json")
    try FileManager.default.createDirectory(atPath: folder.path("empty"), withIntermediateDirectories: true)
    for (path, message) in [
      ("twice", "twice/b.json"), ("index.json", "list of 1 services"), ("empty", "no files"),
      ("gone", "gone"),
    ] {
      let outcome = try Program.run("catalog", "update", path, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.error.contains(message), "\(outcome.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("accessreview.sqlite")))
    #expect(try Program.run("catalog", "update", "--remove", in: folder).status == 1)
  }

  @Test(
    "A store that may not be written is read, and not changed",
    .enabled(
      if: StoreTests.unprivileged != nil,
      "as root, permissions can be tested only where setpriv can give them up"))
  func readOnly() throws {
    let wrapper = StoreTests.unprivileged ?? []
    let folder = try TemporaryFolder()
    try folder.write(trail(), to: "store/a.json")
    #expect(try Program.run("import", "--db", "store/x.sqlite", "store/a.json", in: folder).status == 0)
    try folder.write(Catalog.reference("sns", actions: [("Publish", true)]), to: "sns.json")
    try folder.setPermissions(0o644, of: "sns.json")
    try folder.setPermissions(0o444, of: "store/x.sqlite")
    try folder.setPermissions(0o555, of: "store")
    try folder.setPermissions(0o755)
    defer { try? folder.setPermissions(0o700, of: "store") }
    let store = ["--db", "store/x.sqlite"]
    let update = try Program.run(["catalog", "update", "sns.json"] + store, in: folder, wrapper: wrapper)
    #expect(update.status == 1)
    #expect(update.error.contains("cannot be written"), "\(update.error)")
    let status = try Program.run(["catalog", "status"] + store, in: folder, wrapper: wrapper)
    #expect(status.status == 0)
    #expect(status.output.contains("12 events of 5 calls") && status.output.contains("none is laid over it"))
  }
}
