import ContentHash
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import IAMSnapshot
import JSONText

/// Which policies of an organisation limit which account.
struct OrganisationLimits {
  /// What is known of one account.
  private struct Entry {
    let serviceControls, resourceControls: [OrganisationLevel]?
    let unknowns: [String]
    let takenAt: Int64?
  }

  let organisationID: String?
  private let entries: [AccountID: Entry]
  private let managementAccounts: Set<AccountID>

  /// Takes what is known at a time: of each account by the newest source at or before it that knows all its levels, else by
  /// the newest, else by the earliest after it. Sources are the documents that list levels, and the answers of
  /// `aws organizations` put together; what carries no time counts as oldest.
  init(_ documents: [EvidenceStore.DatedDocument], answers: [CallAnswer], asOf: Int64) {
    let sources = OrganisationLimits.sources(documents, answers: answers, asOf: asOf)
    organisationID = sources.lazy.compactMap(\.policies.organizationID).first
    managementAccounts = Set([sources.lazy.compactMap(\.policies.managementAccount).first].compactMap { $0 })
    var entries: [AccountID: Entry] = [:]
    let accounts = Set(sources.flatMap { $0.policies.serviceControls.keys }).union(
      sources.flatMap { $0.policies.resourceControls.keys })
    for account in accounts {
      func best(_ levels: (Source) -> [OrganisationLevel]?) -> (takenAt: Int64?, levels: [OrganisationLevel])?
      {
        let told = sources.compactMap { source in levels(source).map { (source.takenAt, $0) } }
        return told.first { _, levels in levels.allSatisfy { $0.isKnown } } ?? told.first
      }
      let (controls, resources) = (
        best { $0.policies.serviceControls[account] }, best { $0.policies.resourceControls[account] }
      )
      let source = sources.first { $0.policies.unknowns[account] != nil }
      let isKnown = controls?.levels.allSatisfy { $0.isKnown } ?? false
      entries[account] = Entry(
        serviceControls: controls?.levels, resourceControls: resources?.levels,
        unknowns: isKnown ? [] : source?.policies.unknowns[account] ?? [],
        takenAt: controls?.takenAt ?? resources?.takenAt)
    }
    self.entries = entries
  }

  private struct Source {
    let policies: OrganisationPolicies
    let takenAt: Int64?
  }

  /// The sources, that which counts most first.
  private static func sources(
    _ documents: [EvidenceStore.DatedDocument], answers: [CallAnswer], asOf: Int64
  ) -> [Source] {
    var sources: [Source] = []
    for document in documents {
      guard let json = try? JSONValue(json: document.text),
        let reading = try? SnapshotDocument.recognise(json)
      else { continue }
      for case .organisationPolicies(let policies) in reading.documents {
        sources.append(Source(policies: policies, takenAt: document.takenAt ?? policies.takenAt?.seconds))
      }
    }
    let time = UTCTime(seconds: asOf)
    if let assembled = OrganisationPolicies.assemble(answers, asOf: time) {
      sources.append(Source(policies: assembled, takenAt: assembled.takenAt?.seconds))
    }
    // In a stable order: of the same time the one that is later by its content counts, and answers before all of them.
    let ordered = sources.enumerated().sorted { left, right in
      (left.element.takenAt ?? .min, left.offset) < (right.element.takenAt ?? .min, right.offset)
    }.map(\.element)
    let before = ordered.filter { $0.takenAt ?? .min <= asOf }
    return before.reversed() + ordered.dropFirst(before.count)
  }

  /// The policies that limit an account's principals, by level. The management account is never limited.
  ///
  /// Source: "Service control policies (SCPs)", AWS Organizations User Guide.
  func policies(of account: String) -> [[PolicyText]] {
    guard let id = AccountID(account), !managementAccounts.contains(id) else { return [] }
    return texts(entries[id]?.serviceControls ?? [])
  }

  /// The policies that limit access to an account's resources, by level; nil where nothing is known of them. None limit the
  /// management account's.
  ///
  /// Source: "Resource control policies (RCPs)", AWS Organizations User Guide.
  func resourceControlPolicies(of account: String) -> [[PolicyText]]? {
    guard let id = AccountID(account) else { return nil }
    return managementAccounts.contains(id) ? [] : entries[id]?.resourceControls.map(texts)
  }

  private func texts(_ levels: [OrganisationLevel]) -> [[PolicyText]] {
    levels.map { level in
      level.documents.map {
        PolicyText(
          text: $0.canonicalText, isJSON: $0.isJSON, sha256: ContentHash(of: $0.canonicalText).description)
      }
    }
  }

  /// Whether any source says who limits whom.
  var isKnown: Bool { !entries.isEmpty || !managementAccounts.isEmpty }

  /// Whether an account is the organisation's management account.
  func isManagement(_ account: String) -> Bool {
    AccountID(account).map { managementAccounts.contains($0) } ?? false
  }

  /// Whether there is an export, and it says nothing of an account: perhaps it belongs to the organisation nonetheless.
  func isSilent(about account: String) -> Bool {
    guard let id = AccountID(account) else { return !entries.isEmpty }
    return !entries.isEmpty && !managementAccounts.contains(id) && entries[id]?.serviceControls == nil
  }

  /// Why levels of an account are not known, as sentences without a full stop.
  func unknowns(of account: String) -> [String] {
    AccountID(account).flatMap { managementAccounts.contains($0) ? nil : entries[$0]?.unknowns } ?? []
  }

  /// Why it is not wholly known what limits a principal of an account, as sentences without a full stop.
  func unknowns(for principal: SnapshotPrincipal, of account: String) -> [String] {
    (isSilent(about: account)
      ? ["the export of the organisation's policies says nothing of this account"] : [])
      + (principal.isServiceLinked ? [] : unknowns(of: account))
  }

  /// The levels of all accounts, as the store keeps them.
  var rows: [OrganisationLevelRow] {
    entries.sorted { $0.key < $1.key }.flatMap { account, entry in
      rows(of: account, "service-control", entry.serviceControls ?? [], entry)
        + rows(of: account, "resource-control", entry.resourceControls ?? [], entry)
    }
  }

  private func rows(of account: AccountID, _ type: String, _ levels: [OrganisationLevel], _ entry: Entry)
    -> [OrganisationLevelRow]
  {
    levels.enumerated().flatMap { number, level -> [OrganisationLevelRow] in
      let unknown = OrganisationLevelRow(
        account: account.description, policyType: type, level: number, ordinal: 0, target: level.target,
        policyID: nil, policyName: nil, document: nil, takenAt: entry.takenAt)
      guard let policies = level.policies else { return [unknown] }
      return policies.enumerated().map { ordinal, policy in
        OrganisationLevelRow(
          account: account.description, policyType: type, level: number, ordinal: ordinal,
          target: level.target,
          policyID: policy.id, policyName: policy.name,
          document: policy.document.isJSON ? policy.document : nil,
          takenAt: entry.takenAt)
      }
    }
  }
}
