/// One role: what it may do, what it did, and what is said of each permission.
public struct RoleResult: Codable, Sendable {
  public var roleID: String
  public var arn: String
  public var accountID: String
  public var name: String
  public var path: String
  public var createdAt: String?
  public var isServiceLinked: Bool
  public var isIdentityCenter: Bool
  /// Holds (nearly) every action: its permissions are listed only where used.
  public var isAdministrator: Bool
  public var boundaryARN: String?
  /// Whether service control policies limit it.
  public var isLimitedByOrganisation: Bool
  public var tags: [Tag]
  /// Reasons why what it is granted is not wholly known: missing documents, statements that are not understood.
  public var unknownGrants: [String]

  public var dormancy: Dormancy?
  public var lastUsedAt: String?
  public var lastUsedEventID: String?
  public var lastDeniedAt: String?
  public var lastEnteredAt: String?
  /// `RoleLastUsed` of the snapshot.
  public var iamLastUsedAt: String?
  public var successfulCalls: Int
  public var failedCalls: Int
  public var deniedCalls: Int

  public var mayEnter: [TrustStatementResult]
  public var entries: [EntryResult]
  public var counts: VerdictCounts
  public var services: [ServiceResult]
  /// Sorted by action. Of administrators only the used and attempted ones.
  public var permissions: [PermissionResult]
  /// What the permissions' `statements` refer to by position.
  public var statements: [StatementResult]
  public var usedWithoutGrant: [UngrantedUse]
  public var passedRoles: [PassedRole]
  /// Oldest first, each of seven days, the last ending with the window.
  public var weeks: [Week]
  /// Positions in the review's findings, the worst first.
  public var findings: [Int]

  /// A tag of the role.
  public struct Tag: Codable, Hashable, Sendable {
    public var key: String
    public var value: String
  }

  /// Whether anybody uses the role.
  public enum Dormancy: String, Codable, Sendable {
    /// Not used in the window, although older than it.
    case dormant
    /// Never used, as far as records and IAM's memory go back.
    case neverUsed = "never-used"
  }

  /// Use in seven days.
  public struct Week: Codable, Hashable, Sendable {
    public var firstDay: String
    public var uses: Int
    public var denied: Int
    /// Days of the week of which nothing was recorded.
    public var gapDays: Int
  }
}

/// Who a trust statement lets in.
public struct TrustStatementResult: Codable, Hashable, Sendable {
  /// Number of the statement, from 1.
  public var statement: Int
  public var sid: String?
  /// Such as "the service lambda.amazonaws.com", "every principal of 111122223333 that its own policies let in".
  public var who: String
  /// Names of the condition keys that limit it.
  public var conditionKeys: [String]
}

/// Who entered a role, and how often.
public struct EntryResult: Codable, Hashable, Sendable {
  public var enteredByID: String
  public var enteredByARN: String?
  public var sourceIdentity: String?
  public var provider: String?
  public var api: String
  public var entries: Int
  public var firstAt: String
  public var lastAt: String
}

/// The permissions of one service.
public struct ServiceResult: Codable, Hashable, Sendable {
  public var service: String
  public var counts: VerdictCounts
}

/// A granted action and what is said of it.
public struct PermissionResult: Codable, Hashable, Sendable {
  public var action: String
  public var service: String
  /// `list`, `read`, `write`, `tagging`, `permissions-management`, or `unknown`.
  public var accessLevel: String
  /// `unconditional`, `conditional`, `narrowed`, `unknown`.
  public var grantKind: String
  /// `all`, `pattern`, `listed`.
  public var resourceScope: String
  public var limitedBy: [String]
  public var verdict: Verdict
  public var reasonCode: ReasonCode
  /// One sentence.
  public var reason: String
  /// `assumed` where the verdict rests on what the user declared to have been recorded; nil where the evidence carries it.
  public var basis: String?
  public var observedDays: Int
  public var lastUsedAt: String?
  public var lastAttemptAt: String?
  public var uses: Int
  public var denials: Int
  public var lastEventID: String?
  /// Positions in the role's statements.
  public var statements: [Int]
}

/// A statement of a policy that a role has.
public struct StatementResult: Codable, Hashable, Sendable {
  /// `inline`, `managed`, `boundary`, `service-control-policy`, `resource-control-policy`.
  public var attachment: String
  /// The group of the user that has the policy.
  public var group: String?
  public var policyARN: String?
  public var policyName: String
  public var policySHA256: String
  /// Number of the statement in its policy, from 1.
  public var statement: Int
  public var sid: String?
  /// `allow`, `deny`, `unknown`.
  public var effect: String
}

/// Something that a role did although the snapshot does not grant it.
public struct UngrantedUse: Codable, Hashable, Sendable {
  public var action: String
  public var uses: Int
  public var lastUsedAt: String
  public var lastEventID: String?
  /// `policy-changed-since`, `resource-policy`, `unknown-policy`, `not-known`.
  public var likelySource: String
}

/// A role that this role handed to a service.
public struct PassedRole: Codable, Hashable, Sendable {
  public var roleARN: String
  public var roleID: String?
  public var eventSource: String
  public var eventName: String
  public var passes: Int
  public var lastAt: String
  public var lastEventID: String?
}

/// The unique id of a principal that is gone, in a policy.
public struct OrphanedPrincipal: Codable, Hashable, Sendable {
  public var principalID: String
  public var principalKind: String
  /// `gone`, or `unknown` where no complete snapshot could tell.
  public var state: String
  public var homeAccountID: String?
  public var homeImported: Bool
  /// The ARN that it had; nil where it is not known.
  public var resolvedARN: String?
  /// `observed`, `created`, `snapshot`, `inferred`, `candidates`, `unknown`.
  public var resolution: String
  public var candidateARNs: [String]
  /// `event`, `snapshot`, or nil; and its id.
  public var evidenceKind: String?
  public var evidenceID: String?
  /// A living principal that wears the same ARN now.
  public var namesakePrincipalID: String?
  public var accountID: String
  /// `trust-policy`.
  public var policyKind: String
  public var inRoleID: String?
  public var inRoleARN: String?
  /// Number of the statement, from 1.
  public var statement: Int
  public var sid: String?
  /// `principal` or `condition`.
  public var element: String
  public var lastEnteredAt: String?
}

/// A name that two roles wore, one after the other.
public struct RecreatedRole: Codable, Hashable, Sendable {
  public var arn: String
  public var oldRoleID: String
  public var newRoleID: String
  public var newCreatedAt: String?
}
