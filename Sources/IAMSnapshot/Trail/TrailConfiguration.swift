public import IAMIdentifiers

/// What is known of an account's trails: their settings, their event selectors, whether they are logging.
///
/// A document may hold any of these three; the rest is empty.
public struct TrailConfiguration: Hashable, Sendable {
  /// The account whose configuration it is, where the document says so: an organisation trail's ARN names the
  /// account that owns it instead.
  public let account: AccountID?
  public let trails: [Trail]
  public let selectors: [TrailSelectors]
  /// Of the document's only trail; nil where it says nothing.
  public let status: TrailStatus?

  /// What a trail records; nil where the document does not tell.
  ///
  /// From the trail's selectors, else from `HasCustomEventSelectors`: without custom ones a trail records what
  /// every trail does by default.
  public func recordedEvents(ofTrail arnText: String) -> RecordedEvents? {
    if let selectors = selectors.last(where: { $0.trailARNText == arnText }) { return selectors.recorded }
    let trail = trails.last { $0.arnText == arnText }
    return trail?.hasCustomEventSelectors == false ? .byDefault : nil
  }
}

/// A trail's settings. Flags are nil where the document does not say.
///
/// Source: "Trail", AWS CloudTrail API Reference.
public struct Trail: Hashable, Sendable {
  public let name: String?
  /// As it was written; nil where the document has none.
  public let arnText: String?
  public let homeRegion: String?
  public let isMultiRegion: Bool?
  public let isOrganizationTrail: Bool?
  public let includesGlobalServiceEvents: Bool?
  /// The S3 bucket that the files are delivered to.
  public let bucket: String?
  public let keyPrefix: String?
  /// Whether digests are written.
  public let validatesLogFiles: Bool?
  public let hasCustomEventSelectors: Bool?
  public let hasInsightSelectors: Bool?

  /// The ARN, if it is one.
  public var arn: ARN? { arnText.flatMap { ARN($0) } }
}

/// A trail's event selectors.
public struct TrailSelectors: Hashable, Sendable {
  /// As it was written; nil where the document has none.
  public let trailARNText: String?
  public let selectors: [EventSelector]
  /// What the selectors record together.
  public let recorded: RecordedEvents

  /// The ARN, if it is one.
  public var trailARN: ARN? { trailARNText.flatMap { ARN($0) } }
}

/// Whether a trail is logging, and since when.
///
/// Source: "GetTrailStatus", AWS CloudTrail API Reference.
public struct TrailStatus: Hashable, Sendable {
  public let isLogging: Bool
  /// When logging was last started.
  public let startLogging: UTCTime?
  /// When logging was last stopped; may lie before `startLogging`.
  public let stopLogging: UTCTime?
  public let latestDelivery: UTCTime?
  public let latestDigestDelivery: UTCTime?
  /// Why the last delivery failed; nil where it did not.
  public let latestDeliveryError: String?
}
