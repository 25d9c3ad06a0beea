import CTrailFacts

/// What kind of caller an event names.
///
/// Source: "CloudTrail userIdentity element", AWS CloudTrail User Guide.
public enum PrincipalKind: String, Sendable, CaseIterable {
  case role
  case user
  case root
  case service
  case saml
  case webIdentity = "web-identity"
  case identityCenter = "identity-center"
  /// An account, where nothing tells which of its principals called.
  case account
  case anonymous
  case unknown
  /// A unique id of another kind.
  case other

  /// The kind by the scanner's number.
  public init(_ number: UInt32) {
    self =
      switch Int(number) {
      case TF_ROLE: .role
      case TF_USER: .user
      case TF_ROOT: .root
      case TF_SERVICE: .service
      case TF_SAML: .saml
      case TF_WEB_IDENTITY: .webIdentity
      case TF_IDENTITY_CENTER: .identityCenter
      case TF_ACCOUNT: .account
      case TF_ANONYMOUS: .anonymous
      case TF_OTHER: .other
      default: .unknown
      }
  }
}
