import IAMSnapshot
import Testing

@Suite("Reports, Identity Center and wrapped documents")
struct CollectedDocumentTests {
  private static let csv =
    "user,arn,user_creation_time,password_enabled,password_last_used\n"
    + "<root_account>,arn:aws:iam::111122223333:root,2025-01-01T00:00:00+00:00,not_supported,no_information\n"
    + "\"a,b\",arn:aws:iam::111122223333:user/x,2025-01-01T00:00:00+00:00,true,2026-01-01T00:00:00+00:00\n"

  @Test("A credential report is read as it is, and in Base64 out of JSON")
  func credentialReport() throws {
    let plain = try answers(Self.csv)
    // Base64 of the header and a line of the root user.
    let encoded =
      "dXNlcixhcm4sdXNlcl9jcmVhdGlvbl90aW1lLHBhc3N3b3JkX2VuYWJsZWQKcixhcm46YXdzOmlhbTo6MTExMTIyMjIzMzMzOnJvb3QsMjAyNS0w"
      + "MS0wMSxmYWxzZQo="
    let wrapped = try answers(
      #"{"ReportFormat":"text/csv","GeneratedTime":"2026-10-31T00:00:00Z","Content":"\#(encoded)"}"#)
    #expect(plain.map { $0.account?.description } == ["111122223333"])
    let users = plain.flatMap(CredentialReportUser.users)
    #expect(users.map(\.name) == ["<root_account>", "a,b"])
    #expect(users.map { $0.values["password_last_used"] } == [nil, "2026-01-01T00:00:00+00:00"])
    #expect(wrapped.flatMap(CredentialReportUser.users).map(\.name) == ["r"])
    #expect(wrapped.first?.takenAt?.description == "2026-10-31T00:00:00Z")
  }

  @Test(
    "A damaged credential report is reported",
    arguments: [
      #"{"ReportFormat":"text/csv","Content":"%"}"#, #"{"ReportFormat":"text/csv","Content":7}"#,
      #"{"ReportFormat":"text/csv","Content":"QUJD"}"#, "user,arn,user_creation_time,x\na,b\n",
      "user,arn,user_creation_time,x\na,arn:aws:iam::111122223333:user/a,1,2\nb,arn:aws:iam::444455556666:user/b,1,2\n",
    ])
  func damagedReport(text: String) throws {
    let reading = try reading(text)
    #expect(reading.documents == [])
    #expect(!reading.problems.isEmpty)
  }

  @Test("Last-accessed reports and Identity Center name whom they are about in the wrapping")
  func subjects() throws {
    let role = "arn:aws:iam::444455556666:role/r"
    let report = try answers(
      line(
        "iam get-service-last-accessed-details",
        #"{"JobStatus":"COMPLETED","ServicesLastAccessed":[],"Marker":"m"}"#,
        resource: role))
    #expect(report.map(\.resource) == [role])
    #expect(report.first?.account?.description == "444455556666")
    #expect(report.first?.isComplete == false)
    let set = "arn:aws:sso:::permissionSet/ssoins-1/ps-1"
    #expect(
      try answers(
        line("sso-admin get-inline-policy-for-permission-set", #"{"InlinePolicy":""}"#, resource: set)
      )
      .map(\.resource) == [set])
    #expect(
      try answers(#"{"PermissionSet":{"PermissionSetArn":"\#(set)","Name":"n"}}"#).map(\.resource) == [set])
    for json in [
      #"{"Instances":[{"InstanceArn":"x"}]}"#, #"{"PermissionSets":["x"]}"#,
      #"{"AccountAssignments":[{"AccountId":"111122223333","PermissionSetArn":"x"}]}"#,
    ] {
      #expect(try answers(json).count == 1)
    }
  }

  @Test("Snapshots and trails are read out of their wrapping, with its time")
  func wrapped() throws {
    let reading = try reading(
      "[\(line("iam get-account-authorization-details", page(roles: [role("r")]), complete: false)),"
        + line("cloudtrail get-trail-status", #"{"IsLogging":true}"#, resource: "t") + "]")
    let documents = reading.documents.compactMap {
      if case .collected(let document) = $0 { document } else { nil }
    }
    #expect(documents.map(\.resource) == [nil, "t"])
    #expect(documents.map { $0.takenAt?.description } == Array(repeating: "2026-10-31T10:00:00Z", count: 2))
    guard case .accountPage(let page) = documents.first?.document else { throw Unexpected() }
    #expect(page.roles.count == 1)
    #expect(!page.unreadable.isEmpty)
    #expect(reading.subjects == [.snapshot, .trail])
  }

  @Test("Of what a script asks to find its way nothing is kept but that it was refused")
  func inventory() throws {
    let reading = try reading(
      "[\(line("lambda list-functions", #"{"Functions":[{"Environment":{"Variables":{"SECRET":"x"}}}]}"#)),"
        + line(
          "kms list-keys", "null", complete: false, error: #"{"code":"AccessDeniedException","message":""}"#)
        + "]")
    #expect(reading.documents.count == 1)
    #expect(reading.problems.map(\.code) == ["call-refused"])
  }
}
