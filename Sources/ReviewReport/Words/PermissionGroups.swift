import AccessReview

/// A role's unused permissions by the statement that grants them: what one would take out.
struct RemovablePolicy {
  var kind: String
  var name: String
  var arn: String?
  var sha256: String
  var statements: [RemovableStatement]

  /// The policies of a role that hold unused permissions, in the order of its statements.
  static func all(of role: RoleResult) -> [RemovablePolicy] {
    var unused: [Int: [String]] = [:]
    var granted: [Int: Int] = [:]
    for permission in role.permissions {
      for position in permission.statements where role.statements.indices.contains(position) {
        granted[position, default: 0] += 1
        if permission.verdict == .unused { unused[position, default: []].append(permission.action) }
      }
    }
    var policies: [RemovablePolicy] = []
    for (position, statement) in role.statements.enumerated() {
      guard let actions = unused[position], statement.effect != "deny" else { continue }
      let removable = RemovableStatement(
        number: statement.statement, sid: statement.sid, actions: actions,
        isWhole: actions.count == granted[position])
      if let last = policies.indices.last, policies[last].name == statement.policyName,
        policies[last].arn == statement.policyARN, policies[last].sha256 == statement.policySHA256
      {
        policies[last].statements.append(removable)
      } else {
        policies.append(
          RemovablePolicy(
            kind: RoleWords.kind(statement), name: statement.policyName, arn: statement.policyARN,
            sha256: statement.policySHA256, statements: [removable]))
      }
    }
    return policies
  }

  /// Unused permissions of which no statement is known.
  static func withoutStatement(of role: RoleResult) -> [String] {
    role.permissions.filter { permission in
      permission.verdict == .unused
        && !permission.statements.contains {
          role.statements.indices.contains($0) && role.statements[$0].effect != "deny"
        }
    }.map(\.action)
  }
}

/// A statement and the unused actions that it grants.
struct RemovableStatement {
  var number: Int
  var sid: String?
  var actions: [String]
  /// Whether all that it grants is unused.
  var isWhole: Bool

  /// "statement 5 (Sid), all of it".
  var heading: String {
    "statement \(number)" + (sid.map { " (\($0))" } ?? "") + (isWhole ? ", all of it" : "")
  }
}

/// Permissions without a verdict, for one reason.
struct UnknownReason {
  var verdict: Verdict
  var reason: String
  var actions: [String]

  /// The reasons in the order in which a role's permissions name them.
  static func all(of role: RoleResult) -> [UnknownReason] {
    var positions: [String: Int] = [:]
    var reasons: [UnknownReason] = []
    for permission in role.permissions
    where permission.verdict == .unobservable || permission.verdict == .notEnoughEvidence {
      let key = permission.verdict.rawValue + permission.reason
      if let position = positions[key] {
        reasons[position].actions.append(permission.action)
      } else {
        positions[key] = reasons.count
        reasons.append(
          UnknownReason(
            verdict: permission.verdict, reason: permission.reason, actions: [permission.action]))
      }
    }
    return reasons
  }
}
