import IAMSnapshot
import Testing

/// What one advanced selector for objects records, with further conditions.
private func recorded(_ conditions: String..., category: String = "Data") throws -> RecordedEvents {
  let type =
    category == "Data" ? [#"{"Field":"resources.type","Equals":["AWS::S3::Object"]}"#] : []
  let fields = [#"{"Field":"eventCategory","Equals":["\#(category)"]}"#] + type + conditions
  let configuration = try trailConfiguration(
    """
    {"TrailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/t",
    "AdvancedEventSelectors":[{"FieldSelectors":[\(fields.joined(separator: ","))]}]}
    """)
  return try #require(configuration.selectors.first).recorded
}

private func names(_ names: String...) -> [QuestionedCalls.Name] {
  names.map { QuestionedCalls.Name(source: "s3.amazonaws.com", name: $0) }
}

private let sessions = "arn:aws:sts::111122223333:assumed-role/scanner/*"

@Suite("Selectors: conditions on fields")
struct SelectorConditionTests {
  @Test(
    "Every name by which a call may be recorded must pass",
    arguments: [
      (#""Equals":["GetObject"]"#, ["GetObject"], .all), (#""Equals":["GetObject"]"#, ["HeadObject"], .none),
      (#""Equals":["GetObject"]"#, ["GetObject", "HeadObject"], .some),
      (#""Equals":["GetObject","HeadObject"]"#, ["GetObject", "HeadObject"], .all),
      (#""Equals":["getobject"]"#, ["GetObject"], .none), (#""Equals":["GetObject"]"#, ["*"], .some),
      (#""StartsWith":["Get"]"#, ["GetObject", "GetObjectAcl"], .all),
      (#""StartsWith":["Get"]"#, ["GetObject", "PutObject"], .some),
      (#""EndsWith":["Object"]"#, ["GetObject", "PutObject"], .all),
      (#""EndsWith":["Object"]"#, ["GetObjectAcl"], .none),
      (#""NotEquals":["DeleteObject"]"#, ["GetObject"], .all),
      (#""NotEquals":["DeleteObject"]"#, ["DeleteObject"], .none),
      (#""NotEquals":["DeleteObject"]"#, ["DeleteObject", "DeleteObjects"], .some),
      (#""NotStartsWith":["Get","Head"]"#, ["GetObject", "HeadObject"], .none),
      (#""NotStartsWith":["Get","Head"]"#, ["PutObject"], .all),
      (#""NotEndsWith":["Acl"]"#, ["GetObjectAcl", "GetObject"], .some),
      (#""NotEndsWith":["Acl"]"#, ["GetObject"], .all), (#""NotEquals":["DeleteObject"]"#, ["*"], .some),
      (#""StartsWith":["Get"],"NotEquals":["GetObject"]"#, ["GetObject"], .none),
      (#""StartsWith":["Get"],"NotEquals":["GetObject"]"#, ["GetObjectAcl"], .all),
      (#""Equals":["PutObject"],"StartsWith":["Get"]"#, ["PutObject", "GetObject"], .all),
      (#""StartsWith":[""]"#, ["GetObject"], .all), (#""NotStartsWith":[""]"#, ["GetObject"], .none),
    ] as [(String, [String], RecordedEvents.Extent)])
  func eventNames(operators: String, called: [String], extent: RecordedEvents.Extent) throws {
    let recorded = try recorded(#"{"Field":"eventName",\#(operators)}"#)
    let calls = QuestionedCalls(
      .data(resourceType: "AWS::S3::Object"),
      names: called.map { QuestionedCalls.Name(source: "s3.amazonaws.com", name: $0) })
    #expect(recorded.records(calls) == extent)
    #expect(recorded.notUnderstood.isEmpty)
  }

  @Test(
    "A condition on the caller decides for all sessions of a role, none, or some",
    arguments: [
      (#""NotStartsWith":["arn:aws:sts::111122223333:assumed-role/scanner"]"#, .none),
      (#""NotStartsWith":["arn:aws:sts::111122223333:assumed-role/scanner/"]"#, .none),
      (#""NotStartsWith":["arn:aws:sts::111122223333:assumed-role/scan-all/"]"#, .all),
      (#""NotStartsWith":["arn:aws:sts::999988887777:"]"#, .all),
      (#""StartsWith":["arn:aws:sts::111122223333:assumed-role/"]"#, .all),
      (#""StartsWith":["arn:aws:sts::111122223333:assumed-role/scanner/nightly"]"#, .some),
      (#""StartsWith":["arn:aws:iam::111122223333:role/scanner"]"#, .none),
      (#""Equals":["arn:aws:iam::111122223333:role/scanner"]"#, .none),
      (#""NotEquals":["arn:aws:iam::111122223333:role/scanner"]"#, .all),
      (#""Equals":["arn:aws:sts::111122223333:assumed-role/scanner/s"]"#, .some),
      (#""NotEquals":["arn:aws:sts::111122223333:assumed-role/scanner/s"]"#, .some),
      (#""EndsWith":["/nightly"]"#, .some), (#""NotEndsWith":["/nightly"]"#, .some),
      (#""EndsWith":["role/scanner"]"#, .some),
    ] as [(String, RecordedEvents.Extent)])
  func callers(operators: String, extent: RecordedEvents.Extent) throws {
    let recorded = try recorded(#"{"Field":"userIdentity.arn",\#(operators)}"#)
    #expect(
      recorded.records(QuestionedCalls(.data(resourceType: "AWS::S3::Object"), caller: sessions)) == extent)
    #expect(recorded.distinguishesCallers)
  }

  @Test(
    "A condition on the ARN is held against all that a grant reaches",
    arguments: [
      (#""NotStartsWith":["arn:aws:s3:::logs/"]"#, "arn:aws:s3:::app/*", .all),
      (#""NotStartsWith":["arn:aws:s3:::logs/"]"#, "arn:aws:s3:::logs/*", .none),
      (#""NotStartsWith":["arn:aws:s3:::logs/"]"#, "arn:aws:s3:::logs", .none),
      (#""NotStartsWith":["arn:aws:s3:::logs/"]"#, "*", .some),
      (#""NotStartsWith":["arn:aws:s3:::logs/"]"#, "arn:aws:s3:::l*", .some),
      (#""NotEquals":["arn:aws:s3:::a/b"]"#, "arn:aws:s3:::a/*", .some),
      (#""NotEquals":["arn:aws:s3:::a/b"]"#, "arn:aws:s3:::a/b", .none),
      (#""EndsWith":[".csv"]"#, "arn:aws:s3:::a/*.csv", .all),
      (#""EndsWith":[".csv"]"#, "arn:aws:s3:::a/*", .some),
      (#""EndsWith":[".csv"]"#, "arn:aws:s3:::a/*.txt", .none),
      (#""NotEndsWith":[".tmp"]"#, "arn:aws:s3:::a/*.csv", .all),
      (#""NotEndsWith":[".tmp"]"#, "arn:aws:s3:::a/x.tmp", .none),
      (
        #""StartsWith":["arn:aws:s3:::a/"],"NotStartsWith":["arn:aws:s3:::a/tmp/"]"#, "arn:aws:s3:::a/in/*",
        .all
      ),
      (
        #""StartsWith":["arn:aws:s3:::a/"],"NotStartsWith":["arn:aws:s3:::a/tmp/"]"#, "arn:aws:s3:::a/*",
        .some
      ),
      (
        #""StartsWith":["arn:aws:s3:::a/"],"NotStartsWith":["arn:aws:s3:::a/tmp/"]"#, "arn:aws:s3:::b/*",
        .none
      ),
      (#""StartsWith":["arn:aws:s3"]"#, "*", .all), (#""NotStartsWith":["arn:aws:s3:::"]"#, "*", .none),
      (
        #""StartsWith":["arn:aws:s3:::a/"]"#, "arn:aws:s3:eu-west-1:111122223333:accesspoint/p/object/*",
        .some
      ),
      (#""StartsWith":["arn:aws:s3:::"]"#, "arn:aws:s3:eu-west-1:111122223333:accesspoint/p/object/*", .all),
    ] as [(String, String, RecordedEvents.Extent)])
  func resources(operators: String, pattern: String, extent: RecordedEvents.Extent) throws {
    let recorded = try recorded(#"{"Field":"resources.ARN",\#(operators)}"#)
    #expect(
      recorded.records(QuestionedCalls(.data(resourceType: "AWS::S3::Object"), resources: [pattern]))
        == extent)
  }

  @Test(
    "Conditions on source, type and console sessions",
    arguments: [
      (#"{"Field":"eventSource","Equals":["s3.amazonaws.com"]}"#, .all),
      (#"{"Field":"eventSource","NotEquals":["s3.amazonaws.com"]}"#, .none),
      (#"{"Field":"eventSource","StartsWith":["sqs"]}"#, .none),
      (#"{"Field":"eventType","NotEquals":["AwsServiceEvent"]}"#, .all),
      (#"{"Field":"eventType","Equals":["AwsApiCall"]}"#, .all),
      (#"{"Field":"eventType","Equals":["AwsServiceEvent"]}"#, .none),
      (#"{"Field":"sessionCredentialFromConsole","Equals":["true"]}"#, .some),
      (#"{"Field":"sessionCredentialFromConsole","NotEquals":["true"]}"#, .some),
      (#"{"Field":"readOnly","Equals":["true","false"]}"#, .all),
      (#"{"Field":"readOnly","Equals":[true]}"#, .some),
    ] as [(String, RecordedEvents.Extent)])
  func otherFields(condition: String, extent: RecordedEvents.Extent) throws {
    let recorded = try recorded(condition)
    #expect(
      recorded.records(QuestionedCalls(.data(resourceType: "AWS::S3::Object"), names: names("GetObject")))
        == extent)
    #expect(recorded.notUnderstood.isEmpty)
  }

  @Test("Several fields must all be met: what one leaves out is left out, even if another is not understood")
  func fieldsJoin() throws {
    let name = #"{"Field":"eventName","Equals":["PutObject"]}"#
    func extent(_ recorded: RecordedEvents, _ name: String, _ caller: String = sessions)
      -> RecordedEvents.Extent
    {
      recorded.records(
        QuestionedCalls(.data(resourceType: "AWS::S3::Object"), names: names(name), caller: caller))
    }
    let both = try recorded(
      name, #"{"Field":"userIdentity.arn","NotStartsWith":["\#(sessions.dropLast())"]}"#)
    #expect(extent(both, "PutObject") == .none)
    #expect(extent(both, "PutObject", "arn:aws:sts::111122223333:assumed-role/other/*") == .all)
    let strange = try recorded(name, #"{"Field":"moonPhase","Equals":["full"]}"#)
    #expect(extent(strange, "PutObject") == .unknown)
    #expect(extent(strange, "GetObject") == .none)
    let twice = try recorded(name, name)
    #expect(extent(twice, "PutObject") == .unknown)
  }

  @Test("Network activity of an endpoint, of a caller or of denied calls alone is a part of it")
  func networkActivity() throws {
    let source = #"{"Field":"eventSource","Equals":["kms.amazonaws.com"]}"#
    for condition in [
      #"{"Field":"vpcEndpointId","Equals":["vpce-1"]}"#,
      #"{"Field":"errorCode","Equals":["VpceAccessDenied"]}"#,
      #"{"Field":"userIdentity.arn","StartsWith":["x"]}"#, #"{"Field":"eventName","Equals":["Decrypt"]}"#,
    ] {
      let recorded = try recorded(source, condition, category: "NetworkActivity")
      let calls = QuestionedCalls(
        .networkActivity, names: [QuestionedCalls.Name(source: "kms.amazonaws.com", name: "*")])
      #expect(recorded.records(calls) == .some, "\(condition)")
    }
  }
}

@Suite("Selectors: several of them, and resources as records name them")
struct SelectorUnionTests {
  private func basic(_ resources: String) throws -> RecordedEvents {
    let configuration = try trailConfiguration(
      """
      {"TrailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/t",
      "EventSelectors":[{"DataResources":[\(resources)]}]}
      """)
    return try #require(configuration.selectors.first).recorded
  }

  @Test("What several selectors record of one call's names and kinds adds up")
  func union() throws {
    let data =
      #"{"Field":"eventCategory","Equals":["Data"]},{"Field":"resources.type","Equals":["AWS::S3::Object"]}"#
    let configuration = try trailConfiguration(
      """
      {"TrailARN":"arn:aws:cloudtrail:us-east-1:111122223333:trail/t","AdvancedEventSelectors":[
      {"FieldSelectors":[\(data),{"Field":"readOnly","Equals":["true"]}]},
      {"FieldSelectors":[\(data),{"Field":"readOnly","Equals":["false"]},
      {"Field":"eventName","NotEquals":["DeleteObject"]}]}]}
      """)
    let recorded = try #require(configuration.selectors.first).recorded
    func extent(_ calls: [QuestionedCalls.Name]) -> RecordedEvents.Extent {
      recorded.records(QuestionedCalls(.data(resourceType: "AWS::S3::Object"), names: calls))
    }
    #expect(extent(names("PutObject", "GetObject")) == .all)
    #expect(extent(names("PutObject", "DeleteObject")) == .some)
    #expect(extent([]) == .none)
  }

  @Test(
    "A grant's resources are those that the records name",
    arguments: [
      ("AWS::DynamoDB::Table", "table/t", "arn:aws:dynamodb:us-east-1:111122223333:table/t/index/i", .all),
      ("AWS::DynamoDB::Table", "table/t", "arn:aws:dynamodb:us-east-1:111122223333:table/t/index/*", .all),
      ("AWS::DynamoDB::Table", "table/t", "arn:aws:dynamodb:us-east-1:111122223333:table/t*", .some),
      ("AWS::DynamoDB::Table", "table/t", "arn:aws:dynamodb:us-east-1:111122223333:table/u/index/*", .none),
      ("AWS::DynamoDB::Stream", "table/t", "arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/*", .all),
      ("AWS::DynamoDB::Stream", "table/t", "arn:aws:dynamodb:us-east-1:111122223333:table/u/stream/*", .none),
      ("AWS::DynamoDB::Table", "table/t", "arn:aws:sqs:us-east-1:111122223333:q", .none),
    ] as [(String, String, String, RecordedEvents.Extent)])
  func tables(type: String, table: String, pattern: String, extent: RecordedEvents.Extent) throws {
    let recorded = try basic(
      #"{"Type":"AWS::DynamoDB::Table","Values":["arn:aws:dynamodb:us-east-1:111122223333:\#(table)"]}"#)
    #expect(recorded.records(QuestionedCalls(.data(resourceType: type), resources: [pattern])) == extent)
  }

  @Test("Of a version or alias of a function nobody knows by which ARN it is recorded")
  func functions() throws {
    let function = "arn:aws:lambda:us-east-1:111122223333:function:f"
    let recorded = try basic(#"{"Type":"AWS::Lambda::Function","Values":["\#(function)"]}"#)
    func extent(_ resources: String...) -> RecordedEvents.Extent {
      recorded.records(QuestionedCalls(.data(resourceType: "AWS::Lambda::Function"), resources: resources))
    }
    #expect(extent(function) == .all)
    #expect(extent(function + ":live") == .some)
    #expect(extent(function + "*") == .some)
    #expect(extent("arn:aws:lambda:us-east-1:111122223333:function:g:*") == .none)
    // A statement may name the resources of several services.
    #expect(extent(function, "arn:aws:s3:::bucket/*") == .all)
    #expect(extent(function, "arn:aws:*:us-east-1:111122223333:*") == .some)
  }

  @Test("A type that has no name in the selector is not recorded, however like it is")
  func otherTypes() throws {
    let recorded = try basic(#"{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}"#)
    for type in ["AWS::S3Express::Object", "AWS::S3::object", "AWS::S3::AccessPoint", ""] {
      #expect(recorded.records(QuestionedCalls(.data(resourceType: type))) == .none)
    }
  }
}
