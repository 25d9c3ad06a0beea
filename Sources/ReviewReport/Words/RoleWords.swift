import AccessReview
import IAMIdentifiers

/// Sentences about one role that every report says in the same words.
struct RoleWords {
  let role: RoleResult
  let phrases: Phrases

  /// The path without its slashes at the ends but with the last one kept: `security/`; empty at the root.
  var shownPath: String {
    let inner = role.path.drop { $0 == "/" }
    return String(inner)
  }

  /// What stands after the role's name in its first sentence.
  var predicate: String {
    let counts = role.counts
    if role.isServiceLinked {
      return "is linked to an AWS service, which made it and alone can change what it may do."
    }
    if role.isAdministrator {
      return "may do nearly everything; it used \(Words.count(counts.used, "action")), \(phrases.seen)."
    }
    switch role.dormancy {
    case .dormant:
      let last = lastUse.map { "; its last use was on \($0)" } ?? ""
      return "was not used, \(phrases.seen)\(last)."
    case .neverUsed: return "was never used, as far as the trail and IAM’s own record of last use go back."
    case nil: break
    }
    if counts.total == 0 { return "is granted nothing, as far as its policies are known." }
    var parts = "used \(Words.number(counts.used)) of its \(Words.count(counts.total, "permission"))"
    if counts.unused > 0 { parts += "; nobody used \(Words.number(counts.unused))" }
    parts += ", \(phrases.seen)"
    let open = counts.unobservable + counts.notEnoughEvidence
    if open > 0 { parts += "; \(Words.number(open)) cannot be judged" }
    return parts + "."
  }

  /// The day of the last use, from the trail or from IAM's own record, whichever is later.
  var lastUse: String? {
    [role.lastUsedAt, role.iamLastUsedAt].compactMap { $0 }.max().map { Words.day($0) }
  }

  /// "No permissions boundary." and the like, without the boundary's ARN.
  var organisationLimit: String {
    role.isLimitedByOrganisation ? "Organisation policies limit it." : "No organisation policy limits it."
  }

  /// The owner that a tag names.
  var owner: String? { role.tags.first { $0.key.lowercased() == "owner" }?.value }

  /// "440 successful calls in 90 days, 24 to 39 a week; 11 refused; last use 2026-10-31."
  var calls: String {
    var sentence = "\(Words.count(role.successfulCalls, "successful call")) in "
    sentence += Words.count(phrases.result.windowDays, "day")
    if let least = role.weeks.map(\.uses).min(), let most = role.weeks.map(\.uses).max(), most > 0 {
      sentence +=
        least == most
        ? ", \(Words.number(most)) a week" : ", \(Words.number(least)) to \(Words.number(most)) a week"
    }
    if role.failedCalls > 0 { sentence += "; \(Words.number(role.failedCalls)) failed" }
    if role.deniedCalls > 0 { sentence += "; \(Words.number(role.deniedCalls)) refused" }
    if let last = role.lastUsedAt { sentence += "; last use \(Words.day(last))" }
    let gaps = role.weeks.reduce(0) { $0 + $1.gapDays }
    if gaps > 0 { sentence += "; nothing was recorded on \(Words.count(gaps, "day"))" }
    return sentence + "."
  }

  /// How a trust statement is named: "trust statement 1 (AllowLambda)".
  static func name(_ statement: TrustStatementResult) -> String {
    "trust statement \(statement.statement)" + (statement.sid.map { " (\($0))" } ?? "")
  }

  /// How a policy is named: "inline policy", "managed policy", …
  static func kind(_ statement: StatementResult) -> String {
    switch statement.attachment {
    case "inline": "Inline policy"
    case "managed": "Managed policy"
    case "boundary": "Permissions boundary"
    case "service-control-policy": "Service control policy"
    case "resource-control-policy": "Resource control policy"
    default: Words.sentence(Words.plain(statement.attachment))
    }
  }

  /// Who entered, as one would call them.
  static func who(_ entry: EntryResult) -> String { entry.enteredByARN ?? entry.enteredByID }

  /// What is known of the person or workload behind an entry.
  static func asWhom(_ entry: EntryResult) -> String {
    let parts = [entry.sourceIdentity, entry.provider.map { "by \($0)" }].compactMap { $0 }
    return parts.isEmpty ? "not recorded" : parts.joined(separator: ", ")
  }
}

extension Verdict {
  /// The verdict as it stands beside its colour.
  var label: String {
    switch self {
    case .used: "used"
    case .usedByFailedCallsOnly: "by failed calls only"
    case .attemptedOnly: "attempted only"
    case .unused: "unused"
    case .unobservable: "unobservable"
    case .notEnoughEvidence: "not enough evidence"
    }
  }

  /// Its place in every bar and legend, from 0.
  var position: Int { Verdict.allCases.firstIndex(of: self) ?? 0 }
}
