/// What calls answered about users, roles and IAM Identity Center: credential and last-accessed reports, permission sets
/// and their assignments.
///
/// Answers are hostile text. What is not of the type that AWS documents is NULL, and no expression fails, for it would fail
/// the whole view.
///
/// Sources: "Get credential reports for your AWS account", IAM User Guide; "GetServiceLastAccessedDetails", IAM API
/// Reference; "DescribePermissionSet", "ListAccountAssignments" and their kin, IAM Identity Center API Reference.
extension Views {
  static let answers = [userCredentials, serviceLastAccessed, permissionSets, permissionSetAssignments]

  // MARK: - Members

  /// An item of `json_each`, as an object.
  private static func object(_ item: String) -> String {
    "CASE \(item).type WHEN 'object' THEN \(item).value ELSE '{}' END"
  }
  private static func text(_ object: String, _ name: String) -> String {
    "CASE json_type(\(object), '$.\(name)') WHEN 'text' THEN json_extract(\(object), '$.\(name)') END"
  }
  private static func integer(_ object: String, _ name: String) -> String {
    "CASE json_type(\(object), '$.\(name)') WHEN 'integer' THEN json_extract(\(object), '$.\(name)') END"
  }
  /// A list, as JSON.
  private static func list(_ object: String, _ name: String) -> String {
    "CASE json_type(\(object), '$.\(name)') WHEN 'array' THEN json_extract(\(object), '$.\(name)') END"
  }
  private static func flag(_ object: String, _ name: String) -> String {
    "CASE json_extract(\(object), '$.\(name)') WHEN 'true' THEN 1 WHEN 'false' THEN 0 END"
  }
  /// A date in a form that the AWS CLI writes. SQLite reads other texts as dates too, such as "now".
  private static func date(_ object: String, _ name: String) -> String {
    let value = "json_extract(\(object), '$.\(name)')"
    return """
      CASE json_type(\(object), '$.\(name)')
        WHEN 'text' THEN CASE WHEN \(value) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*' THEN \(moment(value)) END
        WHEN 'integer' THEN \(time(value)) WHEN 'real' THEN \(time(value)) END
      """
  }
  private static func moment(_ text: String) -> String { "strftime('%Y-%m-%dT%H:%M:%SZ', \(text))" }

  // MARK: - Answers

  // The sign before `call` keeps SQLite from its index, by which it would take the answers for a handful, and join them to
  // each other without any.

  /// The newest answers to a call, one for each of what `parts` name; refused ones tell nothing. `text` is always JSON.
  private static func newest(_ call: String, of parts: String) -> String {
    """
    SELECT * FROM (
      SELECT a.resource, a.account, a.filter, a.taken_at, a.outcome, a.is_complete, \(json) AS text,
        row_number() OVER (PARTITION BY \(parts) ORDER BY a.taken_at DESC, a.is_complete DESC, a.outcome, d.sha256) AS n
      FROM answer a JOIN document d ON d.id = a.document
      WHERE +a.call = '\(call)' AND a.outcome <> 'refused')
    WHERE n = 1
    """
  }

  /// JSON that goes deeper than SQLite reads counts as nothing.
  private static let json = "CASE WHEN a.outcome = 'given' AND json_valid(d.text) THEN d.text ELSE '{}' END"

  // MARK: - Reports

  private static let userCredentials: String = {
    let user = "v.user"
    func value(_ name: String) -> String {
      // Columns that a report leaves open.
      "CASE WHEN \(text(user, name)) NOT IN ('N/A', 'no_information', 'not_supported', '') THEN \(text(user, name)) END"
    }
    func dated(_ name: String) -> String { date(user, name) }
    let keys = [1, 2].map { number in
      let key = "access_key_\(number)"
      return """
        \(flag(user, "\(key)_active")) AS \(key)_active, \(dated("\(key)_last_rotated")) AS \(key)_last_rotated_at,
          \(dated("\(key)_last_used_date")) AS \(key)_last_used_at,
          \(value("\(key)_last_used_region")) AS \(key)_last_used_region,
          \(value("\(key)_last_used_service")) AS \(key)_last_used_service
        """
    }
    let certificates = [1, 2].map { number in
      let name = "cert_\(number)"
      return
        "\(flag(user, "\(name)_active")) AS \(name)_active, \(dated("\(name)_last_rotated")) AS \(name)_last_rotated_at"
    }
    return """
      CREATE VIEW user_credentials AS
      SELECT nullif(v.account, '') AS account_id, \(value("arn")) AS user_arn, \(value("user")) AS user_name,
        coalesce(\(text(user, "user")) = '<root_account>', 0) AS is_root, \(dated("user_creation_time")) AS created_at,
        \(flag(user, "password_enabled")) AS password_enabled, \(dated("password_last_used")) AS password_last_used_at,
        \(dated("password_last_changed")) AS password_last_changed_at,
        \(dated("password_next_rotation")) AS password_next_rotation_at, \(flag(user, "mfa_active")) AS mfa_active,
        \((keys + certificates).joined(separator: ",\n  ")),
        v.generated_at
      FROM (
        SELECT r.account, \(object("e")) AS user,
          coalesce(\(date("r.text", "GeneratedTime")), \(time("nullif(r.taken_at, 0)"))) AS generated_at
        FROM (\(newest("iam get-credential-report", of: "a.account"))) r, json_each(r.text, '$.Users') e) v
      """
  }()

