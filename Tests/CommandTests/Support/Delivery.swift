import ContentHash
import Foundation

/// How records are spread over files with CloudTrail's names.
enum Delivery {
  /// A file that is to be written.
  struct File {
    let name: String
    let account, region: String
    let time: Int
    let records: [Record]

    var content: String { "{\"Records\":[" + records.map(\.json).joined(separator: ",") + "]}" }
  }

  /// As CloudTrail does: by account, Region and hour, at most so many records in a file.
  static func files(of records: [Record], perFile: Int, tag: String) -> [File] {
    let groups = Dictionary(grouping: records) { "\($0.account) \($0.region) \($0.time / 3_600)" }
    return groups.sorted { $0.key < $1.key }.flatMap { _, mine -> [File] in
      stride(from: 0, to: mine.count, by: perFile).map { start in
        let part = Array(mine[start..<min(start + perFile, mine.count)])
        let (account, region) = (part[0].account, part[0].region)
        // Delivered some minutes after the hour.
        let time = (part[0].time / 3_600 + 1) * 3_600 + 300
        let stamp = Story.spelled(time).filter { $0.isNumber || $0 == "T" || $0 == "Z" }
        let minute = stamp.prefix(13) + "Z"
        let day = [stamp.prefix(4), stamp.dropFirst(4).prefix(2), stamp.dropFirst(6).prefix(2)].joined(
          separator: "/")
        let name = "\(account)_CloudTrail_\(region)_\(minute)_\(tag)\(start).json.gz"
        return File(
          name: "AWSLogs/\(account)/CloudTrail/\(region)/\(day)/\(name)", account: account, region: region,
          time: time,
          records: part)
      }
    }
  }

  /// A digest of some files, for a day of one account and Region.
  static func digest(of files: [File], account: String, region: String, day: Int) -> Value {
    let (start, end) = (Story.start + day * 86_400, Story.start + (day + 1) * 86_400)
    let listed = files.filter {
      $0.account == account && $0.region == region && (start..<end).contains($0.time)
    }
    return [
      "awsAccountId": .text(account), "digestStartTime": .text(Story.spelled(start)),
      "digestEndTime": .text(Story.spelled(end)), "digestS3Bucket": "logs",
      "digestS3Object": .text("AWSLogs/\(account)/CloudTrail-Digest/\(region)/day\(day).json.gz"),
      "logFiles": .list(
        listed.map { file in
          [
            "s3Bucket": "logs", "s3Object": .text(file.name),
            "hashValue": .text(ContentHash(of: file.content).description),
            "hashAlgorithm": "SHA-256",
            "newestEventTime": .text(Story.spelled(file.records.map(\.time).max() ?? 0)),
            "oldestEventTime": .text(Story.spelled(file.records.map(\.time).min() ?? 0)),
          ]
        }),
    ]
  }
}

extension TemporaryFolder {
  /// Writes trail files.
  func deliver(_ files: [Delivery.File], into folder: String, compressed: Bool = true) throws {
    let names = files.map { "\(folder)/\($0.name.dropLast(3))" }
    for (file, name) in zip(files, names) { try write(file.content, to: name) }
    if compressed { try compress(names) }
  }

  /// Writes the story's exports.
  func writeDocuments() throws {
    for (name, page) in Story.pages { try write(page, to: name) }
    try write(Story.configuration, to: "config/first.json")
    try write(Story.organisation, to: "org/policies.json")
  }
}
