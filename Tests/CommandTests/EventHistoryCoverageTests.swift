import Foundation
import GRDB
import Testing

/// The event history as a collecting script fetches it, through the command: what it covers, and in which order it comes.
@Suite struct EventHistoryCoverageTests {
  private static let account = Story.accounts[0]

  private static func line(
    _ region: String?, from: String? = nil, to: String? = nil, events: [Value] = [], complete: Bool = true,
    command: String = "cloudtrail lookup-events", takenAt: String = "2026-11-01T02:00:00Z",
    filter: String? = nil,
    output: Value? = nil, account: Value = .text(account)
  ) -> String {
    var parameters: [(String, Value)] = []
    if let from, let to { parameters = [("start-time", .text(from)), ("end-time", .text(to))] }
    if let filter { parameters.append(("lookup-attributes", .text(filter))) }
    let value: Value = .object([
      ("accessreview", 1), ("command", .text(command)), ("account", account),
      ("region", region.map { .text($0) } ?? .null), ("resource", .null),
      ("parameters", .object(parameters)),
      ("takenAt", .text(takenAt)), ("complete", .flag(complete)), ("error", .null),
      (
        "output",
        output ?? ["Events": .list(events.map { ["EventId": "e", "CloudTrailEvent": .text($0.json)] })]
      ),
    ])
    return value.json
  }

  private static func event(_ number: Int, day: Int, _ region: String, name: String, readOnly: Bool) -> Value
  {
    Story.event(
      number, at: Story.start + day * 86_400 + 36_000, account: account, region: region, source: "ec2",
      name: name, by: Story.reader.session("s1", started: Story.start + day * 86_400),
      [("readOnly", .flag(readOnly))])
  }

  /// Two Regions in four days: one answered at once, one day by day.
  private static var files: [(name: String, text: String)] {
    let here = "eu-west-1"
    let there = "us-east-1"
    let used = [
      event(1, day: 1, here, name: "DescribeVolumes", readOnly: true),
      event(2, day: 2, here, name: "StopInstances", readOnly: false),
    ]
    let regions: Value = ["Regions": [["RegionName": .text(here)], ["RegionName": .text(there)]]]
    return [
      (
        "collected/\(account)/ec2.jsonl",
        line(nil, command: "ec2 describe-regions", output: regions)
      ),
      (
        "collected/\(account)/\(here)/lookup-events.jsonl",
        line(here, from: "2026-10-28T00:00:00Z", to: "2026-11-01T00:59:59Z", events: used)
      ),
      (
        "collected/\(account)/\(there)/lookup-events-2026-10-28.jsonl",
        line(there, from: "2026-10-28T00:00:00Z", to: "2026-10-28T23:59:59Z")
      ),
      (
        "collected/\(account)/\(there)/lookup-events-2026-10-29.jsonl",
        line(there, from: "2026-10-29T06:00:00Z", to: "2026-10-29T23:59:59Z")
      ),
      (
        "collected/\(account)/\(there)/lookup-events-2026-10-30.jsonl",
        line(there, from: "2026-10-30T00:00:00Z", to: "2026-10-30T23:59:59Z", complete: false)
      ),
      (
        "collected/\(account)/\(there)/lookup-events-2026-10-31.jsonl",
        line(there, from: "2026-10-31T00:00:00Z", to: "2026-10-31T23:59:59Z")
      ),
    ]
  }

  private static func write(_ folder: TemporaryFolder) throws {
    for file in files { try folder.write(file.text + "\n", to: file.name) }
    let roles = [
      Story.detail(
        Story.reader,
        actions: ["ec2:DescribeVolumes", "ec2:DescribeVpcs", "iam:ListUsers", "s3:GetObject"])
    ]
    try folder.write(Story.snapshotPage(roles: roles), to: "iam/snapshot.json")
  }

  @discardableResult
  private static func importing(_ store: String, _ paths: [String], in folder: TemporaryFolder) throws
    -> Outcome
  {
    let outcome = try Program.run(
      ["import", "--db", store, "--taken-at", "2026-11-01T00:00:00Z"] + paths, in: folder)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    return outcome
  }

  private static func review(_ store: String, _ more: [String] = [], in folder: TemporaryFolder) throws
    -> [[String]]
  {
    let review = try Program.run(
      ["review", "--db", store, "--month", Story.month, "--window", "4d"] + more, in: folder)
    #expect(review.status == 0, "\(review.error)")
    return try StoreReader(folder.path(store)).rows(
      "SELECT action, verdict, reason_code, reason FROM permission_verdicts ORDER BY action")
  }

