/// What roles and users are granted, and what is said of it while nothing is seen.
extension ReviewRows {
  /// An action that the review speaks of.
  public struct Action: Hashable, Sendable {
    public let name, service, accessLevel: String

    /// Made of its parts.
    public init(name: String, service: String, accessLevel: String) {
      self.name = name
      self.service = service
      self.accessLevel = accessLevel
    }
  }

  /// What alike roles are granted.
  public struct GrantSet: Sendable {
    /// An action that the set grants, and how far.
    public struct Grant: Sendable {
      /// Position in the review's actions.
      public let action: Int
      public let kind, resourceScope: String
      /// JSON arrays.
      public let limitedBy, conditionKeys: String
      /// Positions in the set's statements.
      public let statements: [Int]

      /// Made of its parts.
      public init(
        action: Int, kind: String, resourceScope: String, limitedBy: String, conditionKeys: String,
        statements: [Int]
      ) {
        self.action = action
        self.kind = kind
        self.resourceScope = resourceScope
        self.limitedBy = limitedBy
        self.conditionKeys = conditionKeys
        self.statements = statements
      }
    }

    /// A statement that the grants come from.
    public struct Statement: Sendable {
      public let attachment: String
      /// The group that the policy comes by; nil where the principal has it itself.
      public let group: String?
      public let policyARN: String?
      public let policyName, policySHA256: String
      public let index: Int
      public let sid: String?
      public let effect: String

      /// Made of its parts.
      public init(
        attachment: String, group: String?, policyARN: String?, policyName: String, policySHA256: String,
        index: Int,
        sid: String?,
        effect: String
      ) {
        self.attachment = attachment
        self.group = group
        self.policyARN = policyARN
        self.policyName = policyName
        self.policySHA256 = policySHA256
        self.index = index
        self.sid = sid
        self.effect = effect
      }
    }

    public var grants: [Grant] = []
    public var statements: [Statement] = []

    /// Made of its parts.
    public init() {}
  }

  /// What is said of alike roles' actions while nothing is seen of them.
  public struct Profile: Sendable {
    /// What is said of one action.
    public struct Verdict: Sendable {
      public let action: Int
      public let verdict, reasonCode, reason: String
      public let observedDays: Int
      public let grantedSince: Int64?

      /// Made of its parts.
      public init(
        action: Int, verdict: String, reasonCode: String, reason: String, observedDays: Int,
        grantedSince: Int64?
      ) {
        self.action = action
        self.verdict = verdict
        self.reasonCode = reasonCode
        self.reason = reason
        self.observedDays = observedDays
        self.grantedSince = grantedSince
      }
    }

    public var verdicts: [Verdict] = []

    /// Made of its parts.
    public init() {}
  }
}
