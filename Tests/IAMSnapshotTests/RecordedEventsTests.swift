import IAMSnapshot
import Testing

/// What the selectors in a JSON list record; `kind` is `EventSelectors` or `AdvancedEventSelectors`.
private func recorded(_ kind: String, _ selectors: String) throws -> RecordedEvents {
  let configuration = try trailConfiguration(
    #"{"TrailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/t","\#(kind)":[\#(selectors)]}"#)
  return try #require(configuration.selectors.first).recorded
}

private func advanced(_ selectors: [String]...) throws -> RecordedEvents {
  try recorded(
    "AdvancedEventSelectors",
    selectors.map { #"{"FieldSelectors":[\#($0.joined(separator: ","))]}"# }.joined(separator: ","))
}

private func field(_ name: String, _ conditions: String) -> String { #"{"Field":"\#(name)",\#(conditions)}"# }

private let management = field("eventCategory", #""Equals":["Management"]"#)
private let data = field("eventCategory", #""Equals":["Data"]"#)
private let network = field("eventCategory", #""Equals":["NetworkActivity"]"#)
private let objects = field("resources.type", #""Equals":["AWS::S3::Object"]"#)

@Suite("Recorded events: basic selectors")
struct BasicSelectorTests {
  @Test(
    "Management reads and writes are recorded as the selector says",
    arguments: [
      ("{}", true, true), (#"{"ReadWriteType":"ReadOnly"}"#, true, false),
      (#"{"ReadWriteType":"WriteOnly"}"#, false, true), (#"{"IncludeManagementEvents":false}"#, false, false),
      (#"{"IncludeManagementEvents":"yes"}"#, false, false), (#"{"ReadWriteType":"Some"}"#, false, false),
      (#"{"ReadWriteType":3}"#, false, false), (#"{"ExcludeManagementEventSources":[7]}"#, false, false),
      (#"{"ExcludeManagementEventSources":"kms.amazonaws.com"}"#, false, false),
    ])
  func management(selector: String, reads: Bool, writes: Bool) throws {
    let recorded = try recorded("EventSelectors", selector)
    #expect((recorded.managementReads != .notRecorded) == reads)
    #expect((recorded.managementWrites != .notRecorded) == writes)
  }

  @Test("Excluded sources are not recorded, unless another selector records them")
  func excluded() throws {
    let kms = #"{"ExcludeManagementEventSources":["kms.amazonaws.com","rdsdata.amazonaws.com"]}"#
    let one = try recorded("EventSelectors", kms)
    #expect(one.managementReads == .recorded(exceptSources: ["kms.amazonaws.com", "rdsdata.amazonaws.com"]))
    #expect(one.records(managementEventsOf: "kms.amazonaws.com", readOnly: true) == .none)
    #expect(one.records(managementEventsOf: "ec2.amazonaws.com", readOnly: nil) == .all)
    let two = try recorded("EventSelectors", kms + #",{"ReadWriteType":"ReadOnly"}"#)
    #expect(two.records(managementEventsOf: "kms.amazonaws.com", readOnly: true) == .all)
    #expect(two.records(managementEventsOf: "kms.amazonaws.com", readOnly: nil) == .some)
  }

  @Test(
    "A value may stand for everything of its type",
    arguments: [
      ("AWS::S3::Object", "arn:aws:s3"), ("AWS::S3::Object", "arn:aws:s3:::"),
      ("AWS::S3::Object", "arn:aws-cn:s3:::"),
      ("AWS::Lambda::Function", "arn:aws:lambda"), ("AWS::DynamoDB::Table", "arn:aws:dynamodb"),
    ])
  func everything(type: String, value: String) throws {
    let recorded = try recorded(
      "EventSelectors", #"{"DataResources":[{"Type":"\#(type)","Values":["x","\#(value)"]}]}"#)
    #expect(recorded.data.map(\.resources) == [.everything])
    #expect(recorded.records(dataOf: type, arnPatterns: ["*"], readOnly: nil) == .all)
  }

  @Test("Values of objects are prefixes, those of functions whole ARNs")
  func values() throws {
    let function = "arn:aws:lambda:us-east-1:111122223333:function:f"
    let recorded = try recorded(
      "EventSelectors",
      """
      {"ReadWriteType":"WriteOnly","DataResources":[
      {"Type":"AWS::S3::Object","Values":["arn:aws:s3:::logs","arn:aws:s3:::app/in"]},
      {"Type":"AWS::Lambda::Function","Values":["\(function)"]},{"Type":"AWS::DynamoDB::Table","Values":[]}]}
      """)
    #expect(
      recorded.data.map(\.resources) == [
        .matching([.startsWith("arn:aws:s3:::logs/"), .startsWith("arn:aws:s3:::app/in")]),
        .matching([.equals(function)]), .matching([]),
      ])
    #expect(recorded.data.allSatisfy { $0.writes && !$0.reads })
  }

  @Test("Without any selector that can be read nothing is recorded, and that is said")
  func noSelectors() throws {
    let reading = try reading(
      #"{"TrailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/t","EventSelectors":[]}"#)
    #expect(reading.problems.map(\.code) == ["selectors-missing"])
  }
}

@Suite("Recorded events: advanced selectors")
struct AdvancedSelectorTests {
  @Test("Management events, without those of a source, reads only")
  func managementEvents() throws {
    let recorded = try advanced([
      management, field("readOnly", #""Equals":["true"]"#),
      field("eventSource", #""NotEquals":["kms.amazonaws.com"],"Equals":[]"#),
    ])
    #expect(recorded.managementReads == .recorded(exceptSources: ["kms.amazonaws.com"]))
    #expect(recorded.managementWrites == .notRecorded)
    #expect(recorded.notUnderstood.isEmpty)
  }

  @Test("Conditions on the ARN are alternatives, and on one field they join")
  func dataEvents() throws {
    let recorded = try advanced([
      objects, data,
      field("resources.ARN", #""StartsWith":["arn:aws:s3:::a/"],"Equals":["arn:aws:s3:::b/c"]"#),
    ])
    #expect(
      recorded.data == [
        RecordedEvents.DataEvents(
          resourceType: "AWS::S3::Object", reads: true, writes: true,
          resources: .matching([.equals("arn:aws:s3:::b/c"), .startsWith("arn:aws:s3:::a/")]))
      ])
  }

  @Test("Network activity is recorded by source")
  func networkActivity() throws {
    let recorded = try advanced(
      [network, field("eventSource", #""Equals":["kms.amazonaws.com"]"#)],
      [network, field("eventSource", #""Equals":["ec2.amazonaws.com"]"#)])
    #expect(recorded.networkActivitySources == ["ec2.amazonaws.com", "kms.amazonaws.com"])
    #expect(recorded.records(networkActivityOf: "kms.amazonaws.com") == .all)
    #expect(recorded.records(networkActivityOf: "s3.amazonaws.com") == .none)
  }

  @Test(
    "A condition that is not understood keeps its selector from counting",
    arguments: [
      ([management, field("eventName", #""NotEquals":["X"]"#)], "Management", "eventName", "NotEquals"),
      (
        [management, field("eventSource", #""Equals":["ec2.amazonaws.com"]"#)], "Management", "eventSource",
        "Equals"
      ),
      (
        [management, field("userIdentity.arn", #""Equals":["x"]"#)], "Management", "userIdentity.arn",
        "Equals"
      ),
      (
        [data, objects, field("resources.ARN", #""NotStartsWith":["x"]"#)], "Data", "resources.ARN",
        "NotStartsWith"
      ),
      ([data, objects, field("resources.ARN", #""EndsWith":["x"]"#)], "Data", "resources.ARN", "EndsWith"),
      ([data, objects, field("eventSource", #""Equals":["x"]"#)], "Data", "eventSource", "Equals"),
      ([data, objects, field("resources.ARN", #""Matches":["x"]"#)], "Data", "resources.ARN", "Matches"),
      ([data, objects, field("readOnly", #""NotEquals":["true"]"#)], "Data", "readOnly", "NotEquals"),
      ([data, objects, field("readOnly", #""Equals":["perhaps"]"#)], "Data", "readOnly", "Equals"),
      ([data, objects, field("resources.ARN", #""Equals":"x""#)], "Data", "resources.ARN", nil),
      ([data, objects, objects], "Data", "resources.type", nil),
      ([data, objects, #"{"Equals":["x"]}"#], "Data", "FieldSelectors", nil),
      (
        [data, objects, field("readOnly", #""Equals":["true"],"Equals":["false"]"#)], "Data", "readOnly", nil
      ),
      ([data], "Data", "resources.type", nil),
      ([objects], nil, "eventCategory", nil), ([], nil, "eventCategory", nil),
      ([network], "NetworkActivity", "eventSource", nil),
      (
        [
          network, field("eventSource", #""Equals":["kms.amazonaws.com"]"#),
          field("errorCode", #""Equals":["VpceAccessDenied"]"#),
        ], "NetworkActivity", "errorCode", "Equals"
      ),
    ] as [([String], String?, String, String?)])
  func notUnderstood(fields: [String], category: String?, name: String, operatorName: String?) throws {
    let recorded = try advanced(fields)
    #expect(recorded.managementReads == .notRecorded)
    #expect(recorded.managementWrites == .notRecorded)
    #expect(recorded.data.isEmpty)
    #expect(recorded.networkActivitySources.isEmpty)
    let item = try #require(recorded.notUnderstood.first)
    #expect(item.category == category)
    #expect(item.field == name)
    #expect(item.operatorName == operatorName)
  }

  @Test("A selector that is not understood makes unknown what no other records, of its own kind only")
  func unknown() throws {
    let recorded = try advanced(
      [management], [data, objects, field("eventName", #""Equals":["PutObject"]"#)])
    #expect(recorded.records(managementEventsOf: "ec2.amazonaws.com", readOnly: nil) == .all)
    #expect(recorded.records(dataOf: "AWS::S3::Object", arnPatterns: ["*"], readOnly: nil) == .unknown)
    #expect(recorded.records(dataOf: "AWS::Lambda::Function", arnPatterns: ["*"], readOnly: nil) == .none)
  }

  @Test("Selectors of other categories record no calls")
  func otherCategories() throws {
    let recorded = try advanced([field("eventCategory", #""Equals":["Insight"]"#)])
    #expect(recorded == (try advanced([field("eventCategory", #""Equals":["Evidence"]"#)])))
    #expect(recorded.notUnderstood.isEmpty)
  }
}

@Suite("Recorded events: what a grant reaches")
struct GrantCoverageTests {
  @Test(
    "A grant's resources are recorded all, some or none",
    arguments: [
      ("arn:aws:s3:::app-0/*", .all), ("arn:aws:s3:::app-0/in/${aws:username}/*", .all),
      ("arn:aws:s3:::app-0", .all),
      ("arn:aws:s3:::app-0/key", .all), ("arn:aws:s3:::one/key", .all), ("arn:aws:s3:::one/*", .some),
      ("arn:aws:s3:::one/ke?", .some), ("arn:aws:s3:::app-*/*", .some), ("arn:aws:s3:::app-*", .some),
      ("*", .some),
      ("arn:aws:s3:::app-?/x", .some), ("arn:aws:s3:::app-${x}/*", .some), ("arn:aws:s3:::app-1/*", .none),
      ("arn:aws:s3:::app-00/*", .none), ("arn:aws:s3:::one", .none), ("arn:aws:s3:::APP-0/*", .none),
      ("", .none), ("arn:aws:s3:::app-${/*", .none), ("arn:aws:s3:::*/key", .some),
      ("arn:*:s3:::app-0/*", .some),
    ] as [(String, RecordedEvents.Extent)])
  func extents(pattern: String, extent: RecordedEvents.Extent) throws {
    let recorded = try advanced([
      data, objects,
      field("resources.ARN", #""StartsWith":["arn:aws:s3:::app-0/"],"Equals":["arn:aws:s3:::one/key"]"#),
    ])
    #expect(recorded.records(dataOf: "AWS::S3::Object", arnPatterns: [pattern], readOnly: nil) == extent)
  }

  @Test("With several resources all must be recorded")
  func several() throws {
    let recorded = try advanced([data, objects, field("resources.ARN", #""StartsWith":["arn:aws:s3:::a/"]"#)])
    func extent(_ patterns: [String]) -> RecordedEvents.Extent {
      recorded.records(dataOf: "AWS::S3::Object", arnPatterns: patterns, readOnly: true)
    }
    #expect(extent(["arn:aws:s3:::a/*", "arn:aws:s3:::a"]) == .all)
    #expect(extent(["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]) == .some)
    #expect(extent(["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"]) == .none)
    #expect(extent([]) == .none)
  }

  @Test("Reads and writes are apart, and both are needed where it is unknown which")
  func readsAndWrites() throws {
    let recorded = try advanced([data, objects, field("readOnly", #""Equals":[false]"#)])
    func extent(_ readOnly: Bool?) -> RecordedEvents.Extent {
      recorded.records(dataOf: "AWS::S3::Object", arnPatterns: ["*"], readOnly: readOnly)
    }
    #expect(extent(true) == .none)
    #expect(extent(false) == .all)
    #expect(extent(nil) == .some)
  }

  @Test("A hostile pattern takes no unreasonable time")
  func hostile() throws {
    let prefix = String(repeating: "a", count: 500)
    let recorded = try advanced([data, objects, field("resources.ARN", #""StartsWith":["\#(prefix)b"]"#)])
    let pattern = String(repeating: "*a", count: 500) + "${"
    #expect(recorded.records(dataOf: "AWS::S3::Object", arnPatterns: [pattern], readOnly: nil) == .some)
  }
}
