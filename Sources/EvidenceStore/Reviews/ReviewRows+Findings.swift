/// What the review found.
extension ReviewRows {
  /// A place in a policy that names a principal that is gone.
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

    /// Made of its parts.
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

  /// A finding as the view shows it; `detail` and `evidence` are JSON.
  public struct Finding: Sendable {
    public var id, type, severity, confidence: String
    public var score: Int
    public var account, roleID, roleARN: String?
    public var subject, title, remedy, detail, evidence: String

    /// Made of its parts.
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
}
