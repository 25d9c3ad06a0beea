/// Role trust policies that IAM refuses, that let nobody in, or that let in whoever has a token of a shared provider.
///
/// Sources: "How to use trust policies with IAM roles" and "IAM policy validation check reference", IAM User Guide.
struct TrustLint {
  private let statement: Statement
  private let actions: [ActionPattern]

  /// Nil where the statement is not understood, or is about all actions but some.
  init?(_ statement: Statement) {
    guard statement.isUnderstood, case .only(let actions)? = statement.actions else { return nil }
    self.statement = statement
    self.actions = actions
  }

  var findings: [LintFinding] {
    var findings = foreignActions
    if case .except? = statement.principals, statement.effect == .deny {
      findings.append(
        LintFinding(
          .misplacedElement, in: statement, element: "NotPrincipal",
          "NotPrincipal stands in a trust policy, which takes Principal only",
          remedy: "Write * in Principal, and except by a condition on aws:PrincipalArn."))
    }
    guard statement.effect == .allow, case .only(let principals)? = statement.principals else {
      return findings
    }
    findings += mismatch(principals)
    for case .federated(let name) in principals where allows(.webIdentity) {
      if let provider = IdentityProvider(name), !provider.isSAML { findings += claims(provider) }
    }
    return findings
  }

  // MARK: - Actions

  /// The actions that give a session of a role. The raw value is the name in lower case.
  private enum Assuming: String, CaseIterable {
    case role = "assumerole"
    case saml = "assumerolewithsaml"
    case webIdentity = "assumerolewithwebidentity"

    var name: String {
      switch self {
      case .role: "sts:AssumeRole"
      case .saml: "sts:AssumeRoleWithSAML"
      case .webIdentity: "sts:AssumeRoleWithWebIdentity"
      }
    }
  }

  /// What may be asked for on the way. Sources: "Passing session tags in AWS STS", "Monitor and control actions taken with
  /// assumed roles" and "Trusted identity propagation", IAM User Guide and IAM Identity Center User Guide.
  private static let accompanying = ["tagsession", "setsourceidentity", "setcontext"]

  private static func matches(_ pattern: ActionPattern, _ name: String) -> Bool {
    pattern.servicePrefix == "sts" && pattern.matchesName(Array(name.utf8)[...])
  }

  private func allows(_ action: Assuming) -> Bool {
    actions.contains { TrustLint.matches($0, action.rawValue) }
  }

  private var foreignActions: [LintFinding] {
    let known = Assuming.allCases.map(\.rawValue) + TrustLint.accompanying
    return actions.filter { pattern in !known.contains { TrustLint.matches(pattern, $0) } }.map { pattern in
      LintFinding(
        .foreignTrustAction, in: statement, element: "Action",
        "\(quoted(pattern.description)) is no action by which a role is assumed",
        remedy:
          "Write sts:AssumeRole, or one of its kin; what the role may do stands in its identity policies.")
    }
  }

  private func mismatch(_ principals: [Principal]) -> [LintFinding] {
    guard Assuming.allCases.contains(where: allows) else { return [] }
    return principals.compactMap { principal in
      let needed: Assuming
      let shown: String
      switch principal {
      case .malformed, .canonicalUser: return nil
      case .federated(let name):
        guard let provider = IdentityProvider(name) else { return nil }
        needed = provider.isSAML ? .saml : .webIdentity
        shown = "The identity provider \(quoted(name))"
      case .service(let name): (needed, shown) = (.role, "The service \(quoted(name))")
      // Everyone is federated callers too.
      case .everyone: return nil
      case .account, .role, .user, .roleSession, .federatedUser, .uniqueID:
        (needed, shown) = (.role, "A principal of AWS")
      }
      guard !allows(needed) else { return nil }
      return LintFinding(
        .trustActionMismatch, in: statement, element: "Action",
        "\(shown) assumes roles by \(needed.name), which the statement does not allow",
        remedy: "Write \(needed.name).")
    }
  }

  // MARK: - Claims

  private func claims(_ provider: IdentityProvider) -> [LintFinding] {
    func finding(
      _ sentence: String, _ remedy: String, _ severity: LintRule.Severity? = nil
    ) -> LintFinding {
      LintFinding(
        .openIdentityProvider, severity: severity, in: statement,
        element: statement.conditions.isEmpty ? "Principal" : "Condition", sentence, remedy: remedy)
    }
    func isNarrowed(_ claim: String) -> Bool {
      statement.conditions.contains { narrows($0, "\(provider.host):\(claim)", of: provider) }
    }
    if let tenants = provider.tenants {
      guard !tenants.claims.contains(where: isNarrowed) else { return [] }
      return [
        finding(
          "\(tenants.name) may assume the role",
          "Compare \(provider.host):\(tenants.claims[0]) with \(tenants.example).")
      ]
    }
    guard !provider.audiences.contains(where: isNarrowed) else { return [] }
    let audience = "\(provider.host):\(provider.audiences[0])"
    guard !provider.isShared, isNarrowed("sub") else {
      return [
        finding(
          "Any token of \(quoted(provider.host)) is good for the role, whomever it was issued for",
          "Compare \(quoted(audience)) with your application's id.")
      ]
    }
    return [
      finding(
        "Tokens of \(quoted(provider.host)) are taken whatever audience they were issued for",
        "Compare \(quoted(audience)) with your application's id, too.", .note)
    ]
  }

  /// Whether a condition asks for certain values of the claim.
  private func narrows(_ condition: Condition, _ claim: String, of provider: IdentityProvider) -> Bool {
    guard condition.isAbout(claim), !condition.ifExists, !condition.comparison.isNegated,
      condition.comparison != .null, !condition.values.isEmpty
    else { return false }
    if condition.qualifier == .forAllValues, !statement.asksForPresence(of: condition.key) { return false }
    guard condition.comparison == .stringLike else { return true }
    return condition.values.allSatisfy(provider.isCertain)
  }
}
