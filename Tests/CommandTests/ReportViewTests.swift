import Foundation
import Testing

/// What the public views say of credential and last-accessed reports.
@Suite struct ReportViewTests {
  private static let header =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
    + "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
    + "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    + "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,"
    + "cert_2_last_rotated"
  private static let root =
    "<root_account>,arn:aws:iam::111122223333:root,2015-01-02T03:04:05+00:00,not_supported,2026-01-02T03:04:05+00:00,"
    + "not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
  private static let alice =
    "alice,arn:aws:iam::111122223333:user/x/alice,2025-01-01T02:00:00+02:00,true,no_information,2025-02-01T00:00:00+00:00,"
    + "N/A,false,true,2025-03-01T00:00:00+00:00,2026-09-01T00:00:00+00:00,eu-west-1,s3,true,2025-04-01T00:00:00+00:00,"
    + "N/A,N/A,N/A,true,2025-05-01T00:00:00Z,false,N/A"

  private static func report(_ rows: [String], generated: String, header: String = header) -> Value {
    let csv = ([header] + rows).joined(separator: "\n")
    return [
      "Content": .text(Data(csv.utf8).base64EncodedString()), "ReportFormat": "text/csv",
      "GeneratedTime": .text(generated),
    ]
  }

  @Test("The newest credential report of an account is a row for each user")
  func credentials() throws {
    let old = Self.alice.replacing("alice", with: "gone")
    let call = "iam get-credential-report"
    let store = try CollectedAnswers.imported(
      [
        CollectedAnswers.line(
          call, Self.report([Self.root, Self.alice], generated: "2026-10-02T06:00:00+00:00"), at: 2),
        CollectedAnswers.line(call, Self.report([old], generated: "2026-10-01T06:00:00+00:00"), at: 1),
        CollectedAnswers.line(call, .null, at: 3, error: "AccessDenied"),
        CollectedAnswers.line(call, .null, account: Story.accounts[1], error: "AccessDenied"),
      ],
      [
        (
          "csv/other.csv",
          """
          user,arn,user_creation_time,password_enabled,mfa_active,added_later
          "b,o""b",arn:aws:iam::777788889999:user/bob,now,TRUE,maybe,x
          odd,,2025-13-45T00:00:00+00:00,,,
          """
        )
      ])
    let rows = try store.rows(
      """
      SELECT account_id, user_arn, user_name, is_root, created_at, password_enabled, password_last_used_at,
        password_last_changed_at, password_next_rotation_at, mfa_active, access_key_1_active, access_key_1_last_rotated_at,
        access_key_1_last_used_at, access_key_1_last_used_region, access_key_1_last_used_service, access_key_2_active,
        access_key_2_last_rotated_at, access_key_2_last_used_at, access_key_2_last_used_region,
        access_key_2_last_used_service, cert_1_active, cert_1_last_rotated_at, cert_2_active, cert_2_last_rotated_at,
        generated_at
      FROM user_credentials ORDER BY account_id, user_name
      """
    ).map { $0.joined(separator: " ") }
    let none = Array(repeating: "NULL", count: 15).joined(separator: " ")
    #expect(
      rows == [
        "111122223333 arn:aws:iam::111122223333:root <root_account> 1 2015-01-02T03:04:05Z NULL 2026-01-02T03:04:05Z NULL NULL 1 "
          + "0 NULL NULL NULL NULL 0 NULL NULL NULL NULL 0 NULL 0 NULL 2026-10-02T06:00:00Z",
        "111122223333 arn:aws:iam::111122223333:user/x/alice alice 0 2025-01-01T00:00:00Z 1 NULL 2025-02-01T00:00:00Z NULL 0 "
          + "1 2025-03-01T00:00:00Z 2026-09-01T00:00:00Z eu-west-1 s3 1 2025-04-01T00:00:00Z NULL NULL NULL "
          + "1 2025-05-01T00:00:00Z 0 NULL 2026-10-02T06:00:00Z",
        "777788889999 arn:aws:iam::777788889999:user/bob b,o\"b 0 NULL NULL NULL NULL NULL NULL \(none)",
        "777788889999 NULL odd 0 NULL NULL NULL NULL NULL NULL \(none)",
      ])
  }

  // MARK: - Last-accessed reports

  private static func lastAccessed(
    _ services: [Value], job: String = "2026-10-01T10:00:05Z", status: String = "COMPLETED",
    more: Bool = false
  ) -> Value {
    .object(
      [
        ("JobStatus", .text(status)), ("JobType", "ACTION_LEVEL"), ("JobCompletionDate", .text(job)),
        ("ServicesLastAccessed", .list(services)), ("IsTruncated", .flag(more)),
      ] + (more ? [("Marker", "m")] : []))
  }

  @Test("The newest finished job of a principal is a row for each service, whatever pages it came in")
  func lastAccessed() throws {
    let role = Story.reader.arn
    let other = Story.worker.arn
    let call = "iam get-service-last-accessed-details"
    let s3: Value = [
      "ServiceName": "Amazon S3", "ServiceNamespace": "s3", "LastAuthenticated": "2026-09-30T01:02:03+00:00",
      "LastAuthenticatedEntity": .text(role), "LastAuthenticatedRegion": "eu-west-1",
      "TotalAuthenticatedEntities": 1,
      "TrackedActionsLastAccessed": [["ActionName": "GetBucketPolicy"]],
    ]
    let never: Value = ["ServiceName": "AWS KMS", "ServiceNamespace": "kms", "TotalAuthenticatedEntities": 0]
    let odd: [Value] = [
      7, "x", nil, [], ["ServiceNamespace": 5],
      [
        "ServiceNamespace": "sqs", "LastAuthenticated": "now", "LastAuthenticatedEntity": [],
        "TotalAuthenticatedEntities": "many", "TrackedActionsLastAccessed": "none",
      ],
    ]
    let store = try CollectedAnswers.imported([
      CollectedAnswers.line(call, Self.lastAccessed([s3], more: true), resource: role, at: 1),
      CollectedAnswers.line(call, Self.lastAccessed([never, s3]), resource: role, at: 2),
      CollectedAnswers.line(
        call, Self.lastAccessed([["ServiceNamespace": "iam"]], job: "2026-09-01T00:00:00Z"), resource: role,
        at: 3),
      CollectedAnswers.line(
        call, Self.lastAccessed([["ServiceNamespace": "ec2"]], job: "2026-12-01T00:00:00Z", status: "FAILED"),
        resource: role, at: 4),
      CollectedAnswers.line(call, .null, resource: role, at: 5, error: "AccessDenied"),
      CollectedAnswers.line(call, Self.lastAccessed(odd, more: true), resource: other, at: 1),
      CollectedAnswers.line(call, Self.lastAccessed([s3]), resource: nil, at: 1),
    ])
    let rows = try store.rows(
      """
      SELECT account_id, principal_arn, service, service_name, last_authenticated_at, last_authenticated_entity_arn,
        last_authenticated_region, total_authenticated_entities, tracked_actions, job_completed_at, report_is_complete
      FROM service_last_accessed ORDER BY 1, 2, 3
      """
    ).map { $0.joined(separator: " ") }
    #expect(
      rows == [
        "111122223333 \(role) kms AWS KMS NULL NULL NULL 0 NULL 2026-10-01T10:00:05Z 1",
        "111122223333 \(role) s3 Amazon S3 2026-09-30T01:02:03Z \(role) eu-west-1 1 [{\"ActionName\":\"GetBucketPolicy\"}] 2026-10-01T10:00:05Z 1",
        "444455556666 \(other) sqs NULL NULL NULL NULL NULL NULL 2026-10-01T10:00:05Z 0",
      ])
  }

  @Test("A raw report says itself of whom and when it is")
  func raw() throws {
    let report = Self.report([Self.alice], generated: "2026-10-02T06:00:00+00:00")
    let store = try CollectedAnswers.imported([], [("raw/report.json", report.json)])
    #expect(
      try store.rows("SELECT user_name, generated_at FROM user_credentials") == [
        ["alice", "2026-10-02T06:00:00Z"]
      ])
  }
}