  @Test("The history covers the management events of its account, Region and time, and says that it does")
  func coverage() throws {
    let folder = try TemporaryFolder()
    try Self.write(folder)
    try Self.importing("x.sqlite", ["collected", "iam"], in: folder)
    let store = try StoreReader(folder.path("x.sqlite"))
    let rows = try store.rows(
      "SELECT region, event_kind, day, state, basis FROM coverage WHERE account_id = '\(Self.account)' ORDER BY 1, 2, 3"
    ).map { $0.joined(separator: " ") }
    var expected: [String] = []
    for (region, days) in [
      ("eu-west-1", ["quiet", "covered", "covered", "quiet", "partial"]),
      ("us-east-1", ["quiet", "partial", "gap", "quiet", "gap"]),
    ] {
      for kind in ["management-read", "management-write"] {
        for (index, state) in days.enumerated() {
          let day = ["2026-10-28", "2026-10-29", "2026-10-30", "2026-10-31", "2026-11-01"][index]
          expected.append("\(region) \(kind) \(day) \(state) \(state == "gap" ? "" : "event-history")")
        }
      }
    }
    #expect(rows == expected)
    #expect(
      try store.rows(
        "SELECT region, first_day, last_day FROM coverage_gaps WHERE event_kind = 'management-read'"
      )
      .map { $0.joined(separator: " ") } == [
        "us-east-1 2026-10-30 2026-10-30", "us-east-1 2026-11-01 2026-11-01",
      ])
    #expect(
      try store.rows("SELECT path, is_selection, kind FROM source_files WHERE kind = 'trail' ORDER BY path")
        .map { $0.dropFirst().joined(separator: " ") } == [
          "0 trail", "0 trail", "0 trail", "1 trail", "0 trail",
        ])
    #expect(try store.damage() == [])

    // One day of one Region is missing: too much of four.
    let verdicts = try Self.review("x.sqlite", in: folder)
    #expect(
      verdicts.map { $0.prefix(3).joined(separator: " ") } == [
        "ec2:DescribeVolumes used seen", "ec2:DescribeVpcs not-enough-evidence coverage-gap",
        "iam:ListUsers not-enough-evidence coverage-gap", "s3:GetObject not-enough-evidence no-trail",
      ])
    #expect(verdicts.count > 1 && verdicts[1][3].hasSuffix("nothing from 2026-10-30 in us-east-1"))

    // It is asked again, and answers.
    try folder.write(
      Self.line("us-east-1", from: "2026-10-30T00:00:00Z", to: "2026-10-30T23:59:59Z"), to: "again.jsonl")
    try Self.importing("x.sqlite", ["again.jsonl"], in: folder)
    #expect(try store.value("SELECT stale FROM reviews") == "1")
    #expect(
      try Self.review("x.sqlite", in: folder).map { $0.prefix(3).joined(separator: " ") } == [
        "ec2:DescribeVolumes used seen", "ec2:DescribeVpcs unused not-seen",
        "iam:ListUsers unused not-seen", "s3:GetObject not-enough-evidence no-trail",
      ])
    let report = try Program.run("report", "--db", "x.sqlite", "--format", "json", in: folder)
    #expect(report.status == 0, "\(report.error)")
    #expect(report.output.contains("all, by the event history"))
  }

  @Test("Neither the order of files nor their coming twice matters")
  func order() throws {
    let folder = try TemporaryFolder()
    try Self.write(folder)
    try Self.importing("once.sqlite", ["collected", "iam"], in: folder)
    _ = try Self.review("once.sqlite", in: folder)
    let expected = try StoreReader(folder.path("once.sqlite")).publicViews()
    for name in Self.files.map(\.name).reversed() + ["iam"] + Self.files.map(\.name) {
      try Self.importing("apart.sqlite", [name], in: folder)
    }
    let again = try Self.importing("apart.sqlite", ["collected", "iam"], in: folder)
    #expect(again.output.contains("0 new") || !again.output.contains("new events"), "\(again.output)")
    _ = try Self.review("apart.sqlite", in: folder)
    let found = try StoreReader(folder.path("apart.sqlite")).publicViews()
    let left = ["source_files"]
    #expect(
      differences(
        expected.filter { !left.contains($0.key) }, found.filter { !left.contains($0.key) }) == [])
    let files = "SELECT sha256, kind, is_selection, records FROM source_files ORDER BY 1"
    #expect(
      try StoreReader(folder.path("once.sqlite")).rows(files)
        == StoreReader(folder.path("apart.sqlite")).rows(files))
  }

  @Test("One file with all of it, in whatever order, says the same; what is no whole history adds nothing")
  func together() throws {
    let folder = try TemporaryFolder()
    try Self.write(folder)
    let query = "SELECT * FROM coverage ORDER BY 1, 2, 3, 4"
    try Self.importing("apart.sqlite", ["collected"], in: folder)
    let expected = try StoreReader(folder.path("apart.sqlite")).rows(query)
    let noise = [
      Self.line("us-east-1", from: "2026-10-30T00:00:00Z", to: "2026-10-30T23:59:59Z", filter: "x"),
      Self.line("us-east-1", from: "2026-10-30T00:00:00Z", to: "2026-10-30T23:59:59Z", account: .null),
      Self.line(
        "us-east-1", from: "2026-10-30T00:00:00Z", to: "2026-10-30T23:59:59Z",
        events: [Self.event(9, day: 2, "us-east-1", name: "DescribeVpcs", readOnly: true)],
        account: .text(Story.accounts[1])),
      Self.line("us-east-1"), Self.line("us-east-1", from: "2026-10-30", to: "2026-10-31"),
    ]
    let lines = Self.files.map(\.text)
    try folder.write((lines + noise.prefix(2) + noise.suffix(2)).joined(separator: "\n"), to: "a.jsonl")
    try folder.write((noise + lines).reversed().joined(separator: "\n"), to: "b.jsonl")
    try folder.write("[" + (lines + noise).joined(separator: ",") + "]", to: "c.json")
    for name in ["a.jsonl", "b.jsonl", "c.json"] {
      try Self.importing("\(name).sqlite", [name], in: folder)
      let store = try StoreReader(folder.path("\(name).sqlite"))
      #expect(
        try store.rows("SELECT * FROM coverage WHERE account_id = '\(Self.account)' ORDER BY 1, 2, 3, 4")
          == expected, "\(name)")
      #expect(
        try store.column("SELECT DISTINCT account_id FROM coverage") == [Self.account], "\(name)")
    }
  }

  @Test("A trail and the history cover more together, and each says so")
  func mixed() throws {
    let folder = try TemporaryFolder()
    try Self.write(folder)
    let record = Self.event(5, day: 2, "us-east-1", name: "DescribeVpcs", readOnly: true)
    try folder.deliver(
      Delivery.files(
        of: [
          Record(
            account: Self.account, region: "us-east-1", time: Story.start + 2 * 86_400 + 36_000,
            json: record.json)
        ],
        perFile: 10, tag: "a"), into: "trails")
    for (name, paths) in [("a.sqlite", ["trails", "collected"]), ("b.sqlite", ["collected", "trails"])] {
      for path in paths { try Self.importing(name, [path], in: folder) }
      #expect(
        try StoreReader(folder.path(name)).rows(
          "SELECT day, state, basis FROM coverage WHERE region = 'us-east-1' AND event_kind = 'management-read' ORDER BY 1"
        ).map { $0.joined(separator: " ") } == [
          "2026-10-28 quiet event-history", "2026-10-29 partial event-history",
          "2026-10-30 covered deliveries", "2026-10-31 quiet event-history", "2026-11-01 gap ",
        ])
    }
  }

  @Test("What an older release imported covers once it is imported again")
  func older() throws {
    let folder = try TemporaryFolder()
    try Self.write(folder)
    try Self.importing("x.sqlite", ["collected", "iam"], in: folder)
    let query = "SELECT * FROM coverage ORDER BY 1, 2, 3, 4"
    let files = "SELECT path, kind, is_selection, records, new_events FROM source_files ORDER BY 1"
    let store = try StoreReader(folder.path("x.sqlite"))
    let (coverage, expected) = (try store.rows(query), try store.rows(files))
    try DatabaseQueue(path: folder.path("x.sqlite")).write {
      try $0.execute(
        sql: """
          DELETE FROM answer_file; DELETE FROM answer; DELETE FROM coverage_day;
          DELETE FROM grdb_migrations WHERE identifier = '5';
          """)
    }
    try Self.importing("x.sqlite", ["iam"], in: folder)
    #expect(try store.rows(query) == [])
    try Self.importing("x.sqlite", ["collected", "iam"], in: folder)
    #expect(try store.rows(query) == coverage)
    #expect(try store.rows(files) == expected)
    #expect(try store.damage() == [])
  }
}
