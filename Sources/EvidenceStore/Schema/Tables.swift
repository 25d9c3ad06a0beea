/// The tables of the first version.
///
/// Facts come first: rows that were read out of files and are never changed. What can be computed from them again
/// (usage by day, coverage, principals, reviews) stands in tables of its own, further down. Times are seconds since
/// 1970, days are days since 1970, both in UTC; the views spell them out.
enum Tables {
  /// Whatever repeats, once. Each has a natural unique key, so that two stores can be merged. A session's is all of its
  /// columns: `Dictionaries` sees to it, as an index on all of them would be larger than the table.
  static let dictionaries = """
    CREATE TABLE text(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE call(
      id INTEGER PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, category TEXT NOT NULL,
      read_only INTEGER NOT NULL, resource_type TEXT NOT NULL, event_kind TEXT NOT NULL,
      UNIQUE(source, name, type, category, read_only, resource_type, event_kind)) STRICT;
    CREATE TABLE principal(id INTEGER PRIMARY KEY, unique_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL) STRICT;
    CREATE TABLE place(
      id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, UNIQUE(account, region)) STRICT;
    CREATE TABLE context(
      id INTEGER PRIMARY KEY, address TEXT NOT NULL, endpoint TEXT NOT NULL,
      agent INTEGER NOT NULL REFERENCES text(id), via INTEGER NOT NULL REFERENCES text(id),
      UNIQUE(address, endpoint, agent, via)) STRICT;
    CREATE TABLE session(
      id INTEGER PRIMARY KEY, principal INTEGER NOT NULL REFERENCES principal(id), access_key TEXT NOT NULL,
      name TEXT NOT NULL, started INTEGER NOT NULL, source_identity TEXT NOT NULL, provider TEXT NOT NULL,
      subject TEXT NOT NULL, on_behalf_of TEXT NOT NULL, mfa INTEGER NOT NULL, account TEXT NOT NULL) STRICT;
    CREATE INDEX session_key ON session(access_key, name, started);
    CREATE TABLE error(
      id INTEGER PRIMARY KEY, code TEXT NOT NULL, action TEXT NOT NULL, policy_kind TEXT NOT NULL,
      UNIQUE(code, action, policy_kind)) STRICT;
    CREATE TABLE shape(
      id INTEGER PRIMARY KEY, names TEXT NOT NULL, deciding TEXT NOT NULL, UNIQUE(names, deciding)) STRICT;
    CREATE TABLE resource(
      id INTEGER PRIMARY KEY, type TEXT NOT NULL, pattern TEXT NOT NULL, UNIQUE(pattern, type)) STRICT;
    CREATE TABLE resource_set(id INTEGER PRIMARY KEY, members TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE parameter_path(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE document(
      id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, is_json INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
    INSERT INTO text VALUES(0, '');
    INSERT INTO error VALUES(0, '', '', '');
    INSERT INTO shape VALUES(0, '', '');
    INSERT INTO resource_set VALUES(0, '');
    """

