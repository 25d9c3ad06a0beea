/// Principals that open more than was meant.
///
/// Sources: "AWS JSON policy elements: Principal" and "… NotPrincipal", IAM User Guide.
struct PrincipalLint {
  private let statement: Statement
  private let kind: PolicyKind

  init(_ statement: Statement, kind: PolicyKind) {
    self.statement = statement
    self.kind = kind
  }

  var findings: [LintFinding] {
    guard statement.effect == .allow else { return [] }
    switch statement.principals {
    case .except?:
      return [
        LintFinding(
          .notPrincipalWithAllow, in: statement, element: "NotPrincipal",
          "Allow with NotPrincipal is for everyone but those who are named, anonymous callers included",
          remedy: "Name in Principal who is to be allowed.")
      ]
    case .only(let principals)? where principals.contains(.everyone):
      guard statement.conditions.isEmpty else { return [] }
      return [
        LintFinding(
          .everyonePrincipal, in: statement, element: "Principal",
          kind == .trust
            ? "Every principal of every account may assume the role"
            : "Everyone is allowed, anonymous callers included, and no condition narrows it",
          remedy: "Name principals, or add a condition such as aws:PrincipalOrgID.")
      ]
    default: return []
    }
  }
}
