import IAMIdentifiers
import IAMPolicy
import JSONText

extension TrailConfiguration {
  private static let sections = ["describeTrails", "getEventSelectors", "getTrailStatus"]

  static func isRecognised(in json: JSONValue) -> Bool {
    sections.contains { json[$0] != nil } || isTrails(json) || isSelectors(json) || isStatus(json)
  }

  private static func isTrails(_ json: JSONValue) -> Bool {
    json["trailList"] != nil || json["Trail"]?["TrailARN"] != nil
  }

  private static func isSelectors(_ json: JSONValue) -> Bool {
    json["TrailARN"] != nil && (json["EventSelectors"] != nil || json["AdvancedEventSelectors"] != nil)
  }

  private static func isStatus(_ json: JSONValue) -> Bool { json["IsLogging"] != nil }

  /// Reads the output of `describe-trails`, `get-trail`, `get-event-selectors` or `get-trail-status`, or an object
  /// that has them under the names of the calls. The last two may be lists there: one item a trail.
  static func read(_ json: JSONValue, at place: String, _ reader: inout DocumentReader) throws(SnapshotError)
    -> TrailConfiguration
  {
    let isCombined = sections.contains { json[$0] != nil }
    var account: AccountID?
    if isCombined, let text = reader.text("account", of: json, at: place) {
      account = AccountID(text)
      if account == nil {
        reader.report(.malformedAccountID, at: "\(place).account", "an account id has 12 digits")
      }
    }
    var trails: [Trail]?
    var selectors: [TrailSelectors]?
    var statuses: [TrailStatus]?
    for (part, partPlace) in reader.parts(of: json, isCombined: isCombined, sections: sections, at: place) {
      if isTrails(part) {
        trails = reader.trails(part, at: partPlace) ?? trails
      } else if isSelectors(part) {
        selectors = (selectors ?? []) + [reader.selectors(part, at: partPlace)]
      } else if isStatus(part) {
        if let status = reader.status(part, at: partPlace) { statuses = (statuses ?? []) + [status] }
      } else {
        reader.report(.notRecognised, at: partPlace, "this is no output of the call that it is named after")
      }
    }
    guard trails != nil || selectors != nil || statuses != nil else {
      throw SnapshotError(broken: "no trail, selector or status can be read", at: place)
    }
    // Two statuses name no trail: whose is whose, nobody can tell.
    return TrailConfiguration(
      account: account, trails: trails ?? [], selectors: selectors ?? [],
      status: statuses?.count == 1 ? statuses?.first : nil)
  }
}

extension DocumentReader {
  fileprivate mutating func parts(
    of json: JSONValue, isCombined: Bool, sections: [String], at place: String
  ) -> [(JSONValue, String)] {
    guard isCombined else { return [(json, place)] }
    return sections.flatMap { section -> [(JSONValue, String)] in
      guard let part = member(section, of: json) else { return [] }
      guard let items = part.array else { return [(part, "\(place).\(section)")] }
      return items.enumerated().map { ($1, "\(place).\(section)[\($0)]") }
    }
  }

  /// Nil where the list is no list.
  fileprivate mutating func trails(_ json: JSONValue, at place: String) -> [Trail]? {
    if let trail = json["Trail"], json["trailList"] == nil {
      return [self.trail(trail, at: "\(place).Trail")]
    }
    guard json["trailList"]?.array != nil else {
      report(.wrongType, at: "\(place).trailList", "a list should stand here")
      return nil
    }
    return objects("trailList", of: json, at: place) { $0.trail($1, at: $2) }
  }

  private mutating func trail(_ json: JSONValue, at place: String) -> Trail {
    Trail(
      name: text("Name", of: json, at: place), arnText: arn("TrailARN", of: json, at: place),
      homeRegion: text("HomeRegion", of: json, at: place),
      isMultiRegion: flag("IsMultiRegionTrail", of: json, at: place),
      isOrganizationTrail: flag("IsOrganizationTrail", of: json, at: place),
      includesGlobalServiceEvents: flag("IncludeGlobalServiceEvents", of: json, at: place),
      bucket: text("S3BucketName", of: json, at: place), keyPrefix: text("S3KeyPrefix", of: json, at: place),
      validatesLogFiles: flag("LogFileValidationEnabled", of: json, at: place),
      hasCustomEventSelectors: flag("HasCustomEventSelectors", of: json, at: place),
      hasInsightSelectors: flag("HasInsightSelectors", of: json, at: place))
  }

  fileprivate mutating func status(_ json: JSONValue, at place: String) -> TrailStatus? {
    guard let isLogging = flag("IsLogging", of: json, at: place) else { return nil }
    return TrailStatus(
      isLogging: isLogging, startLogging: time("StartLoggingTime", of: json, at: place),
      stopLogging: time("StopLoggingTime", of: json, at: place),
      latestDelivery: time("LatestDeliveryTime", of: json, at: place),
      latestDigestDelivery: time("LatestDigestDeliveryTime", of: json, at: place),
      latestDeliveryError: filledText("LatestDeliveryError", of: json, at: place))
  }
}
