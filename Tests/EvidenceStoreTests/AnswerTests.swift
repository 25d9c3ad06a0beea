import EvidenceStore
import Foundation
import GRDB
import IAMIdentifiers
import IAMSnapshot
import Testing

@Suite("Answers of calls")
struct AnswerTests {
  private static let bucket = "arn:aws:s3:::b"

  private func answer(
    _ outcome: CallAnswer.Outcome, call: CollectedCall = .bucketPolicy, resource: String = bucket,
    takenAt: Int64? = nil,
    isComplete: Bool = true
  ) -> CallAnswer {
    CallAnswer(
      call: call, account: AccountID("111122223333"), region: "eu-west-1", resource: resource,
      takenAt: takenAt.map { UTCTime(seconds: $0) }, isComplete: isComplete, outcome: outcome)
  }

  private func policy(_ text: String) -> CallAnswer.Outcome {
    .given(RawPolicy(canonicalText: text, isJSON: true))
  }

  /// A store with these answers, each imported twice.
  private func store(_ answers: [CallAnswer], _ folder: Folder) throws -> EvidenceStore {
    let store = try EvidenceStore(path: folder.path("x.sqlite"), access: .create)
    let options = ImportOptions(declaresComplete: false, extraction: 1, eventsInTransaction: nil) { _ in nil }
    for _ in 0..<2 {
      _ = try store.importing(options) { session in
        try session.finish { completion in
          for answer in answers { try completion.store(answer, takenAt: answer.takenAt?.seconds, file: 1) }
        }
      }
    }
    return store
  }

  @Test("Of the policies of a resource that of the newest time at or before another counts")
  func times() throws {
    let folder = try Folder()
    let store = try store(
      [
        answer(policy("{\"a\":1}"), takenAt: 100), answer(policy("{\"b\":1}"), takenAt: 200),
        answer(.none(code: "NoSuchBucketPolicy"), takenAt: 300),
        answer(.refused(code: "AccessDenied"), takenAt: 400),
      ], folder)
    func state(_ asOf: Int64) throws -> StoredResourcePolicy? {
      try store.reading { try $0.resourcePolicy(of: Self.bucket, asOf: asOf) }
    }
    func text(_ state: StoredResourcePolicy?) -> String? {
      if case .policy(let policy)? = state?.state { policy.text } else { nil }
    }
    #expect(text(try state(50)) == "{\"a\":1}")
    #expect(text(try state(150)) == "{\"a\":1}")
    #expect(text(try state(200)) == "{\"b\":1}")
    #expect(try state(.max)?.state == StoredResourcePolicy.State.none)
    #expect(try store.reading { try $0.resourcePolicy(of: "arn:aws:s3:::other") } == nil)
    #expect(try store.reading { try $0.resourcePolicies(kind: "s3-bucket").count } == 1)
    #expect(try store.reading { try $0.resourcePolicies(kind: "vpc-endpoint") } == [])
  }

  @Test("A policy that nobody was allowed to see, or of which there are two at one time, is unknown")
  func unknown() throws {
    for answers in [
      [answer(.refused(code: "AccessDenied"))], [answer(policy("{}")), answer(policy("[]"))],
      [answer(policy("{}"), takenAt: 5), answer(.none(code: ""), takenAt: 5)],
    ] {
      let folder = try Folder()
      let found = try store(answers, folder).reading { try $0.resourcePolicy(of: Self.bucket) }
      guard case .unknown(let reason)? = found?.state else {
        Issue.record("\(String(describing: found))")
        continue
      }
      #expect(!reason.isEmpty)
    }
  }

  @Test("Grants of a key are known wholly where the list is whole")
  func grants() throws {
    let key = "arn:aws:kms:eu-west-1:111122223333:key/1"
    let list = #"{"Grants":[{"GrantId":"g","GranteePrincipal":"p","Operations":["Decrypt"]}]}"#
    for (answers, isComplete, count) in [
      ([answer(policy(list), call: .keyGrants, resource: key)], true, 1),
      ([answer(policy(list), call: .keyGrants, resource: key, isComplete: false)], false, 1),
      ([answer(.refused(code: "x"), call: .keyGrants, resource: key)], false, 0),
      ([answer(.none(code: "NotFoundException"), call: .keyGrants, resource: key)], true, 0),
    ] {
      let folder = try Folder()
      let found = try #require(try store(answers, folder).reading { try $0.keyGrants(of: key) })
      #expect(found.isComplete == isComplete)
      #expect(found.grants.count == count)
    }
  }

  @Test("An answer is one row however often it comes, and reads as it was written")
  func once() throws {
    let folder = try Folder()
    let answers = [
      answer(policy("{}"), takenAt: 5), answer(policy("{}"), takenAt: 6), answer(.none(code: "x")),
      answer(.refused(code: "y"), isComplete: false),
    ]
    let store = try store(answers, folder)
    #expect(Set(try store.reading { try $0.answers(.resourcePolicies) }) == Set(answers))
    let rows = try DatabaseQueue(path: folder.path("x.sqlite")).read { db in
      try Row.fetchAll(
        db, sql: "SELECT kind, state, error_code, policy, taken_at FROM resource_policies ORDER BY 2, 3, 5"
      )
      .map { $0.map { "\($1)" }.joined(separator: " ") }
    }
    #expect(
      rows == [
        #""s3-bucket" "none" "x" NULL NULL"#, #""s3-bucket" "policy" NULL "{}" "1970-01-01T00:00:05Z""#,
        #""s3-bucket" "policy" NULL "{}" "1970-01-01T00:00:06Z""#, #""s3-bucket" "unknown" "y" NULL NULL"#,
      ])
  }

  @Test("A store of an older schema is read as it is, and keeps its organisation when it is written")
  func older() throws {
    let folder = try Folder()
    let path = folder.path("x.sqlite")
    _ = try EvidenceStore(path: path, access: .create)
    try DatabaseQueue(path: path).write {
      try $0.execute(
        sql: """
          DROP VIEW source_files; CREATE VIEW source_files AS SELECT 1;
          DROP VIEW user_credentials; DROP VIEW service_last_accessed; DROP VIEW permission_sets;
          DROP VIEW permission_set_assignments;
          DROP VIEW organisation_policies; DROP VIEW resource_policies; DROP TABLE organisation_policy;
          DROP TABLE answer_file; DROP TABLE answer;
          ALTER TABLE organisation_document RENAME TO organisation_policies;
          DELETE FROM grdb_migrations WHERE identifier IN ('3', '5', '6');
          INSERT INTO source_file VALUES(1, x'00', x'00', 1, 'organisation', 1, 1, 0, NULL, 7, 0, 0, 0, 0, NULL, NULL, 0);
          INSERT INTO organisation_policies VALUES(1, 7, '{}');
          """)
    }
    let old = try EvidenceStore(path: path, access: .read)
    #expect(try old.reading { try $0.organisationPolicies().map(\.takenAt) } == [7])
    #expect(try old.reading { try $0.answers(.organisation) } == [])
    #expect(try old.reading { try $0.resourcePolicies() } == [])
    let new = try EvidenceStore(path: path, access: .write)
    #expect(try new.reading { try $0.organisationPolicies().map(\.takenAt) } == [7])
  }
}
