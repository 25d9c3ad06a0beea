/// How the resources that a policy names stand in the records of data events.
enum RecordedResource {
  /// What the events of calls on resources carry: an ARN, as a pattern, for each `resources.type` by which a selector may
  /// choose the event.
  static func places(of resources: [String], type: String) -> [[String: String]] {
    patterns(of: resources, type: type).map { pattern in
      // Events of a table's stream carry both, and selectors of tables record them too. Source: "Logging data events",
      // AWS CloudTrail User Guide.
      guard type == "AWS::DynamoDB::Stream" else { return [type: pattern] }
      let table = "AWS::DynamoDB::Table"
      return [type: pattern, table: patterns(of: pattern, type: table)[0]]
    }
  }

  /// The ARNs that the events of calls on resources carry, as patterns.
  ///
  /// - Parameters:
  ///   - resources: entries of a policy's `Resource`.
  ///   - type: `resources.type` of the events.
  private static func patterns(of resources: [String], type: String) -> [String] {
    // A statement may name the resources of several services.
    let own = resources.filter { mayBe($0, type: type) }
    return (own.isEmpty ? resources : own).flatMap { patterns(of: $0, type: type) }
  }

  private static func patterns(of resource: String, type: String) -> [String] {
    let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6 else { return [resource] }
    let rest = parts[5]
    switch type {
    case "AWS::S3::Object":
      // Through an access point any bucket's objects may be reached.
      guard ["", "*"].contains(parts[3]), ["", "*"].contains(parts[4]), !rest.hasPrefix("accesspoint/") else {
        return ["\(parts[0]):\(parts[1]):s3:::*"]
      }
      // Actions on a bucket are recorded as data events of its objects under the bucket's ARN and a slash.
      return [rest.contains("/") || rest.last == "*" || rest.last == "}" ? resource : resource + "/"]
    case "AWS::DynamoDB::Table":
      // The calls name the table, whatever index or stream they read.
      let words = rest.split(separator: "/", omittingEmptySubsequences: false)
      guard words.count > 2, words[0] == "table", words[2] == "index" || words[2] == "stream" else {
        return [resource]
      }
      return ["\(parts[0]):\(parts[1]):\(parts[2]):\(parts[3]):\(parts[4]):table/\(words[1])"]
    case "AWS::Lambda::Function":
      // Whether the records of a version's or an alias's call carry the qualifier is not documented: both may be.
      let words = rest.split(separator: ":", omittingEmptySubsequences: false)
      guard words.count > 2, words[0] == "function" else { return [resource] }
      let function = "\(parts[0]):\(parts[1]):\(parts[2]):\(parts[3]):\(parts[4]):function:\(words[1])"
      return [function, resource]
    default: return [resource]
    }
  }

  /// Services of the ARNs of types whose ARNs are documented to be of one service.
  ///
  /// Source: "Service Authorization Reference", the resource types of each service.
  private static let services = [
    "AWS::S3::Object": "s3", "AWS::Lambda::Function": "lambda", "AWS::DynamoDB::Table": "dynamodb",
    "AWS::DynamoDB::Stream": "dynamodb", "AWS::SQS::Queue": "sqs", "AWS::SNS::Topic": "sns",
    "AWS::Kinesis::Stream": "kinesis",
  ]

  /// False only for an ARN that is plainly of another service.
  private static func mayBe(_ resource: String, type: String) -> Bool {
    guard let service = services[type] else { return true }
    let parts = resource.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
    // Wildcards and variables may stand for the service, and what is no ARN reaches nothing or everything.
    guard parts.count == 4, !parts[2].contains(where: { "*?$".contains($0) }) else { return true }
    return parts[2] == service
  }

  /// True for a text that stands for every resource of a type: `arn:aws:s3`, `arn:aws:s3:::`, `arn:aws:lambda`,
  /// `arn:aws:dynamodb`, in any partition (a trail has only resources of its own).
  ///
  /// Source: "DataResource", AWS CloudTrail API Reference.
  static func isEverything(_ text: String, of resourceType: String) -> Bool {
    guard let service = services[resourceType] else { return false }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == service else {
      return false
    }
    return parts.dropFirst(3).allSatisfy(\.isEmpty)
  }
}
