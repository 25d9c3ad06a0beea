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
    /// Whether no event shows when the role got it: then it is older than the records.
    let isUndated: Bool
  }

  let principal: SnapshotPrincipal
  /// Identity policies, then the boundary, then service control policies.
  let policies: [Policy]
  let boundary: Policy?
  /// When the boundary was last changed, put or taken away, as far as known.
  let boundarySince: Int64?
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

  /// How long a grant has been in force, as far as known.
  func age(of grant: Grant, created: Int64?) -> GrantAge {
    let granting = grant.statements.filter { $0.effect != .deny }.compactMap { statement -> Policy? in
      statement.policyIndex == nil ? nil : policy(statement.policy)
    }
    return GrantAge(
      policies: granting.map { ($0.since, $0.isUndated) },
      atLeast: [created, boundarySince].compactMap { $0 }.max())
  }
}

/// How long something has been granted: by any of some policies, and not before the role or its boundary was as it is.
struct GrantAge {
  let policies: [(since: Int64?, isUndated: Bool)]
  let atLeast: Int64?

  enum Standing {
    case old
    /// Since a time within the window.
    case recent(Int64)
    /// Nothing tells.
    case undated
  }

  /// The earliest of the policies; nil where one of them carries no date and nothing else lies in the window.
  func time(windowStart start: Int64) -> Int64? {
    if let atLeast, atLeast >= start {
      return policies.compactMap(\.since).min().map { max($0, atLeast) } ?? atLeast
    }
    let dates = policies.compactMap(\.since)
    return dates.count == policies.count ? dates.min().map { max($0, atLeast ?? $0) } : nil
  }

  /// Whether it was in force before a time. What no event shows is older than the records of changes, if they reach back.
  func standing(at start: Int64, showsChanges: Bool) -> Standing {
    if let atLeast, atLeast >= start { return .recent(time(windowStart: start) ?? atLeast) }
    let older = policies.filter { ($0.since ?? Int64.min) < start }
    guard !older.isEmpty else { return .recent(policies.compactMap(\.since).min() ?? start) }
    return older.contains { !$0.isUndated || showsChanges } ? .old : .undated
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
      let defaulted = changes.defaulted(policy: attachment.arn)
      let dates = [managed?.versionCreatedAt, attached, defaulted].compactMap { $0 }
      policies.append(
        RoleGrants.Policy(
          attachment: "managed", arn: attachment.arn, name: attachment.name,
          sha256: managed?.document?.sha256 ?? "",
          document: managed?.document.flatMap { document($0) },
          since: dates.max().map { max($0, created ?? $0) },
          isUndated: attached == nil))
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
    let boundarySince = [
      principal(role, boundaryIn: content),
      changes.bounded(role: role.name, account: content.snapshot.account),
      role.boundaryARN.flatMap { changes.defaulted(policy: $0) },
    ].compactMap { $0 }.max()
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
        serviceControlPolicies: levels.map { $0.compactMap { $0.document ?? GrantReader.unreadable } })
      grants = EffectiveGrants(inputs, in: space)
      computed[key] = grants
    }
    return RoleGrants(
      principal: role, policies: policies, boundary: boundary, boundarySince: boundarySince,
      serviceControlPolicies: levels, grants: grants, key: key)
  }

  /// Stands for a policy that cannot be read: a statement of which nobody knows what it allows or denies.
  private static let unreadable = try? PolicyDocument(text: #"{"Statement":[{"Action":"*","Resource":"*"}]}"#)

  private func principal(_ role: SnapshotPrincipal, boundaryIn content: SnapshotContent) -> Int64? {
    role.boundaryARN.flatMap { content.managedPolicies[$0]?.versionCreatedAt }
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
  private var boundaries: [String: Int64] = [:]
  private var defaults: [String: Int64] = [:]

  /// - Parameter events: all that are known, also those after the review's moment: the snapshot may be younger than it.
  init(_ events: [LifecycleEvent]) {
    for event in events {
      let arn = event.parameters["policyArn"] ?? ""
      if event.eventName == "SetDefaultPolicyVersion" { defaults[arn] = event.time }
      guard let role = event.parameters["roleName"] else { continue }
      let holder = "\(event.account) \(role)"
      switch event.eventName {
      case "PutRolePolicy": puts["\(holder) \(event.parameters["policyName"] ?? "")"] = event.time
      case "AttachRolePolicy": attachments["\(holder) \(arn)"] = event.time
      case "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary": boundaries[holder] = event.time
      default: break
      }
    }
  }

  func put(policy: String, role: String, account: String) -> Int64? { puts["\(account) \(role) \(policy)"] }
  func attached(policy: String, role: String, account: String) -> Int64? {
    attachments["\(account) \(role) \(policy)"]
  }
  func bounded(role: String, account: String) -> Int64? { boundaries["\(account) \(role)"] }
  func defaulted(policy: String) -> Int64? { defaults[policy] }
}
