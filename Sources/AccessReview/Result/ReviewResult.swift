/// Everything that a review found, as it is stored and as every report shows it.
///
/// Times are spelled `2026-10-31T23:59:59Z`, days `2026-10-31`. Lists are in the order in which reports show them.
public struct ReviewResult: Codable, Sendable {
  public var asOfAt: String
  public var windowStartAt: String
  public var windowEndAt: String
  public var windowDays: Int
  /// Percent of the window's days that must be covered before anything is called unused.
  public var minimumCoverage: Double
  /// Kinds of events that the user declares to have been recorded wholly, such as `data:AWS::S3::Object`; nil where none.
  public var assumedRecorded: [String]?
  /// The month that is reviewed, such as `2026-10`, where the review is of a whole month.
  public var month: String?
  public var catalogue: String
  public var rules: String
  public var storeHash: String
  public var organisationID: String?
  public var accounts: [AccountResult]
  public var roles: [RoleResult]
  public var orphans: [OrphanedPrincipal]
  public var recreatedRoles: [RecreatedRole]
  public var findings: [Finding]
  public var unknowns: [UnknownGroup]
  public var untranslatedCalls: [UntranslatedCall]
  public var totals: ReviewTotals
}

/// The figures of the first screen.
public struct ReviewTotals: Codable, Hashable, Sendable {
  /// Roles in the snapshots (live ones).
  public var roles: Int
  /// Roles that hold everything, and service-linked roles: their permissions are counted in no verdict count.
  public var administratorRoles: Int
  public var serviceLinkedRoles: Int
  public var dormantRoles: Int
  public var neverUsedRoles: Int
  /// Roles with at least one unused permission.
  public var rolesWithUnused: Int
  /// Of these, roles that hold an unused permission by which they could take over others.
  public var rolesWithUnusedPrivilege: Int
  /// Granted actions of all roles but those counted apart.
  public var permissions: VerdictCounts
  /// Unique ids of principals that are gone, in trust policies.
  public var orphanedPrincipals: Int
  /// Events in the store by kind, up to the window's end.
  public var events: Int
  public var uses: Int
  public var eventsByKind: [EventKindCount]

  /// How many events there are of a kind.
  public struct EventKindCount: Codable, Hashable, Sendable {
    public var kind: String
    public var events: Int
  }
}

/// An account, and how far its evidence carries.
public struct AccountResult: Codable, Sendable {
  public var accountID: String
  /// Nil where no snapshot of the account is there.
  public var snapshot: SnapshotSummary?
  /// Regions with events or declared.
  public var regions: [String]
  /// One state for each day of the window, oldest first: for all kinds and Regions together, the worst of management.
  public var days: [DayCoverage]
  public var coveredDays: Int
  public var gaps: [Gap]
  /// Kinds of events that the trail does not record although something granted needs them, such as `data:AWS::SQS::Queue`.
  public var kindsRecorded: [KindCoverage]
  public var trails: [String]

  /// A snapshot of the account that the review rests on.
  public struct SnapshotSummary: Codable, Hashable, Sendable {
    public var takenAt: String
    /// `declared`, or `content` where the date is the newest inside and only a lower bound.
    public var takenBasis: String
    public var isComplete: Bool
    public var missing: [String]
    public var sha256: String
  }

  /// The state of a day.
  public struct DayCoverage: Codable, Hashable, Sendable {
    public var day: String
    /// `covered`, `quiet`, `partial`, `gap`.
    public var state: String
  }

  /// Days in a row without records.
  public struct Gap: Codable, Hashable, Sendable {
    public var firstDay: String
    public var lastDay: String
    public var days: Int
    public var regions: [String]
    /// Such as `logging-stopped`, `nothing-delivered`.
    public var cause: String
  }

  /// How far a kind of event is recorded.
  public struct KindCoverage: Codable, Hashable, Sendable {
    /// `management-read`, `management-write`, `data:TYPE`, `network-activity`.
    public var kind: String
    /// What is recorded, as a sentence piece: "all", "objects of 6 buckets", "nothing".
    public var scope: String
    public var coveredDays: Int
    /// `assumed` where the days rest on what the user declared to have been recorded.
    public var basis: String?
  }
}

/// What could not be known about many permissions for one reason, and what would settle it.
public struct UnknownGroup: Codable, Hashable, Sendable {
  public var reasonCode: ReasonCode
  /// Such as "data events of AWS::SQS::Queue", "85 of 90 days of 777788889999".
  public var subject: String
  public var permissions: Int
  public var roles: Int
  /// What to record or import to know it next time.
  public var remedy: String
}

/// A call that the catalogue could not translate into actions.
public struct UntranslatedCall: Codable, Hashable, Sendable {
  public var eventSource: String
  public var eventName: String
  public var events: Int
  public var roles: Int
}
