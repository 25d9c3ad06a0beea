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
    guard kind == .identity, isOnEverything else { return [] }
    if patterns.contains(where: { $0.wildcardKind == .everything }) {
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
    // The role's ARN with a wildcard for its name is no narrower, but for the account.
    return patterns.contains { $0.isEverything || $0.matches("arn:aws:iam::999999999999:role/x/\u{1}") }
  }

  /// Source: "Grant a user permissions to pass a role to an AWS service", IAM User Guide.
  private func passRole(_ patterns: [ActionPattern]) -> [LintFinding] {
    guard let action = ActionName("iam:PassRole"), patterns.contains(where: { $0.matches(action) }),
      !statement.conditions.contains(where: { $0.isAbout("iam:PassedToService") })
    else { return [] }
    return [
      LintFinding(
        .passRoleOnEverything, in: statement, element: "Resource",
        "iam:PassRole on every role hands the permissions of each of them to whoever may start a service with it",
        remedy: "Name the roles, and the service in a condition on iam:PassedToService.")
    ]
  }
}
