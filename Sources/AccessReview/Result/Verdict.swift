/// What may be said of a granted action, as far as the evidence carries.
public enum Verdict: String, Codable, Sendable, CaseIterable {
  /// A call that needed it succeeded.
  case used
  /// Calls that needed it failed, though none was denied: perhaps they were authorised first.
  case usedByFailedCallsOnly = "used-by-failed-calls-only"
  /// Every call that needed it was denied.
  case attemptedOnly = "attempted-only"
  /// No call needed it, and the trail would have shown one.
  case unused
  /// No trail here can show its use.
  case unobservable
  /// Not seen, and the evidence does not suffice to call it unused.
  case notEnoughEvidence = "not-enough-evidence"
}

/// Why a verdict is what it is: a code for programs and tests, with a sentence for people.
public enum ReasonCode: String, Codable, Sendable, CaseIterable {
  case seen
  case seenByFailedCallsOnly = "seen-by-failed-calls-only"
  case seenDenied = "seen-denied"
  /// Every day that counts was covered, and nothing was seen.
  case notSeen = "not-seen"
  case neverLogged = "never-logged"
  case visibilityUnknown = "visibility-unknown"
  /// Declared selectors leave out the management events of its kind or source.
  case managementEventsNotRecorded = "management-events-not-recorded"
  case dataEventsNotRecorded = "data-events-not-recorded"
  case dataEventsPartlyRecorded = "data-events-partly-recorded"
  case selectorsUnknown = "selectors-unknown"
  case coverageGap = "coverage-gap"
  case noTrail = "no-trail"
  case grantedTooRecently = "granted-too-recently"
  case seenAtEndpointOnly = "seen-at-endpoint-only"
  case untranslatedCall = "untranslated-call"
  /// A call of the role may have passed a role: its record does not tell.
  case passRoleUnclear = "pass-role-unclear"
  case unknownAction = "unknown-action"
  case grantUnknown = "grant-unknown"
  case roleUsedUnseen = "role-used-unseen"
}

/// How many of something have each verdict.
public struct VerdictCounts: Codable, Hashable, Sendable {
  public var used = 0
  public var usedByFailedCallsOnly = 0
  public var attemptedOnly = 0
  public var unused = 0
  public var unobservable = 0
  public var notEnoughEvidence = 0

  /// No counts yet.
  public init() {}

  /// All of them.
  public var total: Int {
    used + usedByFailedCallsOnly + attemptedOnly + unused + unobservable + notEnoughEvidence
  }

  /// The number with a verdict.
  public subscript(verdict: Verdict) -> Int {
    get {
      switch verdict {
      case .used: used
      case .usedByFailedCallsOnly: usedByFailedCallsOnly
      case .attemptedOnly: attemptedOnly
      case .unused: unused
      case .unobservable: unobservable
      case .notEnoughEvidence: notEnoughEvidence
      }
    }
    set {
      switch verdict {
      case .used: used = newValue
      case .usedByFailedCallsOnly: usedByFailedCallsOnly = newValue
      case .attemptedOnly: attemptedOnly = newValue
      case .unused: unused = newValue
      case .unobservable: unobservable = newValue
      case .notEnoughEvidence: notEnoughEvidence = newValue
      }
    }
  }

  /// Adds the counts of others.
  public static func += (left: inout VerdictCounts, right: VerdictCounts) {
    for verdict in Verdict.allCases { left[verdict] += right[verdict] }
  }
}
