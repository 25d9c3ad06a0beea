import Foundation
import Synchronization
import Testing
import TrailFacts

@testable import CloudTrail

/// Beyond 64 MB content is read piece by piece, and handed over in several batches.
@Suite("Large files are read in pieces") struct LargeFileTests {
  /// Events whose size is made of blanks, with damage in the middle; and what a small file of them gives.
  static let (records, padding) = ((1...1500).map { event($0) }, String(repeating: " ", count: 50_000))

  static func content(_ records: [String], separator: String, before: String, after: String) -> Data {
    var content = Data(before.utf8)
    for (index, record) in records.enumerated() {
      if index > 0 { content += Data((padding + separator).utf8) }
      content += Data(record.utf8)
    }
    return content + Data(after.utf8)
  }

  static let damaged = {
    var records = LargeFileTests.records
    records[750] = String(records[750].dropLast(40))
    return records
  }()

  @Test(
    "They give the same rows as small ones",
    arguments: [
      (",", #"{"Records":["#, "]}"), ("\n", "", ""), (",", "[", "]"),
      (",", #"{"a":1,"Records":["#, #"],"b":{}}"#),
    ])
  func large(_ separator: String, _ before: String, _ after: String) throws {
    let expected = try scan(before + Self.damaged.joined(separator: separator) + after)
    let content = Self.content(Self.damaged, separator: separator, before: before, after: after)
    #expect(content.count > 74_000_000)
    try withFolder { folder in
      let path = "\(folder)/large.json"
      try content.write(to: URL(fileURLWithPath: path))
      let plain = scan(paths: [path])
      #expect(plain.events == expected.events)
      #expect(plain.events.count == 1499)
      #expect(plain.problems == ["record-damaged"])
      #expect(plain.file?.records == 1499)
      #expect(plain.file?.sha256 == plain.file?.contentSHA256)

      try compress(path)
      let compressed = scan(paths: [path + ".gz"])
      #expect(compressed.events == expected.events)
      #expect(compressed.problems == ["record-damaged"])
      #expect(compressed.file?.contentSHA256 == plain.file?.sha256)
      #expect(compressed.file?.contentBytes == content.count)
      #expect(compressed.file?.problems.first?.byteOffset == plain.file?.problems.first?.byteOffset)
    }
  }

  @Test("A record of 20 MB is left out where content is read in pieces, and what lies in it never counts")
  func largeRecord() throws {
    let inner = event(99)
    let filling = String(repeating: inner + ",", count: 20_000_000 / inner.utf8.count) + "1"
    let large = event(2, ["requestParameters": "{\"list\":[\(filling)]}"])
    #expect(large.utf8.count > 17_000_000)
    let whole = try scan(delivery([event(1), large, event(3)]))
    #expect(whole.numbers == [1, 3])
    #expect(whole.problems == ["record-too-large"])
    let lines = try scan([event(1), large, event(3)].joined(separator: "\n"))
    #expect(lines.numbers == [1, 3])
    #expect(lines.problems == ["record-too-large"])
  }

  @Test("A value of 20 MB that holds no events is read with its record") func largeValue() throws {
    let large = event(2, ["requestParameters": "{\"text\":\"\(String(repeating: "x", count: 20_000_000))\"}"])
    #expect(try scan(delivery([event(1), large, event(3)])).numbers == [1, 2, 3])
  }

  @Test("A file of many events comes in several batches") func batches() throws {
    let count = 140_000
    let small: [String: String?] = [
      "userIdentity": nil, "requestParameters": nil, "responseElements": nil, "additionalEventData": nil,
      "resources": nil, "userAgent": nil,
    ]
    let bytes = (1...count).map { event($0, small) }.joined(separator: "\n")
    try withFolder { folder in
      let path = "\(folder)/many.json"
      let other = "\(folder)/other.json"
      try Data(bytes.utf8).write(to: URL(fileURLWithPath: path))
      try Data(event(0).utf8).write(to: URL(fileURLWithPath: other))
      let scanned = scan(paths: [other, path, other])
      #expect(scanned.unfinishedPaths == [path, path, nil])
      #expect(scanned.isOrdered)
      #expect(scanned.files.map(\.path) == [other, path, other])
      #expect(scanned.files.map(\.records) == [1, count, 1])
      #expect(scanned.numbers.sorted() == [0] + Array(0...count))
    }
  }

  @Test("A reader that is ahead of the writer waits") func waiting() {
    let queue = BatchQueue(units: 1, mostWaiting: 3)
    let put = Mutex(0)
    let thread = Thread {
      let scanner = TrailScanner { _ in false }
      for _ in 0..<20 {
        scanner.scan([]) { batch in
          nonisolated(unsafe) let batch = batch
          return queue.put(batch, unit: 0)
        }
        put.withLock { $0 += 1 }
      }
      queue.end(unit: 0)
    }
    thread.start()
    Thread.sleep(forTimeInterval: 0.2)
    #expect(put.withLock { $0 } <= 4)
    var taken = 0
    while queue.take() != nil { taken += 1 }
    #expect(taken == 20)
  }

  @Test("Readers on several threads give the batches in the order of the files", arguments: [1, 2, 3])
  func threads(_ threads: Int) throws {
    try withFolder { folder in
      let paths = (100..<800).map { "\(folder)/\($0).json" }
      for (index, path) in paths.enumerated() {
        try Data(event(index).utf8).write(to: URL(fileURLWithPath: path))
      }
      let reader = TrailReader(files: FileDiscovery(paths: [folder]).files, threads: threads) { _ in false }
      var scanned = Scanned()
      reader.read { scanned.add($0) }
      #expect(scanned.files.map(\.path) == paths)
      #expect(scanned.events.map { number(of: $0.id) }.sorted() == Array(0..<700))
    }
  }

  @Test("A content that is known is not read again") func known() throws {
    try withFolder { folder in
      try Data(event(1).utf8).write(to: URL(fileURLWithPath: "\(folder)/a.json"))
      let digest = try #require(scan(paths: ["\(folder)/a.json"]).file?.sha256)
      var scanned = Scanned()
      TrailReader(files: FileDiscovery(paths: [folder]).files) { $0 == digest }.read { scanned.add($0) }
      #expect(scanned.events.isEmpty)
      #expect(scanned.file?.isKnown == true)
      #expect(scanned.problems == [])
    }
  }

  private func compress(_ path: String) throws {
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-1", "-k", path]
    try gzip.run()
    gzip.waitUntilExit()
    try #require(gzip.terminationStatus == 0)
  }
}
