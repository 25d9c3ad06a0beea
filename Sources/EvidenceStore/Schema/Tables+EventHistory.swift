extension Tables {
  /// What wraps the event history, and which Regions are enabled, was not kept before: these files are looked at once more.
  /// Without a filter and to its last page, the history is no selection any longer.
  static let eventHistory = """
    UPDATE source_file SET extraction = 0
    WHERE kind = 'collection' OR id IN (SELECT source_file FROM source_file_path WHERE name LIKE 'lookup-events%');
    DROP VIEW source_files;
    """
}
