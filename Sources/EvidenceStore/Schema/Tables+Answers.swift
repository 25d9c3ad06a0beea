extension Tables {
  /// What calls answered, each fact once: a policy of a resource, or a whole output. Empty texts and a time of zero stand
  /// for what nothing tells, so that a row is one row however often it is imported. `origin` says what the time comes from.
  ///
  /// The levels of the organisation are derived: from these answers, and from the documents that list levels themselves.
  static let answers = """
    CREATE TABLE answer(
      id INTEGER PRIMARY KEY, call TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, resource TEXT NOT NULL,
      filter TEXT NOT NULL, taken_at INTEGER NOT NULL, is_complete INTEGER NOT NULL, outcome TEXT NOT NULL,
      error_code TEXT NOT NULL, document INTEGER NOT NULL REFERENCES document(id),
      UNIQUE(call, resource, account, region, filter, taken_at, is_complete, outcome, error_code, document)) STRICT;
    CREATE TABLE answer_file(
      answer INTEGER NOT NULL REFERENCES answer(id), source_file INTEGER NOT NULL REFERENCES source_file(id),
      PRIMARY KEY(answer, source_file)) STRICT, WITHOUT ROWID;
    CREATE INDEX answer_file_file ON answer_file(source_file);
    INSERT OR IGNORE INTO document(sha256, is_json, text)
      VALUES(X'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, '');
    ALTER TABLE organisation_policies RENAME TO organisation_document;
    CREATE TABLE organisation_policy(
      account TEXT NOT NULL, policy_type TEXT NOT NULL, level INTEGER NOT NULL, ordinal INTEGER NOT NULL,
      target TEXT, policy_id TEXT, policy_name TEXT, state TEXT NOT NULL, document INTEGER REFERENCES document(id),
      taken_at INTEGER, PRIMARY KEY(account, policy_type, level, ordinal)) STRICT, WITHOUT ROWID;
    """
}
