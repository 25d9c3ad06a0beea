/// A provider that stands under `Federated` in a trust policy.
struct IdentityProvider {
  /// What names the users of a provider that many organisations share.
  struct Tenants {
    /// The provider in its own words.
    let name: String
    /// The claims any of which says whose token it is; the usual one first.
    let claims: [String]
    /// What to compare the usual one with.
    let example: String
  }

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

  /// Nil for a provider of one organisation, and for those that tell by the audience whose token it is.
  ///
  /// Source: "Identity-provider controls for shared OIDC providers", IAM User Guide, as of November 2026: IAM refuses new trust
  /// policies that do not look at these claims.
  var tenants: Tenants? {
    let host = host.lowercased()
    if host == "token.actions.githubusercontent.com" {
      return Tenants(
        name: "Any repository of GitHub", claims: ["sub"] + IdentityProvider.repositoryClaims,
        example: "repo:ORGANISATION/REPOSITORY:*")
    }
    guard let name = IdentityProvider.shared[host] else { return nil }
    return Tenants(name: "Any customer of \(name)", claims: ["sub"], example: "what names your organisation")
  }

  /// Claims of GitHub that name a repository, or what it belongs to. Source: "IAM and AWS STS condition context keys", IAM
  /// User Guide.
  private static let repositoryClaims = [
    "enterprise", "enterprise_id", "job_workflow_ref", "repository", "repository_id", "repository_owner",
    "repository_owner_id",
  ]

  private static let shared = [
    "agent.buildkite.com": "Buildkite", "app.terraform.io": "HCP Terraform", "gitlab.com": "GitLab",
    "oidc-configuration.audit-log.githubusercontent.com": "GitHub's audit log streaming",
    "oidc.codefresh.io": "Codefresh",
    "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb": "IBM Turbonomic",
    "proidc.upbound.io": "Upbound", "scalr.io": "Scalr", "studio.datachain.ai/api": "DVC Studio",
    "tokens.cloud.shisho.dev": "Shisho Cloud", "vstoken.actions.githubusercontent.com": "GitHub",
  ]

  /// Providers of which the audience alone says for whose application a token was issued.
  ///
  /// Sources: as for `tenants`, and "OIDC federation", IAM User Guide.
  var isShared: Bool {
    [
      "accounts.google.com", "api.pulumi.com/oidc", "cognito-identity.amazonaws.com", "graph.facebook.com",
      "oidc.vercel.com", "sandboxes.cloud", "www.amazon.com",
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

  /// False for `*`, and for patterns such as `repo:*` or `repo:octo*` that strangers' tokens fit.
  func isCertain(_ pattern: String) -> Bool {
    guard let wildcard = pattern.firstIndex(where: { $0 == "*" || $0 == "?" }) else { return true }
    let certain = pattern[..<wildcard]
    guard tenants != nil else { return !certain.isEmpty }
    // The organisation's name has to end before the wildcard begins: after the claim's own `repo:` and the like.
    let name = certain.firstIndex(of: ":").map { certain[certain.index(after: $0)...] } ?? certain
    return name.contains { $0 == "/" || $0 == ":" }
  }
}
