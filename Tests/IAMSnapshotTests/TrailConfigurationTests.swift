import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Trail configuration")
struct TrailConfigurationTests {
  private static let arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/org"
  private static let trail = """
    {"Name":"org","S3BucketName":"logs","S3KeyPrefix":"p","IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":true,
    "HomeRegion":"us-east-1","TrailARN":"\(arn)","LogFileValidationEnabled":true,"HasCustomEventSelectors":false,
    "HasInsightSelectors":false,"IsOrganizationTrail":true}
    """
  private static let selectors =
    #"{"TrailARN":"\#(arn)","EventSelectors":[{"ReadWriteType":"WriteOnly","IncludeManagementEvents":true}]}"#
  private static let status = """
    {"IsLogging":true,"LatestDeliveryTime":"2026-10-31T23:59:59+00:00","StartLoggingTime":1765843200.5,
    "StopLoggingTime":"","LatestDigestDeliveryTime":"2026-10-31T23:59:59Z","LatestDeliveryError":"","TimeLoggingStopped":""}
    """

  @Test("Trails have their settings", arguments: [#"{"trailList":[\#(trail)]}"#, #"{"Trail":\#(trail)}"#])
  func trails(json: String) throws {
    let trail = try #require(try trailConfiguration(json).trails.first)
    #expect(trail.name == "org")
    #expect(trail.arn?.accountID?.description == "111122223333")
    #expect(trail.homeRegion == "us-east-1")
    #expect(trail.isMultiRegion == true)
    #expect(trail.isOrganizationTrail == true)
    #expect(trail.includesGlobalServiceEvents == true)
    #expect(trail.bucket == "logs")
    #expect(trail.keyPrefix == "p")
    #expect(trail.validatesLogFiles == true)
  }

  @Test("A status has its times, and an empty text is none")
  func status() throws {
    let status = try #require(try trailConfiguration(Self.status).status)
    #expect(status.isLogging)
    #expect(status.startLogging?.seconds == 1_765_843_200)
    #expect(status.stopLogging == nil)
    #expect(status.latestDelivery?.description == "2026-10-31T23:59:59Z")
    #expect(status.latestDeliveryError == nil)
    #expect(try reading(Self.status).problems.isEmpty)
  }

  @Test("The three may stand in one object, with the account")
  func combined() throws {
    let configuration = try trailConfiguration(
      """
      {"account":"444455556666","describeTrails":{"trailList":[\(Self.trail)]},
      "getEventSelectors":[\(Self.selectors)],"getTrailStatus":\(Self.status)}
      """)
    #expect(configuration.account?.description == "444455556666")
    #expect(configuration.trails.count == 1)
    #expect(configuration.selectors.map(\.trailARNText) == [Self.arn])
    #expect(configuration.status?.isLogging == true)
    let recorded = try #require(configuration.recordedEvents(ofTrail: Self.arn))
    #expect(recorded.records(QuestionedCalls(.management, readOnly: true)) == .none)
    #expect(recorded.records(QuestionedCalls(.management, readOnly: false)) == .all)
  }

  @Test("A trail without custom selectors records management events only")
  func byDefault() throws {
    let configuration = try trailConfiguration(#"{"trailList":[\#(Self.trail)]}"#)
    #expect(configuration.recordedEvents(ofTrail: Self.arn) == .byDefault)
    #expect(configuration.recordedEvents(ofTrail: "another") == nil)
  }

  @Test("Two statuses in one object are nobody's")
  func twoStatuses() throws {
    let configuration = try trailConfiguration(
      #"{"getTrailStatus":[{"IsLogging":true},{"IsLogging":false}]}"#)
    #expect(configuration.status == nil)
  }

  @Test(
    "A part that cannot be read is reported, and the others stay",
    arguments: [
      (#""account":5"#, "wrong-type $.account"), (#""account":"5""#, "malformed-account-id $.account"),
      (#""describeTrails":{"trailList":{}}"#, "wrong-type $.describeTrails.trailList"),
      (#""describeTrails":{"trailList":[3]}"#, "wrong-type $.describeTrails.trailList[0]"),
      (#""describeTrails":"none""#, "not-recognised $.describeTrails"),
      (#""getTrailStatus":{"IsLogging":"yes"}"#, "wrong-type $.getTrailStatus.IsLogging"),
    ])
  func oddParts(part: String, mark: String) throws {
    let reading = try reading(#"{\#(part),"getEventSelectors":\#(Self.selectors)}"#)
    #expect(reading.marks == [mark])
    guard case .trailConfiguration(let configuration) = reading.documents[0] else { throw Unexpected() }
    #expect(configuration.selectors.count == 1)
  }

  @Test(
    "A configuration of which nothing can be read is an error",
    arguments: [#"{"trailList":5}"#, #"{"describeTrails":null}"#, #"{"IsLogging":"maybe"}"#])
  func broken(json: String) {
    #expect(throws: SnapshotError.self) { try reading(json) }
  }
}
