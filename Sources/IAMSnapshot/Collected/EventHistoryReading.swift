public import IAMIdentifiers
import IAMPolicy
import JSONText

extension DocumentReader {
  /// What is kept of an answer of `lookup-events` beside its events: for which time they are all there were.
  mutating func eventHistory(
    _ line: JSONValue, _ output: JSONValue, _ context: CallContext, at place: String
  ) -> CallAnswer {
    var context = context
    let read = line["eventsRead"]
    let isRead = read?["unreadable"]?.integer ?? 0 == 0
    let isOwn = read?["elsewhere"]?.integer ?? 0 == 0
    if !isOwn {
      report(.historyUnclear, at: place, "some of its events are of another account than the line names")
    }
    context.isComplete = context.isComplete == true && !claimsMore(output) && isRead && isOwn
    let parameters = line["parameters"]
    func bound(_ name: String) -> UTCTime? { parameters?[name]?.string.flatMap { UTCTime(iso8601: $0) } }
    let (start, end) = (bound("start-time"), bound("end-time"))
    var members: [JSONValue.Member] = []
    if let start, let end, start <= end {
      members = [.init("end", .string(end.description)), .init("start", .string(start.description))]
    } else if context.isComplete == true, context.filter == nil {
      report(
        .historyUnclear, at: "\(place).parameters",
        "its start-time and end-time do not tell for which time this history is whole")
    }
    if context.isComplete == true, context.account == nil || context.region == nil {
      report(.historyUnclear, at: place, "this history does not say of which account and Region it is")
    }
    let content = RawPolicy(canonicalText: JSONValue.object(members).canonicalText, isJSON: true)
    return answer(.eventHistory, context, resource: nil, .given(content))
  }

  /// The Regions that are enabled in an account, out of the answer of `describe-regions`.
  mutating func enabledRegions(
    _ line: JSONValue, _ output: JSONValue, _ context: CallContext, at place: String
  ) -> CallAnswer {
    var context = context
    context.region = nil
    let names = list("Regions", of: output, at: "\(place).output").compactMap { region -> String? in
      // Source: "Region", member OptInStatus, Amazon EC2 API Reference.
      guard region["OptInStatus"]?.string != "not-opted-in", let name = region["RegionName"]?.string,
        EventHistoryAnswer.isRegion(name)
      else { return nil }
      return name
    }
    context.isComplete = context.isComplete == true && !claimsMore(output) && !names.isEmpty
    let regions = JSONValue.array(Set(names).sorted().map { .string($0) })
    let content = JSONValue.object([.init("enabled", regions)]).canonicalText
    return answer(
      .regions, context, resource: nil, .given(RawPolicy(canonicalText: content, isJSON: true)))
  }
}

/// What an answer of `lookup-events` proves: that of its account, its Region and its time no management event is missing.
///
/// Sources: "LookupEvents", AWS CloudTrail API Reference; "Working with CloudTrail event history", AWS CloudTrail User
/// Guide (management events of 90 days, recorded whatever trails there are).
public struct EventHistoryAnswer: Hashable, Sendable {
  public let account: AccountID
  public let region: String
  /// Seconds since 1970, both ends included; nil where it is not known to be whole for any time: pages are missing, it was
  /// refused, its time is not told, or lies where there is no history.
  public let whole: ClosedRange<Int64>?

  /// Seconds in which an event may still come.
  private static let delay: Int64 = 3_600
  /// Seconds that the history reaches back.
  private static let memory: Int64 = 90 * 86_400

  /// Nil for an answer of another call, for one that was filtered, and for one of which nothing says whose it is.
  public init?(_ answer: CallAnswer) {
    guard answer.call == .eventHistory, answer.filter == nil, let account = answer.account,
      let region = answer.region, EventHistoryAnswer.isRegion(region)
    else { return nil }
    self.account = account
    self.region = region
    whole = EventHistoryAnswer.period(of: answer).flatMap { period in
      guard answer.isComplete, let asked = answer.takenAt?.seconds else { return nil }
      let start = max(period.lowerBound, asked - EventHistoryAnswer.memory, 0)
      let end = min(period.upperBound, asked - EventHistoryAnswer.delay)
      return start <= end ? start...end : nil
    }
  }

  /// The time that was asked for, in seconds since 1970, whatever the answer is worth.
  public static func period(of answer: CallAnswer) -> ClosedRange<Int64>? {
    guard answer.call == .eventHistory, let output = answer.output,
      let start = output["start"]?.string.flatMap({ UTCTime(iso8601: $0) }),
      let end = output["end"]?.string.flatMap({ UTCTime(iso8601: $0) }), start <= end
    else { return nil }
    return start.seconds...end.seconds
  }

  /// The Regions that an answer of `describe-regions` tells to be enabled; nil where it is no whole answer of it.
  public static func enabledRegions(_ answer: CallAnswer) -> [String]? {
    guard answer.call == .regions, answer.filter == nil, answer.isComplete else { return nil }
    let regions = answer.output?["enabled"]?.array?.compactMap(\.string) ?? []
    return regions.isEmpty ? nil : regions
  }

  /// Whether a text has the form of a Region's name, such as `eu-west-1`.
  static func isRegion(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count >= 3 && text.utf8.count <= 32
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
      && parts.allSatisfy { !$0.isEmpty }
  }
}
