import GRDB
public import IAMSnapshot

/// On which day events of a kind were delivered to an account and Region.
public struct DeliveredDay: Hashable, Sendable {
  public let account, region, eventKind: String
  /// The Region in the file's name, for which it was delivered: events of global services in it may be of another one.
  /// That of the events where the name tells none.
  public let fileRegion: String
  /// Days since 1970.
  public let day: Int
}

/// On which day an account had management events in a Region, whatever brought them.
public struct EventfulDay: Hashable, Sendable {
  public let account, region: String
  /// Days since 1970.
  public let day: Int
}

/// On which day an account had events of a source that trails can leave out.
public struct ExcludableDay: Hashable, Sendable {
  public let account, source: String
  /// Days since 1970.
  public let day: Int
}

/// The period of a digest, and what it lists.
public struct DigestPeriod: Hashable, Sendable {
  public let account, region: String
  /// Seconds since 1970; the end is not included.
  public let start, end: Int64
  /// Files that it lists.
  public let listed: Int
}

/// A listed file that the store does not hold as listed: when its events were.
public struct UndeliveredFile: Hashable, Sendable {
  public let account, region: String
  public let oldest, newest: Int64
}

/// A call that changes what a trail records.
public struct TrailControl: Hashable, Sendable {
  public let time: Int64
  public let account, region, eventName: String
  /// The trail's name or ARN, as the call gave it.
  public let trail: String?
}

extension EvidenceStore {
  /// What decides coverage, read in one go.
  public struct TrailRecord: Sendable {
    public let delivered: [DeliveredDay]
    /// Management events of the sources that a trail may exclude, which show that it does not.
    public let excludable: [ExcludableDay]
    public let digests: [DigestPeriod]
    public let undelivered: [UndeliveredFile]
    public let controls: [TrailControl]
    /// JSON of trail configurations with the time that they are of, the oldest first.
    public let configurations: [DatedDocument]
    /// Answers of `lookup-events` without their events, and of `describe-regions`, in an order that no import changes.
    public let histories, regions: [CallAnswer]
    /// Of the accounts of which there are such histories.
    public let eventful: [EventfulDay]
  }

  /// A document and the time that it speaks of.
  public struct DatedDocument: Hashable, Sendable {
    /// Seconds since 1970; nil where nothing tells.
    public let takenAt: Int64?
    /// Canonical JSON.
    public let text: String
    public let contentSHA256: String
  }
}

enum TrailRecordRows {
  static func all(_ db: Database) throws -> EvidenceStore.TrailRecord {
    let delivered = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT p.account, p.region, k.value AS event_kind, d.day,
          coalesce((SELECT min(substr(n.name, 25, instr(substr(n.name, 25), '_') - 1)) FROM source_file_path n
            WHERE n.source_file = f.id AND n.delivered_account IS NOT NULL), p.region) AS file_region
        FROM file_day d
        JOIN source_file f ON f.id = d.source_file
        JOIN place p ON p.id = d.place
        JOIN text k ON k.id = d.event_kind
        WHERE \(Views.isDelivered)
        ORDER BY 1, 2, 3, 4, 5
        """
    ).map {
      DeliveredDay(
        account: $0["account"], region: $0["region"], eventKind: $0["event_kind"],
        fileRegion: $0["file_region"],
        day: $0["day"])
    }
    let excludable = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT p.account, c.source, u.day
        FROM usage_day u JOIN call c ON c.id = u.call JOIN place p ON p.id = u.place
        WHERE c.source IN ('kms.amazonaws.com', 'rdsdata.amazonaws.com') AND c.event_kind LIKE 'management%'
        ORDER BY 1, 2, 3
        """
    ).map { ExcludableDay(account: $0["account"], source: $0["source"], day: $0["day"]) }
    let digests = try Row.fetchAll(
      db,
      sql: """
        SELECT account, region, start, stop, (SELECT count(*) FROM digest_file f WHERE f.digest = d.source_file) AS listed
        FROM digest d WHERE start IS NOT NULL AND stop IS NOT NULL ORDER BY account, region, start, stop
        """
    ).map {
      DigestPeriod(
        account: $0["account"], region: $0["region"], start: $0["start"], end: $0["stop"],
        listed: $0["listed"])
    }
    let undelivered = try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT g.account, g.region, d.oldest, d.newest
        FROM digest_file d JOIN digest g ON g.source_file = d.digest
        WHERE d.oldest IS NOT NULL AND d.newest IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM source_file f WHERE f.content_sha256 = d.content_sha256)
        ORDER BY 1, 2, 3, 4
        """
    ).map {
      UndeliveredFile(
        account: $0["account"], region: $0["region"], oldest: $0["oldest"], newest: $0["newest"])
    }
    let controls = try Row.fetchAll(
      db,
      sql: """
        SELECT e.time, p.account, p.region, c.name,
          (SELECT min(v.value) FROM event_parameter v JOIN parameter_path h ON h.id = v.path
            WHERE v.time = e.time AND v.uuid = e.uuid AND h.path IN ('name', 'trailName')) AS trail
        FROM event e JOIN call c ON c.id = e.call JOIN place p ON p.id = e.place
        WHERE e.error = 0 AND c.source = 'cloudtrail.amazonaws.com' AND c.type NOT LIKE 'AwsVpceEvent%' AND c.name IN (
            'StopLogging', 'StartLogging', 'DeleteTrail', 'CreateTrail', 'UpdateTrail', 'PutEventSelectors',
            'PutEventConfiguration')
          AND (e.time, e.uuid) IN (SELECT time, uuid FROM event_parameter)
        ORDER BY e.time, e.uuid
        """
    ).map {
      TrailControl(
        time: $0["time"], account: $0["account"], region: $0["region"], eventName: $0["name"],
        trail: $0["trail"])
    }
    let histories = try AnswerRows.answers([.eventHistory], db)
    return EvidenceStore.TrailRecord(
      delivered: delivered, excludable: excludable, digests: digests, undelivered: undelivered,
      controls: controls,
      configurations: try dated("trail_configuration", db), histories: histories,
      regions: try AnswerRows.answers([.regions], db), eventful: histories.isEmpty ? [] : try eventful(db))
  }

  private static func eventful(_ db: Database) throws -> [EventfulDay] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT p.account, p.region, d.day
        FROM file_day d JOIN place p ON p.id = d.place JOIN text k ON k.id = d.event_kind
        WHERE k.value LIKE 'management%'
          AND p.account IN (SELECT account FROM answer WHERE call = 'cloudtrail lookup-events')
        ORDER BY 1, 2, 3
        """
    ).map { EventfulDay(account: $0["account"], region: $0["region"], day: $0["day"]) }
  }

  static func dated(_ table: String, _ db: Database) throws -> [EvidenceStore.DatedDocument] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT t.taken_at, t.document, lower(hex(f.content_sha256)) AS hash
        FROM \(table) t JOIN source_file f ON f.id = t.source_file
        ORDER BY t.taken_at, hash
        """
    ).map {
      EvidenceStore.DatedDocument(takenAt: $0["taken_at"], text: $0["document"], contentSHA256: $0["hash"])
    }
  }
}
