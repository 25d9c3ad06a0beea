import AccessReview

/// What could not be known, and what would settle it.
struct Unknowns {
  private let context: SectionContext

  init(_ context: SectionContext) { self.context = context }

  func render() -> String {
    let groups = context.result.unknowns
    let most = groups.map(\.permissions).max() ?? 0
    var fields = context.findings(context.homeless(FindingType.evidence), level: 4)
    fields["intro"] = .text(intro)
    fields["hasGroups"] = .flag(!groups.isEmpty)
    fields["groups"] = .list(groups.map { row($0, most: most) })
    fields["sum"] = .number(groups.reduce(0) { $0 + $1.permissions })
    fields["weakAccounts"] = .texts(context.result.accounts.compactMap { context.phrases.shortfall($0) })
    fields["calls"] = .optional(calls)
    return UnknownTemplate.main.render(fields)
  }

  private var intro: String {
    let counts = context.result.totals.permissions
    let open = counts.unobservable + counts.notEnoughEvidence
    if counts.total == 0 { return "No permission is known, so there is nothing to judge." }
    let of = "of \(Words.count(counts.total, "permission"))"
    if open == 0 { return "Every one \(of) has a verdict." }
    return """
      \(Words.number(open)) \(of) \(open == 1 ? "has" : "have") no verdict. Each line says what evidence is missing, \
      and how many verdicts it would settle; none of them counts as unused. Unobservable: no trail here records such \
      a call. Not enough evidence: recorded, but not for long enough or not on \
      \(Words.percent(context.result.minimumCoverage)) of \(Words.count(context.result.windowDays, "day")).
      """
  }

  private func row(_ group: UnknownGroup, most: Int) -> Fields {
    [
      "subject": .text(Words.sentence(group.subject)),
      "reason": .text(Words.plain(group.reasonCode.rawValue)),
      "permissions": .number(group.permissions),
      "roles": .number(group.roles),
      "picture": .graphic(.bar(Self.verdict(group.reasonCode), group.permissions, scale: most)),
      "remedy": .text(group.remedy),
    ]
  }

  /// The texture of a reason: of what no trail here can show, or of too little evidence.
  private static func verdict(_ code: ReasonCode) -> Verdict {
    switch code {
    case .neverLogged, .visibilityUnknown, .dataEventsNotRecorded, .dataEventsPartlyRecorded,
      .selectorsUnknown:
      .unobservable
    default: .notEnoughEvidence
    }
  }

  private var calls: Fields? {
    let calls = context.result.untranslatedCalls
    guard !calls.isEmpty else { return nil }
    let events = calls.reduce(0) { $0 + $1.events }
    return [
      "intro": .text(
        """
        \(Words.spelledCount(calls.count, "call")), \(Words.count(events, "event")): what permission \
        \(calls.count == 1 ? "it needs" : "they need") is not known, so a permission may have been used by it unseen.
        """),
      "rows": .list(
        calls.map {
          [
            "name": .text($0.eventName), "source": .text($0.eventSource), "events": .number($0.events),
            "roles": .number($0.roles),
          ]
        }),
    ]
  }
}
