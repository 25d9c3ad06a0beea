import ContentHash
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra

/// Works out the grants of the principals of snapshots; what alike principals share is computed once.
struct GrantReader {
  private let space: ActionSpace
  private let organisation: OrganisationLimits
  private let changes: PolicyChanges
  private var documents: [String: PolicyDocument?] = [:]
  private var computed: [String: EffectiveGrants] = [:]
  private var limits: [String: AccountLimits] = [:]

  /// The organisation's policies of an account, by level.
  private struct AccountLimits {
    let serviceControls, resourceControls: [[PrincipalGrants.Policy]]
  }

  /// - Parameter changes: successful changes of policies that the trail shows, in order of time.
  init(_ space: ActionSpace, organisation: OrganisationLimits, changes: PolicyChanges) {
    self.space = space
    self.organisation = organisation
    self.changes = changes
  }

  /// What a role or user of a snapshot is granted.
  mutating func grants(of principal: SnapshotPrincipal, in content: SnapshotContent) -> PrincipalGrants {
    var policies = ownPolicies(of: principal, in: content)
    for name in principal.groups { policies += groupPolicies(name, in: content) }
    let boundary = principal.boundaryARN.map { arn in
      let managed = content.managedPolicies[arn]
      return PrincipalGrants.Policy(
        attachment: "boundary", group: nil, arn: arn, name: ARN(arn).map { String($0.resourceName) } ?? arn,
        sha256: managed?.document?.sha256 ?? "", document: managed?.document.flatMap { document($0) },
        since: nil, isUndated: true)
    }
    let boundarySince = [
      principal.boundaryARN.flatMap { content.managedPolicies[$0]?.versionCreatedAt },
      principal.kind == "role"
        ? changes.bounded(role: principal.name, account: content.snapshot.account) : nil,
      principal.boundaryARN.flatMap { changes.defaulted(policy: $0) },
    ].compactMap { $0 }.max()
    // Neither kind of policy limits them. Sources: "Service control policies (SCPs)" and "Resource control policies (RCPs)",
    // AWS Organizations User Guide.
    let limits =
      principal.isServiceLinked
      ? AccountLimits(serviceControls: [], resourceControls: []) : self.limits(of: content.snapshot.account)
    let context = PrincipalContext(principal, account: content.snapshot.account, organisation)
    let inputs = GrantInputs(
      identityPolicies: policies.map { AttachedPolicy(source: $0.source, document: $0.document) },
      permissionsBoundary: boundary.map { $0.document.map(Limit.document) ?? .missing },
      serviceControlPolicies: limits.serviceControls.map {
        $0.compactMap { $0.document ?? GrantReader.unreadable }
      },
      // What is not known of these could narrow a grant and no more: that is not worth calling all grants unknown.
      resourceControlPolicies: limits.resourceControls.map { $0.compactMap(\.document) },
      context: context.ofAllRequests)
    let key = GrantReader.key(policies, boundary, limits, inputs)
    let grants = computed[key] ?? EffectiveGrants(inputs, in: space)
    computed[key] = grants
    return PrincipalGrants(
      principal: principal, account: content.snapshot.account, policies: policies, boundary: boundary,
      boundarySince: boundarySince,
      serviceControlPolicies: limits.serviceControls, resourceControlPolicies: limits.resourceControls,
      grants: grants, key: key)
  }

  private mutating func ownPolicies(
    of holder: SnapshotPrincipal, in content: SnapshotContent
  ) -> [PrincipalGrants.Policy] {
    let (prefix, group) = holder.kind == "group" ? ("group-", holder.name) : ("", nil)
    // The changes are of roles: a user may wear a role's name.
    let isRole = holder.kind == "role"
    let created = holder.createdAt
    var policies: [PrincipalGrants.Policy] = holder.inline.map { inline in
      let put =
        isRole ? changes.put(policy: inline.name, role: holder.name, account: content.snapshot.account) : nil
      return PrincipalGrants.Policy(
        attachment: prefix + "inline", group: group, arn: nil, name: inline.name,
        sha256: inline.document.sha256,
        document: document(inline.document), since: put.map { max($0, created ?? $0) }, isUndated: put == nil)
    }
    for attachment in holder.attachments {
      let managed = content.managedPolicies[attachment.arn]
      let attached =
        isRole
        ? changes.attached(policy: attachment.arn, role: holder.name, account: content.snapshot.account) : nil
      let defaulted = changes.defaulted(policy: attachment.arn)
      let dates = [managed?.versionCreatedAt, attached, defaulted].compactMap { $0 }
      policies.append(
        PrincipalGrants.Policy(
          attachment: prefix + "managed", group: group, arn: attachment.arn, name: attachment.name,
          sha256: managed?.document?.sha256 ?? "", document: managed?.document.flatMap { document($0) },
          since: dates.max().map { max($0, created ?? $0) }, isUndated: attached == nil))
    }
    return policies
  }

