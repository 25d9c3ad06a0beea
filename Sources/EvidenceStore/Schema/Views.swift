/// The public views: a promise to whoever queries the store. Columns may be added, never changed.
///
/// They use SQLite's own functions only, so that every other program can read them.
enum Views {
  static let all =
    usage + entries + principals + coverage + files + reviews + grants + verdicts + findings

  // MARK: - Spelling

  private static func time(_ column: String) -> String {
    "strftime('%Y-%m-%dT%H:%M:%SZ', \(column), 'unixepoch')"
  }
  private static func day(_ column: String) -> String { "date(\(column) * 86400, 'unixepoch')" }

  /// An event's id as CloudTrail writes it.
  private static func eventID(_ column: String) -> String {
    let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)]
      .map { "substr(hex(\(column)), \($0.0), \($0.1))" }.joined(separator: " || '-' || ")
    return "CASE typeof(\(column)) WHEN 'text' THEN \(column) ELSE lower(\(parts)) END"
  }

  private static let outcome = "CASE WHEN x.code = '' THEN 'success' ELSE coalesce(o.outcome, 'failed') END"

  // MARK: - Usage

  /// `usage_counted` and `usage_counted_daily` are what the public views of usage are made of: one row for each
  /// principal, place, call, way and outcome.
  private static func counted(daily: Bool) -> String {
    let day = daily ? "u.day AS day, " : ""
    let groups = daily ? "u.day, " : ""
    return """
      CREATE VIEW usage_counted\(daily ? "_daily" : "") AS
      SELECT \(day)u.principal AS principal, p.account AS target_account_id, p.region AS region, c.source AS event_source,
        c.name AS event_name, c.event_kind AS event_kind, nullif(t.value, '') AS via_service, \(outcome) AS outcome,
        sum(u.n) AS events, min(u.first) AS first, max(u.last) AS last
      FROM usage_day u
      JOIN call c ON c.id = u.call
      JOIN place p ON p.id = u.place
      JOIN text t ON t.id = u.via
      JOIN error x ON x.id = u.error
      LEFT JOIN error_outcome o ON o.code = x.code
      WHERE c.type NOT LIKE 'AwsVpceEvent%'
      GROUP BY \(groups)u.principal, p.account, p.region, c.source, c.name, c.event_kind, t.value, \(outcome)
      """
  }

  /// The id of the event of a row of usage at one of its times.
  private static func event(at time: String) -> String {
    """
    (SELECT \(eventID("e.uuid"))
      FROM event e
      JOIN session s ON s.id = e.session
      JOIN call c ON c.id = e.call
      JOIN place p ON p.id = e.place
      JOIN context k ON k.id = e.context
      JOIN text t ON t.id = k.via
      JOIN error x ON x.id = e.error
      LEFT JOIN error_outcome o ON o.code = x.code
      WHERE e.time = \(time) AND s.principal = u.principal AND p.account = u.target_account_id AND p.region = u.region
        AND c.source = u.event_source AND c.name = u.event_name AND c.event_kind = u.event_kind
        AND c.type NOT LIKE 'AwsVpceEvent%' AND nullif(t.value, '') IS u.via_service AND \(outcome) = u.outcome
        AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid)
      ORDER BY e.uuid LIMIT 1)
    """
  }

  private static func usageView(_ name: String, of kind: String, columns: String, daily: Bool) -> String {
    """
    CREATE VIEW \(name) AS
    SELECT \(columns), \(daily ? "\(day("u.day")) AS usage_day, " : "")u.target_account_id, u.region, u.event_source,
      u.event_name, u.event_kind, u.via_service, u.outcome, u.events, \(time("u.first")) AS first_seen_at,
      \(time("u.last")) AS last_seen_at, \(event(at: "u.first")) AS first_event_id,
      \(event(at: "u.last")) AS last_event_id
    FROM usage_counted\(daily ? "_daily" : "") u
    JOIN principal q ON q.id = u.principal
    LEFT JOIN principal_state r ON r.principal_id = q.unique_id
    WHERE q.kind \(kind)
    """
  }

  private static let usage = [
    counted(daily: false),
    counted(daily: true),
    usageView(
      "role_usage", of: "= 'role'", columns: "r.account_id, q.unique_id AS role_id, r.arn AS role_arn",
      daily: false),
    usageView(
      "role_usage_daily", of: "= 'role'", columns: "r.account_id, q.unique_id AS role_id, r.arn AS role_arn",
      daily: true),
    usageView(
      "principal_usage", of: "<> 'role'",
      columns: "r.account_id, q.unique_id AS principal_id, q.kind AS principal_kind, r.arn AS principal_arn",
      daily: false),
  ]

  // MARK: - Entries and passed roles

  private static let entries = [
    """
    CREATE VIEW role_entries AS
    SELECT coalesce(nullif(n.role_id, ''), a.role_id) AS role_id, q.unique_id AS entered_by_id, r.arn AS entered_by_arn,
      nullif(n.name, '') AS session_name, coalesce(nullif(n.source_identity, ''), nullif(s.source_identity, '')) AS source_identity,
      nullif(s.provider, '') AS provider, nullif(s.subject, '') AS subject, c.name AS api, \(outcome) AS outcome,
      count(*) AS entries, \(time("min(n.time)")) AS first_seen_at, \(time("max(n.time)")) AS last_seen_at
    FROM entry n
    JOIN event e ON e.time = n.time AND e.uuid = n.uuid
    JOIN session s ON s.id = e.session
    JOIN principal q ON q.id = s.principal
    JOIN call c ON c.id = e.call
    JOIN error x ON x.id = e.error
    LEFT JOIN error_outcome o ON o.code = x.code
    LEFT JOIN principal_state r ON r.principal_id = q.unique_id
    LEFT JOIN role_alias a ON a.form = 'role-arn' AND a.alias = n.role_arn
    WHERE c.type NOT LIKE 'AwsVpceEvent%'
      AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid)
    GROUP BY coalesce(nullif(n.role_id, ''), a.role_id), q.unique_id, n.name,
      coalesce(nullif(n.source_identity, ''), nullif(s.source_identity, '')), s.provider, s.subject, c.name, \(outcome)
    """,
    """
    CREATE VIEW passed_role_events AS
    SELECT e.time, e.uuid, q.unique_id AS role_id, p.account, c.source AS event_source, c.name AS event_name, v.value AS given,
      CASE
        WHEN v.value LIKE 'arn:%:instance-profile/%' THEN 'instance-profile-arn'
        WHEN v.value LIKE 'arn:%:role/%' THEN 'role-arn'
        WHEN m.kind LIKE 'instance-profile%' THEN 'instance-profile-name'
        ELSE 'role-name' END AS form
    FROM event_parameter v
    JOIN parameter_path h ON h.id = v.path
    JOIN event e ON e.time = v.time AND e.uuid = v.uuid
    JOIN call c ON c.id = e.call
    JOIN pass_parameter m ON m.source = c.source AND m.name = c.name AND m.path = h.path
    JOIN session s ON s.id = e.session
    JOIN principal q ON q.id = s.principal
    JOIN place p ON p.id = e.place
    WHERE e.error = 0 AND c.type NOT LIKE 'AwsVpceEvent%'
      AND NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid)
    """,
    """
    CREATE VIEW passed_roles AS
    SELECT f.role_id, r.arn AS role_arn, a.role_id AS passed_role_id, coalesce(a.role_arn, f.given) AS passed_role_arn,
      f.event_source, f.event_name, count(DISTINCT f.time || hex(f.uuid)) AS passes,
      \(time("min(f.time)")) AS first_seen_at, \(time("max(f.time)")) AS last_seen_at,
      substr(max(printf('%020d', f.time) || \(eventID("f.uuid"))), 21) AS last_event_id
    FROM passed_role_events f
    LEFT JOIN role_alias a ON a.form = f.form AND a.alias = f.given AND (a.form LIKE '%-arn' OR a.account = f.account)
    LEFT JOIN principal_state r ON r.principal_id = f.role_id
    GROUP BY f.role_id, coalesce(a.role_arn, f.given), f.event_source, f.event_name
    """,
  ]

  // MARK: - Principals

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

  private static let principals = [
    "CREATE VIEW principals AS SELECT \(principal("s", id: "principal_id", arn: "arn")) FROM principal_state s",
    """
    CREATE VIEW roles AS
    SELECT \(principal("s", id: "role_id", arn: "role_arn")), s.trust_policy_sha256
    FROM principal_state s WHERE s.kind = 'role'
    """,
  ]

  // MARK: - Coverage

  private static let coverage = [
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

  // MARK: - Files

  /// Whether a trail file is a whole delivery: by its name, because a digest lists it, or because the user said so.
  static let isDelivered = """
    (f.declared_complete = 1
      OR EXISTS (SELECT 1 FROM source_file_path n WHERE n.source_file = f.id AND n.delivered_account = f.account)
      OR EXISTS (SELECT 1 FROM digest_file d WHERE d.content_sha256 = f.content_sha256))
    """

  private static let files = [
    """
    CREATE VIEW source_files AS
    SELECT f.id AS source_file_id,
      (SELECT min(n.path) FROM source_file_path n WHERE n.source_file = f.id) AS path, lower(hex(f.sha256)) AS sha256,
      lower(hex(f.content_sha256)) AS content_sha256, f.bytes, f.content_bytes, f.kind,
      CASE WHEN f.kind = 'trail' THEN NOT \(isDelivered) ELSE 0 END AS is_selection, \(time("f.taken_at")) AS taken_at,
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

  // MARK: - Reviews

  private static let newest = "(SELECT id FROM review ORDER BY as_of DESC, id DESC LIMIT 1)"

  private static let reviews = [
    """
    CREATE VIEW reviews AS
    SELECT id AS review_id, \(time("as_of")) AS as_of_at, \(time("window_start")) AS window_start_at,
      \(time("window_end")) AS window_end_at, catalogue, rules, store_hash, is_stale AS stale
    FROM review
    """
  ]

  private static let grants = [
    """
    CREATE VIEW granted_actions AS
    SELECT r.review AS review_id, r.account_id, r.role_id, r.role_arn, a.name AS action, a.service, a.access_level,
      g.grant_kind, g.resource_scope, g.limited_by, \(time("v.granted_since")) AS granted_since_at
    FROM role_review r
    JOIN grant_set_action g ON g.grant_set = r.grant_set
    JOIN action a ON a.id = g.action
    JOIN verdict_profile_action v ON v.verdict_profile = r.verdict_profile AND v.action = g.action
    WHERE r.review = \(newest)
    """,
    """
    CREATE VIEW grant_statements AS
    SELECT r.review AS review_id, r.role_id, a.name AS action, s.attachment, s.policy_arn, s.policy_name, s.policy_sha256,
      s.statement_index, s.sid, s.effect
    FROM role_review r
    JOIN grant_set_action_statement g ON g.grant_set = r.grant_set
    JOIN grant_set_statement s ON s.grant_set = g.grant_set AND s.number = g.number
    JOIN action a ON a.id = g.action
    WHERE r.review = \(newest)
    """,
  ]

  private static let verdicts = [
    """
    CREATE VIEW permission_verdicts AS
    SELECT r.review AS review_id, r.account_id, r.role_id, r.role_arn, a.name AS action, a.service, a.access_level,
      g.grant_kind, coalesce(x.verdict, v.verdict) AS verdict, coalesce(x.reason_code, v.reason_code) AS reason_code,
      coalesce(x.reason, v.reason) AS reason, coalesce(x.observed_days, v.observed_days) AS observed_days,
      w.window_days AS window_days, \(time("x.last_used")) AS last_used_at, \(time("x.last_attempt")) AS last_attempt_at,
      coalesce(x.uses, 0) AS uses, coalesce(x.denials, 0) AS denials, x.last_event_id AS last_event_id
    FROM role_review r
    JOIN (SELECT id, (window_end / 86400) - (window_start / 86400) AS window_days FROM review) w ON w.id = r.review
    JOIN grant_set_action g ON g.grant_set = r.grant_set
    JOIN action a ON a.id = g.action
    JOIN verdict_profile_action v ON v.verdict_profile = r.verdict_profile AND v.action = g.action
    LEFT JOIN role_verdict x ON x.review = r.review AND x.role_id = r.role_id AND x.action = g.action
    WHERE r.review = \(newest)
    """,
    "CREATE VIEW unused_permissions AS SELECT * FROM permission_verdicts WHERE verdict = 'unused'",
    """
    CREATE VIEW used_without_grant AS
    SELECT review AS review_id, account_id, role_id, role_arn, action, uses, \(time("last_used")) AS last_used_at,
      likely_source, last_event_id
    FROM used_without_grant_row WHERE review = \(newest)
    """,
    """
    CREATE VIEW dormant_roles AS
    SELECT review AS review_id, account_id, role_id, role_arn, kind, \(time("created")) AS created_at,
      \(time("last_used")) AS last_used_at, \(time("last_success")) AS last_success_at,
      \(time("last_denied")) AS last_denied_at, \(time("last_entered")) AS last_entered_at,
      \(time("iam_last_used")) AS iam_last_used_at, covered_days, window_days, is_service_linked, last_event_id
    FROM dormant_role_row WHERE review = \(newest)
    """,
    """
    CREATE VIEW orphaned_principals AS
    SELECT review AS review_id, principal_id, principal_kind, state, home_account_id, home_imported, resolved_arn,
      resolution, candidate_arns, evidence_kind, evidence_id, namesake_principal_id, account_id, policy_kind, in_role_id,
      in_role_arn, in_resource_arn, statement_index, sid, element, \(time("last_entered")) AS last_entered_at
    FROM orphaned_principal_row WHERE review = \(newest)
    """,
  ]

  private static func finding(where condition: String) -> String {
    """
    SELECT f.review AS review_id, f.finding_id, f.type, f.severity, f.confidence, f.score, f.status, f.account_id,
      f.principal_id, f.principal_arn, f.role_id, f.role_arn, f.subject, f.title, f.remedy, f.detail, f.evidence,
      (SELECT h.review FROM finding_row h JOIN review w ON w.id = h.review WHERE h.finding_id = f.finding_id
        ORDER BY w.as_of, w.id LIMIT 1) AS first_review_id,
      NULL AS decision, NULL AS decision_until_at
    FROM finding_row f\(condition)
    """
  }

  private static let findings = [
    "CREATE VIEW findings AS \(finding(where: " WHERE f.review = \(newest)"))",
    "CREATE VIEW findings_history AS \(finding(where: ""))",
  ]
}