  /// Reports come page by page; those of one job are one report. Only the newest job of a principal counts.
  private static let serviceLastAccessed = """
    CREATE VIEW service_last_accessed AS
    WITH page AS (
      SELECT a.resource, a.account, a.taken_at, a.is_complete, d.sha256, \(json) AS text
      FROM answer a JOIN document d ON d.id = a.document
      WHERE +a.call = 'iam get-service-last-accessed-details' AND a.outcome = 'given'),
    finished AS (
      SELECT p.*, \(date("p.text", "JobCompletionDate")) AS completed,
        coalesce(\(date("p.text", "JobCompletionDate")), \(time("p.taken_at"))) AS job
      FROM page p WHERE coalesce(\(text("p.text", "JobStatus")), '') = 'COMPLETED'),
    ranked AS (
      SELECT f.*, rank() OVER (PARTITION BY f.resource ORDER BY f.job DESC) AS age,
        max(f.is_complete) OVER (PARTITION BY f.resource, f.job) AS is_whole
      FROM finished f),
    item AS (
      SELECT r.resource, r.account, r.taken_at, r.sha256, r.completed, r.is_whole, \(object("e")) AS service,
        e.key AS place
      FROM ranked r, json_each(r.text, '$.ServicesLastAccessed') e WHERE r.age = 1),
    single AS (
      SELECT i.*, row_number() OVER (
        PARTITION BY i.resource, \(text("i.service", "ServiceNamespace"))
        ORDER BY coalesce(\(list("i.service", "TrackedActionsLastAccessed")), '') = '', i.taken_at DESC, i.sha256, i.place)
        AS n
      FROM item i)
    SELECT nullif(s.account, '') AS account_id, s.resource AS principal_arn,
      \(text("s.service", "ServiceNamespace")) AS service, \(text("s.service", "ServiceName")) AS service_name,
      \(date("s.service", "LastAuthenticated")) AS last_authenticated_at,
      \(text("s.service", "LastAuthenticatedEntity")) AS last_authenticated_entity_arn,
      \(text("s.service", "LastAuthenticatedRegion")) AS last_authenticated_region,
      \(integer("s.service", "TotalAuthenticatedEntities")) AS total_authenticated_entities,
      \(list("s.service", "TrackedActionsLastAccessed")) AS tracked_actions,
      s.completed AS job_completed_at, s.is_whole AS report_is_complete
    FROM single s WHERE s.n = 1 AND \(text("s.service", "ServiceNamespace")) IS NOT NULL
    """

  // MARK: - IAM Identity Center

  /// The instance of a permission set, whose id is a part of its ARN.
  ///
  /// Source: "Resource types defined by AWS IAM Identity Center", Service Authorization Reference.
  private static func instance(_ arn: String) -> String {
    """
    CASE WHEN instr(\(arn), ':permissionSet/') > 0 AND instr(\(arn), '/ps-') > 0
      THEN replace(substr(\(arn), 1, instr(\(arn), '/ps-') - 1), ':permissionSet/', ':instance/') END
    """
  }

