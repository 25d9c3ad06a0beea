extension Tables {
  /// What users are granted, beside the roles; on which condition keys grants depend; by which group a policy comes.
  static let users = """
    CREATE TABLE user_review(
      review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE, user_id TEXT NOT NULL, user_arn TEXT NOT NULL,
      account_id TEXT NOT NULL, grant_set INTEGER NOT NULL REFERENCES grant_set(id), PRIMARY KEY(review, user_id))
      STRICT, WITHOUT ROWID;
    ALTER TABLE grant_set_action ADD COLUMN condition_keys TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE grant_set_statement ADD COLUMN group_name TEXT;
    """
}
