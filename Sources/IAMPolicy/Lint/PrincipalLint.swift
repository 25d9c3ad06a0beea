import IAMIdentifiers

/// Principals that open more than was meant, or that name nobody.
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
    guard let clause = statement.principals else { return [] }
    var findings = spelling(clause)
    guard statement.effect == .allow else { return findings }
    switch clause {
    case .except:
      findings.append(
        LintFinding(
          .notPrincipalWithAllow, in: statement, element: "NotPrincipal",
          "Allow with NotPrincipal is for everyone but those who are named, anonymous callers included",
          remedy: "Name in Principal who is to be allowed."))
    // Elsewhere the element is misplaced, or the policy grants nothing.
    case .only(let principals) where principals.contains(.everyone) && (kind == .resource || kind == .trust):
      findings += everyone
    default: break
    }
    return findings
  }

  private var everyone: [LintFinding] {
    let conditions = statement.conditions
    guard conditions.allSatisfy({ OpenCondition($0, in: statement, kind: kind).isMetByAnybody }) else {
      return []
    }
    let shown = conditions.prefix(3).map { "\(quoted($0.operatorText)) on \(quoted($0.key))" }
    return [
      LintFinding(
        .everyonePrincipal, in: statement, element: "Principal",
        (kind == .trust
          ? "Every principal of every account may assume the role"
          : "Everyone is allowed, anonymous callers included")
          + (conditions.isEmpty
            ? (kind == .trust ? "" : ", and no condition narrows it")
            : ", and anybody can meet \(shown.joined(separator: ", "))"),
        remedy: "Name principals, or add a condition such as aws:PrincipalOrgID.")
    ]
  }

  private func spelling(_ clause: PrincipalClause) -> [LintFinding] {
    let element = if case .only = clause { "Principal" } else { "NotPrincipal" }
    if clause.principals.isEmpty {
      return statement.isUnderstood
        ? [
          LintFinding(
            .emptyList, in: statement, element: element, "\(element) names nobody",
            remedy: "Name who is meant.")
        ] : []
    }
    return clause.principals.compactMap { principal in
      if let text = principal.variableText {
        return LintFinding(
          .malformedPrincipal, in: statement, element: element,
          "\(quoted(text)) holds a policy variable, which \(element) does not take",
          remedy: "Name the principal, or compare with aws:PrincipalArn in a condition.")
      }
      guard case .service(let name) = principal, !name.contains(".") else { return nil }
      return LintFinding(
        .malformedPrincipal, in: statement, element: element, "\(quoted(name)) names no service",
        remedy: "Write the service's principal, such as ec2.amazonaws.com.")
    }
  }
}

extension Principal {
  /// The text of one that holds `${`, and is not reported as malformed anyway.
  fileprivate var variableText: String? {
    let text: String? =
      switch self {
      case .role(let arn), .user(let arn), .roleSession(let arn), .federatedUser(let arn): arn.description
      case .service(let text), .federated(let text), .canonicalUser(let text): text
      case .everyone, .account, .uniqueID, .malformed: nil
      }
    return text.flatMap { $0.contains("${") ? $0 : nil }
  }
}
