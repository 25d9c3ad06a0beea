/// Everything that the store keeps of one review, so that its views can show it.
public struct ReviewRows: Sendable {
  public struct Action: Hashable, Sendable {
    public let name, service, accessLevel: String

    public init(name: String, service: String, accessLevel: String) {
      self.name = name
      self.service = service
      self.accessLevel = accessLevel
    }
  }

  /// What alike roles are granted.
  public struct GrantSet: Sendable {
    public struct Grant: Sendable {
      /// Position in the review's actions.
      public let action: Int
      public let kind, resourceScope: String
      /// JSON array.
      public let limitedBy: String
      /// Positions in the set's statements.
      public let statements: [Int]

      public init(action: Int, kind: String, resourceScope: String, limitedBy: String, statements: [Int]) {
        self.action = action
        self.kind = kind
        self.resourceScope = resourceScope
        self.limitedBy = limitedBy
        self.statements = statements
      }
    }

    public struct Statement: Sendable {
      public let attachment: String
      public let policyARN: String?
      public let policyName, policySHA256: String
      public let index: Int
      public let sid: String?
      public let effect: String

      public init(
        attachment: String, policyARN: String?, policyName: String, policySHA256: String, index: Int,
        sid: String?,
        effect: String
      ) {
        self.attachment = attachment
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

    public init() {}
  }

  /// What is said of alike roles' actions while nothing is seen of them.
  public struct Profile: Sendable {
    public struct Verdict: Sendable {
      public let action: Int
      public let verdict, reasonCode, reason: String
      public let observedDays: Int
      public let grantedSince: Int64?

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

    public init() {}
  }

  public struct Role: Sendable {
    public let roleID, roleARN, account: String
    /// Positions in the review's grant sets and profiles.
    public let grantSet, profile: Int

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

  public struct UngrantedUse: Sendable {
    public let roleID, roleARN, account, action: String
    public let uses: Int
    public let lastUsed: Int64
    public let likelySource: String
    public let lastEventID: String?

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

  public struct DormantRole: Sendable {
    public let roleID, roleARN, account, kind: String
    public let created, lastUsed, lastSuccess, lastDenied, lastEntered, iamLastUsed: Int64?
    public let coveredDays, windowDays: Int
    public let isServiceLinked: Bool
    public let lastEventID: String?

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

  public struct Orphan: Sendable {
    public var principalID, principalKind, state: String
    public var homeAccount: String?
    public var homeImported: Bool
    public var resolvedARN: String?
    public var resolution, candidates: String
    public var evidenceKind, evidenceID, namesakeID: String?
    public var account, policyKind: String
    public var inRoleID, inRoleARN: String?
    public var statementIndex: Int
    public var sid: String?
    public var element: String
    public var lastEntered: Int64?

    public init(
      principalID: String, principalKind: String, state: String, homeAccount: String?, homeImported: Bool,
      resolvedARN: String?, resolution: String, candidates: String, evidenceKind: String?,
      evidenceID: String?,
      namesakeID: String?, account: String, policyKind: String, inRoleID: String?, inRoleARN: String?,
      statementIndex: Int, sid: String?, element: String, lastEntered: Int64?
    ) {
      self.principalID = principalID
      self.principalKind = principalKind
      self.state = state
      self.homeAccount = homeAccount
      self.homeImported = homeImported
      self.resolvedARN = resolvedARN
      self.resolution = resolution
      self.candidates = candidates
      self.evidenceKind = evidenceKind
      self.evidenceID = evidenceID
      self.namesakeID = namesakeID
      self.account = account
      self.policyKind = policyKind
      self.inRoleID = inRoleID
      self.inRoleARN = inRoleARN
      self.statementIndex = statementIndex
      self.sid = sid
      self.element = element
      self.lastEntered = lastEntered
    }
  }

  public struct Finding: Sendable {
    public var id, type, severity, confidence: String
    public var score: Int
    public var account, roleID, roleARN: String?
    public var subject, title, remedy, detail, evidence: String

    public init(
      id: String, type: String, severity: String, confidence: String, score: Int, account: String?,
      roleID: String?,
      roleARN: String?, subject: String, title: String, remedy: String, detail: String, evidence: String
    ) {
      self.id = id
      self.type = type
      self.severity = severity
      self.confidence = confidence
      self.score = score
      self.account = account
      self.roleID = roleID
      self.roleARN = roleARN
      self.subject = subject
      self.title = title
      self.remedy = remedy
      self.detail = detail
      self.evidence = evidence
    }
  }

  public var asOf, windowStart, windowEnd: Int64
  public var catalogue, rules, storeHash: String
  /// JSON object.
  public var parameters: String
  /// The whole result as JSON, for reports.
  public var result: String
  public var actions: [Action] = []
  public var grantSets: [GrantSet] = []
  public var profiles: [Profile] = []
  public var roles: [Role] = []
  public var verdicts: [RoleVerdict] = []
  public var ungranted: [UngrantedUse] = []
  public var dormant: [DormantRole] = []
  public var orphans: [Orphan] = []
  public var findings: [Finding] = []

  public init(
    asOf: Int64, windowStart: Int64, windowEnd: Int64, catalogue: String, rules: String, storeHash: String,
    parameters: String, result: String
  ) {
    self.asOf = asOf
    self.windowStart = windowStart
    self.windowEnd = windowEnd
    self.catalogue = catalogue
    self.rules = rules
    self.storeHash = storeHash
    self.parameters = parameters
    self.result = result
  }
}
