import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import IAMSnapshot
import JSONText

/// What the imported configurations say of the trails that record an account.
struct DeclaredTrails {
  /// A trail as it is declared for one account.
  struct Declaration {
    /// Nil where the configuration names no account: then the trail's owner, or all accounts for an organisation's trail.
    let account: String?
    let trail: Trail
    /// Nil where no document tells what its selectors are.
    let recorded: RecordedEvents?
    /// Whether it was logging at that time; nil where the document does not say, or says it of several trails.
    let status: TrailStatus?
    /// Seconds since 1970 of the configuration; nil where unknown.
    let takenAt: Int64?
  }

  private let declarations: [Declaration]

  init(_ configurations: [EvidenceStore.DatedDocument]) {
    var parsed: [(TrailConfiguration, Int64?)] = []
    for document in configurations {
      guard let json = try? JSONValue(json: document.text), let found = try? SnapshotDocument.recognise(json)
      else {
        continue
      }
      for case .trailConfiguration(let configuration) in found.documents {
        parsed.append((configuration, document.takenAt))
      }
    }
    // Selectors may have come in a file of their own; the newest that name the trail are taken.
    func selectors(of arn: String) -> RecordedEvents? {
      for (configuration, _) in parsed.reversed() {
        if let recorded = configuration.recordedEvents(ofTrail: arn) { return recorded }
      }
      return nil
    }
    var newest: [String: Declaration] = [:]
    for (configuration, takenAt) in parsed {
      for trail in configuration.trails {
        let account = configuration.account?.description
        let arn = trail.arnText ?? ""
        // Every Region lists a multi-Region trail, and its own Region alone may have been asked whether it is logging.
        let key = "\(account ?? "") \(arn)"
        let status = configuration.trails.count == 1 ? configuration.status : nil
        let known = newest[key].flatMap { DeclaredTrails.isOfOneDay($0.takenAt, takenAt) ? $0.status : nil }
        newest[key] = Declaration(
          account: account, trail: trail,
          recorded: configuration.recordedEvents(ofTrail: arn) ?? selectors(of: arn),
          status: status ?? known, takenAt: takenAt)
      }
    }
    declarations = newest.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func isOfOneDay(_ one: Int64?, _ other: Int64?) -> Bool {
    guard let one, let other else { return one == other }
    return abs(one - other) <= 86_400
  }

  /// The trails that record an account: those of its own configuration, which lists an organisation's trail too; without
  /// one, those that name no other account, and any organisation's.
  ///
  /// Source: "Creating a trail for an organization", AWS CloudTrail User Guide.
  func trails(of account: String) -> [Declaration] {
    let own = declarations.filter { $0.account == account }
    if !own.isEmpty { return own }
    return declarations.filter { declaration in
      if declaration.trail.isOrganizationTrail == true { return true }
      return declaration.account == nil && declaration.trail.arn?.accountID?.description == account
    }
  }

  /// Accounts that a configuration names.
  var accounts: Set<String> {
    Set(declarations.compactMap { $0.account ?? $0.trail.arn?.accountID?.description })
  }
}
