import Testing

@Suite("Fields of an event are read whatever their shape") struct RecordTests {
  /// The only event of a delivery and of a line, which must be the same.
  func read(_ changes: [String: String?]) throws -> ReadEvent {
    let json = event(1, changes)
    let whole = try scan(delivery([json])), line = try scan(json)
    #expect(whole.problems == [])
    #expect(whole.events == line.events)
    return try #require(whole.events.first)
  }

  @Test("The usual event") func usual() throws {
    let event = try read([:])
    #expect(event.time == 1_793_448_001)
    #expect(event.id == id(1))
    #expect(event.kind == "data:AWS::S3::Object")
    #expect(event.region == "eu-west-1")
    #expect(event.shape == "bucketName,key,list")
    #expect(event.resources == ["AWS::S3::Object arn:aws:s3:::b/a/b/*"])
  }

  @Test(
    "Times may have fractions; seconds count",
    arguments: [
      ("2026-10-31T12:00:01.999Z", 1_793_448_001), ("1970-01-01T00:00:00Z", 0),
      ("2024-02-29T23:59:60Z", 1_709_251_199),
    ])
  func time(_ text: String, _ seconds: Int64) throws {
    #expect(try read(["eventTime": "\"\(text)\""]).time == seconds)
  }

  @Test(
    "Malformed times make a record incomplete",
    arguments: [
      "2026-10-31 12:00:01Z", "2026-10-31T12:00:01", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z",
      "1969-12-31T23:59:59Z",
      "2026-10-31T24:00:00Z", "2026-10-31T12:00:01.5", "2026-10-31T12:00:01+00:00", "",
      "١٩٧٠-01-01T00:00:00Z",
      String(repeating: "9", count: 100),
    ])
  func malformedTime(_ text: String) throws {
    let scanned = try scan(delivery([event(1, ["eventTime": "\"\(text)\""]), event(2)]))
    #expect(scanned.numbers == [2])
    #expect(scanned.problems == ["record-incomplete"])
  }

  @Test(
    "Ids that are no UUID in lower case stay as they are",
    arguments: [
      "x", "ABCDEF00-0000-4000-8000-000000000001", "0000000-00000-4000-8000-000000000001",
      String(repeating: "z", count: 5000),
    ])
  func ids(_ text: String) throws {
    #expect(try read(["eventID": "\"\(text)\""]).id == text)
    #expect(try read(["sharedEventID": "\"\(text)\""]).shared == text)
  }

