import PolicyAlgebra

/// The statements behind a principal's grants, each once.
struct StatementTable {
  private let grants: PrincipalGrants
  private var known: [Key: Int] = [:]
  private(set) var results: [StatementResult] = []

  private struct Key: Hashable {
    let policy: PolicyReference
    let statement: Int
  }

  init(_ grants: PrincipalGrants) { self.grants = grants }

  /// Where a grant's statements stand in `results`.
  mutating func positions(of grant: Grant) -> [Int] {
    grant.statements.compactMap { statement -> Int? in
      let key = Key(policy: statement.policy, statement: statement.statementIndex)
      if let position = known[key] { return position }
      guard let policy = grants.policy(statement.policy) else { return nil }
      let sid = policy.document?.statements.first { $0.index == statement.statementIndex }?.sid
      known[key] = results.count
      results.append(
        StatementResult(
          attachment: policy.attachment, group: policy.group, policyARN: policy.arn, policyName: policy.name,
          policySHA256: policy.sha256,
          statement: statement.statementIndex + 1, sid: sid, effect: statement.effect.rawValue))
      return results.count - 1
    }.sorted()
  }
}
