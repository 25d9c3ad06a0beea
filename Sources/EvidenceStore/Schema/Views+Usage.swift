/// What was done: calls, entries and passed roles.
extension Views {
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
    SELECT \(columns), \(daily ? "\(day("u.day")) AS day, " : "")u.target_account_id, u.region, u.event_source,
      u.event_name, u.event_kind, u.via_service, u.outcome, u.events, \(time("u.first")) AS first_seen_at,
      \(time("u.last")) AS last_seen_at, \(event(at: "u.first")) AS first_event_id,
      \(event(at: "u.last")) AS last_event_id
    FROM usage_counted\(daily ? "_daily" : "") u
    JOIN principal q ON q.id = u.principal
    LEFT JOIN principal_state r ON r.principal_id = q.unique_id
    WHERE q.kind \(kind)
    """
  }

  static let usage = [
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

  static let entries = [
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
}
