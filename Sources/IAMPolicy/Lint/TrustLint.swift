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
    if provider.isGitHub {
      let narrowing = IdentityProvider.repositoryClaims.contains { claim in
        statement.conditions.contains { narrows($0, "\(provider.host):\(claim)") }
      }
      guard !narrowing else { return [] }
      return [
        finding(
          "A workflow of any repository of GitHub may assume the role",
          "Compare \(provider.host):sub with repo:ORGANISATION/REPOSITORY:*.")
      ]
    }
    func isNarrowed(_ claim: String) -> Bool {
      statement.conditions.contains { narrows($0, "\(provider.host):\(claim)") }
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
  private func narrows(_ condition: Condition, _ claim: String) -> Bool {
    guard condition.isAbout(claim), !condition.ifExists, !condition.comparison.isNegated,
      condition.comparison != .null, !condition.values.isEmpty
    else { return false }
    if condition.qualifier == .forAllValues, !statement.asksForPresence(of: condition.key) { return false }
    guard condition.comparison == .stringLike else { return true }
    return condition.values.allSatisfy(IdentityProvider.isCertain)
  }
}

/// A provider that stands under `Federated`.
private struct IdentityProvider {
  let host: String
  let isSAML: Bool

  /// - Parameter name: the ARN of a provider, or the host of a web identity provider; nil for other ARNs.
  init?(_ name: String) {
    guard name.hasPrefix("arn:") else {
      (host, isSAML) = (name, false)
      return
    }
    if name.contains(":saml-provider/") {
      (host, isSAML) = (name, true)
    } else if let kind = name.firstRange(of: ":oidc-provider/") {
      (host, isSAML) = (String(name[kind.upperBound...]), false)
    } else {
      return nil
    }
  }

  var isGitHub: Bool { host.lowercased() == "token.actions.githubusercontent.com" }

  /// Providers that issue tokens to everybody's applications, and which IAM knows by their names.
  var isShared: Bool {
    [
      "accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com",
    ].contains(host.lowercased())
  }

  /// The claims that say for whom a token was issued. Source: "IAM and AWS STS condition context keys", section "Available keys
  /// for AWS OIDC federation", IAM User Guide.
  var audiences: [String] {
    switch host.lowercased() {
    case "graph.facebook.com", "www.amazon.com": ["app_id", "aud"]
    default: ["aud", "azp", "app_id"]
    }
  }

  /// Claims of GitHub that name a repository, or what it belongs to.
  static let repositoryClaims = [
    "sub", "repository", "repository_id", "repository_owner", "repository_owner_id", "job_workflow_ref",
    "enterprise", "enterprise_id",
  ]

  /// False for `*`, and for patterns such as `repo:*` or `repo:octo*` that repositories of strangers fit.
  static func isCertain(_ pattern: String) -> Bool {
    guard let wildcard = pattern.firstIndex(where: { $0 == "*" || $0 == "?" }) else { return true }
    let certain = pattern[..<wildcard]
    guard certain.hasPrefix("repo:") else { return !certain.isEmpty }
    return certain.contains("/")
  }
}
