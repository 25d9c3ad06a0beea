public import IAMIdentifiers

/// Who stands in a statement's `Principal` or `NotPrincipal`.
///
/// Source: "AWS JSON policy elements: Principal", IAM User Guide.
public enum Principal: Hashable, Sendable {
  /// `"*"` or `{"AWS": "*"}`.
  case everyone
  /// 12 digits or the `:root` ARN: every principal of the account that its own policies let in.
  ///
  /// - Parameter partition: the ARN's; nil for the number alone, which is of whichever partition the account is in.
  case account(AccountID, partition: Substring?)
  case role(ARN)
  case user(ARN)
  /// `arn:aws:sts::…:assumed-role/NAME/SESSION`.
  case roleSession(ARN)
  /// `arn:aws:sts::…:federated-user/NAME`.
  case federatedUser(ARN)
  /// A service principal such as `lambda.amazonaws.com`.
  case service(String)
  /// The ARN of a SAML or OpenID Connect provider, or the host of a web identity provider.
  case federated(String)
  /// A role's or user's unique id: what AWS stores for an ARN, and shows once the role or user has been deleted.
  case uniqueID(PrincipalID)
  /// The canonical user id of an account, in S3 policies.
  case canonicalUser(String)
  /// What can be none of these; the text as it was written.
  case malformed(String)

  /// - Parameters:
  ///   - type: the key in `Principal`: `AWS`, `Service`, `Federated`, `CanonicalUser`.
  ///   - text: the value.
  init(type: String, text: String) {
    switch type {
    case "AWS": self = Principal.aws(text)
    case "Service" where Principal.isPlain(text): self = .service(text)
    case "Federated" where Principal.isPlain(text): self = .federated(text)
    case "CanonicalUser" where Principal.isPlain(text): self = .canonicalUser(text)
    default: self = .malformed(text)
    }
  }

  private static func aws(_ text: String) -> Principal {
    if text == "*" { return .everyone }
    // A wildcard is not allowed inside a principal's ARN.
    guard isPlain(text) else { return .malformed(text) }
    if let account = AccountID(text) { return .account(account, partition: nil) }
    if let id = PrincipalID(text), id.kind != .other { return .uniqueID(id) }
    guard let arn = ARN(text), arn.region.isEmpty else { return .malformed(text) }
    if arn.service == "iam", arn.resource == "root", let account = arn.accountID {
      return .account(account, partition: arn.partition)
    }
    guard !arn.account.isEmpty, arn.resource.contains("/"), !arn.resourceName.isEmpty else {
      return .malformed(text)
    }
    switch (arn.service, arn.resourceType) {
    case ("iam", "role"): return .role(arn)
    case ("iam", "user"): return .user(arn)
    case ("sts", "assumed-role"): return .roleSession(arn)
    case ("sts", "federated-user"): return .federatedUser(arn)
    default: return .malformed(text)
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x2A && $0 != 0x3F && $0 != 0x7F }
      || text.hasPrefix("arn:")
        && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x2A && $0 != 0x3F && $0 != 0x7F }
  }
}
