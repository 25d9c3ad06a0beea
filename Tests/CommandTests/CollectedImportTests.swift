import Foundation
import Testing

/// What a collecting script wrote, and the raw outputs of the same calls, say what hand-made exports say.
@Suite struct CollectedImportTests {
  /// A line as a collecting script writes it.
  private static func line(
    _ command: String, _ output: Value, resource: String? = nil, region: String? = nil,
    account: String = "999999999999",
    filter: String? = nil, error: String? = nil
  ) -> Value {
    .object([
      ("accessreview", 1), ("command", .text(command)), ("account", .text(account)),
      ("region", region.map { .text($0) } ?? .null), ("resource", resource.map { .text($0) } ?? .null),
      ("parameters", .object(filter.map { [("filter", .text($0))] } ?? [])),
      ("takenAt", .text(Story.takenAt)),
      ("complete", .flag(error == nil)),
      ("error", error.map { .object([("code", .text($0)), ("message", "no")]) } ?? .null), ("output", output),
    ])
  }

  private static let guardrail: Value = [
    "Version": "2012-10-17", "Statement": [["Effect": "Deny", "Action": "sns:*", "Resource": "*"]],
  ]
  private static let all: Value = [
    "Version": "2012-10-17", "Statement": [["Effect": "Allow", "Action": "*", "Resource": "*"]],
  ]

  /// Root: everything; accounts: everything but the guardrail.
  private static let compact: Value = [
    "organizationId": "o-exampleorg", "managementAccountId": "999999999999",
    "accounts": .object(Story.accounts.map { ($0, [[all], [all, guardrail]]) }),
  ]

  private static let full: Value = [
    "organizationId": "o-exampleorg", "managementAccountId": "999999999999", "roots": [["id": "r-1"]],
    "accounts": .list(Story.accounts.map { ["id": .text($0), "parent": "r-1"] }),
    "policies": [["id": "p-guard", "type": "SERVICE_CONTROL_POLICY", "document": guardrail]],
    "attachments": .list(
      [["target": "r-1", "policy": "p-FullAWSAccess"]]
        + Story.accounts.map { ["target": .text($0), "policies": ["p-FullAWSAccess", "p-guard"]] }),
  ]

  private static var lines: [Value] {
    let scp = "SERVICE_CONTROL_POLICY"
    func attached(_ target: String, _ ids: [String]) -> Value {
      line(
        "organizations list-policies-for-target",
        ["Policies": .list(ids.map { ["Id": .text($0), "Type": .text(scp), "Name": .text($0)] })],
        resource: target,
        filter: scp)
    }
    return [
      line(
        "organizations describe-organization",
        ["Organization": ["Id": "o-exampleorg", "MasterAccountId": "999999999999", "FeatureSet": "ALL"]]),
      line(
        "organizations list-accounts-for-parent",
        ["Accounts": .list(Story.accounts.map { ["Id": .text($0)] })],
        resource: "r-1"),
      line(
        "organizations describe-policy",
        [
          "Policy": [
            "PolicySummary": ["Id": "p-guard", "Type": .text(scp)], "Content": .text(guardrail.json),
          ]
        ],
        resource: "p-guard"),
      attached("r-1", ["p-FullAWSAccess"]),
    ] + Story.accounts.map { attached($0, ["p-FullAWSAccess", "p-guard"]) }
  }

  private static let compared = [
    "permission_verdicts", "granted_actions", "grant_statements", "findings", "used_without_grant",
    "dormant_roles",
    "coverage", "roles",
  ]

