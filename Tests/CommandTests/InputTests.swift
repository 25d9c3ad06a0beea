import Foundation
import Testing

/// Files that are damaged, odd, or something else altogether.
@Suite struct InputTests {
  private static let record = Story(seed: 1, eventsInHour: 1).records[0]
  private static let other = Story(seed: 1, eventsInHour: 1).records[1]
  private static let trail = "{\"Records\":[\(record.json),\(other.json)]}"

  /// An input, and what an import of it comes to.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let name: String
    let content: Data
    let status: Int32
    let codes: [String]
    let events: Int
    let kind: String

    init(
      _ what: String, name: String = "file.json", _ content: Data, status: Int32, codes: [String],
      events: Int = 0,
      kind: String = "trail"
    ) {
      testDescription = what
      self.name = name
      self.content = content
      self.status = status
      self.codes = codes
      self.events = events
      self.kind = kind
    }

    init(
      _ what: String, name: String = "file.json", _ content: String, status: Int32, codes: [String],
      events: Int = 0,
      kind: String = "trail"
    ) {
      self.init(
        what, name: name, Data(content.utf8), status: status, codes: codes, events: events, kind: kind)
    }
  }

  static let cases: [Case] = [
    Case("an empty file", "", status: 3, codes: ["file-empty"], kind: "unknown"),
    Case("an empty list of records", "{\"Records\":[]}", status: 0, codes: []),
    Case(
      "JSON that ends in a record", String(trail.dropLast(40)), status: 3, codes: ["json-truncated"],
      events: 1),
    Case(
      "a record without its comma", "{\"Records\":[\(record.json)\(other.json)]}", status: 0, codes: [],
      events: 2),
    Case(
      "one broken record among good ones", "{\"Records\":[\(record.json),{\"eventID\":tru},\(other.json)]}",
      status: 3,
      codes: ["record-damaged"], events: 2),
    Case(
      "one record that is no event", "{\"Records\":[\(record.json),{\"eventName\":\"X\"},\(other.json)]}",
      status: 3,
      codes: ["record-incomplete"], events: 2),
    Case(
      "bytes that are no UTF-8 in one record",
      Data("{\"Records\":[\(record.json),{\"eventName\":\"".utf8) + [0xFF, 0xFE]
        + Data("\"},\(other.json)]}".utf8),
      status: 3, codes: ["record-damaged"], events: 2),
    Case(
      "an event without userIdentity",
      Story.event(
        1, at: Story.start, account: "111122223333", region: "us-east-1", source: "s3", name: "ListBuckets",
        by: nil
      )
      .without("userIdentity").json,
      status: 0, codes: [], events: 1),
    Case(
      "an event whose userIdentity is a list",
      Story.event(
        1, at: Story.start, account: "111122223333", region: "us-east-1", source: "s3", name: "ListBuckets",
        by: [1]
      )
      .json,
      status: 0, codes: [], events: 1),
    Case(
      "ids of principals that look like the names of others",
      identities([
        ["type": "Root", "accountId": "111122223333"],
        [
          "type": "AssumedRole",
          "sessionContext": ["sessionIssuer": ["principalId": "root:111122223333", "type": "Role"]],
        ],
        ["type": "AWSAccount", "principalId": "", "accountId": "anonymous"],
        ["type": "IAMUser", "principalId": "anonymous"],
        ["type": "IAMUser", "principalId": "unknown"],
        ["type": "Nobody"],
        ["type": "AWSService", "invokedBy": "ec2.amazonaws.com"],
        [
          "type": "AssumedRole",
          "sessionContext": ["sessionIssuer": ["principalId": "service:ec2.amazonaws.com"]],
        ],
      ]), status: 0, codes: [], events: 8),
    Case(
      "texts with NUL and every control character",
      Story.event(
        1, at: Story.start, account: "1111\u{0}", region: "us\u{1B}[31m", source: "s3\u{0}",
        name: "\u{0}\u{1}\u{7}",
        by: ["type": "IAMUser", "principalId": "AIDA\u{0}X", "arn": "arn:\u{0}"]
      ).json, status: 0, codes: [], events: 1),
    Case(
      "a policy that is no JSON in a snapshot",
      Story.snapshotPage(roles: [Story.detail(Story.idle, actions: [], document: "{oops")]).json, status: 3,
      codes: ["policy-not-json", "snapshot-date-assumed"], kind: "snapshot"),
    Case(
      "a document of no known kind", "{\"Reservations\":[{\"Instances\":[]}]}", status: 0,
      codes: ["kind-unknown"],
      kind: "unknown"),
    Case("a list of things", "[1,2,3]", status: 0, codes: ["kind-unknown"], kind: "unknown"),
    Case(
      "a document that is cut", "{\"UserDetailList\":[],\"RoleDetailList\":[{", status: 3,
      codes: ["json-truncated"], kind: "unknown"),
    Case("a text", name: "notes.txt", "Hello, world", status: 0, codes: ["kind-unknown"], kind: "unknown"),
    Case(
      "a picture", name: "a.png", Data([0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3]), status: 0,
      codes: ["kind-unknown"], kind: "unknown"),
    Case(
      "brackets a hundred thousand deep", String(repeating: "[", count: 100_000), status: 3,
      codes: ["json-truncated"],
      kind: "unknown"),
    Case(
      "a document a hundred thousand deep",
      String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000), status: 3,
      codes: ["not-json"], kind: "unknown"),
    Case(
      "an empty file of AWS Config", name: "ConfigWritabilityCheckFile", "", status: 0, codes: [],
      kind: "neighbour"),
  ]

  private static func identities(_ identities: [Value]) -> String {
    identities.enumerated().map { number, identity in
      Story.event(
        number + 1, at: Story.start, account: "111122223333", region: "us-east-1", source: "s3",
        name: "ListBuckets",
        by: identity
      ).json
    }.joined(separator: "\n")
  }

  @Test("What is damaged is said, and what is sound comes in", arguments: cases)
  func files(_ input: Case) throws {
    let folder = try TemporaryFolder()
    try folder.write(input.content, to: "in/\(input.name)")
    try folder.write(InputTests.trail, to: "in/z-good.json")
    let alone = try Program.importing("in/\(input.name)", into: "alone.sqlite", in: folder)
    #expect(alone.summary.codes == input.codes)
    #expect(alone.summary.events == input.events)
    #expect(alone.summary.files.filter { $0.value > 0 } == [input.kind: 1])
    #expect(alone.status == input.status)
    #expect(alone.summary.problems.allSatisfy { $0.file == "in/\(input.name)" && !$0.remedy.isEmpty })
    // One bad file never costs the import.
    let together = try Program.importing("in", in: folder)
    #expect(together.status == input.status)
    #expect(try StoreReader(folder.path("accessreview.sqlite")).damage() == [])
    let events = try StoreReader(folder.path("accessreview.sqlite")).value("SELECT count(*) FROM event")
    #expect(events == String(together.summary.events))
    #expect(together.summary.events >= 2)
  }

  @Test("Compressed files that are cut or damaged are said to be so, and what came before is kept")
  func compressed() throws {
    let folder = try TemporaryFolder()
    let records = Story(seed: 1, eventsInHour: 1).records.prefix(60)
    try folder.write("{\"Records\":[" + records.map(\.json).joined(separator: ",") + "]}", to: "good.json")
    try folder.compress(["good.json"])
    let whole = try folder.data("good.json.gz")
    try folder.write(whole.prefix(whole.count - 900), to: "cut.json.gz")
    try folder.write(whole + Data([0x1F, 0x8B, 8, 0]), to: "tail.json.gz")
    try folder.write(Data(whole.prefix(10)), to: "head.json.gz")
    try folder.write(whole + whole, to: "double.json.gz")

    let cut = try Program.importing("cut.json.gz", into: "cut.sqlite", in: folder)
    #expect(cut.status == 3)
    #expect(cut.summary.codes.contains("gzip-truncated"))
    #expect(cut.summary.events > 0)
    #expect(cut.summary.events < records.count)
    let tail = try Program.importing("tail.json.gz", into: "tail.sqlite", in: folder)
    #expect(tail.status == 3)
    #expect(tail.summary.events == records.count)
    let head = try Program.importing("head.json.gz", into: "head.sqlite", in: folder)
    #expect(head.status == 3)
    #expect(head.summary.codes == ["gzip-truncated"])
    let double = try Program.importing("double.json.gz", into: "double.sqlite", in: folder)
    #expect(double.status == 0)
    #expect(double.summary.events == records.count)
    #expect(double.summary.duplicates == records.count)
  }

  @Test("Everything that lies in a bucket beside the trails is counted and is no problem")
  func bucket() throws {
    let folder = try TemporaryFolder()
    let files = Delivery.files(
      of: Array(Story(seed: 1, eventsInHour: 1).records.prefix(40)), perFile: 100, tag: "a")
    try folder.deliver(files, into: "bucket")
    let base = "bucket/AWSLogs/111122223333"
    let digest = Delivery.digest(of: [], account: "111122223333", region: "eu-west-1", day: 0)
    try folder.write(digest, to: "\(base)/CloudTrail-Digest/eu-west-1/2026/10/28/d.json")
    let insight: Value = [
      "Records": [
        [
          "eventVersion": "1.08", "eventTime": "2026-10-28T01:00:00Z", "awsRegion": "eu-west-1",
          "eventID": "i-1",
          "eventType": "AwsCloudTrailInsight", "recipientAccountId": "111122223333",
          "eventCategory": "Insight",
          "insightDetails": ["state": "Start", "eventSource": "s3.amazonaws.com", "eventName": "PutObject"],
        ]
      ]
    ]
    try folder.write(insight, to: "\(base)/CloudTrail-Insight/eu-west-1/2026/10/28/i.json")
    try folder.write("", to: "\(base)/Config/ConfigWritabilityCheckFile")
    let config: Value = ["fileVersion": "1.0", "configSnapshotId": "x", "configurationItems": []]
    try folder.write(config, to: "\(base)/Config/eu-west-1/2026/10/28/c.json")
    let balancer =
      "https 2026-10-28T01:00:00.000000Z app/lb/1 192.0.2.1:1 10.0.0.1:80 0 0 0 200 200 1 1 \"GET https://x/ HTTP/1.1\" \"-\" - - arn:x \"-\" \"-\" \"-\" 0 2026-10-28T01:00:00.000000Z \"forward\" \"-\" \"-\" \"-\" \"-\" \"-\" \"-\"\n"
    try folder.write(balancer, to: "\(base)/elasticloadbalancing/eu-west-1/2026/10/28/l.log")
    let flow =
      "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n2 111122223333 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 1 1 2 ACCEPT OK\n"
    try folder.write(flow, to: "\(base)/vpcflowlogs/eu-west-1/2026/10/28/f.log")
    try folder.compress([
      "\(base)/CloudTrail-Digest/eu-west-1/2026/10/28/d.json",
      "\(base)/CloudTrail-Insight/eu-west-1/2026/10/28/i.json",
      "\(base)/Config/eu-west-1/2026/10/28/c.json", "\(base)/elasticloadbalancing/eu-west-1/2026/10/28/l.log",
      "\(base)/vpcflowlogs/eu-west-1/2026/10/28/f.log",
    ])
    for _ in 0..<2 {
      let outcome = try Program.importing("bucket", in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.summary.codes == [])
      #expect(
        outcome.summary.files.filter { $0.value > 0 } == [
          "trail": files.count, "digest": 1, "insight": 1, "neighbour": 4,
        ])
    }
    // An empty trail file is a loss all the same.
    try folder.write("", to: "\(base)/CloudTrail/eu-west-1/2026/10/28/empty.json.gz")
    let outcome = try Program.importing("bucket", in: folder)
    #expect(outcome.status == 3)
    #expect(outcome.summary.codes == ["file-empty"])
  }

  @Test("Standard input and pipes with names are read like files")
  func streams() throws {
    let folder = try TemporaryFolder()
    let input = Data(InputTests.trail.utf8)
    let piped = try Program.importing("-", into: "input.sqlite", in: folder, input: input)
    #expect(piped.status == 0)
    #expect(piped.summary.events == 2)
    let twice = try Program.importing("-", "-", into: "input.sqlite", in: folder, input: input)
    #expect(twice.status == 0)
    #expect(twice.summary.records == 2)

    let good = try folder.write(input, to: "in/good.json")
    let script = "mkfifo in/pipe && { cat \"$1\" > in/pipe & } && exec \"$2\" import --db pipe.sqlite in/pipe"
    let fifo = try RunningProgram(["sh", "-c", script, "sh", good, Program.path], in: folder).wait()
    #expect(fifo.status == 0, "\(fifo.output)\(fifo.error)")
    #expect(try StoreReader(folder.path("pipe.sqlite")).value("SELECT count(*) FROM event") == "2")

    // In a folder a pipe is passed by: nobody may ever write to it.
    let passed = try Program.importing("in", into: "folder.sqlite", in: folder)
    #expect(passed.status == 0)
    #expect(passed.summary.events == 2)
  }

  @Test("Names with line breaks and escape sequences cannot write to the terminal")
  func names() throws {
    let folder = try TemporaryFolder()
    let name = "in/a\nb\u{1B}[31m\u{202E}c\u{9B}.json"
    try folder.write("{\"Records\":[", to: name)
    let text = try Program.run("import", "in", in: folder)
    #expect(text.status == 3)
    #expect(text.output.contains("a\\u{a}b\\u{1b}[31m\\u{202e}c\\u{9b}.json"), "\(text.output)")
    for outcome in [
      text, try Program.run("import", name, in: folder), try Program.run("review", "--db", name, in: folder),
      try Program.run("import", "in", "--db", name, in: folder),
      try Program.run("import", "--x\u{1B}[31m", in: folder),
      try Program.run("review", "--month", "\u{1B}[31m\u{9B}", in: folder),
      try Program.run("import", "--format", "\u{1B}[31m", "in", in: folder),
    ] {
      #expect(outcome.status != 0)
      let bad = (outcome.output + outcome.error).unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
      }
      #expect(bad.isEmpty, "\(outcome.output.debugDescription)\(outcome.error.debugDescription)")
    }
    let json = try Program.importing("in", in: folder)
    #expect(json.summary.problems.map(\.file) == [name])
  }

  @Test("A folder that holds the store itself can be imported")
  func own() throws {
    let folder = try TemporaryFolder()
    try folder.write(InputTests.trail, to: "a.json")
    for _ in 0..<2 {
      let outcome = try Program.importing(".", in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.summary.files.values.reduce(0, +) == 1)
      #expect(outcome.summary.codes == [])
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link.db"), withDestinationPath: "accessreview.sqlite")
    let linked = try Program.importing(".", into: "link.db", in: folder)
    #expect(linked.summary.codes == [])
    // A folder that contains itself, and a link that leads nowhere.
    try FileManager.default.createDirectory(atPath: folder.path("sub"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: folder.path("sub/loop"), withDestinationPath: "..")
    #expect(try Program.importing(".", in: folder).status == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("sub/nowhere"), withDestinationPath: "gone")
    let broken = try Program.importing(".", in: folder)
    #expect(broken.status == 3)
    #expect(broken.summary.codes == ["path-unreadable"])
  }
}
