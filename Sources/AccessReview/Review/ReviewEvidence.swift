import ActionCatalog
import EvidenceStore
import IAMIdentifiers

/// The facts of a review, read once.
struct ReviewEvidence {
  let reader: EvidenceReader
  let request: ReviewRequest
  let calendar: CoverageCalendar
  let contents: [SnapshotContent]
  let record: EvidenceStore.PrincipalRecord
  let ledger: PrincipalLedger
  let organisation: OrganisationLimits
  let changes: PolicyChanges
  /// What each role did in the window, and up to the window's end.
  let window, lifetime: [String: RoleUsage]
  let entries, windowEntries: [String: [EntryRow]]
  let passes: [String: [PassRow]]
  let daily: [String: [DailyUse]]
  let older: [String: (arn: String, hash: String)]
  let outcomes: [String: CallOutcome]
  private let names: [String: PrincipalState]
  private let memories: [String: CoverageMemory]

  var period: ReviewPeriod { request.period }

  init(_ reader: EvidenceReader, request: ReviewRequest, catalog: ActionCatalog) throws {
    self.reader = reader
    self.request = request
    let (start, end) = (request.period.start.seconds, request.period.asOf.seconds)
    calendar = CoverageCalendar(record: try reader.trailRecord())
    let snapshots = try reader.snapshots()
    contents = try SnapshotChoice.choose(from: snapshots, asOf: end).map { try reader.content(of: $0) }
    record = try reader.principalRecord()
    ledger = PrincipalLedger(record: record, snapshots: contents)
    names = Dictionary(ledger.states.map { ($0.principalID, $0) }, uniquingKeysWith: { first, _ in first })
    organisation = OrganisationLimits(
      try reader.organisationPolicies(), answers: try reader.answers(.organisation), asOf: end)
    changes = PolicyChanges(record.lifecycle)
    var translation = UsageTranslation(catalog)
    var window = translation.translate(try reader.usage(from: start, to: end))
    for id in try reader.rolesNamingRolesElsewhere(from: start, to: end) {
      window[id]?.mayHavePassedRole = true
    }
    self.window = window
    lifetime = translation.translate(try reader.usage(from: 0, to: end))
    entries = ReviewEvidence.byRole(try reader.entries(from: 0, to: end), contents)
    windowEntries = ReviewEvidence.byRole(try reader.entries(from: start, to: end), contents)
    passes = Dictionary(grouping: try reader.passes(from: start, to: end), by: \.roleID)
    let days = request.period.calendar
    let use = try reader.dailyUse(from: days.lowerBound, to: days.upperBound)
    daily = Dictionary(grouping: use, by: \.principalID)
    var outcomes: [String: CallOutcome] = [:]
    for code in Set(use.map(\.errorCode)) { outcomes[code] = translation.outcome(code) }
    self.outcomes = outcomes
    var older: [String: (arn: String, hash: String)] = [:]
    for snapshot in snapshots where snapshot.takenAt <= end {
      for principal in try reader.content(of: snapshot).principals {
        older[principal.principalID] = (principal.arn, snapshot.contentSHA256)
      }
    }
    self.older = older
    memories = Dictionary(
      contents.map { ($0.snapshot.account, CoverageMemory()) }, uniquingKeysWith: { first, _ in first })
  }

  /// Entries by the role that was entered. Where the record has no response, it is the one that wears the name, if it was
  /// made before: then it counts as in use, to be safe.
  private static func byRole(_ rows: [EntryRow], _ contents: [SnapshotContent]) -> [String: [EntryRow]] {
    var wearers: [String: SnapshotPrincipal] = [:]
    for principal in contents.flatMap(\.principals) where principal.kind == "role" {
      wearers[principal.arn] = principal
    }
    return Dictionary(grouping: rows) { row in
      guard row.roleID.isEmpty else { return row.roleID }
      guard let wearer = wearers[row.roleARN], wearer.createdAt ?? Int64.min <= row.last else { return "" }
      return wearer.principalID
    }
  }

  /// What was worked out of an account's coverage in this review.
  func memory(of account: String) -> CoverageMemory { memories[account] ?? CoverageMemory() }

  /// The ARN of a principal, as far as known.
  func arn(of principalID: String) -> String? { names[principalID]?.arn }
}
