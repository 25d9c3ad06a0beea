public import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import JSONText

extension StoredPrincipal {
  /// The roles and users that a text names by name, ARN or unique id, in the newest snapshot of each account.
  ///
  /// - Returns: all that fit, by account and ARN, and the names of all there are.
  public static func find(
    _ text: String, in store: EvidenceStore
  ) throws(StoreError) -> (found: [StoredPrincipal], names: [String]) {
    try store.reading { reader in
      let contents = try SnapshotChoice.newest(of: try reader.snapshots()).map { try reader.content(of: $0) }
      let organisation = OrganisationLimits(
        try reader.organisationPolicies(), answers: try reader.answers(.organisation), asOf: Int64.max)
      var trusts: [String: PolicyText] = [:]
      for role in contents.flatMap(\.principals) where role.kind == "role" { trusts[role.arn] = role.trust }
      let known = try reader.resourcePolicies()
      let resources = try ResourceSide(reader, policies: known, trusts: trusts, organisation: organisation)
      let endpoints = EndpointPolicies(known)
      var found: [StoredPrincipal] = []
      var names: Set<String> = []
      for content in contents {
        for principal in content.principals where principal.kind != "group" {
          names.insert(principal.name)
          guard [principal.principalID, principal.arn, principal.name].contains(text),
            let stored = StoredPrincipal(principal, in: content, organisation, resources, endpoints)
          else { continue }
          found.append(stored)
        }
      }
      return (found.sorted { ($0.account, $0.arn, $0.id) < ($1.account, $1.arn, $1.id) }, names.sorted())
    }
  }

  private init?(
    _ stored: SnapshotPrincipal, in content: SnapshotContent, _ organisation: OrganisationLimits,
    _ resources: ResourceSide, _ endpoints: EndpointPolicies
  ) {
    guard let principal = RequestPrincipal(stored.arn) else { return nil }
    self.principal = principal
    (kind, id, arn, name) = (stored.kind, stored.principalID, stored.arn, stored.name)
    account = content.snapshot.account
    snapshotTakenAt = UTCTime(seconds: content.snapshot.takenAt)
    isSnapshotComplete = content.snapshot.isComplete
    (self.resources, self.endpoints) = (resources, endpoints)
    var reading = LayerReader(content: content, organisation: organisation)
    reading.readIdentity(stored)
    reading.readBoundary(stored)
    reading.readOrganisation(isServiceLinked: stored.isServiceLinked)
    reading.readSessions(isRole: stored.kind == "role")
    (policies, layers) = (reading.policies, reading.layers)
    let known = PrincipalContext(stored, account: account, organisation)
    (context, completeGroups) = (known.values, known.completeGroups)
  }
}

/// Gathers the policies of a principal, layer by layer.
private struct LayerReader {
  let content: SnapshotContent
  let organisation: OrganisationLimits
  private(set) var policies = AuthorizationPolicies()
  private(set) var layers: [StoredPrincipal.Layer] = []

  private mutating func note(
    _ kind: LayerOutcome.Kind, _ standing: StoredPrincipal.Layer.Standing, _ note: String
  ) {
    layers.append(StoredPrincipal.Layer(kind, standing, note))
  }

  mutating func readIdentity(_ stored: SnapshotPrincipal) {
    var named = ownPolicies(of: stored, prefix: "")
    var missing = 0
    for name in stored.groups {
      guard let group = content.principals.first(where: { $0.kind == "group" && $0.name == name }) else {
        missing += 1
        named.append(
          NamedPolicy(
            name: "group \(name)",
            document: PolicyDocument(unknownBecause: "The group is not in the snapshot"))
        )
        continue
      }
      named += ownPolicies(of: group, prefix: "group \(name), ")
    }
    policies.identityPolicies = named
    let unknown = named.count { !$0.document.isUnderstood } - missing
    var text = named.count == 1 ? "1 policy" : "\(named.count) policies"
    if missing > 0 { text += ", \(missing) of them groups that are not in the snapshot" }
    if unknown > 0 { text += ", \(unknown) of them not known or not understood" }
    guard content.snapshot.isComplete else {
      return note(.identityPolicies, .incomplete, "\(text); the snapshot is not complete")
    }
    note(.identityPolicies, named.isEmpty ? .none : .known, text)
  }

  private func ownPolicies(of holder: SnapshotPrincipal, prefix: String) -> [NamedPolicy] {
    holder.inline.map { NamedPolicy(name: prefix + $0.name, document: PolicyDocument($0.document)) }
      + holder.attachments.map { NamedPolicy(name: prefix + $0.arn, document: document(ofManaged: $0.arn)) }
  }

  private func document(ofManaged arn: String) -> PolicyDocument {
    content.managedPolicies[arn]?.document.map { PolicyDocument($0) }
      ?? PolicyDocument(unknownBecause: "The document is not in the snapshot")
  }

  mutating func readBoundary(_ stored: SnapshotPrincipal) {
    guard let arn = stored.boundaryARN else { return note(.permissionsBoundary, .none, "It has none") }
    policies.permissionsBoundaries = [NamedPolicy(name: arn, document: document(ofManaged: arn))]
    note(.permissionsBoundary, .known, arn)
  }

  mutating func readOrganisation(isServiceLinked: Bool) {
    let kind = LayerOutcome.Kind.serviceControlPolicies(level: 0)
    let account = content.snapshot.account
    let levels = organisation.policies(of: account)
    if isServiceLinked {
      note(kind, .none, "They do not limit service-linked roles")
    } else if organisation.isManagement(account) {
      note(kind, .none, "They do not limit the management account")
    } else if levels.isEmpty {
      let silent = organisation.isSilent(about: account)
      note(
        kind, .notImported,
        silent
          ? "The organisation's export does not have the account" : "If the account is in an organisation")
    } else {
      // AWS lets nobody detach the last service control policy.
      policies.serviceControlPolicies = levels.named(
        emptyMeans: PolicyDocument(unknownBecause: "The level was not exported"))
      note(kind, .known, levels.count == 1 ? "1 level" : "\(levels.count) levels")
    }
  }

  mutating func readSessions(isRole: Bool) {
    if isRole {
      note(.sessionPolicies, .notImported, "A session may have been narrowed when it was made")
    } else {
      note(.sessionPolicies, .none, "A user has none")
    }
  }
}
