import ContentHash
import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra

/// What a role is granted, with the policies behind it.
struct RoleGrants {
  /// A policy in the order in which grants refer to it.
  struct Policy {
    let attachment: String
    let arn: String?
    let name: String
    let sha256: String
    let document: PolicyDocument?
    /// When it is known to have been attached or changed last; nil where nothing tells.
    let since: Int64?
    /// Whether nothing about it carries a date.
    let isUndated: Bool
  }

  let principal: SnapshotPrincipal
  /// Identity policies, then the boundary, then service control policies.
  let policies: [Policy]
  let boundary: Policy?
  let serviceControlPolicies: [[Policy]]
  let grants: EffectiveGrants
  /// Equal for roles with equal policies, boundary and organisation policies.
  let key: String

  /// The policy that a statement of a grant stands in.
  func policy(_ reference: PolicyReference) -> Policy? {
    switch reference {
    case .identity(let index): policies.indices.contains(index) ? policies[index] : nil
    case .permissionsBoundary: boundary
    case .serviceControlPolicy(let level, let index):
      serviceControlPolicies.indices.contains(level) && serviceControlPolicies[level].indices.contains(index)
        ? serviceControlPolicies[level][index] : nil
    }
  }

  /// Why what the role is granted is not wholly known.
  var unknowns: [String] {
    grants.unknownSources.map { source in
      let policy = policy(source.policy)
      let name = policy?.arn ?? policy?.name ?? "a policy"
      let statement = source.statementIndex.map { ", statement \($0 + 1)" } ?? ""
      return "\(name)\(statement): \(source.reason)"
    }
  }

  /// When a grant is known to have begun: the earliest of the policies that grant it; nil where none tells.
  func since(_ grant: Grant) -> (time: Int64?, isUndated: Bool) {
    let granting = grant.statements.filter { $0.effect != .deny }.compactMap { statement -> Policy? in
      statement.policyIndex == nil ? nil : policy(statement.policy)
    }
    if granting.contains(where: { $0.since == nil }) {
      return (nil, granting.contains { $0.isUndated && $0.since == nil })
    }
    return (granting.compactMap(\.since).min(), false)
  }
}

/// Works out the grants of all roles of a snapshot; what alike roles share is computed once.
struct GrantReader {
  private let space: ActionSpace
  private var documents: [String: PolicyDocument?] = [:]
  private var computed: [String: EffectiveGrants] = [:]

  init(_ space: ActionSpace) { self.space = space }

  /// - Parameters:
  ///   - content: the snapshot.
  ///   - serviceControlPolicies: of the account, by level; empty where none limit it.
  ///   - changes: successful changes of policies that the trail shows, in order of time.
  mutating func grants(
    of role: SnapshotPrincipal, in content: SnapshotContent, serviceControlPolicies: [[PolicyText]],
    changes: PolicyChanges
  ) -> RoleGrants {
    let created = role.createdAt
    var policies: [RoleGrants.Policy] = role.inline.map { inline in
      let put = changes.put(policy: inline.name, role: role.name, account: content.snapshot.account)
      return RoleGrants.Policy(
        attachment: "inline", arn: nil, name: inline.name, sha256: inline.document.sha256,
        document: document(inline.document), since: put.map { max($0, created ?? $0) }, isUndated: put == nil)
    }
    for attachment in role.attachments {
      let managed = content.managedPolicies[attachment.arn]
      let attached = changes.attached(
        policy: attachment.arn, role: role.name, account: content.snapshot.account)
      let dates = [managed?.versionCreatedAt, attached].compactMap { $0 }
      policies.append(
        RoleGrants.Policy(
          attachment: "managed", arn: attachment.arn, name: attachment.name,
          sha256: managed?.document?.sha256 ?? "",
          document: managed?.document.flatMap { document($0) },
          since: dates.max().map { max($0, created ?? $0) },
          isUndated: dates.isEmpty))
    }
    let boundary = role.boundaryARN.map { arn in
      let managed = content.managedPolicies[arn]
      return RoleGrants.Policy(
        attachment: "boundary", arn: arn, name: ARN(arn).map { String($0.resourceName) } ?? arn,
        sha256: managed?.document?.sha256 ?? "", document: managed?.document.flatMap { document($0) },
        since: nil,
        isUndated: true)
    }
    let levels = serviceControlPolicies.enumerated().map { level, texts in
      texts.enumerated().map { index, text in
        RoleGrants.Policy(
          attachment: "service-control-policy", arn: nil, name: "level \(level + 1), policy \(index + 1)",
          sha256: text.sha256, document: document(text), since: nil, isUndated: true)
      }
    }
    let key = key(policies, boundary, levels)
    let grants: EffectiveGrants
    if let known = computed[key] {
      grants = known
    } else {
      let inputs = GrantInputs(
        identityPolicies: policies.map {
          AttachedPolicy(
            source: $0.arn.map { [name = $0.name] arn in .managed(arn: arn, name: name) }
              ?? .inline(name: $0.name),
            document: $0.document)
        },
        permissionsBoundary: boundary.map { $0.document.map(Limit.document) ?? .missing },
        serviceControlPolicies: levels.map { $0.compactMap(\.document) })
      grants = EffectiveGrants(inputs, in: space)
      computed[key] = grants
    }
    return RoleGrants(
      principal: role, policies: policies, boundary: boundary, serviceControlPolicies: levels, grants: grants,
      key: key)
  }

  private mutating func document(_ text: PolicyText) -> PolicyDocument? {
    if let known = documents[text.sha256] { return known }
    let document = text.isJSON ? try? PolicyDocument(text: text.text) : nil
    documents[text.sha256] = .some(document)
    return document
  }

  private func key(
    _ policies: [RoleGrants.Policy], _ boundary: RoleGrants.Policy?, _ levels: [[RoleGrants.Policy]]
  ) -> String {
    var parts = policies.map { "\($0.attachment) \($0.arn ?? $0.name) \($0.sha256)" }
    parts.append("boundary \(boundary.map { "\($0.arn ?? "") \($0.sha256)" } ?? "none")")
    for level in levels { parts.append("level \(level.map(\.sha256).joined(separator: " "))") }
    return ContentHash(of: parts.joined(separator: "\n")).description
  }
}

/// When policies were put, attached or changed, as far as the trail shows.
struct PolicyChanges {
  private var puts: [String: Int64] = [:]
  private var attachments: [String: Int64] = [:]

  init(_ events: [LifecycleEvent]) {
    for event in events {
      guard let role = event.parameters["roleName"] else { continue }
      switch event.eventName {
      case "PutRolePolicy":
        puts["\(event.account) \(role) \(event.parameters["policyName"] ?? "")"] = event.time
      case "AttachRolePolicy":
        attachments["\(event.account) \(role) \(event.parameters["policyArn"] ?? "")"] = event.time
      default: break
      }
    }
  }

  func put(policy: String, role: String, account: String) -> Int64? { puts["\(account) \(role) \(policy)"] }
  func attached(policy: String, role: String, account: String) -> Int64? {
    attachments["\(account) \(role) \(policy)"]
  }
}