  /// Permission sets that answers name; and since when some of them are gone: they were asked for in vain, or a whole list of
  /// their instance is without them.
  private static let sets = """
    described AS (\(newest("sso-admin describe-permission-set", of: "a.resource"))),
    listing AS (\(newest("sso-admin list-permission-sets", of: "a.resource"))),
    listed AS (
      SELECT l.resource AS instance, CASE e.type WHEN 'text' THEN e.value END AS arn, l.taken_at
      FROM listing l, json_each(l.text, '$.PermissionSets') e),
    named AS (
      SELECT resource AS arn, max(taken_at) AS known_at FROM (
        SELECT resource, taken_at FROM answer WHERE outcome = 'given' AND call IN ('sso-admin describe-permission-set',
          'sso-admin get-inline-policy-for-permission-set', 'sso-admin list-managed-policies-in-permission-set',
          'sso-admin get-permissions-boundary-for-permission-set',
          'sso-admin list-customer-managed-policy-references-in-permission-set')
        UNION ALL SELECT arn, taken_at FROM listed WHERE arn IS NOT NULL)
      WHERE resource <> '' GROUP BY resource),
    gone AS (
      SELECT arn, max(at) AS at FROM (
        SELECT resource AS arn, taken_at AS at FROM described WHERE outcome = 'none'
        UNION ALL
        SELECT n.arn, l.taken_at FROM named n JOIN listing l ON l.resource = \(instance("n.arn"))
        WHERE l.is_complete AND l.outcome = 'given'
          AND NOT EXISTS (SELECT 1 FROM listed k WHERE k.instance = l.resource AND k.arn = n.arn))
      GROUP BY arn)
    """

  private static let permissionSets: String = {
    let parts = [
      ("inline", "get-inline-policy-for-permission-set", "inline_policy", "InlinePolicy", "text"),
      (
        "managed", "list-managed-policies-in-permission-set", "managed_policy_arns",
        "AttachedManagedPolicies", "array"
      ),
      (
        "customer", "list-customer-managed-policy-references-in-permission-set",
        "customer_managed_policies",
        "CustomerManagedPolicyReferences", "array"
      ),
      (
        "boundary", "get-permissions-boundary-for-permission-set", "boundary", "PermissionsBoundary", "object"
      ),
    ]
    let tables = parts.map { "\($0.0) AS (\(newest("sso-admin \($0.1)", of: "a.resource")))" }
    let joins = parts.map {
      "LEFT JOIN \($0.0) ON \($0.0).resource = n.arn "
        + "AND (\($0.0).is_complete OR \($0.0).outcome = 'none')"
    }
    // What is not known is not "none": nobody asked, it was refused, or a page is missing.
    let unknown = parts.map {
      """
      SELECT '\($0.2)' AS part WHERE \($0.0).outcome IS NULL
            OR \($0.0).outcome = 'given' AND coalesce(json_type(\($0.0).text, '$.\($0.3)'), '\($0.4)') <> '\($0.4)'
      """
    }
    let set = "coalesce(\(part("described", "PermissionSet", "object")), '{}')"
    return """
      CREATE VIEW permission_sets AS
      WITH \(sets), \(tables.joined(separator: ", "))
      SELECT \(instance("n.arn")) AS instance_arn, n.arn AS permission_set_arn, \(text(set, "Name")) AS name,
        \(text(set, "Description")) AS description, \(text(set, "SessionDuration")) AS session_duration,
        \(text(set, "RelayState")) AS relay_state, \(date(set, "CreatedDate")) AS created_at,
        CASE WHEN \(part("managed", "AttachedManagedPolicies", "array")) IS NOT NULL THEN (
          SELECT json_group_array(arn) FROM (
            SELECT \(text(object("m"), "Arn")) AS arn
            FROM json_each(managed.text, '$.AttachedManagedPolicies') m ORDER BY 1) WHERE arn IS NOT NULL)
          END AS managed_policy_arns,
        \(part("customer", "CustomerManagedPolicyReferences", "array")) AS customer_managed_policies,
        nullif(\(part("inline", "InlinePolicy", "text")), '') AS inline_policy,
        \(part("boundary", "PermissionsBoundary", "object")) AS boundary,
        (SELECT json_group_array(part) FROM (
          \(unknown.joined(separator: "\n    UNION ALL ")))) AS unknown_parts,
        \(time("nullif(described.taken_at, 0)")) AS taken_at
      FROM named n
      LEFT JOIN gone ON gone.arn = n.arn
      LEFT JOIN described ON described.resource = n.arn AND described.outcome = 'given'
      \(joins.joined(separator: "\n"))
      WHERE gone.at IS NULL OR n.known_at > gone.at
      """
  }()

  private static func part(_ table: String, _ name: String, _ type: String) -> String {
    "CASE json_type(\(table).text, '$.\(name)') WHEN '\(type)' THEN json_extract(\(table).text, '$.\(name)') END"
  }

