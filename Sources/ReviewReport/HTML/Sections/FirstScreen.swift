import AccessReview

/// The first screen: the sentence, the evidence, the figures, the bar.
struct FirstScreen {
  private let context: SectionContext
  private let result: ReviewResult
  private let phrases: Phrases

  /// With more accounts than this only those with gaps show their days here; all do at the end.
  private static let mostStrips = 12
  private static let mostGaps = 6

  init(_ context: SectionContext) {
    self.context = context
    (result, phrases) = (context.result, context.phrases)
  }

  func render() -> String {
    let shown = shownAccounts
    let weaknesses = self.weaknesses
    let kinds = phrases.kindsNotRecorded
    let scope = [result.organisationID, Words.count(result.accounts.count, "account")].compactMap { $0 }
    return FirstScreenTemplate.main.render([
      "title": .text(phrases.title),
      "scope": .text(scope.joined(separator: ", ")),
      "lead": .text(phrases.lead),
      "strips": .list(shown.map { strip($0, name: $0.accountID) }),
      "months": .optional(Self.months(shown.first)),
      "otherAccounts": .optional(otherAccounts(result.accounts.count - shown.count)),
      "hasWeaknesses": .flag(!weaknesses.isEmpty || !kinds.isEmpty),
      "weaknesses": .list(weaknesses),
      "notRecorded": .optional(
        kinds.isEmpty ? nil : "Not recorded in some account: \(Words.list(kinds, atMost: 8))."),
      "figures": .list(figures),
      "whole": .optional(whole),
      "apart": .text(apart),
    ])
  }

  // MARK: Evidence

  private var shownAccounts: [AccountResult] {
    if result.accounts.count <= Self.mostStrips { return result.accounts }
    return Array(result.accounts.filter(isWeak).prefix(Self.mostStrips))
  }

  private func isWeak(_ account: AccountResult) -> Bool {
    !account.gaps.isEmpty || account.coveredDays < result.windowDays
  }

  private func otherAccounts(_ count: Int) -> String? {
    guard count > 0 else { return nil }
    let weak = result.accounts.filter(isWeak).count
    let all = weak <= Self.mostStrips ? "; all their days are covered" : ""
    return "\(Words.spelledCount(count, "more account")) \(count == 1 ? "stands" : "stand") at the end\(all)."
  }

  /// The days of an account as a strip.
  ///
  /// - Parameter name: what stands at its left.
  func strip(_ account: AccountResult, name: String) -> Fields {
    let gaps = account.gaps.map { Phrases.range($0) }
    let label =
      "\(account.accountID): \(phrases.covered(account.coveredDays)) covered"
      + (gaps.isEmpty ? "" : "; nothing was recorded \(Words.list(gaps, atMost: 6))")
    return [
      "account": .text(name),
      "width": .text("\(account.days.count)"),
      "hasDays": .flag(!account.days.isEmpty),
      "label": .text(label),
      "picture": .graphic(.days(account.days.map(\.state))),
      "covered": .text(phrases.covered(account.coveredDays)),
      "isWeak": .flag(account.coveredDays < result.windowDays),
    ]
  }

  static func months(_ account: AccountResult?) -> Fields? {
    guard let account, !account.days.isEmpty else { return nil }
    return ["picture": .graphic(.months(account.days.map(\.day)))]
  }

