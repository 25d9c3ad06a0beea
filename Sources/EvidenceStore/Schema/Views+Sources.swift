/// Who there is and what is known at all: principals, coverage, files and their problems.
extension Views {
  private static func principal(_ prefix: String, id: String, arn: String) -> String {
    """
    \(prefix).principal_id AS \(id), \(prefix).kind, \(prefix).account_id, \(prefix).arn AS \(arn), \(prefix).name,
      \(prefix).path, \(prefix).state, \(time("\(prefix).created")) AS created_at, \(prefix).created_source,
      \(time("\(prefix).deleted")) AS deleted_at, \(time("\(prefix).first_seen")) AS first_seen_at,
      \(time("\(prefix).last_seen")) AS last_seen_at, \(time("\(prefix).iam_last_used")) AS iam_last_used_at,
      \(prefix).iam_last_used_region, \(prefix).boundary_arn, \(prefix).is_service_linked, \(prefix).is_identity_center,
      \(prefix).tags, \(time("\(prefix).snapshot_at")) AS snapshot_at
    """
  }

  static let principals = [
    "CREATE VIEW principals AS SELECT \(principal("s", id: "principal_id", arn: "arn")) FROM principal_state s",
    """
    CREATE VIEW roles AS
    SELECT \(principal("s", id: "role_id", arn: "role_arn")), s.trust_policy_sha256
    FROM principal_state s WHERE s.kind = 'role'
    """,
  ]

  static let coverage = [
    """
    CREATE VIEW coverage AS
    SELECT account_id, region, event_kind, \(day("day")) AS day, state, basis FROM (
      SELECT account AS account_id, region, event_kind, day, state, basis FROM coverage_day)
    """,
    """
    CREATE VIEW coverage_gaps AS
    SELECT account AS account_id, region, event_kind, \(day("min(day)")) AS first_day, \(day("max(day)")) AS last_day,
      count(*) AS days, min(cause) AS cause
    FROM (
      SELECT account, region, event_kind, day, cause,
        day - row_number() OVER (PARTITION BY account, region, event_kind ORDER BY day) AS run
      FROM coverage_day WHERE state = 'gap')
    GROUP BY account, region, event_kind, run
    """,
  ]

  /// Whether a trail file is a whole delivery: by its name, because a digest lists it, or because the user said so.
  static let isDelivered = """
    (f.declared_complete = 1
      OR EXISTS (SELECT 1 FROM source_file_path n WHERE n.source_file = f.id AND n.delivered_account = f.account)
      OR EXISTS (SELECT 1 FROM digest_file d WHERE d.content_sha256 = f.content_sha256))
    """

  /// Whether a file's events are answers of `lookup-events` without a filter and to the last page.
  private static let isWholeHistory = """
    (SELECT coalesce(min(a.is_complete AND a.outcome = 'given' AND a.filter = '' AND a.account <> '' AND a.region <> ''
        AND d.text <> '{}'), 0)
      FROM answer_file o JOIN answer a ON a.id = o.answer JOIN document d ON d.id = a.document
      WHERE o.source_file = f.id AND a.call = 'cloudtrail lookup-events')
    """

  static let files = [
    """
    CREATE VIEW source_files AS
    SELECT f.id AS source_file_id,
      (SELECT min(n.path) FROM source_file_path n WHERE n.source_file = f.id) AS path, lower(hex(f.sha256)) AS sha256,
      lower(hex(f.content_sha256)) AS content_sha256, f.bytes, f.content_bytes, f.kind,
      CASE WHEN f.kind = 'trail' OR (f.kind = 'collection' AND f.records > 0)
        THEN NOT (\(isDelivered) OR \(isWholeHistory)) ELSE 0 END AS is_selection, \(time("f.taken_at")) AS taken_at,
      f.records, f.new_events, f.duplicates, 0 AS refused, f.not_events,
      (SELECT count(*) FROM file_problem b WHERE b.source_file = f.id) + f.problems_left_out AS problems,
      \(time("f.first_event")) AS first_event_at, \(time("f.last_event")) AS last_event_at
    FROM source_file f
    """,
    """
    CREATE VIEW source_file_paths AS
    SELECT n.source_file AS source_file_id, n.path FROM source_file_path n
    """,
    """
    CREATE VIEW import_problems AS
    SELECT b.source_file AS source_file_id,
      (SELECT min(n.path) FROM source_file_path n WHERE n.source_file = b.source_file) AS path, b.record, b.byte_offset,
      b.code, b.problem, b.remedy
    FROM file_problem b
    UNION ALL
    SELECT d.digest, d.object, NULL, NULL,
      CASE WHEN EXISTS (SELECT 1 FROM source_file_path n WHERE n.name = d.name)
        THEN 'digest-file-altered' ELSE 'digest-file-missing' END,
      CASE WHEN EXISTS (SELECT 1 FROM source_file_path n WHERE n.name = d.name)
        THEN 'its hash is not the one that the digest lists: it was altered'
        ELSE 'a digest lists this file, and it is not here' END,
      CASE WHEN EXISTS (SELECT 1 FROM source_file_path n WHERE n.name = d.name)
        THEN 'Fetch it again from the bucket; its events are kept and marked.'
        ELSE 'Fetch and import it, or its hours stay partly covered.' END
    FROM digest_file d
    WHERE NOT EXISTS (SELECT 1 FROM source_file f WHERE f.content_sha256 = d.content_sha256)
    """,
  ]
}
