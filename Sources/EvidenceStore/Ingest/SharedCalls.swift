import GRDB

/// Records of one call that were written in several accounts, or at a VPC endpoint too: which of them counts.
///
/// The `AwsApiCall` before the `AwsVpceEvent`, the caller's account before the owner's, then the lowest event id; never
/// the order of arrival. Whatever groups got a new member are judged again, and their days counted again.
/// Source: "CloudTrail record contents" (sharedEventID), AWS CloudTrail User Guide.
struct SharedCalls {
  private let touch, touchDay, recountDay, noteEndpoint: RawStatement

  init(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS touched_call(shared ANY PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TEMP TABLE IF NOT EXISTS touched_day(day INTEGER PRIMARY KEY) STRICT;
        CREATE TEMP TABLE IF NOT EXISTS recounted_day(day INTEGER PRIMARY KEY) STRICT;
        CREATE TEMP TABLE IF NOT EXISTS member(
          shared ANY, time INTEGER, uuid ANY, PRIMARY KEY(shared, time, uuid)) STRICT, WITHOUT ROWID;
        CREATE TEMP TABLE IF NOT EXISTS new_endpoint_event(
          time INTEGER, uuid ANY, PRIMARY KEY(time, uuid)) STRICT, WITHOUT ROWID;
        DELETE FROM temp.touched_call;
        DELETE FROM temp.touched_day;
        DELETE FROM temp.recounted_day;
        DELETE FROM temp.new_endpoint_event;
        """)
    noteEndpoint = try RawStatement(db, "INSERT OR IGNORE INTO temp.new_endpoint_event VALUES(?, ?)")
    touch = try RawStatement(db, "INSERT OR IGNORE INTO temp.touched_call VALUES(?)")
    recountDay = try RawStatement(db, "INSERT OR IGNORE INTO temp.recounted_day VALUES(?)")
    touchDay = try RawStatement(db, "INSERT OR IGNORE INTO temp.touched_day VALUES(?)")
  }

  /// Remembers that a group has a new member. The binding sets parameter 1.
  ///
  /// - Parameter time: of the new member, in seconds since 1970.
  func touch(time: Int64, bind: (RawStatement) -> Void) throws {
    bind(touch)
    try touch.run()
    touchDay.bind(1, time / 86_400)
    try touchDay.run()
  }

  /// Remembers a day of which something changed that was counted: all of it is counted again.
  ///
  /// - Parameter time: of the event, in seconds since 1970.
  func recount(time: Int64) throws {
    for statement in [recountDay, touchDay] {
      statement.bind(1, time / 86_400)
      try statement.run()
    }
  }

  /// Remembers a new event that a VPC endpoint saw. The binding sets time and id, parameters 1 and 2.
  func noteEndpointEvent(bind: (RawStatement) -> Void) throws {
    bind(noteEndpoint)
    try noteEndpoint.run()
  }

  /// How many of the run's new events only an endpoint saw, as far as is known now.
  func endpointOnly(_ db: Database) throws -> Int {
    let sql = """
      SELECT count(*) FROM temp.new_endpoint_event n
      WHERE NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = n.time AND j.uuid = n.uuid)
      """
    return try Int.fetchOne(db, sql: sql) ?? 0
  }

  /// Puts events into the group of the addendum that corrects them: it says of which event it is, and the event cannot know.
  ///
  /// Source: "CloudTrail record contents" (addendum, reason UPDATED_DATA), AWS CloudTrail User Guide.
  private func joinCorrected(_ db: Database) throws {
    let sql = "SELECT id FROM parameter_path WHERE path = 'addendum.originalEventID'"
    guard let path = try Int64.fetchOne(db, sql: sql) else { return }
    try db.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS corrected_event(time INTEGER, uuid ANY, PRIMARY KEY(time, uuid)) STRICT, WITHOUT ROWID;
        DELETE FROM temp.corrected_event;
        """)
    try db.execute(
      sql: """
        INSERT INTO temp.corrected_event
          SELECT time, uuid FROM event WHERE shared IS NULL AND uuid IN (
            SELECT e.shared FROM event_parameter v JOIN event e ON e.time = v.time AND e.uuid = v.uuid WHERE v.path = ?)
        """, arguments: [path])
    guard db.changesCount > 0 else { return }
    // They were counted by themselves: their days are counted again without them.
    try db.execute(
      sql: """
        UPDATE event SET shared = uuid WHERE (time, uuid) IN (SELECT time, uuid FROM temp.corrected_event);
        INSERT OR IGNORE INTO temp.touched_call SELECT uuid FROM temp.corrected_event;
        INSERT OR IGNORE INTO temp.touched_day SELECT time / 86400 FROM temp.corrected_event;
        INSERT OR IGNORE INTO temp.recounted_day SELECT time / 86400 FROM temp.corrected_event;
        """)
  }

  /// Counts again what does not share its call with others, on the days that are noted for it.
  private func recountUnshared(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM usage_day WHERE is_shared = 0 AND day IN (SELECT day FROM temp.recounted_day);
        INSERT INTO usage_day(day, principal, call, place, via, error, shape, is_shared, n, first, last)
          SELECT e.time / 86400, s.principal, e.call, e.place, x.via, e.error, e.shape, 0, count(*), min(e.time), max(e.time)
          FROM temp.recounted_day d
          JOIN event e ON e.time >= d.day * 86400 AND e.time < (d.day + 1) * 86400 AND e.shared IS NULL
          JOIN session s ON s.id = e.session
          JOIN context x ON x.id = e.context
          GROUP BY 1, 2, 3, 4, 5, 6, 7;
        DELETE FROM temp.recounted_day;
        """)
  }

  /// Judges the groups that were touched, and gives by how many there are now more records that do not count.
  ///
  /// Most groups have one member, as the others were written to trails that are not here: there is nothing to judge.
  func settle(_ db: Database) throws -> Int {
    try joinCorrected(db)
    try recountUnshared(db)
    guard try Bool.fetchOne(db, sql: "SELECT EXISTS(SELECT 1 FROM temp.touched_day)") == true else {
      return 0
    }
    try db.execute(
      sql: """
        DELETE FROM temp.member;
        INSERT INTO temp.member
          SELECT e.shared, e.time, e.uuid
          FROM (
            SELECT t.shared FROM temp.touched_call t CROSS JOIN event e ON e.shared = t.shared
            GROUP BY t.shared HAVING count(*) > 1) g
          CROSS JOIN event e ON e.shared = g.shared;
        INSERT OR IGNORE INTO temp.touched_day SELECT time / 86400 FROM temp.member;
        DELETE FROM joined WHERE (time, uuid) IN (SELECT time, uuid FROM temp.member);
        """)
    let before = db.changesCount
    try db.execute(
      sql: """
        INSERT INTO joined
          SELECT time, uuid FROM (
            SELECT e.time, e.uuid, row_number() OVER (
              PARTITION BY m.shared
              ORDER BY c.type LIKE 'AwsVpceEvent%', s.account <> p.account, e.uuid, e.time) AS place_in_group
            FROM temp.member m
            JOIN event e ON e.time = m.time AND e.uuid = m.uuid
            JOIN call c ON c.id = e.call
            JOIN session s ON s.id = e.session
            JOIN place p ON p.id = e.place)
          WHERE place_in_group > 1;
        """)
    let after = db.changesCount
    try db.execute(
      sql: """
        DELETE FROM usage_day WHERE is_shared = 1 AND day IN (SELECT day FROM temp.touched_day);
        INSERT INTO usage_day(day, principal, call, place, via, error, shape, is_shared, n, first, last)
          SELECT e.time / 86400, s.principal, e.call, e.place, x.via, e.error, e.shape, 1, count(*), min(e.time), max(e.time)
          FROM temp.touched_day d
          JOIN event e INDEXED BY event_shared_time
            ON e.time >= d.day * 86400 AND e.time < (d.day + 1) * 86400 AND e.shared IS NOT NULL
          JOIN session s ON s.id = e.session
          JOIN context x ON x.id = e.context
          WHERE NOT EXISTS (SELECT 1 FROM joined j WHERE j.time = e.time AND j.uuid = e.uuid)
          GROUP BY 1, 2, 3, 4, 5, 6, 7;
        DELETE FROM temp.touched_call;
        DELETE FROM temp.touched_day;
        """)
    return after - before
  }
}
