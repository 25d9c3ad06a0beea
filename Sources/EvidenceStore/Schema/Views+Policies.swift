/// What resources and the organisation say of who may do what.
extension Views {
  static let policies = [
    """
    CREATE VIEW resource_policies AS
    SELECT nullif(a.account, '') AS account_id, nullif(a.region, '') AS region, a.resource AS resource_arn,
      \(resourceKind) AS kind,
      CASE a.outcome WHEN 'given' THEN 'policy' WHEN 'none' THEN 'none' ELSE 'unknown' END AS state, nullif(a.error_code, '') AS error_code,
      CASE a.outcome WHEN 'given' THEN lower(hex(d.sha256)) END AS policy_sha256,
      CASE a.outcome WHEN 'given' THEN d.text END AS policy, \(time("nullif(a.taken_at, 0)")) AS taken_at
    FROM answer a JOIN document d ON d.id = a.document
    WHERE \(resourceKind) IS NOT NULL
    """,
    """
    CREATE VIEW organisation_policies AS
    SELECT p.account AS account_id, p.policy_type, p.level, p.target AS target_id, p.policy_id, p.policy_name, p.state,
      lower(hex(d.sha256)) AS policy_sha256, d.text AS policy, \(time("p.taken_at")) AS taken_at
    FROM organisation_policy p LEFT JOIN document d ON d.id = p.document
    """,
  ]

  private static let resourceKind = """
    CASE a.call WHEN 's3api get-bucket-policy' THEN 's3-bucket' WHEN 'kms get-key-policy' THEN 'kms-key'
      WHEN 'sqs get-queue-attributes' THEN 'sqs-queue' WHEN 'sns get-topic-attributes' THEN 'sns-topic'
      WHEN 'lambda get-policy' THEN 'lambda-function'
      WHEN 'secretsmanager get-resource-policy' THEN 'secretsmanager-secret'
      WHEN 'ecr get-repository-policy' THEN 'ecr-repository' WHEN 'ec2 describe-vpc-endpoints' THEN 'vpc-endpoint' END
    """
}