  /// Imports these files, reviews, and gives the views that must agree.
  private static func said(_ store: String, _ paths: [[String]], in folder: TemporaryFolder) throws
    -> [String: [String]]
  {
    for some in paths {
      let outcome = try Program.run(
        ["import", "--db", store, "--taken-at", Story.takenAt, "trails"] + some, in: folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    }
    let review = try Program.run(
      "review", "--db", store, "--month", Story.month, "--window", "3d", in: folder)
    #expect(review.status == 0, "\(review.error)")
    #expect(try StoreReader(folder.path(store)).damage() == [])
    let views = try StoreReader(folder.path(store)).publicViews()
    #expect(views["organisation_policies"]?.isEmpty == false)
    return views.filter { compared.contains($0.key) }
  }

  @Test("Every form of an organisation's policies limits grants alike, whatever came first")
  func organisations() throws {
    let folder = try TemporaryFolder()
    try folder.deliver(
      Delivery.files(of: Story(seed: 5, eventsInHour: 1).records, perFile: 100, tag: "a"), into: "trails")
    try folder.writeDocuments()
    try folder.write(Self.compact.json, to: "compact.json")
    try folder.write(Self.full.json, to: "organization.json")
    let lines = Self.lines.map(\.json)
    try folder.write(lines.joined(separator: "\n") + "\n", to: "whole/organizations.jsonl")
    for (number, line) in lines.enumerated() {
      try folder.write(line, to: "apart/\(lines.count - number).json")
    }
    let documents = ["iam", "config"]
    let expected = try Self.said("compact.sqlite", [documents + ["compact.json"]], in: folder)
    #expect(expected["permission_verdicts"]?.isEmpty == false)
    for (store, paths) in [
      ("full.sqlite", [documents + ["organization.json"]]), ("whole.sqlite", [documents + ["whole"]]),
      ("apart.sqlite", [["apart/1.json", "apart/3.json"], documents + ["apart"], ["apart"]]),
      ("both.sqlite", [["whole", "compact.json"] + documents]),
    ] {
      #expect(differences(expected, try Self.said(store, paths, in: folder)) == [], "\(store)")
    }
  }

  @Test("A level of which nothing is known makes grants unknown, and is never taken for empty")
  func unknown() throws {
    let folder = try TemporaryFolder()
    try folder.deliver(
      Delivery.files(of: Story(seed: 5, eventsInHour: 1).records, perFile: 100, tag: "a"), into: "trails")
    try folder.writeDocuments()
    // Without the last account's own policies.
    try folder.write(Self.lines.dropLast().map(\.json).joined(separator: "\n"), to: "organizations.jsonl")
    let views = try Self.said("x.sqlite", [["iam", "config", "organizations.jsonl"]], in: folder)
    let last = try #require(Story.accounts.last)
    let store = try StoreReader(folder.path("x.sqlite"))
    #expect(
      try store.column(
        "SELECT DISTINCT state FROM organisation_policies WHERE account_id = '\(last)' AND level = 1") == [
          "unknown"
        ])
    #expect(
      views["granted_actions"]?.contains {
        $0.contains("account_id=\(last)") && $0.contains("grant_kind=unknown")
      } == true)
  }

  @Test(
    "Snapshots, trails and the event history in lines say what the outputs themselves say, and are known when they come again"
  )
  func documents() throws {
    let folder = try TemporaryFolder()
    let records = Story(seed: 5, eventsInHour: 1).records
    try folder.deliver(Delivery.files(of: records, perFile: 100, tag: "a"), into: "trails")
    try folder.writeDocuments()
    try folder.write(Self.compact.json, to: "compact.json")
    let expected = try Self.said("raw.sqlite", [["iam", "config", "compact.json"]], in: folder)

    var lines: [Value] = []
    for (name, page) in Story.pages {
      let account = Story.accounts[name.contains("first") ? 0 : 1]
      lines.append(Self.line("iam get-account-authorization-details", page, account: account))
    }
    guard case .object(let parts) = Story.configuration else { return }
    let arn = "arn:aws:cloudtrail:us-east-1:\(Story.accounts[0]):trail/org-trail"
    let commands = [
      "describeTrails": "describe-trails", "getEventSelectors": "get-event-selectors",
      "getTrailStatus": "get-trail-status",
    ]
    for (name, part) in parts {
      guard let command = commands[name] else { continue }
      lines.append(
        Self.line(
          "cloudtrail \(command)", part, resource: arn, region: "us-east-1", account: Story.accounts[0]))
    }
    lines.append(Self.line("kms list-keys", .null, region: "us-east-1", error: "AccessDenied"))
    lines.append(
      Self.line(
        "s3api get-bucket-policy", ["Policy": .text(Self.guardrail.json)], resource: "b", region: "us-east-1")
    )
    try folder.write(lines.map(\.json).joined(separator: "\n"), to: "collected.jsonl")
    try folder.write(lines.reversed().map(\.json).joined(separator: "\n"), to: "again/collected.jsonl")
    let found = try Self.said(
      "lines.sqlite", [["collected.jsonl", "compact.json"], ["again", "collected.jsonl"]], in: folder)
    // Findings name the snapshot by the hash of its files.
    #expect(
      differences(expected.filter { $0.key != "findings" }, found.filter { $0.key != "findings" }) == [])
    let store = try StoreReader(folder.path("lines.sqlite"))
    #expect(try store.column("SELECT resource_arn FROM resource_policies") == ["arn:aws:s3:::b"])
    #expect(
      try store.column("SELECT DISTINCT kind FROM source_files WHERE path LIKE '%collected.jsonl'") == [
        "collection"
      ])
    #expect(
      try store.column("SELECT DISTINCT code FROM import_problems WHERE path LIKE '%collected.jsonl'")
        .contains(
          "call-refused"))
  }

  @Test("A date that is given later counts for what does not say it itself, and for nothing else")
  func laterDate() throws {
    let folder = try TemporaryFolder()
    let record = try #require(Story(seed: 5, eventsInHour: 1).records.first)
    let policy: Value = ["Policy": .text(Self.guardrail.json)]
    let undated = { (resource: String) in
      Self.line("s3api get-bucket-policy", policy, resource: resource, region: "us-east-1").without("takenAt")
    }
    try folder.write(
      [
        "Attributes": [
          "QueueArn": "arn:aws:sqs:us-east-1:111122223333:raw", "Policy": .text(Self.guardrail.json),
        ]
      ],
      to: "in/raw.json")
    let lines = [
      Self.line("s3api get-bucket-policy", policy, resource: "own", region: "us-east-1"), undated("undated"),
    ]
    try folder.write((lines.map(\.json) + [record.json]).joined(separator: "\n"), to: "in/lines.jsonl")
    try folder.write(Self.compact.with([("takenAt", .text(Story.takenAt))]), to: "in/compact.json")
    #expect(try Program.importing("in", in: folder).status == 0)
    let rows = "SELECT resource_arn, coalesce(taken_at, '') FROM resource_policies ORDER BY 1, 2"
    let dates = { try StoreReader(folder.path("accessreview.sqlite")).rows(rows) }
    let own = try #require(try dates().first { $0[0] == "arn:aws:s3:::own" })[1]
    let (raw, bare) = ("arn:aws:sqs:us-east-1:111122223333:raw", "arn:aws:s3:::undated")
    #expect(try dates() == [["arn:aws:s3:::own", own], [bare, ""], [raw, ""]])
    let later = ["--taken-at", "2026-11-30T00:00:00Z"]
    let again = try Program.importing("in", in: folder, options: later)
    #expect(again.status == 0 && again.summary.filesKnown == 3)
    let date = "2026-11-30T00:00:00Z"
    #expect(try dates() == [["arn:aws:s3:::own", own], [bare, date], [raw, date]])
    let store = try StoreReader(folder.path("accessreview.sqlite"))
    #expect(try store.damage() == [])
    #expect(try store.column("SELECT DISTINCT taken_at FROM organisation_policies") == [own])
    // In a store of its own, the same comes of one import with the date.
    let once = try Program.run(["import", "--db", "once.sqlite", "in"] + later, in: folder)
    #expect(once.status == 0)
    #expect(try StoreReader(folder.path("once.sqlite")).rows(rows) == dates())
    #expect(try Program.importing("in", in: folder).status == 0)
    #expect(try dates() == [["arn:aws:s3:::own", own], [bare, date], [raw, date]])
  }

  @Test("Events and answers in one file both come in, once")
  func mixed() throws {
    let folder = try TemporaryFolder()
    let record = try #require(Story(seed: 5, eventsInHour: 1).records.first)
    let history = Self.line("cloudtrail lookup-events", ["Events": [["CloudTrailEvent": .text(record.json)]]])
    let policy = Self.line("s3api get-bucket-policy", ["Policy": "{}"], resource: "b")
    try folder.write([policy.json, history.json].joined(separator: "\n"), to: "x.jsonl")
    for _ in 0..<2 {
      let outcome = try Program.run("import", "--db", "x.sqlite", "x.jsonl", in: folder)
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
      #expect(outcome.output.contains("1  collection"))
    }
    let store = try StoreReader(folder.path("x.sqlite"))
    #expect(
      try store.rows("SELECT kind, records, new_events FROM source_files") == [["collection", "1", "1"]])
    #expect(try store.column("SELECT resource_arn FROM resource_policies") == ["arn:aws:s3:::b"])
    #expect(try store.damage() == [])
  }
}
