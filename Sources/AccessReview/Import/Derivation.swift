import ActionCatalog
import EvidenceStore

/// What follows from all facts in the store and is made again after each import: outcomes of errors, coverage, who is
/// who.
enum Derivation {
  static func run(_ completion: ImportCompletion) throws {
    let catalog = try StoredCatalog.catalog(completion.catalogueOverlay())
    try completion.replaceOutcomes(
      completion.errorCodes().map { ($0, catalog.outcome(ofErrorCode: $0).rawValue) })
    let calls = try completion.callsWithParameters()
    let paths = try completion.parameterPaths()
    try completion.replacePassParameters(
      calls.flatMap { call in
        catalog.passRoleParameters(eventSource: call.source, eventName: call.name).flatMap { parameter in
          // The keys of a map are the caller's own names, so that its places are those that were seen.
          let places = parameter.place.contains("{}") ? paths.filter(parameter.isAt) : [parameter.place]
          return places.map { (call.source, call.name, $0, parameter.kind.rawValue) }
        }
      })
    let snapshots = try completion.snapshots()
    let newest = try SnapshotChoice.newest(of: snapshots).map { try completion.content(of: $0) }
    let ledger = PrincipalLedger(record: try completion.principalRecord(), snapshots: newest)
    try completion.replacePrincipals(ledger.states, aliases: ledger.aliases)
    let limits = OrganisationLimits(
      try completion.organisationPolicies(), answers: try completion.answers(.organisation), asOf: .max)
    try completion.replaceOrganisationLevels(limits.rows)
    let coverage = CoverageCalendar(record: try completion.trailRecord())
    try completion.replaceCoverage(coverage.days)
  }
}

/// Which snapshot of an account is taken.
enum SnapshotChoice {
  /// The newest complete one of each account, else the newest.
  static func newest(of snapshots: [StoredSnapshot]) -> [StoredSnapshot] {
    choose(from: snapshots, asOf: Int64.max)
  }

  /// Of each account the newest complete snapshot at or before a time, else the earliest after it; incomplete ones only
  /// where there is no complete one.
  static func choose(from snapshots: [StoredSnapshot], asOf: Int64) -> [StoredSnapshot] {
    Dictionary(grouping: snapshots, by: \.account).sorted { $0.key < $1.key }.compactMap { _, mine in
      let complete = mine.filter(\.isComplete)
      let candidates = complete.isEmpty ? mine : complete
      func order(_ snapshot: StoredSnapshot) -> (Int64, String) { (snapshot.takenAt, snapshot.contentSHA256) }
      let before = candidates.filter { $0.takenAt <= asOf }.max { order($0) < order($1) }
      return before ?? candidates.min { order($0) < order($1) }
    }
  }
}
