import ActionCatalog
public import EvidenceStore
public import IAMIdentifiers
public import IAMPolicy
public import PolicyAlgebra

/// What a role or user of the newest snapshots may do by its identity policies (a user's groups included), within its
/// permissions boundary and the organisation's policies.
///
/// Resource-based policies are no part of it: what they allow besides is asked of single requests.
public struct EffectivePermissions: Sendable {
  /// `role` or `user`.
  public let kind: String
  public let id, arn, name, account: String
  public let snapshotTakenAt: UTCTime
  public let isSnapshotComplete: Bool
  /// Why what is granted is not wholly known, as sentences without a full stop.
  public let unknowns: [String]
  private let grants: PrincipalGrants

  /// How many actions are granted, by how firmly.
  public var counts: GrantCounts { grants.grants.counts }

  /// The granted actions in order, or those of them that a pattern describes; each is made when it is read.
  public func permissions(_ patterns: [ActionPattern] = []) -> some Sequence<EffectivePermission> {
    grants.grants.grants.lazy
      .filter { grant in patterns.isEmpty || patterns.contains { $0.matches(grant.action) } }
      .map { EffectivePermission($0, grants) }
  }

  /// The roles and users of the newest snapshot of each account, by account and ARN.
  ///
  /// - Throws: `StoreError` where the store cannot be read, or holds a catalogue that cannot be.
  public static func all(in store: EvidenceStore) throws(StoreError) -> [EffectivePermissions] {
    try store.reading { reader in
      let space = ActionSpace(CatalogUniverse(try StoredCatalog.catalog(reader.catalogueOverlay())))
      let organisation = OrganisationLimits(
        try reader.organisationPolicies(), answers: try reader.answers(.organisation), asOf: Int64.max)
      var grantReader = GrantReader(space, organisation: organisation, changes: PolicyChanges([]))
      var all: [EffectivePermissions] = []
      for snapshot in SnapshotChoice.newest(of: try reader.snapshots()) {
        let content = try reader.content(of: snapshot)
        for principal in content.principals where principal.kind != "group" {
          let grants = grantReader.grants(of: principal, in: content)
          all.append(EffectivePermissions(grants, of: snapshot, organisation))
        }
      }
      return all.sorted { ($0.account, $0.arn, $0.id) < ($1.account, $1.arn, $1.id) }
    }
  }

  private init(_ grants: PrincipalGrants, of snapshot: StoredSnapshot, _ organisation: OrganisationLimits) {
    let principal = grants.principal
    (kind, id, arn, name) = (principal.kind, principal.principalID, principal.arn, principal.name)
    account = snapshot.account
    snapshotTakenAt = UTCTime(seconds: snapshot.takenAt)
    isSnapshotComplete = snapshot.isComplete
    unknowns = grants.unknowns + organisation.unknowns(for: principal, of: snapshot.account)
    self.grants = grants
  }
}

/// An action that a principal may call, on some resource and in some circumstances at least.
public struct EffectivePermission: Sendable {
  public let grant: Grant
  /// The statements that grant it, and those that narrow it.
  public let statements: [StatementResult]

  fileprivate init(_ grant: Grant, _ grants: PrincipalGrants) {
    self.grant = grant
    var table = StatementTable(grants)
    _ = table.positions(of: grant)
    statements = table.results
  }
}