  /// Files, and the events that they brought. An event's id is the 16 bytes of a UUID, or the text where it is none.
  static let trails = """
    CREATE TABLE source_file(
      id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, content_sha256 BLOB NOT NULL, extraction INTEGER NOT NULL,
      kind TEXT NOT NULL, bytes INTEGER NOT NULL, content_bytes INTEGER NOT NULL, declared_complete INTEGER NOT NULL,
      account TEXT, taken_at INTEGER, records INTEGER NOT NULL, new_events INTEGER NOT NULL,
      duplicates INTEGER NOT NULL, not_events INTEGER NOT NULL, first_event INTEGER, last_event INTEGER,
      problems_left_out INTEGER NOT NULL) STRICT;
    CREATE INDEX source_file_content ON source_file(content_sha256);
    CREATE TABLE source_file_path(
      path TEXT NOT NULL, source_file INTEGER NOT NULL REFERENCES source_file(id), name TEXT NOT NULL,
      delivered_account TEXT, PRIMARY KEY(path, source_file)) STRICT, WITHOUT ROWID;
    CREATE INDEX source_file_path_file ON source_file_path(source_file);
    CREATE INDEX source_file_path_name ON source_file_path(name);
    CREATE TABLE file_problem(
      source_file INTEGER NOT NULL REFERENCES source_file(id), ordinal INTEGER NOT NULL, record INTEGER,
      byte_offset INTEGER, code TEXT NOT NULL, severity INTEGER NOT NULL, problem TEXT NOT NULL, remedy TEXT NOT NULL,
      PRIMARY KEY(source_file, ordinal)) STRICT, WITHOUT ROWID;
    CREATE TABLE file_day(
      source_file INTEGER NOT NULL REFERENCES source_file(id), place INTEGER NOT NULL REFERENCES place(id),
      event_kind INTEGER NOT NULL REFERENCES text(id), day INTEGER NOT NULL,
      PRIMARY KEY(source_file, place, event_kind, day)) STRICT, WITHOUT ROWID;
    CREATE TABLE event(
      time INTEGER NOT NULL, uuid ANY NOT NULL, shared ANY, call INTEGER NOT NULL REFERENCES call(id),
      session INTEGER NOT NULL REFERENCES session(id), place INTEGER NOT NULL REFERENCES place(id),
      context INTEGER NOT NULL REFERENCES context(id), error INTEGER NOT NULL REFERENCES error(id),
      shape INTEGER NOT NULL REFERENCES shape(id), resources INTEGER NOT NULL REFERENCES resource_set(id),
      file INTEGER NOT NULL REFERENCES source_file(id), record INTEGER NOT NULL,
      PRIMARY KEY(time, uuid)) STRICT, WITHOUT ROWID;
    CREATE INDEX event_shared ON event(shared) WHERE shared IS NOT NULL;
    CREATE INDEX event_shared_time ON event(time) WHERE shared IS NOT NULL;
    CREATE TABLE entry(
      time INTEGER NOT NULL, uuid ANY NOT NULL, role_id TEXT NOT NULL, role_arn TEXT NOT NULL, name TEXT NOT NULL,
      issued_key TEXT NOT NULL, external_id TEXT NOT NULL, source_identity TEXT NOT NULL,
      PRIMARY KEY(time, uuid)) STRICT, WITHOUT ROWID;
    CREATE TABLE event_parameter(
      time INTEGER NOT NULL, uuid ANY NOT NULL, path INTEGER NOT NULL REFERENCES parameter_path(id), value TEXT NOT NULL,
      PRIMARY KEY(time, uuid, path, value)) STRICT, WITHOUT ROWID;
    CREATE TABLE principal_name(
      principal INTEGER NOT NULL REFERENCES principal(id), arn TEXT NOT NULL, account TEXT NOT NULL,
      first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(principal, arn, account)) STRICT, WITHOUT ROWID;
    CREATE TABLE digest(
      source_file INTEGER PRIMARY KEY REFERENCES source_file(id), account TEXT NOT NULL, region TEXT NOT NULL,
      start INTEGER, stop INTEGER, object TEXT NOT NULL) STRICT;
    CREATE TABLE digest_file(
      digest INTEGER NOT NULL REFERENCES digest(source_file), object TEXT NOT NULL, name TEXT NOT NULL,
      content_sha256 BLOB NOT NULL, oldest INTEGER, newest INTEGER, PRIMARY KEY(digest, object)) STRICT, WITHOUT ROWID;
    CREATE INDEX digest_file_content ON digest_file(content_sha256);
    """

  /// What IAM, the trails' configuration and the organisation said.
  static let snapshots = """
    CREATE TABLE snapshot(
      id INTEGER PRIMARY KEY, account TEXT NOT NULL, taken_at INTEGER NOT NULL, taken_basis TEXT NOT NULL,
      is_complete INTEGER NOT NULL, missing TEXT NOT NULL, content_sha256 BLOB NOT NULL UNIQUE) STRICT;
    CREATE TABLE snapshot_file(
      snapshot INTEGER NOT NULL REFERENCES snapshot(id), source_file INTEGER NOT NULL REFERENCES source_file(id),
      PRIMARY KEY(snapshot, source_file)) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_principal(
      snapshot INTEGER NOT NULL REFERENCES snapshot(id), unique_id TEXT NOT NULL, kind TEXT NOT NULL,
      arn TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, created INTEGER,
      trust INTEGER REFERENCES document(id), boundary_arn TEXT, last_used INTEGER, last_used_region TEXT,
      tags TEXT NOT NULL, groups TEXT NOT NULL, PRIMARY KEY(snapshot, kind, unique_id)) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_attachment(
      snapshot INTEGER NOT NULL REFERENCES snapshot(id), holder_id TEXT NOT NULL, policy_arn TEXT NOT NULL,
      policy_name TEXT NOT NULL, PRIMARY KEY(snapshot, holder_id, policy_arn)) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_inline_policy(
      snapshot INTEGER NOT NULL REFERENCES snapshot(id), holder_id TEXT NOT NULL, policy_name TEXT NOT NULL,
      document INTEGER NOT NULL REFERENCES document(id), PRIMARY KEY(snapshot, holder_id, policy_name))
      STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_managed_policy(
      snapshot INTEGER NOT NULL REFERENCES snapshot(id), policy_arn TEXT NOT NULL, policy_name TEXT NOT NULL,
      document INTEGER REFERENCES document(id), version_id TEXT, version_created INTEGER, updated INTEGER,
      PRIMARY KEY(snapshot, policy_arn)) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_instance_profile(
      snapshot INTEGER NOT NULL REFERENCES snapshot(id), arn TEXT NOT NULL, name TEXT NOT NULL, role_id TEXT NOT NULL,
      PRIMARY KEY(snapshot, arn, role_id)) STRICT, WITHOUT ROWID;
    CREATE TABLE trail_configuration(
      source_file INTEGER PRIMARY KEY REFERENCES source_file(id), taken_at INTEGER, document TEXT NOT NULL) STRICT;
    CREATE TABLE organisation_policies(
      source_file INTEGER PRIMARY KEY REFERENCES source_file(id), taken_at INTEGER, document TEXT NOT NULL) STRICT;
    """

