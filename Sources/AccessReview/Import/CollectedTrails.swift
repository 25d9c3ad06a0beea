import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import IAMSnapshot
import JSONText

/// Puts the settings of trails that came in lines of their own together, as one document tells them.
enum CollectedTrails {
  private struct Settings {
    var trail: JSONValue?
    var selectors: [JSONValue] = []
    var status: JSONValue?
  }

  /// The configuration that the lines make up, and the newest time that they are of, in seconds since 1970; nil where there
  /// are none. Answers are for the account that was asked.
  static func configuration(in reading: SnapshotReading) -> (text: String, takenAt: Int64?)? {
    var settings: [String: [String: Settings]] = [:]
    var newest: UTCTime?
    for case .collected(let line) in reading.documents {
      guard case .trailConfiguration(let configuration) = line.document else { continue }
      newest = [newest, line.takenAt].compactMap { $0 }.max()
      let account = line.account?.description ?? ""
      let trails = (line.output["trailList"]?.array ?? []) + [line.output["Trail"]].compactMap { $0 }
      for trail in trails {
        settings[account, default: [:]][trail["TrailARN"]?.string ?? "", default: Settings()].trail = trail
      }
      if let arn = configuration.selectors.first?.trailARNText {
        settings[account, default: [:]][arn, default: Settings()].selectors.append(line.output)
      }
      if configuration.status != nil, let arn = line.resource {
        settings[account, default: [:]][arn, default: Settings()].status = line.output
      }
    }
    guard !settings.isEmpty else { return nil }
    let documents = settings.sorted { $0.key < $1.key }.flatMap { account, trails in
      trails.sorted { $0.key < $1.key }.map { document(of: $1, account: account) }
    }
    return (JSONValue.array(documents).canonicalText, newest?.seconds)
  }

  private static func document(of settings: Settings, account: String) -> JSONValue {
    var members: [JSONValue.Member] = []
    if !account.isEmpty { members.append(.init("account", .string(account))) }
    if let trail = settings.trail {
      members.append(.init("describeTrails", .object([.init("trailList", .array([trail]))])))
    }
    if !settings.selectors.isEmpty { members.append(.init("getEventSelectors", .array(settings.selectors))) }
    if let status = settings.status { members.append(.init("getTrailStatus", .array([status]))) }
    return .object(members)
  }
}
