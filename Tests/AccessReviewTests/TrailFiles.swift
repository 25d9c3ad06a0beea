import Foundation
import IAMIdentifiers

/// A world's events, in files as CloudTrail delivers them or as people cut them.
struct TrailFiles {
  let world: World

  private struct Target: Hashable {
    let account, region, form: String
  }

  /// Writes the files and gives their paths: those that speak for themselves, and those that are declared complete.
  func write(to folder: URL) throws -> [[String]] {
    var records: [Target: [JSON]] = [:]
    var count = 0
    func add(_ event: JSON, _ form: String, _ identity: JSON) {
      count += 1
      let record = self.record(event, number: count, identity: identity)
      let target = Target(
        account: event["account"]?.string ?? world.account,
        region: event["fileRegion"]?.string ?? event["region"]?.string ?? home,
        form: event["form"]?.string ?? form)
      records[target, default: []].append(record)
    }
    let trails = world.json["trails"]?.array ?? [world.json["trail"] ?? [:]]
    for trail in trails where trail != .null {
      for event in background(trail) { add(event, trail["as"]?.string ?? "delivered", Self.service) }
    }
    let form = trails.first?["as"]?.string ?? "delivered"
    for role in world.roles {
      for event in role.json["events"]?.array ?? [] { add(event, form, role.identity) }
    }
    for event in world.json["events"]?.array ?? [] { add(event, form, Self.service) }
    var files: [[String]] = [[], []]
    for (target, events) in records.sorted(by: {
      ($0.key.form, $0.key.account, $0.key.region) < ($1.key.form, $1.key.account, $1.key.region)
    }) {
      let owner = target.form == "foreign" ? "999988887777" : target.account
      let name =
        target.form == "delivered" || target.form == "foreign"
        ? "\(owner)_CloudTrail_\(target.region)_20261031T2355Z_\(target.form).json"
        : "\(target.form)-\(target.account)-\(target.region).json"
      let file = folder.appending(path: "trails/\(name)")
      try (["Records": .array(events)] as JSON).write(to: file)
      files[target.form == "complete" ? 1 : 0].append(file.path)
    }
    for (index, digest) in (world.json["digests"]?.array ?? []).enumerated() {
      let file = folder.appending(path: "trails/digest-\(index).json")
      try digest.write(to: file)
      files[0].append(file.path)
    }
    return files
  }

  private var home: String { world.json["home"]?.string ?? "us-east-1" }

  private static let service: JSON = ["type": "AWSService", "invokedBy": "config.amazonaws.com"]

  /// Events of every day, which make it a day of deliveries.
  private func background(_ trail: JSON) -> [JSON] {
    guard let first = UTCDay(trail["from"]?.string ?? "2026-07-30"),
      let last = UTCDay(trail["to"]?.string ?? "2026-10-31")
    else { return [] }
    let gaps = (trail["gaps"]?.array ?? []).compactMap { gap -> ClosedRange<UTCDay>? in
      guard let texts = gap.strings, let from = UTCDay(texts[0]), let to = UTCDay(texts[texts.count - 1])
      else { return nil }
      return from...to
    }
    let kinds = trail["background"]?.strings ?? ["read", "write", "kms"]
    var events: [JSON] = []
    for day in first...last where !gaps.contains(where: { $0.contains(day) }) {
      for region in trail["regions"]?.strings ?? ["us-east-1", "eu-west-1"] {
        for kind in kinds {
          let (source, name, isWrite) =
            switch kind {
            case "write": ("ec2.amazonaws.com", "DeleteNetworkInterface", true)
            case "kms": ("kms.amazonaws.com", "GenerateDataKey", false)
            default: ("ec2.amazonaws.com", "DescribeInstances", false)
            }
          events.append([
            "at": .string("\(day)T12:00:00Z"), "source": .string(source), "name": .string(name),
            "write": .bool(isWrite),
            "region": .string(region),
          ])
        }
      }
    }
    return events
  }

  private func record(_ event: JSON, number: Int, identity: JSON) -> JSON {
    var source = event["source"]?.string ?? ""
    var name = event["name"]?.string ?? ""
    if let call = event["call"]?.string {
      let words = call.split(separator: " ")
      (source, name) = ("\(words[0]).amazonaws.com", String(words[words.count - 1]))
    }
    var record: [String: JSON] = [
      "eventVersion": "1.11", "userIdentity": event["identity"] ?? identity,
      "eventTime": event["at"] ?? "2026-10-01T10:00:00Z",
      "eventSource": .string(source), "eventName": .string(name),
      "awsRegion": event["region"] ?? .string(home),
      "sourceIPAddress": "192.0.2.1", "userAgent": "aws-cli",
      "requestParameters": event["parameters"] ?? .null,
      "responseElements": event["response"] ?? .null, "requestID": "r",
      "readOnly": .bool(event["write"]?.bool != true),
      "eventID": event["id"]
        ?? .string(
          "00000000-0000-4000-8000-\(String(repeating: "0", count: 12 - String(number).count))\(number)"),
      "eventType": "AwsApiCall", "managementEvent": .bool(event["data"] == nil),
      "eventCategory": event["data"] == nil ? "Management" : "Data",
      "recipientAccountId": event["account"] ?? .string(world.account),
    ]
    if let error = event["error"] { record["errorCode"] = error }
    if let message = event["message"] { record["errorMessage"] = message }
    if let type = event["data"] { record["resources"] = [["type": type, "ARN": "arn:aws:s3:::bucket/key"]] }
    for (key, value) in event["set"]?.object ?? [:] { record[key] = value }
    return .object(record)
  }
}
