import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("What an answer of lookup-events proves")
struct EventHistoryAnswerTests {
  private static let start = "2026-08-05T00:00:00Z"
  private static let end = "2026-10-31T23:59:59Z"
  private static let taken = "2026-11-01T06:00:00Z"

  private static func times(_ start: String, _ end: String) -> String {
    #"{"start-time":"\#(start)","end-time":"\#(end)"}"#
  }

  private func json(
    command: String = "cloudtrail lookup-events", account: String = #""111122223333""#,
    region: String = #""eu-west-1""#, parameters: String? = times(start, end), taken: String? = taken,
    complete: String = "true", output: String = #"{"Events":[]}"#, error: String = "null", more: String = ""
  ) -> String {
    let parameters = parameters.map { #""parameters":\#($0),"# } ?? ""
    let taken = taken.map { #""takenAt":"\#($0)","# } ?? ""
    return
      #"{"accessreview":1,"command":"\#(command)","account":\#(account),"region":\#(region),"resource":null,"#
      + #"\#(parameters)\#(taken)"complete":\#(complete),"error":\#(error),\#(more)"output":\#(output)}"#
  }

  private func answer(_ json: String) throws -> (answer: CallAnswer, problems: [String]) {
    let reading = try reading(json)
    guard case .answer(let answer)? = reading.documents.first, reading.documents.count == 1 else {
      throw Unexpected()
    }
    return (answer, reading.problems.map(\.code))
  }

  private func whole(_ json: String) throws -> String? {
    let (answer, _) = try answer(json)
    return EventHistoryAnswer(answer)?.whole.map {
      "\(UTCTime(seconds: $0.lowerBound)) \(UTCTime(seconds: $0.upperBound))"
    }
  }

  @Test("A whole answer without a filter proves its account, Region and time")
  func proves() throws {
    let (answer, problems) = try answer(json())
    let found = try #require(EventHistoryAnswer(answer))
    #expect(found.account.description == "111122223333")
    #expect(found.region == "eu-west-1")
    #expect(try whole(json()) == "\(Self.start) \(Self.end)")
    #expect(problems == [])
    for harmless in [
      json(parameters: Self.times("2026-08-05T02:00:00+02:00", "2026-10-31T23:59:59.999Z")),
      json(parameters: #"{"start-time":"\#(Self.start)","end-time":"\#(Self.end)","page-size":"50"}"#),
      json(
        parameters: #"{"start-time":"\#(Self.start)","end-time":"\#(Self.end)","lookup-attributes":null}"#),
      json(more: #""eventsRead":{"events":9,"unreadable":0,"elsewhere":0},"#),
    ] {
      #expect(try whole(harmless) == "\(Self.start) \(Self.end)", "\(harmless)")
    }
  }

  @Test("What may lack something proves nothing")
  func provesNothing() throws {
    let filtered =
      #"{"start-time":"\#(Self.start)","end-time":"\#(Self.end)","lookup-attributes":"AttributeKey=EventName,AttributeValue=x"}"#
    for lacking in [
      json(complete: "false"), json(complete: "null"), json(output: #"{"Events":[],"NextToken":"x"}"#),
      json(parameters: filtered),
      json(parameters: filtered.replacing("lookup-attributes", with: "event-category")),
      json(parameters: filtered.replacing("lookup-attributes", with: "starting-token")),
      json(parameters: filtered.replacing("lookup-attributes", with: "query")), json(parameters: "7"),
      json(command: "cloudtrail lookup-events --lookup-attributes AttributeKey=EventName"),
      json(output: "null", error: #"{"code":"AccessDenied","message":"no"}"#),
      json(output: "null", error: #"{"code":"ThrottlingException"}"#),
      json(more: #""eventsRead":{"events":9,"unreadable":1,"elsewhere":0},"#),
      json(more: #""eventsRead":{"events":9,"unreadable":0,"elsewhere":1},"#),
      json(account: "null"), json(account: #""1""#), json(region: "null"), json(region: #""../x""#),
      json(region: #""EU-WEST-1""#), json(region: #""eu--1""#),
    ] {
      #expect(try whole(lacking) == nil, "\(lacking)")
    }
    let strange = json(more: #""eventsRead":{"events":9,"unreadable":0,"elsewhere":1},"#)
    #expect(try answer(strange).problems == ["history-unclear"])
  }

  @Test(
    "Times that tell nothing are reported, and prove nothing",
    arguments: [
      nil, "{}", "null", times("2026-08-05", "2026-10-31"),
      times("2026-08-05T00:00:00", "2026-10-31T00:00:00"),
      times(end, start), #"{"start-time":"2026-08-05T00:00:00Z"}"#, #"{"end-time":"2026-08-05T00:00:00Z"}"#,
      #"{"start-time":1,"end-time":2}"#, times("yesterday", "now"),
    ])
  func unclear(parameters: String?) throws {
    let json = json(parameters: parameters)
    #expect(try whole(json) == nil)
    #expect(try answer(json).problems == ["history-unclear"])
  }

  @Test("Of the time that was asked for, that counts which the history held by then")
  func clamped() throws {
    func whole(_ start: String, _ end: String, taken: String? = Self.taken) throws -> String? {
      try self.whole(json(parameters: Self.times(start, end), taken: taken))
    }
    // An hour before it was asked, and ninety days back.
    #expect(
      try whole("1970-01-01T00:00:00Z", "2999-01-01T00:00:00Z")
        == "2026-08-03T06:00:00Z 2026-11-01T05:00:00Z")
    #expect(try whole("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z") == nil)
    #expect(try whole("2020-01-01T00:00:00Z", "2020-12-02T00:00:00Z") == nil)
    #expect(try whole("2026-11-01T05:30:00Z", "2026-11-01T05:59:00Z") == nil)
    #expect(try whole(Self.start, Self.end, taken: nil) == nil)
    #expect(
      try whole("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", taken: "0001-01-01T00:00:00Z") == nil)
    #expect(
      try whole("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", taken: "9999-12-31T23:59:59Z") != nil)
  }

  @Test("Of a list of Regions the enabled ones are kept, where it is whole")
  func regions() throws {
    let list =
      #"{"Regions":[{"RegionName":"us-east-1","OptInStatus":"opt-in-not-required"},{"RegionName":"af-south-1","OptInStatus":"not-opted-in"},"#
      + #"{"RegionName":"eu-south-1","OptInStatus":"opted-in"},{"RegionName":"x"},{"RegionName":7},5,{"RegionName":"us-east-1"}]}"#
    func enabled(
      _ output: String, _ parameters: String = "{}", complete: String = "true", error: String = "null"
    ) throws -> [String]? {
      EventHistoryAnswer.enabledRegions(
        try answer(
          json(
            command: "ec2 describe-regions", region: "null", parameters: parameters, complete: complete,
            output: output, error: error)
        ).answer)
    }
    #expect(try enabled(list) == ["eu-south-1", "us-east-1"])
    #expect(try enabled(list, #"{"all-regions":true}"#) == ["eu-south-1", "us-east-1"])
    #expect(try enabled(list, #"{"region-names":"us-east-1"}"#) == nil)
    #expect(try enabled(list, complete: "false") == nil)
    #expect(try enabled("{}") == nil)
    #expect(try enabled(#"{"Regions":[]}"#) == nil)
    #expect(try enabled("null", error: #"{"code":"UnauthorizedOperation"}"#) == nil)
  }
}