  /// What weakens the evidence: a loud sentence each, and what follows from it.
  private var weaknesses: [Fields] {
    var weaknesses: [Fields] = []
    if result.accounts.isEmpty {
      weaknesses.append(weakness("Nothing was imported: no account is known."))
    }
    if let assumption = phrases.assumption { weaknesses.append(weakness(assumption)) }
    var gaps = 0
    for account in result.accounts {
      if account.snapshot == nil {
        let what = "No IAM snapshot of \(account.accountID) was imported: its roles are not known."
        weaknesses.append(weakness(what))
      } else if let snapshot = account.snapshot, !snapshot.isComplete {
        let missing = snapshot.missing.isEmpty ? "" : " (\(Words.list(snapshot.missing, atMost: 6)))"
        weaknesses.append(
          weakness(
            "The snapshot of \(account.accountID) is not complete\(missing): some grants are not known."))
      }
      for (position, gap) in account.gaps.enumerated() {
        gaps += 1
        guard gaps <= Self.mostGaps else { continue }
        let isLast = position == account.gaps.count - 1
        weaknesses.append(
          weakness(
            Phrases.sentence(gap, in: account.accountID), isLast ? phrases.shortfall(account) : nil))
      }
      if account.gaps.isEmpty, let shortfall = phrases.shortfall(account) {
        weaknesses.append(weakness(shortfall))
      }
    }
    if gaps > Self.mostGaps {
      let more = gaps - Self.mostGaps
      weaknesses.append(
        weakness("\(Words.spelledCount(more, "more gap")) \(more == 1 ? "stands" : "stand") at the end."))
    }
    return weaknesses
  }

  private func weakness(_ loud: String, _ rest: String? = nil) -> Fields {
    ["loud": .text(loud), "rest": .optional(rest)]
  }

  // MARK: Figures

  private var figures: [Fields] {
    let totals = result.totals
    let all = totals.permissions.total
    let open = totals.permissions.unobservable + totals.permissions.notEnoughEvidence
    return [
      figure(
        "dormant", "roles dormant or never used", totals.dormantRoles + totals.neverUsedRoles,
        of: totals.roles,
        note:
          "\(Words.number(totals.dormantRoles)) dormant, \(Words.number(totals.neverUsedRoles)) never used"),
      figure(
        "roles", "permissions unused, as far as seen", totals.permissions.unused, of: all,
        note: "in \(Words.count(totals.rolesWithUnused, "role"))", isLoud: true),
      figure(
        "trust", "ids of principals that are gone, in trust policies", totals.orphanedPrincipals,
        note: "and \(Words.count(result.recreatedRoles.count, "name")) worn again"),
      figure(
        "unknown", "permissions without a verdict", open, of: all,
        note: """
          \(Words.number(totals.permissions.unobservable)) unobservable, \
          \(Words.number(totals.permissions.notEnoughEvidence)) for want of evidence
          """),
    ]
  }

  private func figure(
    _ anchor: String, _ name: String, _ number: Int, of base: Int? = nil, note: String, isLoud: Bool = false
  ) -> Fields {
    [
      "anchor": .text(anchor), "name": .text(name), "n": .number(number),
      "style": .text(isLoud && number > 0 ? "n loud" : "n"),
      "base": .optional(base.map { Words.number($0) }), "note": .text(note),
    ]
  }

  private var whole: Fields? {
    let counts = result.totals.permissions
    guard counts.total > 0 else { return nil }
    let noun =
      counts.total == 1
      ? "The one granted permission" : "All \(Words.number(counts.total)) granted permissions"
    return [
      "caption": .text("\(noun) by verdict, \(phrases.seen)"),
      "picture": .graphic(.bar(counts, scale: counts.total, gap: 2)),
      "legend": .list(
        Verdict.allCases.map {
          ["key": .text("\($0.position)"), "n": .number(counts[$0]), "label": .text($0.label)]
        }),
    ]
  }

  private var apart: String {
    let totals = result.totals
    var apart: [String] = []
    if totals.administratorRoles > 0 {
      let noun =
        totals.administratorRoles == 1 ? "administrator role, which holds" : "administrator roles, which hold"
      apart.append("\(Words.number(totals.administratorRoles)) \(noun) (nearly) every action")
    }
    if totals.serviceLinkedRoles > 0 {
      apart.append(Words.count(totals.serviceLinkedRoles, "service-linked role"))
    }
    let all = totals.administratorRoles + totals.serviceLinkedRoles
    let sentence = "A permission is one action granted to one role."
    if all == 0 { return sentence }
    return "\(sentence) Counted apart \(all == 1 ? "is" : "are") \(apart.joined(separator: ", and "))."
  }
}
