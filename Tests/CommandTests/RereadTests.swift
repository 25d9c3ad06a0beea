import EvidenceStore
import Foundation
import IAMIdentifiers
import Testing

@testable import AccessReview

/// Files that an older extraction read, and that are imported again.
@Suite struct RereadTests {
  private let folder: TemporaryFolder

  /// A story in which calls happen of which the first extraction kept too little.
  init() throws {
    folder = try TemporaryFolder()
    let records = Story(seed: 5, eventsInHour: 1).records + Self.calls
    let files = Delivery.files(of: records, perFile: 40, tag: "a")
    try folder.deliver(files, into: "first", compressed: false)
    // Some events come in other files too, one of them also under another name.
    let again = Delivery.files(of: (Array(records.prefix(60)) + Self.calls).reversed(), perFile: 9, tag: "b")
    try folder.deliver(again, into: "second", compressed: false)
    try folder.write(again[0].content, to: "second/copy.json")
    try folder.write(files[0].content + files[1].content, to: "second/two.json")
    let (account, region) = (Story.accounts[0], Story.regions[0])
    try folder.write(
      Delivery.digest(of: files, account: account, region: region, day: 1), to: "second/digest.json")
    try folder.write(
      "{\"Records\":[\(records[0].json),{\"eventName\":\"X\"}]}", to: "second/damaged.json")
    try folder.write(Story.configuration, to: "documents/trails.json")
    try folder.write(
      Story.snapshotPage(roles: [
        Story.detail(Story.reader, actions: ["dynamodb:*", "s3:*", "iam:PassRole"]),
        Story.detail(Story.deployNew, actions: ["*"]),
      ]), to: "documents/snapshot.json")
  }

  private static var calls: [Record] {
    let (account, other, region) = (Story.accounts[0], Story.accounts[1], Story.regions[0])
    let reader = Story.reader.session("s1", started: Story.start)
    let owner: Value = [
      "type": "AWSAccount", "principalId": .text("\(Story.reader.id):s1"), "accountId": .text(account),
    ]
    let role = Value.text(Story.deployNew.arn)
    var number = 2_000_000
    var records: [Record] = []
    func add(
      _ time: Int, _ source: String, _ name: String, _ parameters: Value, _ more: [(String, Value)] = [],
      in account: String = account, by identity: Value = reader
    ) {
      number += 1
      let event = Story.event(
        number, at: Story.start + time, account: account, region: region, source: source, name: name,
        by: identity, [("requestParameters", parameters), ("readOnly", false)] + more)
      records.append(
        Record(account: account, region: region, time: Story.start + time, json: event.json))
    }
    for day in 0..<3 {
      let time = day * 86_400 + 40_000
      add(time, "dynamodb", "ExecuteStatement", ["statement": "SELECT * FROM t"])
      add(time, "dynamodb", "ExecuteStatement", ["statement": "SELECT * FROM u"], [("errorCode", "X")])
      add(time + 1, "dynamodb", "ExecuteStatement", ["statement": "hidden"])
      add(time + 2, "dynamodb", "TransactWriteItems", ["transactItems": [["put": [:]], ["update": [:]]]])
      // A call that two accounts record.
      let shared: [(String, Value)] = [
        ("sharedEventID", .text("33333333-0000-4000-8000-00000000000\(day)"))
      ]
      let copy: Value = ["bucketName": "b", "x-amz-copy-source": "b/k?versionId=1"]
      add(time + 3, "s3", "CopyObject", copy, shared)
      add(time + 3, "s3", "CopyObject", copy, shared, in: other, by: owner)
      // Roles that are passed where the first extraction did not look.
      add(time + 4, "cloudtrail", "CreateTrail", ["name": "t", "cloudWatchLogsRoleArn": role])
      add(time + 5, "iot", "CreateSecurityProfile", ["alertTargets": ["SNS": ["roleArn": role]]])
    }
    // A statement, and its correction of another day.
    add(100, "dynamodb", "BatchExecuteStatement", ["statements": [["statement": "DELETE FROM t"]]])
    let original = "00000000-0000-4000-8000-" + String(String(number, radix: 16).suffix(12))
    let padded =
      "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - (original.count - 24))
      + original.dropFirst(24)
    add(
      90_000, "dynamodb", "BatchExecuteStatement", ["statements": [["statement": "DELETE FROM t"]]],
      [("addendum", ["reason": "UPDATED_DATA", "originalEventID": .text(padded)])])
    return records
  }

  private func importing(
    _ names: String..., extraction: Int, into store: String, eventsInTransaction: Int? = nil
  ) throws -> ImportTally {
    var request = Importer.Request(
      paths: names.map(folder.path), takenAt: UTCTime(iso8601: Story.takenAt), threads: 1,
      eventsInTransaction: eventsInTransaction)
    request.extraction = extraction
    let store = try EvidenceStore(path: folder.path(store), access: .create)
    return try Importer(request).run(into: store)
  }