  /// Assignments of a permission set in an account. A whole list of the accounts in which the set is provisioned, and that is
  /// younger, ends those in all other accounts.
  private static let permissionSetAssignments = """
    CREATE VIEW permission_set_assignments AS
    WITH \(sets),
    provisioned AS (\(newest("sso-admin list-accounts-for-provisioned-permission-set", of: "a.resource"))),
    place AS (
      SELECT DISTINCT p.resource AS arn, k.value AS account FROM provisioned p, json_each(p.text, '$.AccountIds') k),
    list AS (
      SELECT a.resource, a.filter, a.taken_at, a.is_complete, d.sha256, \(json) AS text
      FROM answer a JOIN document d ON d.id = a.document
      WHERE +a.call = 'sso-admin list-account-assignments' AND a.outcome <> 'refused'),
    item AS (
      SELECT l.resource, l.filter, l.taken_at, l.is_complete, l.sha256, e.key AS place, \(object("e")) AS assignment
      FROM list l LEFT JOIN json_each(l.text, '$.AccountAssignments') e),
    told AS (
      SELECT i.taken_at, i.is_complete, i.sha256, i.place, i.assignment,
        coalesce(\(text("i.assignment", "PermissionSetArn")), i.resource) AS arn,
        coalesce(\(text("i.assignment", "AccountId")), i.filter) AS account
      FROM item i),
    ranked AS (
      SELECT t.*, rank() OVER (PARTITION BY t.arn, t.account ORDER BY t.taken_at DESC) AS age FROM told t),
    present AS (
      SELECT r.*, \(text("r.assignment", "PrincipalType")) AS principal_type,
        \(text("r.assignment", "PrincipalId")) AS principal_id,
        row_number() OVER (
          PARTITION BY r.arn, r.account, \(text("r.assignment", "PrincipalType")), \(text("r.assignment", "PrincipalId"))
          ORDER BY r.sha256, r.place) AS n
      FROM ranked r WHERE r.age = 1 AND r.arn <> '' AND r.account <> ''),
    person AS (
      SELECT s.on_behalf_of, s.name,
        row_number() OVER (PARTITION BY s.on_behalf_of ORDER BY s.started DESC, s.name) AS n
      FROM session s JOIN principal p ON p.id = s.principal
      JOIN principal_state q ON q.principal_id = p.unique_id AND q.is_identity_center = 1
      WHERE s.on_behalf_of <> '' AND s.name <> ''),
    role AS (
      SELECT q.account_id, substr(q.name, 16, length(q.name) - 32) AS name, q.arn,
        row_number() OVER (
          PARTITION BY q.account_id, substr(q.name, 16, length(q.name) - 32) ORDER BY q.created DESC, q.arn) AS n
      FROM principal_state q
      WHERE q.kind = 'role' AND q.is_identity_center = 1 AND q.state = 'live' AND q.snapshot_at IS NOT NULL
        AND q.name GLOB 'AWSReservedSSO_?*_\(String(repeating: "[0-9a-f]", count: 16))'),
    name AS (
      SELECT resource AS arn, \(text("coalesce(\(part("described", "PermissionSet", "object")), '{}')", "Name")) AS name
      FROM described WHERE outcome = 'given')
    SELECT a.account AS account_id, a.arn AS permission_set_arn, name.name, a.principal_type, a.principal_id,
      CASE a.principal_type WHEN 'USER' THEN person.name END AS principal_name, role.arn AS role_arn,
      \(time("nullif(a.taken_at, 0)")) AS taken_at, a.is_complete
    FROM present a
    LEFT JOIN gone ON gone.arn = a.arn
    LEFT JOIN provisioned ON provisioned.resource = a.arn AND provisioned.is_complete
    LEFT JOIN place ON place.arn = a.arn AND place.account = a.account
    LEFT JOIN name ON name.arn = a.arn
    LEFT JOIN person ON person.on_behalf_of = a.principal_id AND person.n = 1
    LEFT JOIN role ON role.account_id = a.account AND role.name = name.name AND role.n = 1
    WHERE a.n = 1 AND a.principal_id IS NOT NULL AND (gone.at IS NULL OR a.taken_at > gone.at)
      AND (provisioned.taken_at IS NULL OR provisioned.taken_at <= a.taken_at OR place.account IS NOT NULL)
    """
}
