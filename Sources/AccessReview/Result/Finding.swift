/// How bad it is.
public enum Severity: String, Codable, Sendable, CaseIterable {
  case critical, high, medium, low, info
}

/// How sure it is.
public enum Confidence: String, Codable, Sendable, CaseIterable {
  case certain, high, medium, low
}

/// The types of findings, by their ids.
public enum FindingType: String, Codable, Sendable, CaseIterable {
  case dormantRole = "dormant-role"
  case neverUsedRole = "never-used-role"
  case unusedService = "unused-service"
  case unusedAction = "unused-action"
  case unusedAttachment = "unused-attachment"
  case unusedPrivilege = "unused-privilege"
  case usedWithoutGrant = "used-without-grant"
  case attemptedDenied = "attempted-denied"
  case adminEquivalent = "admin-equivalent"
  case wildcardAction = "wildcard-action"
  case allowNotAction = "allow-not-action"
  case passRoleAny = "pass-role-any"
  case orphanedPrincipal = "orphaned-principal"
  case recreatedRole = "recreated-role"
  case coverageGap = "coverage-gap"
}

/// Something that somebody can decide in one breath: a sentence, its reason, its evidence and what to do.
public struct Finding: Codable, Sendable {
  /// Stable from review to review: a hash over the type and the subject, such as `F-5e02a1b3c4`.
  public var id: String
  public var type: FindingType
  public var severity: Severity
  public var confidence: Confidence
  /// For ordering: higher is worse.
  public var score: Int
  public var accountID: String?
  public var roleID: String?
  public var roleARN: String?
  /// What one would change: a role, an attachment, a statement.
  public var subject: String
  /// One sentence with a subject, without HTML; names of roles stand in it as they are.
  public var title: String
  /// Why it matters, one or two sentences.
  public var why: String
  /// What to do, one sentence.
  public var remedy: String
  /// Actions it is about, each with its access level and verdict.
  public var actions: [FindingAction]
  public var evidence: [Evidence]
  /// Other roles with the same finding, which are decided together: RoleIds.
  public var members: [String]

  /// An action of the finding.
  public struct FindingAction: Codable, Hashable, Sendable {
    public var action: String
    public var accessLevel: String
    public var verdict: Verdict
  }

  /// Where a finding comes from.
  public struct Evidence: Codable, Hashable, Sendable {
    /// `event`, `statement`, `snapshot`, `coverage`, `assumption`, `iam-last-used`.
    public var kind: String
    /// The event id, the content hash, the day range.
    public var id: String
    /// One sentence.
    public var text: String
  }
}
