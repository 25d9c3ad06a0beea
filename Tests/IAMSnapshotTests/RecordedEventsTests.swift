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

extension RecordedEvents {
  fileprivate func managementEvents(of source: String, readOnly: Bool?) -> Extent {
    records(QuestionedCalls(.management, names: [.init(source: source, name: "*")], readOnly: readOnly))
  }

  fileprivate func dataEvents(_ type: String, on resources: [String], readOnly: Bool? = nil) -> Extent {
    records(QuestionedCalls(.data(resourceType: type), readOnly: readOnly, resources: resources))
  }

  fileprivate func networkActivity(of source: String) -> Extent {
    records(QuestionedCalls(.networkActivity, names: [.init(source: source, name: "*")]))
  }
}

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
    #expect((recorded.managementEvents(of: "ec2.amazonaws.com", readOnly: true) == .all) == reads)
    #expect((recorded.managementEvents(of: "ec2.amazonaws.com", readOnly: false) == .all) == writes)
  }

  @Test("Excluded sources are not recorded, unless another selector records them")
  func excluded() throws {
    let kms = #"{"ExcludeManagementEventSources":["kms.amazonaws.com","rdsdata.amazonaws.com"]}"#
    let one = try recorded("EventSelectors", kms)
    #expect(one.managementEvents(of: "kms.amazonaws.com", readOnly: true) == .none)
    #expect(one.managementEvents(of: "ec2.amazonaws.com", readOnly: nil) == .all)
    let two = try recorded("EventSelectors", kms + #",{"ReadWriteType":"ReadOnly"}"#)
    #expect(two.managementEvents(of: "kms.amazonaws.com", readOnly: true) == .all)
    #expect(two.managementEvents(of: "kms.amazonaws.com", readOnly: nil) == .some)
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
    #expect(recorded.conditions(onDataOf: type).isEmpty)
    #expect(recorded.dataEvents(type, on: ["*"]) == .all)
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
    let arns = ["AWS::S3::Object", "AWS::Lambda::Function"].map { type in
      recorded.conditions(onDataOf: type).filter { $0.field == "resources.ARN" }.flatMap(\.selects)
    }
    #expect(
      arns == [
        [.startsWith("arn:aws:s3:::logs/"), .startsWith("arn:aws:s3:::app/in")], [.equals(function)],
      ])
    #expect(recorded.dataResourceTypes == ["AWS::Lambda::Function", "AWS::S3::Object"])
    #expect(recorded.dataEvents("AWS::DynamoDB::Table", on: ["*"]) == .none)
    #expect(recorded.dataEvents("AWS::Lambda::Function", on: [function], readOnly: false) == .all)
    #expect(recorded.dataEvents("AWS::Lambda::Function", on: [function + "-2"], readOnly: false) == .none)
    #expect(recorded.dataEvents("AWS::S3::Object", on: ["arn:aws:s3:::app/in-box"], readOnly: false) == .all)
    #expect(recorded.dataEvents("AWS::S3::Object", on: ["arn:aws:s3:::logs-2/x"], readOnly: false) == .none)
    #expect(recorded.dataEvents("AWS::S3::Object", on: ["arn:aws:s3:::logs/x"], readOnly: true) == .none)
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
    #expect(recorded.managementEvents(of: "ec2.amazonaws.com", readOnly: true) == .all)
    #expect(recorded.managementEvents(of: "kms.amazonaws.com", readOnly: true) == .none)
    #expect(recorded.managementEvents(of: "ec2.amazonaws.com", readOnly: false) == .none)
    #expect(recorded.notUnderstood.isEmpty)
  }

  @Test("Network activity is recorded by source")
  func networkActivity() throws {
    let recorded = try advanced(
      [network, field("eventSource", #""Equals":["kms.amazonaws.com"]"#)],
      [network, field("eventSource", #""Equals":["ec2.amazonaws.com"]"#)])
    #expect(recorded.networkActivitySources == ["ec2.amazonaws.com", "kms.amazonaws.com"])
    #expect(recorded.networkActivity(of: "kms.amazonaws.com") == .all)
    #expect(recorded.networkActivity(of: "s3.amazonaws.com") == .none)
  }

  @Test(
    "A condition that is not understood keeps its selector from counting",
    arguments: [
      ([management, field("eventName", #""Matches":["X"]"#)], "Management", "eventName", "Matches"),
      (
        [management, field("eventSource", #""Equals":["ec2.amazonaws.com"]"#)], "Management", "eventSource",
        "Equals"
      ),
      (
        [management, field("eventSource", #""NotEquals":["kms.amazonaws.com","iam.amazonaws.com"]"#)],
        "Management", "eventSource", "NotEquals"
      ),
      ([management, field("resources.ARN", #""Equals":["x"]"#)], "Management", "resources.ARN", "Equals"),
      ([management, objects], "Management", "resources.type", nil),
      ([data, objects, field("vpcEndpointId", #""Equals":["x"]"#)], "Data", "vpcEndpointId", "Equals"),
      ([data, objects, field("eventname", #""Equals":["x"]"#)], "Data", "eventname", "Equals"),
      ([data, objects, field("eventName", #""Equals":[]"#)], "Data", "eventName", nil),
      (
        [data, objects, field("sessionCredentialFromConsole", #""Equals":["false"]"#)], "Data",
        "sessionCredentialFromConsole", "Equals"
      ),
      (
        [
          data, objects, field("eventName", #""NotEquals":["a"]"#),
          field("eventName", #""NotEquals":["b"]"#),
        ], "Data", "eventName", nil
      ),
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
          field("readOnly", #""Equals":["true"]"#),
        ], "NetworkActivity", "readOnly", "Equals"
      ),
    ] as [([String], String?, String, String?)])
  func notUnderstood(fields: [String], category: String?, name: String, operatorName: String?) throws {
    let recorded = try advanced(fields)
    #expect(recorded.managementEvents(of: "ec2.amazonaws.com", readOnly: nil) != .all)
    #expect(recorded.dataEvents("AWS::S3::Object", on: ["*"]) != .all)
    #expect(recorded.networkActivity(of: "kms.amazonaws.com") != .all)
    #expect(recorded.dataResourceTypes.isEmpty)
    #expect(recorded.networkActivitySources.isEmpty)
    let item = try #require(recorded.notUnderstood.first)
    #expect(item.category == category)
    #expect(item.field == name)
    #expect(item.operatorName == operatorName)
  }

  @Test("A selector that is not understood makes unknown what no other records, of its own kind only")
  func unknown() throws {
    let recorded = try advanced(
      [management], [data, objects, field("eventName", #""Resembles":["PutObject"]"#)])
    #expect(recorded.managementEvents(of: "ec2.amazonaws.com", readOnly: nil) == .all)
    #expect(recorded.dataEvents("AWS::S3::Object", on: ["*"], readOnly: nil) == .unknown)
    #expect(recorded.dataEvents("AWS::Lambda::Function", on: ["*"], readOnly: nil) == .none)
  }

  @Test("Selectors of other categories record no calls")
  func otherCategories() throws {
    let recorded = try advanced([field("eventCategory", #""Equals":["Insight"]"#)])
    #expect(recorded.managementEvents(of: "ec2.amazonaws.com", readOnly: nil) == .none)
    #expect(recorded.dataEvents("AWS::S3::Object", on: ["*"]) == .none)
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
    #expect(recorded.dataEvents("AWS::S3::Object", on: [pattern], readOnly: nil) == extent)
  }

  @Test("With several resources all must be recorded")
  func several() throws {
    let recorded = try advanced([data, objects, field("resources.ARN", #""StartsWith":["arn:aws:s3:::a/"]"#)])
    func extent(_ patterns: [String]) -> RecordedEvents.Extent {
      recorded.dataEvents("AWS::S3::Object", on: patterns, readOnly: true)
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
      recorded.dataEvents("AWS::S3::Object", on: ["*"], readOnly: readOnly)
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
    #expect(recorded.dataEvents("AWS::S3::Object", on: [pattern], readOnly: nil) == .some)
  }
}
