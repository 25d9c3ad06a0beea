/// The resources whose data events a selector records.
public enum ResourceScope: Hashable, Sendable {
  case everything
  /// Those whose ARN meets any of the conditions.
  case matching([ARNCondition])
}

/// A condition on a resource's ARN. Selectors know no wildcards.
public enum ARNCondition: Hashable, Sendable {
  case equals(String)
  case startsWith(String)
}

/// The resources that an IAM pattern reaches: `*` is any text, `?` any character.
///
/// A policy variable (`${aws:username}`) is taken for any text: it reaches at least what it may stand for.
struct ResourceGlob {
  private enum Part: Equatable {
    case byte(UInt8)
    case anyByte
    case anyText
  }

  private let parts: [Part]

  init(_ pattern: String, resourceType: String) {
    var parts: [Part] = []
    var bytes = Array(pattern.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "*"):
        if parts.last != .anyText { parts.append(.anyText) }
      case UInt8(ascii: "?"): parts.append(.anyByte)
      case UInt8(ascii: "$") where bytes.first == UInt8(ascii: "{") && bytes.contains(UInt8(ascii: "}")):
        bytes = bytes.drop { $0 != UInt8(ascii: "}") }.dropFirst()
        if parts.last != .anyText { parts.append(.anyText) }
      default: parts.append(.byte(byte))
      }
    }
    // Actions on a bucket are recorded as data events of its objects under the bucket's ARN and a slash.
    if resourceType == "AWS::S3::Object", parts.last != .anyText, !parts.contains(.byte(UInt8(ascii: "/"))) {
      parts.append(.byte(UInt8(ascii: "/")))
    }
    self.parts = parts
  }

  /// True if everything that the pattern reaches begins with the text.
  func liesWithin(prefix: String) -> Bool {
    let bytes = Array(prefix.utf8)
    return parts.count >= bytes.count && zip(parts, bytes).allSatisfy { $0 == .byte($1) }
  }

  /// True if the pattern reaches the text and nothing else.
  func isExactly(_ text: String) -> Bool { parts == text.utf8.map { .byte($0) } }

  /// True if the pattern reaches the text.
  func matches(_ text: String) -> Bool { positions(after: text).contains(parts.count) }

  /// True if the pattern reaches something that begins with the text.
  func reaches(prefix: String) -> Bool { !positions(after: prefix).isEmpty }

  /// How far into the pattern one can be after reading the text; `parts.count` is its end.
  private func positions(after text: String) -> Set<Int> {
    var positions = withSkippedWildcards([0])
    for byte in text.utf8 {
      var next: Set<Int> = []
      for position in positions where position < parts.count {
        switch parts[position] {
        case .byte(let expected): if expected == byte { next.insert(position + 1) }
        case .anyByte: next.insert(position + 1)
        case .anyText: next.insert(position)
        }
      }
      positions = withSkippedWildcards(next)
      if positions.isEmpty { break }
    }
    return positions
  }

  private func withSkippedWildcards(_ positions: Set<Int>) -> Set<Int> {
    var all = positions
    for position in positions where position < parts.count && parts[position] == .anyText {
      all.insert(position + 1)
    }
    return all
  }
}

extension ResourceScope {
  /// True if one condition takes in all that the pattern reaches.
  func contains(_ glob: ResourceGlob) -> Bool {
    guard case .matching(let conditions) = self else { return true }
    return conditions.contains { condition in
      switch condition {
      case .equals(let text): glob.isExactly(text)
      case .startsWith(let prefix): glob.liesWithin(prefix: prefix)
      }
    }
  }

  /// True if something that the pattern reaches meets a condition.
  func overlaps(_ glob: ResourceGlob) -> Bool {
    guard case .matching(let conditions) = self else { return true }
    return conditions.contains { condition in
      switch condition {
      case .equals(let text): glob.matches(text)
      case .startsWith(let prefix): glob.reaches(prefix: prefix)
      }
    }
  }

  /// True for a text that stands for every resource of a type: `arn:aws:s3`, `arn:aws:s3:::`, `arn:aws:lambda`,
  /// `arn:aws:dynamodb`, in any partition (a trail has only resources of its own).
  ///
  /// Source: "DataResource", AWS CloudTrail API Reference.
  static func isEverything(_ text: String, of resourceType: String) -> Bool {
    let service: Substring
    switch resourceType {
    case "AWS::S3::Object": service = "s3"
    case "AWS::Lambda::Function": service = "lambda"
    case "AWS::DynamoDB::Table": service = "dynamodb"
    default: return false
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == service else {
      return false
    }
    return parts.dropFirst(3).allSatisfy(\.isEmpty)
  }
}
