import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra

/// What a role or user is granted, with the policies behind it.
struct PrincipalGrants {
  /// A policy in the order in which grants refer to it.
  struct Policy {
    let attachment: String
    /// The group of the user that has the policy; nil where the principal has it itself.
    let group: String?
    let arn: String?
    let name: String
    let sha256: String
    let document: PolicyDocument?
    /// When it is known to have been attached or changed last; nil where nothing tells.
    let since: Int64?
    /// Whether no event shows when the principal got it: then it is older than the records.
    let isUndated: Bool
  }

  let principal: SnapshotPrincipal
  let account: String
  /// The identity policies: its own, then those of its groups.
  let policies: [Policy]
  let boundary: Policy?
  /// When the boundary was last changed, put or taken away, as far as known.
  let boundarySince: Int64?
  /// By level, from the root down.
  let serviceControlPolicies, resourceControlPolicies: [[Policy]]
  let grants: EffectiveGrants
  /// Equal for principals with equal grants by equal policies, boundary and organisation policies.
  let key: String

  /// The policy that a statement of a grant stands in.
  func policy(_ reference: PolicyReference) -> Policy? {
    switch reference {
    case .identity(let index): policies.indices.contains(index) ? policies[index] : nil
    case .permissionsBoundary: boundary
    case .serviceControlPolicy(let level, let index):
      PrincipalGrants.policy(serviceControlPolicies, level, index)
    case .resourceControlPolicy(let level, let index):
      PrincipalGrants.policy(resourceControlPolicies, level, index)
    }
  }

  private static func policy(_ levels: [[Policy]], _ level: Int, _ index: Int) -> Policy? {
    levels.indices.contains(level) && levels[level].indices.contains(index) ? levels[level][index] : nil
  }

  /// Why what the principal is granted is not wholly known.
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