  /// What follows from the facts, and is made again whenever they change.
  static let derived = """
    CREATE TABLE joined(
      time INTEGER NOT NULL, uuid ANY NOT NULL, PRIMARY KEY(time, uuid)) STRICT, WITHOUT ROWID;
    CREATE TABLE usage_day(
      day INTEGER NOT NULL, principal INTEGER NOT NULL REFERENCES principal(id), call INTEGER NOT NULL REFERENCES call(id),
      place INTEGER NOT NULL REFERENCES place(id), via INTEGER NOT NULL REFERENCES text(id),
      error INTEGER NOT NULL REFERENCES error(id), shape INTEGER NOT NULL REFERENCES shape(id),
      is_shared INTEGER NOT NULL, n INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      PRIMARY KEY(day, principal, call, place, via, error, shape, is_shared)) STRICT, WITHOUT ROWID;
    CREATE TABLE error_outcome(code TEXT PRIMARY KEY, outcome TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE pass_parameter(
      source TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL,
      PRIMARY KEY(source, name, path)) STRICT, WITHOUT ROWID;
    CREATE TABLE role_alias(
      account TEXT NOT NULL, form TEXT NOT NULL, alias TEXT NOT NULL, role_id TEXT NOT NULL, role_arn TEXT NOT NULL,
      PRIMARY KEY(form, alias, account)) STRICT, WITHOUT ROWID;
    CREATE TABLE coverage_day(
      account TEXT NOT NULL, region TEXT NOT NULL, event_kind TEXT NOT NULL, day INTEGER NOT NULL, state TEXT NOT NULL,
      basis TEXT NOT NULL, cause TEXT NOT NULL, PRIMARY KEY(account, region, event_kind, day)) STRICT, WITHOUT ROWID;
    CREATE TABLE principal_state(
      principal_id TEXT PRIMARY KEY, kind TEXT NOT NULL, account_id TEXT, arn TEXT, name TEXT, path TEXT,
      state TEXT NOT NULL, created INTEGER, created_source TEXT, deleted INTEGER, first_seen INTEGER, last_seen INTEGER,
      iam_last_used INTEGER, iam_last_used_region TEXT, boundary_arn TEXT, is_service_linked INTEGER NOT NULL,
      is_identity_center INTEGER NOT NULL, tags TEXT, snapshot_at INTEGER, trust_policy_sha256 TEXT)
      STRICT, WITHOUT ROWID;
    """

