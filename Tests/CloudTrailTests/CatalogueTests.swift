import CloudTrail
import Foundation
import Testing

/// The scanner keeps what the catalogue's tables ask for: both are lists that people add to.
@Suite("What the catalogue asks for is kept") struct CatalogueTests {
  static func rows(_ name: String) throws -> [[String]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Sources/CActionCatalogData/\(name)")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n").filter {
      $0.first != "#"
    }
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  }

  /// Conditions that nothing kept can answer: their actions stay possible. Each with the reason.
  static let notKept: [String: String] = [:]

  /// Event sources without domain by the service prefix that they stand for.
  static func sources() throws -> [String: Set<String>] {
    var sources: [String: Set<String>] = [:]
    for row in try rows("sources.tsv") {
      for prefix in row[1].split(separator: " ") { sources[String(prefix), default: []].insert(row[0]) }
    }
    return sources
  }

  /// Whether a pattern can be answered by what is left of a value.
  static func isAnswered(_ pattern: String, by reduction: DecidingPlace.Reduction) -> Bool {
    func isWord(_ text: some StringProtocol, and more: String = "") -> Bool {
      text.utf8.count <= 64
        && text.allSatisfy {
          $0.isASCII && ($0.isLetter || $0.isNumber || ":_-".contains($0) || more.contains($0))
        }
    }
    let parts = pattern.split(separator: ":", omittingEmptySubsequences: false)
    return switch reduction {
    case .presence: false
    case .word: isWord(pattern, and: "*")
    case .verb:
      ["select", "insert", "update", "delete", "exists"].contains { pattern.lowercased() == $0 + "*" }
    case .version: pattern.lowercased() == "*versionid=*"
    case .arn:
      // By service, or by the type of a resource.
      (parts.count == 4 && parts[0] == "arn" && parts[1] == "*" && parts[3] == "*"
        || parts.count == 3 && parts[0] == "*" && parts[2] == "*")
        && parts.allSatisfy { isWord($0, and: "*") }
    case .path: pattern.hasPrefix("/") && pattern.hasSuffix("*") && isWord(pattern.dropFirst().dropLast())
    case .content: pattern == "*:*"
    }
  }

  @Test("Every condition of the mapping is answered by what is kept of a call, or listed as not kept")
  func conditions() throws {
    let sources = try Self.sources()
    var unused = Set(Self.notKept.keys)
    for row in try Self.rows("calls.tsv") where !row[2].isEmpty {
      let labels = (sources[row[0]] ?? []).union([row[0]])
      for term in row[2].components(separatedBy: " & ") {
        let parts = term.split(separator: "=", maxSplits: 1).map(String.init)
        let isNested = parts[0].contains(where: { ".[{".contains($0) })
        // Whether a name at the top is there is kept of every call.
        if parts.count == 1, !isNested { continue }
        let places = DecidingPlace.all.filter { place in
          place.place == parts[0] && !labels.isDisjoint(with: place.sources)
            && (place.name == "*" || place.name.lowercased() == row[1].lowercased())
        }
        let isKept =
          parts.count == 1 ? !places.isEmpty : places.contains { Self.isAnswered(parts[1], by: $0.reduction) }
        let key = "\(row[0]) \(row[1]) \(term)"
        unused.remove(key)
        #expect(
          isKept || Self.notKept[key] != nil,
          "\(key): add the place to the table in CTrailScanner/place_table.cpp"
        )
      }
    }
    #expect(unused.isEmpty, "listed as not kept, and nobody asks: \(unused.sorted())")
  }

  @Test("No place stands twice, and none is of a version to come")
  func places() {
    var seen: Set<[String]> = []
    for place in DecidingPlace.all {
      #expect(seen.insert(place.sources + [place.name, place.place]).inserted, "\(place)")
      #expect((1...TrailScanner.newestExtraction).contains(place.since), "\(place)")
      #expect(
        !place.place.contains("=") && !place.place.contains("!") && !place.place.contains("&"), "\(place)")
    }
    #expect(DecidingPlace.all.count >= 12)
  }

  @Test(
    "A role is found wherever the catalogue says that a call passes one, in every form that it takes"
  )
  func passedRoles() throws {
    let sources = try Self.sources()
    let role = "arn:aws:iam::111122223333:role/team/r",
      profile = "arn:aws:iam::111122223333:instance-profile/p"
    var cases: [(row: [String], value: String)] = []
    for row in try Self.rows("passrole.tsv") {
      switch row[3] {
      case "role-arn": cases.append((row, role))
      case "role-name": cases.append((row, "r"))
      case "role-arn-or-name": cases += [(row, role), (row, "r")]
      case "instance-profile-arn": cases.append((row, profile))
      case "instance-profile-name": cases.append((row, "p"))
      case "instance-profile-arn-or-name": cases += [(row, profile), (row, "p")]
      default: Issue.record("\(row)")
      }
    }
    let records = cases.enumerated().map { number, item in
      let label = (sources[item.row[0]] ?? [item.row[0]]).sorted().first ?? item.row[0]
      return event(
        number,
        [
          "eventSource": "\"\(label).amazonaws.com\"", "eventName": "\"\(item.row[1])\"",
          "requestParameters": Self.request(item.row[2].split(separator: ".")[...], item.value),
          "readOnly": "false", "managementEvent": "true", "eventCategory": "\"Management\"",
        ])
    }
    let scanned = try scan(delivery(records))
    #expect(scanned.events.count == cases.count)
    for event in scanned.events {
      let (row, value) = cases[number(of: event.id)]
      let path = row[2].replacingOccurrences(of: "{}", with: ".key")
      #expect(event.parameters.contains("\(path)=\(value)"), "\(row) \(value)")
    }
  }

  private static func request(_ steps: ArraySlice<Substring>, _ value: String) -> String {
    guard let step = steps.first else { return "\"\(value)\"" }
    let inner = request(steps.dropFirst(), value)
    if step.hasSuffix("[]") { return "{\"\(step.dropLast(2))\":[\(inner)]}" }
    if step.hasSuffix("{}") { return "{\"\(step.dropLast(2))\":{\"key\":\(inner)}}" }
    return "{\"\(step)\":\(inner)}"
  }
}
