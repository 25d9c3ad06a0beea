import AccessReview

/// Sentences about the whole review that every report says in the same words.
struct Phrases {
  let result: ReviewResult

  init(_ result: ReviewResult) { self.result = result }

  /// "as far as seen in 90 days".
  var seen: String { "as far as seen in \(Words.count(result.windowDays, "day"))" }

  var lastDay: String { Words.day(result.windowEndAt) }

  /// "Access review, October 2026".
  var title: String {
    if let month = result.month { return "Access review, \(Words.month(month))" }
    return "Access review, \(Words.count(result.windowDays, "day")) to \(lastDay)"
  }

  /// "In October", "In the 90 days to 2026-10-31".
  var during: String {
    if let month = result.month {
      let parts = month.split(separator: "-")
      if parts.count == 2, let number = Int(parts[1]), let name = Words.monthName(number) {
        return "In \(name)"
      }
      return "In \(month)"
    }
    return "In the \(Words.count(result.windowDays, "day")) to \(lastDay)"
  }

  /// The one sentence that can be read aloud.
  var lead: String {
    let totals = result.totals
    guard totals.roles > 0 else {
      return result.accounts.contains { $0.snapshot != nil }
        ? "The snapshots hold no role, so there is nothing to review."
        : "No role is known: no IAM snapshot was imported."
    }
    guard result.accounts.contains(where: isSufficient) else {
      return
        "Nothing is called unused: too little was recorded to judge \(Words.count(totals.roles, "role"))."
    }
    let of = "of \(Words.count(totals.roles, "role"))"
    guard totals.rolesWithUnused > 0 else {
      return "\(during), none \(of) held a permission that nobody used, \(seen)."
    }
    var sentence =
      "\(during), \(Words.number(totals.rolesWithUnused)) \(of) held permissions that nobody used, \(seen)"
    if totals.rolesWithUnusedPrivilege > 0 {
      let those = totals.rolesWithUnusedPrivilege == 1 ? "one" : Words.number(totals.rolesWithUnusedPrivilege)
      sentence += "; \(those) of these could have taken over other roles with them"
    }
    return sentence + "."
  }

  /// Whether enough days of an account are covered for anything to be called unused there.
  func isSufficient(_ account: AccountResult) -> Bool {
    percentCovered(account) >= result.minimumCoverage
  }

  /// Percent of the window's days that are covered.
  func percentCovered(_ account: AccountResult) -> Double {
    result.windowDays > 0 ? Double(account.coveredDays) * 100 / Double(result.windowDays) : 0
  }

  /// "85 of 90 days".
  func covered(_ days: Int) -> String {
    "\(Words.number(days)) of \(Words.count(result.windowDays, "day"))"
  }

  /// "from 2026-09-14 to 2026-09-18", "on 2026-09-14".
  static func range(_ gap: AccountResult.Gap) -> String {
    gap.firstDay == gap.lastDay ? "on \(gap.firstDay)" : "from \(gap.firstDay) to \(gap.lastDay)"
  }

  /// What a gap is, as a sentence.
  static func sentence(_ gap: AccountResult.Gap, in account: String) -> String {
    let place = gap.regions.isEmpty ? account : "\(account) (\(Words.list(gap.regions, atMost: 4)))"
    return switch gap.cause {
    case "logging-stopped": "Logging in \(place) was stopped \(range(gap))."
    case "nothing-delivered": "Nothing was delivered from \(place) \(range(gap))."
    default: "Nothing is known of \(place) \(range(gap)): \(Words.plain(gap.cause))."
    }
  }

  /// What the days of an account are worth: "85 of 90 days are 94.4 %; 95 % are needed, so nothing there is …".
  func shortfall(_ account: AccountResult) -> String? {
    guard !isSufficient(account), result.windowDays > 0 else { return nil }
    return """
      \(covered(account.coveredDays)) are \(Words.percent(percentCovered(account))); \
      \(Words.percent(result.minimumCoverage)) are needed, so nothing in \(account.accountID) is called unused.
      """
  }

  /// Kinds of events, as words: `data:AWS::SQS::Queue` as "data events of AWS::SQS::Queue".
  static func kind(_ kind: String) -> String {
    if kind.hasPrefix("data:") { return "data events of \(kind.dropFirst(5))" }
    return switch kind {
    case "management-read": "management events that read"
    case "management-write": "management events that write"
    case "network-activity": "network activity at endpoints"
    default: Words.plain(kind)
    }
  }

  /// What the user declared to have been recorded: "management events that read and data events of AWS::S3::Object"; nil
  /// where nothing was.
  var assumed: String? {
    result.assumedRecorded.map { Words.list($0.map(Self.kind), atMost: 8) }
  }

  /// How many verdicts rest on it: "Assumed, not proven, to be recorded: … 12 permissions are judged by that."
  var assumption: String? {
    guard let assumed else { return nil }
    let judged = result.roles.reduce(0) { $0 + $1.permissions.count { $0.basis == "assumed" } }
    let are = judged == 1 ? "rests" : "rest"
    return """
      Assumed, not proven, to have been recorded: \(assumed). \(Words.spelledCount(judged, "verdict")) \(are) on that.
      """
  }

  /// Kinds that no account records.
  var kindsNotRecorded: [String] {
    var kinds: [String] = []
    for account in result.accounts {
      for coverage in account.kindsRecorded where coverage.scope == "nothing" {
        let name = Self.kind(coverage.kind)
        if !kinds.contains(name) { kinds.append(name) }
      }
    }
    return kinds.sorted()
  }
}