  @Test("A shared id is read; a correction shares the id of what it corrects") func shared() throws {
    #expect(try read(["sharedEventID": "\"\(id(5))\""]).shared == id(5))
    let corrected = try read([
      "addendum": #"{"reason":"UPDATED_DATA","updatedFields":"x","originalEventID":"\#(id(6))"}"#
    ])
    #expect(corrected.shared == id(6))
    #expect(corrected.parameters == ["addendum.originalEventID=\(id(6))"])
    let late = try read(["addendum": #"{"reason":"DELIVERY_DELAY","originalEventID":"\#(id(6))"}"#])
    #expect(late.shared == "")
  }

  @Test(
    "readOnly may be a string",
    arguments: [
      ("true", "read"), ("false", "write"), ("\"true\"", "read"), ("\"false\"", "write"), ("null", ""),
      ("7", ""), ("{\"a\":[]}", ""),
    ])
  func readOnly(_ json: String, _ word: String) throws {
    let event = try read(["readOnly": json, "managementEvent": "true", "eventCategory": "\"Management\""])
    #expect(event.kind == (word.isEmpty ? "management" : "management-" + word))
  }

  @Test("Without a recipient the caller's account counts") func recipient() throws {
    #expect(try read(["recipientAccountId": nil]).account == "111122223333")
    #expect(try read(["recipientAccountId": nil, "userIdentity": nil]).account == "")
  }

  @Test("Network activity is a kind of its own") func network() throws {
    #expect(try read(["eventCategory": "\"NetworkActivity\""]).kind == "network-activity")
  }

  @Test("A denial's message names the action and the kind of policy") func denial() throws {
    let event = try read([
      "errorCode": #""AccessDenied""#,
      "errorMessage":
        #""User: arn:aws:sts::1:assumed-role/r/x is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action""#,
    ])
    #expect(event.error == "AccessDenied")
    #expect(event.denial == "s3:GetObject / identity-based policy")
    #expect(
      try read(["errorCode": #""AccessDenied""#, "errorMessage": #""is not authorized to perform: ""#]).denial
        == "")
  }

  @Test("The value that decides an action comes with its name") func deciding() throws {
    let event = try read(["requestParameters": #"{"x-amz-acl":"public-read","key":"k"}"#])
    #expect(event.shape == "key,x-amz-acl")
    #expect(event.deciding == "x-amz-acl=public-read")
  }

  @Test("The names of a request's parameters are a set, whatever their order") func shapes() throws {
    let scanned = try scan(
      delivery([
        event(1, ["requestParameters": #"{"a":1,"b":{"c":[]},"d":null}"#]),
        event(2, ["requestParameters": #"{"d":1,"a":2,"b":3}"#]),
      ]))
    #expect(scanned.events.map(\.shape) == ["a,b,d", "a,b,d"])
  }

  @Test("Values that look like names of parameters make no other shape") func shapeCollision() throws {
    let values = (0..<64).map {
      event(
        $0 + 2,
        [
          "requestParameters":
            "{\"x-amz-acl\":\"\\u00\($0 < 16 ? "0" : "")\(String($0, radix: 16))\\u0000\\u0000\\u0000\"}"
        ])
    }
    let scanned = try scan(delivery([event(1, ["requestParameters": #"{"x-amz-acl":"","q":1}"#])] + values))
    #expect(scanned.events.count == 65)
    #expect(scanned.events.filter { $0.id != id(1) }.allSatisfy { $0.shape == "x-amz-acl" })
  }

  @Test("Fields that stand twice count once; an id that stands twice makes a record incomplete")
  func duplicates() throws {
    let twice = "{\"eventName\":\"PutObject\"," + event(1).dropFirst()
    #expect(try scan(delivery([twice])).events.count == 1)
    let ids = "{\"eventID\":\"\(id(9))\"," + event(1).dropFirst()
    let scanned = try scan(delivery([ids, event(2)]))
    #expect(scanned.numbers == [2])
    #expect(scanned.problems == ["record-incomplete"])
  }

  @Test("Unknown fields by the hundred are skipped") func manyFields() throws {
    var changes: [String: String?] = [:]
    for number in 0..<300 {
      changes["unknown\(number)"] = number % 2 == 0 ? "{\"eventID\":[\(number)]}" : "\"}\""
    }
    #expect(try read(changes).id == id(1))
  }

  @Test("Parameters by the hundred are named") func manyParameters() throws {
    let names = (100..<400).map { "p\($0)" }
    let parameters = "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
    #expect(try read(["requestParameters": parameters]).shape == names.joined(separator: ","))
  }

  @Test(
    "10,000 levels of nesting are no problem",
    arguments: ["requestParameters", "responseElements", "additionalEventData", "resources", "unknown"])
  func deep(_ field: String) throws {
    let deep = String(repeating: "{\"a\":[", count: 5000) + "1" + String(repeating: "]}", count: 5000)
    for value in [deep, "{\"roleArn\":\(deep)}", "[\(deep)]"] {
      let json = [event(1), event(2, [field: value]), event(3)]
      #expect(try scan(delivery(json)).numbers == [1, 2, 3])
      #expect(try scan(json.joined(separator: "\n")).numbers == [1, 2, 3])
    }
  }

  @Test(
    "Types other than the usual ones are as if absent",
    arguments: ["null", "7", "[]", "{}", "true", "\"x\"", "[{\"type\":[1],\"ARN\":{}}]", "[null,1,[]]"])
  func oddTypes(_ value: String) throws {
    for field in [
      "requestParameters", "responseElements", "resources", "addendum", "additionalEventData",
      "sharedEventID", "vpcEndpointId", "userAgent", "managementEvent", "awsRegion", "errorCode",
    ] {
      #expect(try read([field: value]).id == id(1))
    }
  }

  @Test("An entry into a role is read with whom it made") func lifecycle() throws {
    let made = try read([
      "eventSource": #""iam.amazonaws.com""#, "eventName": #""CreateRole""#, "readOnly": "false",
      "managementEvent": "true",
      "eventCategory": #""Management""#,
      "requestParameters": #"{"roleName":"r","description":"secret","tags":[{"key":"roleName"}]}"#,
      "responseElements": #"{"role":{"roleId":"AROANEW","arn":"arn:aws:iam::1:role/r"}}"#,
    ])
    #expect(made.parameters == ["roleName=r", "role.roleId=AROANEW", "role.arn=arn:aws:iam::1:role/r"])
  }
}
