import AccessReview

/// How the document was made.
struct Provenance {
  private let context: SectionContext
  private let result: ReviewResult

  init(_ context: SectionContext) {
    self.context = context
    result = context.result
  }

  func render() -> String {
    let screen = FirstScreen(context)
    let snapshots = result.accounts.compactMap { account in account.snapshot.map { (account.accountID, $0) } }
    let without = result.accounts.filter { $0.snapshot == nil }.map(\.accountID)
    return ProvenanceTemplate.main.render([
      "start": .text(result.windowStartAt),
      "end": .text(result.windowEndAt),
      "asOf": .text(result.asOfAt),
      "days": .text(Words.count(result.windowDays, "day")),
      "minimum": .text(Words.percent(result.minimumCoverage)),
      "hasAccounts": .flag(!result.accounts.isEmpty),
      "accounts": .list(result.accounts.map { account($0, screen) }),
      "events": .text(events),
      "hasKinds": .flag(!result.totals.eventsByKind.isEmpty),
      "eventKinds": .list(
        result.totals.eventsByKind.map {
          ["kind": .text(Words.sentence(Phrases.kind($0.kind))), "n": .number($0.events)]
        }),
      "eventSum": .number(result.totals.eventsByKind.reduce(0) { $0 + $1.events }),
      "hasSnapshots": .flag(!snapshots.isEmpty),
      "snapshots": .list(snapshots.map { snapshot($0.0, $0.1) }),
      "noSnapshot": .optional(
        without.isEmpty && !snapshots.isEmpty
          ? nil
          : without.isEmpty
            ? "No IAM snapshot was imported."
            : "No snapshot of \(Words.list(without, atMost: 20)) was imported."),
      "storeHash": .text(result.storeHash),
      "catalogue": .text(result.catalogue),
      "rules": .text(result.rules),
      "assumed": .optional(context.phrases.assumed),
      "commands": .texts(Commands.again(result)),
    ])
  }

  private var events: String {
    let totals = result.totals
    if totals.events == 0 { return "No event is in the store up to the window’s end." }
    return """
      \(Words.count(totals.events, "event")) up to the window’s end; \(Words.count(totals.uses, "use")) of \
      permissions \(totals.uses == 1 ? "counts" : "count").
      """
  }

  private func account(_ account: AccountResult, _ screen: FirstScreen) -> Fields {
    let regions = account.regions.isEmpty ? "no Region is known" : Words.list(account.regions, atMost: 40)
    let trails = account.trails.isEmpty ? "no trail is declared" : Words.list(account.trails, atMost: 10)
    return [
      "account": .text(account.accountID),
      "strip": .fields(screen.strip(account, name: "each day")),
      "months": .optional(FirstScreen.months(account)),
      "places": .text("Regions: \(regions). Trails: \(trails)."),
      "hasGaps": .flag(!account.gaps.isEmpty),
      "gaps": .texts(account.gaps.map { Phrases.sentence($0, in: account.accountID) }),
      "hasKinds": .flag(!account.kindsRecorded.isEmpty),
      "kinds": .list(
        account.kindsRecorded.map {
          [
            "kind": .text(Words.sentence(Phrases.kind($0.kind))), "scope": .text($0.scope),
            "covered": .text(context.phrases.covered($0.coveredDays)),
          ]
        }),
    ]
  }

  private func snapshot(_ account: String, _ snapshot: AccountResult.SnapshotSummary) -> Fields {
    let missing = snapshot.missing.isEmpty ? "" : ": \(Words.list(snapshot.missing)) missing"
    return [
      "account": .text(account),
      "taken": .text(snapshot.takenAt),
      "basis": .optional(snapshot.takenBasis == "content" ? "or later: the newest date inside" : nil),
      "complete": .text(snapshot.isComplete ? "yes" : "no\(missing)"),
      "hash": .text(snapshot.sha256),
    ]
  }
}
