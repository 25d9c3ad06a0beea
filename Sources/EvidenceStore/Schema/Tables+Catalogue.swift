extension Tables {
  /// What lies over the program's own catalogue of actions. A row for each content; at most one of them counts, the others
  /// are what earlier reviews name. The hash is over what the reference says, without the day of which it is.
  static let catalogue = """
    CREATE TABLE catalogue_overlay(
      id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL UNIQUE, content BLOB NOT NULL, taken_at INTEGER,
      services INTEGER NOT NULL, is_current INTEGER NOT NULL) STRICT;
    """
}
