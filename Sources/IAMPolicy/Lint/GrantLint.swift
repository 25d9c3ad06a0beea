import IAMIdentifiers

/// Statements that grant more than anybody means to grant.
struct GrantLint {
  private let statement: Statement
  private let kind: PolicyKind

  init(_ statement: Statement, kind: PolicyKind) {
    self.statement = statement
    self.kind = kind
  }

  var findings: [LintFinding] {
    guard statement.effect == .allow, kind.grants, let actions = statement.actions else { return [] }
    guard case .only(let patterns) = actions else {
      return [
        LintFinding(
          .notActionWithAllow, in: statement, element: "NotAction",
          "Allow with NotAction grants every other action, and what AWS adds tomorrow",
          remedy: "List in Action what is to be allowed.")
      ]
    }
    guard kind == .identity else { return [] }
    if isOnEverything, patterns.contains(where: { $0.wildcardKind == .everything }) {
      guard statement.conditions.isEmpty else { return [] }
      return [
        LintFinding(
          .everythingAllowed, in: statement, element: "Action",
          "Every action is allowed on every resource, and no condition narrows it",
          remedy: "List the services and actions that are needed.")
      ]
    }
    return passRole(patterns)
  }

  private var isOnEverything: Bool {
    guard case .only(let patterns)? = statement.resources else { return false }
    return patterns.contains(where: \.isEverything)
  }

  /// Whether all roles are meant, of an account or of all, or all but some.
  private var isOnEveryRole: Bool {
    switch statement.resources {
    case nil: false
    case .except?: true
    case .only(let patterns)?:
      patterns.contains { pattern in
        if pattern.isEverything { return true }
        let parts = pattern.description.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        // A name that no role has is matched by a wildcard for the name alone.
        let account = parts.count > 4 && AccountID(parts[4]) != nil ? parts[4] : "999999999999"
        let partition = parts.count > 1 && parts[1].hasPrefix("aws") ? parts[1] : "aws"
        return pattern.matches("arn:\(partition):iam::\(account):role/\u{1}")
      }
    }
  }

  private var isOnAllButSome: Bool { if case .except? = statement.resources { true } else { false } }

  /// Source: "Grant a user permissions to pass a role to an AWS service", IAM User Guide.
  private func passRole(_ patterns: [ActionPattern]) -> [LintFinding] {
    guard isOnEveryRole, let action = ActionName("iam:PassRole"),
      patterns.contains(where: { $0.matches(action) }),
      !statement.conditions.contains(where: { $0.isAbout("iam:PassedToService") })
    else { return [] }
    return [
      LintFinding(
        .passRoleOnEverything, in: statement, element: statement.resources?.element ?? "Resource",
        "iam:PassRole on every role\(isOnAllButSome ? " but some" : "") hands the permissions of each of them to whoever may start a service with it",
        remedy: "Name the roles, and the service in a condition on iam:PassedToService.")
    ]
  }
}
