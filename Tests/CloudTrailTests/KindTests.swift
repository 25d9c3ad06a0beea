import Foundation
import Testing
import TrailFacts

@Suite("What is no trail is told apart by its content") struct KindTests {
  static let digest =
    #"{"awsAccountId":"111122223333","digestStartTime":"2026-10-31T11:00:00Z","digestEndTime":"2026-10-31T12:00:00Z","digestS3Bucket":"b","digestS3Object":"AWSLogs/d.json.gz","logFiles":[{"s3Bucket":"b","s3Object":"AWSLogs/l.json.gz","hashValue":"ABCD","hashAlgorithm":"SHA-256","newestEventTime":"2026-10-31T11:59:00Z","oldestEventTime":"2026-10-31T11:01:00Z"}],"previousDigestHashValue":null}"#

  @Test("A digest's list of files is read") func digests() throws {
    for content in [Array(Self.digest.utf8), gzip(Self.digest.utf8)] {
      let file = try #require(try scan(content).file)
      #expect(file.kind == .digest)
      #expect(file.problems.isEmpty)
      let listing = try #require(file.digest)
      #expect(listing.account == "111122223333")
      #expect(listing.start == "2026-10-31T11:00:00Z")
      #expect(listing.object == "AWSLogs/d.json.gz")
      #expect(listing.files.map(\.object) == ["AWSLogs/l.json.gz"])
      #expect(listing.files.map(\.hash) == ["abcd"])
    }
  }

  static let insight =
    #"{"eventVersion":"1.08","eventTime":"2026-10-31T12:00:00Z","awsRegion":"us-east-1","eventID":"\#(id(1))","eventType":"AwsCloudTrailInsight","recipientAccountId":"111122223333","sharedEventID":"\#(id(2))","insightDetails":{"state":"Start","eventSource":"s3.amazonaws.com","eventName":"GetObject"},"eventCategory":"Insight"}"#
  static let aggregate =
    #"{"eventVersion":"1.11","eventTime":"2026-10-31T12:00:00Z","eventID":"\#(id(1))","eventType":"AwsAggregatedEvent","eventCategory":"Aggregated","awsRegion":"eu-west-1","recipientAccountId":"111122223333"}"#

  @Test(
    "Insights and aggregated events are no events, and no loss",
    arguments: [(insight, FileKind.insight), (aggregate, .neighbour)])
  func notEvents(_ record: String, _ kind: FileKind) throws {
    for content in [delivery([record, record]), record + "\n" + record, "[\(record),\(record)]"] {
      let file = try #require(try scan(content).file)
      #expect(file.kind == kind)
      #expect(file.notEvents == 2)
      #expect(file.records == 0)
      #expect(file.problems.isEmpty)
    }
    let mixed = try scan(delivery([record, event(1)]))
    #expect(mixed.numbers == [1])
    #expect(mixed.file?.kind == .trail)
    #expect(mixed.file?.notEvents == 1)
  }

  static let neighbours: [String] = [
    #"{"fileVersion":"1.0","configSnapshotId":"x","configurationItems":[{"resourceId":"i-1"}]}"#,
    #"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-10-31T12:00:00.000Z","eventName":"ObjectCreated:Put","userIdentity":{"principalId":"AWS:AIDA"},"s3":{"bucket":{"name":"b"}}}]}"#,
    #"{"timestamp":1,"formatVersion":1,"webaclId":"arn","httpRequest":{"clientIp":"1.1.1.1"}}"# + "\n",
    #"{"version":"1.1","account_id":"111122223333","region":"eu-west-1","query_name":"example.com.","srcaddr":"10.0.0.1"}"#
      + "\n",
    #"{"schemaVersion":"2.0","accountId":"111122223333","region":"eu-west-1","service":{"serviceName":"guardduty"}}"#
      + "\n",
    "http 2026-10-31T23:39:43.945958Z app/my-lb/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 \"GET http://example.com:80/ HTTP/1.1\"\n",
    "tls 2.0 2026-10-31T23:39:43 net/my-lb/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341\n",
    "2026-10-31T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 \"GET / HTTP/1.1\"\n",
    "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n2 1 eni-1 a b\n",
    "2 111122223333 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK\n",
    "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be amzn-s3-demo-bucket [06/Feb/2026:00:00:38 +0000] 192.0.2.3\n",
    "#Version: 1.0\n#Fields: date time x-edge-location\n2026-10-31\t21:02:31\tLAX1\n",
  ]

  @Test("Logs that lie beside trails are known, and no loss", arguments: neighbours)
  func neighbour(_ content: String) throws {
    for bytes in [Array(content.utf8), gzip(content.utf8)] {
      let file = try #require(try scan(bytes).file)
      #expect(file.kind == .neighbour)
      #expect(file.problems.isEmpty)
      #expect(file.document == nil)
    }
  }

  @Test(
    "Unknown text and binary files are noticed",
    arguments: [
      Array("hello\n".utf8), [0, 1, 2, 3], [0xFF, 0xFE, 0x7B, 0], gzip([0x7F, 0x45, 0x4C, 0x46]),
      [0x1e, 0x8b],
    ])
  func unknown(_ content: [UInt8]) throws {
    let file = try #require(try scan(content).file)
    #expect(file.kind == .unknown)
    #expect(file.problems.map(\.code) == ["kind-unknown"])
    #expect(file.problems.map(\.severity) == [.notice])
  }

  static let documents: [(content: String, document: String)] = [
    (
      #"{"UserDetailList":[],"RoleDetailList":[{"RoleName":"r"}]}"#,
      #"{"UserDetailList":[],"RoleDetailList":[{"RoleName":"r"}]}"#
    ),
    ("\u{FEFF} {\"trailList\" : []}\n", "{\"trailList\" : []}"),
    (#"{"a":1}"# + "\n" + #"{"b":2}"#, #"[{"a":1},{"b":2}]"#),
    (#"[{"a":1},{"b":2}]"#, #"[{"a":1},{"b":2}]"#),
    (#"[{"a":1}]"#, #"[{"a":1}]"#),
    (#"[ 1, "x" , null ]"#, #"[1,"x",null]"#),
    (#"{"a":"\ud800"}"#, #"{"a":"\ud800"}"#),
  ]

  @Test("Other JSON comes out as it is", arguments: documents)
  func document(_ content: String, _ document: String) throws {
    for bytes in [Array(content.utf8), gzip(content.utf8)] {
      let file = try #require(try scan(bytes).file)
      #expect(file.document.map { String(decoding: $0, as: UTF8.self) } == document)
      #expect(file.problems.isEmpty)
      #expect(file.records == 0)
    }
  }

  @Test("A document that was cut is reported") func cutDocument() throws {
    let file = try #require(try scan(#"{"RoleDetailList":[{"RoleName":"#).file)
    #expect(file.problems.map(\.code) == ["json-truncated"])
    #expect(file.document == nil)
  }

  @Test("A named pipe is read like a file") func pipe() throws {
    try withFolder { folder in
      let path = "\(folder)/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let bytes = Array(delivery(events(1...2000)).utf8)
      let writer = Thread {
        if let handle = FileHandle(forWritingAtPath: path) { handle.write(Data(bytes)); handle.closeFile() }
      }
      writer.start()
      let scanned = scan(paths: [path])
      #expect(scanned.numbers == Array(1...2000))
      #expect(scanned.file?.bytes == bytes.count)
    }
  }
}
