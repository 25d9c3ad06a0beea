import IAMIdentifiers
import Testing

@Suite("Well-formed names")
struct IAMIdentifiersTests {
  @Test("An account id is exactly twelve ASCII digits", arguments: ["111122223333", "000000000001"])
  func accountIDs(text: String) { #expect(AccountID(text)?.description == text) }

  @Test(
    "Anything else is no account id",
    arguments: [
      "", "11112222333", "1111222233334", "11112222333x", " 11112222333", "１１１１２２２２３３３３", "111122223333\n",
    ])
  func notAccountIDs(text: String) { #expect(AccountID(text) == nil) }

  @Test(
    "A principal id is four letters and word characters, of any length",
    arguments: [
      ("AROA22ZLBCE6ZPBFBIAWR", PrincipalID.Kind.role), ("AIDAFSHDVNSWGFKZR06G", .user), ("AROAX", .role),
      ("AGPA1_2", .group), ("ANPA1", .managedPolicy), ("AIPA1", .instanceProfile), ("ABCD1", .other),
    ])
  func principalIDs(text: String, kind: PrincipalID.Kind) { #expect(PrincipalID(text)?.kind == kind) }

  @Test(
    "What a role may not be called by",
    arguments: ["", "AROA", "aroaX1", "AROA-1", "AROAé", "AIDA22ZLBCE6ZPBFBIAWR"])
  func notRoleIDs(text: String) { #expect(RoleID(text) == nil) }

  @Test(
    "An ARN has six parts; partition, service and resource are never empty",
    arguments: [
      ("arn:aws:iam::111122223333:role/team/x", "role", "x", "/team/"),
      ("arn:aws-cn:s3:::bucket/key/with:colons", "bucket", "with:colons", "/key/"),
      ("arn:aws-us-gov:sts::111122223333:assumed-role/r/s", "assumed-role", "s", "/r/"),
    ])
  func arns(text: String, type: String, name: String, path: String) throws {
    let arn = try #require(ARN(text))
    #expect(arn.resourceType == type)
    #expect(arn.resourceName == name)
    #expect(arn.path == path)
    #expect(arn.description == text)
  }

  @Test(
    "Other texts are no ARNs",
    arguments: ["", "arn", "arn:aws:iam::1", "ARN:aws:iam::1:x", "arn::iam::1:x", "arn:aws:iam::1:"])
  func notARNs(text: String) { #expect(ARN(text) == nil) }

  @Test("Actions compare without regard to case, and keep their spelling")
  func actionNames() throws {
    let (left, right) = (try #require(ActionName("s3:GetObject")), try #require(ActionName("S3:getobject")))
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left.description == "s3:GetObject")
    #expect(left.service == "s3")
    #expect(left.name == "GetObject")
  }

  @Test(
    "Wildcards, blanks and second colons make no action",
    arguments: ["", "s3", "s3:", ":x", "s3:*", "a:b:c", "s3:Get Object", "s3:é"])
  func notActionNames(text: String) { #expect(ActionName(text) == nil) }

  @Test(
    "Times are read as AWS's tools write them",
    arguments: [
      ("2026-10-31T23:59:59Z", "2026-10-31T23:59:59Z"), ("2026-10-31T23:59:59+00:00", "2026-10-31T23:59:59Z"),
      ("2026-10-31T23:59:59.123456Z", "2026-10-31T23:59:59Z"),
      ("2026-11-01T01:59:59+02:00", "2026-10-31T23:59:59Z"),
      ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"), ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
    ])
  func times(text: String, meant: String) { #expect(UTCTime(iso8601: text)?.description == meant) }

  @Test(
    "Times that do not exist are none",
    arguments: [
      "", "2026-10-31", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-10-31T24:00:00Z",
      "2026-10-31T23:59:59", "x026-10-31T23:59:59Z",
    ])
  func notTimes(text: String) { #expect(UTCTime(iso8601: text) == nil) }

  @Test("Every day has a date that leads back to it")
  func days() {
    for number in stride(from: -800_000, through: 800_000, by: 37) {
      let date = UTCDay(number: number).date
      #expect(UTCDay(year: date.year, month: date.month, day: date.day).number == number)
    }
  }

  @Test("The day of a moment before 1970 is the day in which it lies")
  func daysBefore1970() {
    #expect(UTCTime(seconds: -1).day.description == "1969-12-31")
    #expect(UTCTime(seconds: 0).day.description == "1970-01-01")
    #expect(UTCTime(seconds: 86_399).day.number == 0)
  }
}
