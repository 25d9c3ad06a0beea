/// What is said of single roles, and which users there are beside them.
extension ReviewRows {
  /// A user of the account, with what it is granted.
  public struct User: Sendable {
    public let userID, userARN, account: String
    /// Position in the review's grant sets.
    public let grantSet: Int

    /// Made of its parts.
    public init(userID: String, userARN: String, account: String, grantSet: Int) {
      self.userID = userID
      self.userARN = userARN
      self.account = account
      self.grantSet = grantSet
    }
  }

  /// A role that was reviewed, with what it shares with its like.
  public struct Role: Sendable {
    public let roleID, roleARN, account: String
    /// Positions in the review's grant sets and profiles.
    public let grantSet, profile: Int

    /// Made of its parts.
    public init(roleID: String, roleARN: String, account: String, grantSet: Int, profile: Int) {
      self.roleID = roleID
      self.roleARN = roleARN
      self.account = account
      self.grantSet = grantSet
      self.profile = profile
    }
  }

  /// A verdict that rests on the role's own calls.
  public struct RoleVerdict: Sendable {
    public let roleID: String
    public let action: Int
    public let verdict, reasonCode, reason: String
    public let observedDays: Int
    public let lastUsed, lastAttempt: Int64?
    public let uses, denials: Int
    public let lastEventID: String?

    /// Made of its parts.
    public init(
      roleID: String, action: Int, verdict: String, reasonCode: String, reason: String, observedDays: Int,
      lastUsed: Int64?, lastAttempt: Int64?, uses: Int, denials: Int, lastEventID: String?
    ) {
      self.roleID = roleID
      self.action = action
      self.verdict = verdict
      self.reasonCode = reasonCode
      self.reason = reason
      self.observedDays = observedDays
      self.lastUsed = lastUsed
      self.lastAttempt = lastAttempt
      self.uses = uses
      self.denials = denials
      self.lastEventID = lastEventID
    }
  }

  /// A successful use of what the role's policies do not grant.
  public struct UngrantedUse: Sendable {
    public let roleID, roleARN, account, action: String
    public let uses: Int
    public let lastUsed: Int64
    public let likelySource: String
    public let lastEventID: String?

    /// Made of its parts.
    public init(
      roleID: String, roleARN: String, account: String, action: String, uses: Int, lastUsed: Int64,
      likelySource: String,
      lastEventID: String?
    ) {
      self.roleID = roleID
      self.roleARN = roleARN
      self.account = account
      self.action = action
      self.uses = uses
      self.lastUsed = lastUsed
      self.likelySource = likelySource
      self.lastEventID = lastEventID
    }
  }

  /// A role that nobody used, with what is known of it from before the window.
  public struct DormantRole: Sendable {
    public let roleID, roleARN, account, kind: String
    public let created, lastUsed, lastSuccess, lastDenied, lastEntered, iamLastUsed: Int64?
    public let coveredDays, windowDays: Int
    public let isServiceLinked: Bool
    public let lastEventID: String?

    /// Made of its parts.
    public init(
      roleID: String, roleARN: String, account: String, kind: String, created: Int64?, lastUsed: Int64?,
      lastSuccess: Int64?, lastDenied: Int64?, lastEntered: Int64?, iamLastUsed: Int64?, coveredDays: Int,
      windowDays: Int, isServiceLinked: Bool, lastEventID: String?
    ) {
      self.roleID = roleID
      self.roleARN = roleARN
      self.account = account
      self.kind = kind
      self.created = created
      self.lastUsed = lastUsed
      self.lastSuccess = lastSuccess
      self.lastDenied = lastDenied
      self.lastEntered = lastEntered
      self.iamLastUsed = iamLastUsed
      self.coveredDays = coveredDays
      self.windowDays = windowDays
      self.isServiceLinked = isServiceLinked
      self.lastEventID = lastEventID
    }
  }
}