  private mutating func groupPolicies(_ name: String, in content: SnapshotContent) -> [PrincipalGrants.Policy]
  {
    if let group = content.principals.first(where: { $0.kind == "group" && $0.name == name }) {
      return ownPolicies(of: group, in: content)
    }
    return [
      PrincipalGrants.Policy(
        attachment: "group-inline", group: name, arn: nil, name: "group \(name)", sha256: "",
        document: PolicyDocument(unknownBecause: "The group is not in the snapshot"), since: nil,
        isUndated: true)
    ]
  }

  private mutating func limits(of account: String) -> AccountLimits {
    if let known = limits[account] { return known }
    let made = AccountLimits(
      serviceControls: levels(organisation.policies(of: account), "service-control-policy"),
      resourceControls: levels(
        organisation.resourceControlPolicies(of: account) ?? [], "resource-control-policy"))
    limits[account] = made
    return made
  }

  private mutating func levels(_ levels: [[PolicyText]], _ attachment: String) -> [[PrincipalGrants.Policy]] {
    var read: [[PrincipalGrants.Policy]] = []
    for (level, texts) in levels.enumerated() {
      var policies: [PrincipalGrants.Policy] = []
      for (index, text) in texts.enumerated() {
        policies.append(
          PrincipalGrants.Policy(
            attachment: attachment, group: nil, arn: nil, name: "level \(level + 1), policy \(index + 1)",
            sha256: text.sha256, document: document(text), since: nil, isUndated: true))
      }
      read.append(policies)
    }
    return read
  }

  /// Stands for a policy that cannot be read: a statement of which nobody knows what it allows or denies.
  private static let unreadable = PolicyDocument(unknownBecause: "It cannot be read")

  private mutating func document(_ text: PolicyText) -> PolicyDocument? {
    if let known = documents[text.sha256] { return known }
    let document = text.isJSON ? try? PolicyDocument(text: text.text) : nil
    documents[text.sha256] = .some(document)
    return document
  }

  /// Equal for equal policies, and equal answers of their conditions to who the principal is.
  private static func key(
    _ policies: [PrincipalGrants.Policy], _ boundary: PrincipalGrants.Policy?, _ limits: AccountLimits,
    _ inputs: GrantInputs
  ) -> String {
    var parts = policies.map { "\($0.attachment) \($0.group ?? "") \($0.arn ?? $0.name) \($0.sha256)" }
    parts.append("boundary \(boundary.map { "\($0.arn ?? "") \($0.sha256)" } ?? "none")")
    for level in limits.serviceControls {
      parts.append("level \(level.map(\.sha256).joined(separator: " "))")
    }
    for level in limits.resourceControls {
      parts.append("resource level \(level.map(\.sha256).joined(separator: " "))")
    }
    parts.append(contentsOf: inputs.settledConditions)
    return ContentHash(of: parts.joined(separator: "\n")).description
  }
}

extension SnapshotPrincipal {
  /// Whether a service made it for itself. Source: "Using service-linked roles", IAM User Guide (their path).
  var isServiceLinked: Bool { kind == "role" && ARN(arn)?.path.hasPrefix("/aws-service-role/") ?? false }
}

extension PrincipalGrants.Policy {
  fileprivate var source: PolicySource {
    switch (arn, group) {
    case (let arn?, let group?): .groupManaged(group: group, arn: arn, name: name)
    case (let arn?, nil): .managed(arn: arn, name: name)
    case (nil, let group?): .groupInline(group: group, name: name)
    case (nil, nil): .inline(name: name)
    }
  }
}