  /// What reviews found. Grants and verdicts are stored once for what alike roles share.
  static let reviews = """
    CREATE TABLE review(
      id INTEGER PRIMARY KEY, as_of INTEGER NOT NULL, window_start INTEGER NOT NULL, window_end INTEGER NOT NULL,
      catalogue TEXT NOT NULL, rules TEXT NOT NULL, store_hash TEXT NOT NULL, parameters TEXT NOT NULL,
      is_stale INTEGER NOT NULL, result TEXT NOT NULL, UNIQUE(as_of)) STRICT;
    CREATE TABLE action(
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, service TEXT NOT NULL, access_level TEXT NOT NULL) STRICT;
    CREATE TABLE grant_set(
      id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE) STRICT;
    CREATE INDEX grant_set_review ON grant_set(review);
    CREATE TABLE grant_set_action(
      grant_set INTEGER NOT NULL REFERENCES grant_set(id) ON DELETE CASCADE, action INTEGER NOT NULL REFERENCES action(id),
      grant_kind TEXT NOT NULL, resource_scope TEXT NOT NULL, limited_by TEXT NOT NULL, PRIMARY KEY(grant_set, action))
      STRICT, WITHOUT ROWID;
    CREATE TABLE grant_set_statement(
      grant_set INTEGER NOT NULL REFERENCES grant_set(id) ON DELETE CASCADE, number INTEGER NOT NULL,
      attachment TEXT NOT NULL, policy_arn TEXT, policy_name TEXT NOT NULL, policy_sha256 TEXT NOT NULL,
      statement_index INTEGER NOT NULL, sid TEXT, effect TEXT NOT NULL, PRIMARY KEY(grant_set, number))
      STRICT, WITHOUT ROWID;
    CREATE TABLE grant_set_action_statement(
      grant_set INTEGER NOT NULL REFERENCES grant_set(id) ON DELETE CASCADE, action INTEGER NOT NULL REFERENCES action(id),
      number INTEGER NOT NULL, PRIMARY KEY(grant_set, action, number)) STRICT, WITHOUT ROWID;
    CREATE TABLE verdict_profile(
      id INTEGER PRIMARY KEY, review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE) STRICT;
    CREATE INDEX verdict_profile_review ON verdict_profile(review);
    CREATE TABLE verdict_profile_action(
      verdict_profile INTEGER NOT NULL REFERENCES verdict_profile(id) ON DELETE CASCADE,
      action INTEGER NOT NULL REFERENCES action(id), verdict TEXT NOT NULL, reason_code TEXT NOT NULL,
      reason TEXT NOT NULL, observed_days INTEGER NOT NULL, granted_since INTEGER, PRIMARY KEY(verdict_profile, action))
      STRICT, WITHOUT ROWID;
    CREATE TABLE role_review(
      review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE, role_id TEXT NOT NULL, role_arn TEXT NOT NULL,
      account_id TEXT NOT NULL, grant_set INTEGER NOT NULL REFERENCES grant_set(id),
      verdict_profile INTEGER NOT NULL REFERENCES verdict_profile(id), PRIMARY KEY(review, role_id))
      STRICT, WITHOUT ROWID;
    CREATE TABLE role_verdict(
      review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE, role_id TEXT NOT NULL,
      action INTEGER NOT NULL REFERENCES action(id), verdict TEXT NOT NULL, reason_code TEXT NOT NULL,
      reason TEXT NOT NULL, observed_days INTEGER NOT NULL, last_used INTEGER, last_attempt INTEGER,
      uses INTEGER NOT NULL, denials INTEGER NOT NULL, last_event_id TEXT, PRIMARY KEY(review, role_id, action))
      STRICT, WITHOUT ROWID;
    CREATE TABLE used_without_grant_row(
      review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE, role_id TEXT NOT NULL, role_arn TEXT NOT NULL,
      account_id TEXT NOT NULL, action TEXT NOT NULL, uses INTEGER NOT NULL, last_used INTEGER NOT NULL,
      likely_source TEXT NOT NULL, last_event_id TEXT, PRIMARY KEY(review, role_id, action)) STRICT, WITHOUT ROWID;
    CREATE TABLE dormant_role_row(
      review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE, role_id TEXT NOT NULL, role_arn TEXT NOT NULL,
      account_id TEXT NOT NULL, kind TEXT NOT NULL, created INTEGER, last_used INTEGER, last_success INTEGER,
      last_denied INTEGER, last_entered INTEGER, iam_last_used INTEGER, covered_days INTEGER NOT NULL,
      window_days INTEGER NOT NULL, is_service_linked INTEGER NOT NULL, last_event_id TEXT, PRIMARY KEY(review, role_id))
      STRICT, WITHOUT ROWID;
    CREATE TABLE orphaned_principal_row(
      review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE, number INTEGER NOT NULL,
      principal_id TEXT NOT NULL, principal_kind TEXT NOT NULL, state TEXT NOT NULL, home_account_id TEXT,
      home_imported INTEGER NOT NULL, resolved_arn TEXT, resolution TEXT NOT NULL, candidate_arns TEXT NOT NULL,
      evidence_kind TEXT, evidence_id TEXT, namesake_principal_id TEXT, account_id TEXT NOT NULL,
      policy_kind TEXT NOT NULL, in_role_id TEXT, in_role_arn TEXT, in_resource_arn TEXT,
      statement_index INTEGER NOT NULL, sid TEXT, element TEXT NOT NULL, last_entered INTEGER,
      PRIMARY KEY(review, number)) STRICT, WITHOUT ROWID;
    CREATE TABLE finding_row(
      review INTEGER NOT NULL REFERENCES review(id) ON DELETE CASCADE, finding_id TEXT NOT NULL, number INTEGER NOT NULL,
      type TEXT NOT NULL, severity TEXT NOT NULL, confidence TEXT NOT NULL, score INTEGER NOT NULL, status TEXT NOT NULL,
      account_id TEXT, principal_id TEXT, principal_arn TEXT, role_id TEXT, role_arn TEXT, subject TEXT NOT NULL,
      title TEXT NOT NULL, remedy TEXT NOT NULL, detail TEXT NOT NULL, evidence TEXT NOT NULL,
      PRIMARY KEY(review, finding_id)) STRICT, WITHOUT ROWID;
    """
}
