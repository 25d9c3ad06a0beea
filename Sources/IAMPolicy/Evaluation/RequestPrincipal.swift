public import IAMIdentifiers

/// Who makes a request.
public enum RequestPrincipal: Hashable, Sendable {
  case user(ARN)
  case role(ARN)
  /// `arn:aws:sts::…:assumed-role/NAME/SESSION`.
  case roleSession(ARN)
  /// `arn:aws:sts::…:federated-user/NAME`.
  case federatedUser(ARN)
  /// `arn:aws:iam::…:root`.
  case root(ARN)
  /// A service's own principal, such as `cloudtrail.amazonaws.com`.
  case service(String)
  /// Somebody whom an identity provider vouches for: the ARN of a SAML or OpenID Connect provider, or a provider's host.
  case federated(String)
  case anonymous

  /// Nil for what is none of these.
  ///
  /// - Parameter text: an ARN, a service's name, a provider, or `*` for an anonymous caller.
  public init?(_ text: String) {
    if text == "*" {
      self = .anonymous
      return
    }
    guard let arn = ARN(text) else {
      guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x2A && $0 < 0x7F }), text.contains("."),
        !text.contains(":")
      else { return nil }
      // Services such as Alexa's are of amazon.com; two hosts of Amazon are identity providers.
      let isService = [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"].contains { text.hasSuffix($0) }
      let isProvider = ["cognito-identity.amazonaws.com", "www.amazon.com"].contains(text)
      self = isService && !isProvider ? .service(text) : .federated(text)
      return
    }
    switch (arn.service, arn.resourceType) {
    case ("iam", "user"): self = .user(arn)
    case ("iam", "role"): self = .role(arn)
    case ("iam", "root"):
      guard arn.accountID != nil, arn.resource == "root" else { return nil }
      self = .root(arn)
    case ("iam", "oidc-provider"), ("iam", "saml-provider"): self = .federated(text)
    case ("sts", "assumed-role"): self = .roleSession(arn)
    case ("sts", "federated-user"): self = .federatedUser(arn)
    default: return nil
    }
  }

  /// The caller's account; nil for services, providers and anonymous callers.
  public var account: AccountID? {
    switch self {
    case .user(let arn), .role(let arn), .roleSession(let arn), .federatedUser(let arn), .root(let arn):
      arn.accountID
    case .service, .federated, .anonymous: nil
    }
  }

  /// The partition of the caller's account; nil where it has none.
  var partition: Substring? {
    switch self {
    case .user(let arn), .role(let arn), .roleSession(let arn), .federatedUser(let arn), .root(let arn):
      arn.partition
    case .service, .federated, .anonymous: nil
    }
  }

  /// The role's name, of a role or of its session.
  var roleName: Substring? {
    switch self {
    case .role(let arn): arn.resourceName
    case .roleSession(let arn):
      arn.resource.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).dropFirst().first
    default: nil
    }
  }

  /// Whether it is a service-linked role by its path, or by the usual name of one where the path is not shown.
  var isServiceLinkedRole: Bool {
    switch self {
    case .role(let arn): arn.path.hasPrefix("/aws-service-role/")
    case .roleSession: roleName?.hasPrefix("AWSServiceRoleFor") ?? false
    default: false
    }
  }
}
