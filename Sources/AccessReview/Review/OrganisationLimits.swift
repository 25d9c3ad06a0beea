import ContentHash
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import IAMSnapshot

/// Which service control policies limit which account.
struct OrganisationLimits {
  let organisationID: String?
  private let managementAccount: String?
  private let levels: [String: [[PolicyText]]]

  /// Takes the newest export at or before a time, else the earliest after it; one without a time counts as oldest.
  init(_ documents: [EvidenceStore.DatedDocument], asOf: Int64) {
    let before = documents.last { $0.takenAt ?? Int64.min <= asOf }
    guard let chosen = before ?? documents.first, let json = try? JSONValue(json: chosen.text),
      let reading = try? SnapshotDocument.recognise(json)
    else {
      (organisationID, managementAccount, levels) = (nil, nil, [:])
      return
    }
    var found: OrganisationPolicies?
    for case .organisationPolicies(let policies) in reading.documents { found = policies }
    organisationID = found?.organizationID
    managementAccount = found?.managementAccount?.description
    var levels: [String: [[PolicyText]]] = [:]
    for (account, policies) in found?.levels ?? [:] {
      levels[account.description] = policies.map { level in
        level.map {
          PolicyText(
            text: $0.canonicalText, isJSON: $0.isJSON, sha256: ContentHash(of: $0.canonicalText).description)
        }
      }
    }
    self.levels = levels
  }

  /// The policies that limit an account's principals, by level. The management account is never limited.
  ///
  /// Source: "Service control policies (SCPs)", AWS Organizations User Guide.
  func policies(of account: String) -> [[PolicyText]] {
    account == managementAccount ? [] : levels[account] ?? []
  }

  /// Whether any export says who limits whom.
  var isKnown: Bool { !levels.isEmpty || managementAccount != nil }

  /// Whether an account is the organisation's management account.
  func isManagement(_ account: String) -> Bool { account == managementAccount }

  /// Whether there is an export, and it says nothing of an account: perhaps it belongs to the organisation nonetheless.
  func isSilent(about account: String) -> Bool {
    !levels.isEmpty && account != managementAccount && levels[account] == nil
  }
}