  /// All that is public of a store and its review.
  private func reviewed(_ store: String) throws -> [String: [String]] {
    let outcome = try Program.run("review", "--db", store, "--month", Story.month, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    let reader = try StoreReader(folder.path(store))
    #expect(try reader.damage() == [])
    var views = try reader.publicViews()
    views["the review as JSON"] = try reader.column("SELECT result FROM review ORDER BY id DESC LIMIT 1")
    views["the counts by day"] = try reader.column("SELECT sum(n) FROM usage_day")
    return views
  }

  @Test(
    "What an older extraction read, read again, is as if the newer one had read it from the start",
    arguments: [nil, 10])
  func again(eventsInTransaction: Int?) throws {
    let fresh = try importing("first", "second", "documents", extraction: 2, into: "fresh.sqlite")
    let old = try importing(
      "first", "second", "documents", extraction: 1, into: "old.sqlite",
      eventsInTransaction: eventsInTransaction)
    let before = try reviewed("old.sqlite")
    let tally = try importing(
      "first", "second", "documents", extraction: 2, into: "old.sqlite",
      eventsInTransaction: eventsInTransaction)
    #expect((old.events, old.records, old.joined) == (fresh.events, fresh.records, fresh.joined))
    #expect(tally.events == 0)
    #expect(tally.records == fresh.records)
    #expect(tally.joined == 0)
    #expect(tally.files == fresh.files)
    #expect(try StoreReader(folder.path("old.sqlite")).column("SELECT stale FROM reviews") == ["1"])
    let expected = try reviewed("fresh.sqlite")
    let after = try reviewed("old.sqlite")
    #expect(differences(expected, after) == [])
    #expect(Set(differences(before, after).map { $0.prefix { $0 != " " } }).isSuperset(of: ["passed_roles"]))
  }

  @Test("Files can be read again one after the other, and then are known")
  func piecemeal() throws {
    _ = try importing("first", "second", "documents", extraction: 2, into: "fresh.sqlite")
    _ = try importing("first", "second", "documents", extraction: 1, into: "old.sqlite")
    for name in ["second", "documents", "first"] {
      _ = try importing(name, extraction: 2, into: "old.sqlite")
    }
    let expected = try reviewed("fresh.sqlite")
    #expect(differences(expected, try reviewed("old.sqlite")) == [])
    let known = try importing("first", "second", "documents", extraction: 2, into: "old.sqlite")
    #expect(known.filesKnown == known.files.values.reduce(0, +))
    #expect(known.contentBytes == 0)
    #expect(try StoreReader(folder.path("old.sqlite")).column("SELECT stale FROM reviews") == ["0"])
    #expect(differences(expected, try reviewed("old.sqlite")) == [])
  }

  @Test("Reading again what says the same leaves reviews as they are")
  func nothingNew() throws {
    _ = try importing("first", "second", "documents", extraction: 2, into: "old.sqlite")
    let before = try reviewed("old.sqlite")
    let tally = try importing("first", "second", "documents", extraction: 3, into: "old.sqlite")
    #expect(tally.contentBytes > 0)
    #expect(try StoreReader(folder.path("old.sqlite")).column("SELECT stale FROM reviews") == ["0"])
    #expect(differences(before, try reviewed("old.sqlite")) == [])
  }

  @Test(
    "Another file's record of an event fills in what the event's own file, no longer at hand, was not asked for"
  )
  func otherFile() throws {
    _ = try importing("first", "documents", extraction: 1, into: "old.sqlite")
    _ = try importing("second", extraction: 2, into: "old.sqlite")
    _ = try importing("first", "documents", extraction: 2, into: "fresh.sqlite")
    _ = try importing("second", extraction: 2, into: "fresh.sqlite")
    #expect(differences(try reviewed("fresh.sqlite"), try reviewed("old.sqlite")) == [])
  }

  @Test("While a file was read by an older extraction alone, its calls may have needed what nobody kept")
  func undecided() throws {
    let verdict = """
      SELECT verdict || ' ' || reason_code FROM permission_verdicts
      WHERE role_id = '\(Story.reader.id)' AND action = 'dynamodb:PartiQLSelect'
      """
    _ = try importing("first", "documents", extraction: 1, into: "old.sqlite")
    _ = try reviewed("old.sqlite")
    let store = try StoreReader(folder.path("old.sqlite"))
    let old = try store.column(verdict)
    #expect(old == ["unobservable data-events-not-recorded"], "\(old)")
    _ = try importing("first", extraction: 2, into: "old.sqlite")
    _ = try reviewed("old.sqlite")
    let new = try store.column(verdict)
    #expect(new == ["used seen"], "\(new)")
  }
}
