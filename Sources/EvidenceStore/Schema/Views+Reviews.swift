/// What reviews say: grants, verdicts and findings.
extension Views {
  private static let newest = "(SELECT id FROM review ORDER BY as_of DESC, id DESC LIMIT 1)"

  static let reviews = [
    """
    CREATE VIEW reviews AS
    SELECT id AS review_id, \(time("as_of")) AS as_of_at, \(time("window_start")) AS window_start_at,
      \(time("window_end")) AS window_end_at, catalogue, rules, store_hash, is_stale AS stale
    FROM review
    """
  ]

  static let grants = [
    """
    CREATE VIEW granted_actions AS
    SELECT r.review AS review_id, r.account_id, r.role_id, r.role_arn, a.name AS action, a.service, a.access_level,
      g.grant_kind, g.resource_scope, g.limited_by, \(time("v.granted_since")) AS granted_since_at, g.condition_keys
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

  static let userGrants = [
    """
    CREATE VIEW user_granted_actions AS
    SELECT u.review AS review_id, u.account_id, u.user_id, u.user_arn, a.name AS action, a.service, a.access_level,
      g.grant_kind, g.resource_scope, g.limited_by, g.condition_keys
    FROM user_review u
    JOIN grant_set_action g ON g.grant_set = u.grant_set
    JOIN action a ON a.id = g.action
    WHERE u.review = \(newest)
    """,
    """
    CREATE VIEW user_grant_statements AS
    SELECT u.review AS review_id, u.user_id, a.name AS action, s.attachment, s.group_name, s.policy_arn, s.policy_name,
      s.policy_sha256, s.statement_index, s.sid, s.effect
    FROM user_review u
    JOIN grant_set_action_statement g ON g.grant_set = u.grant_set
    JOIN grant_set_statement s ON s.grant_set = g.grant_set AND s.number = g.number
    JOIN action a ON a.id = g.action
    WHERE u.review = \(newest)
    """,
  ]

  static let verdicts = [
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

  static let findings = [
    "CREATE VIEW findings AS \(finding(where: " WHERE f.review = \(newest)"))",
    "CREATE VIEW findings_history AS \(finding(where: ""))",
  ]
}
