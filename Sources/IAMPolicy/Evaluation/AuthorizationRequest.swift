public import IAMIdentifiers

/// A request that is to be allowed or denied.
public struct AuthorizationRequest: Hashable, Sendable {
  public let principal: RequestPrincipal
  /// The caller's unique id, or that of the role whose session calls; nil where only `aws:userid` may tell it.
  public let principalID: PrincipalID?
  public let action: ActionName
  /// An ARN, or `*` for an action without a resource. With `*` or `?` in it, the request is about all that such a pattern
  /// describes as an entry of `Resource`: it is allowed where all of them are.
  public let resource: String
  /// The account that owns the resource; by default the ARN's, else the caller's.
  public let resourceAccount: AccountID?
  public let context: RequestContext

  /// Made of its parts.
  public init(
    principal: RequestPrincipal, principalID: PrincipalID? = nil, action: ActionName, resource: String,
    resourceAccount: AccountID? = nil,
    context: RequestContext = RequestContext()
  ) {
    self.principal = principal
    self.principalID = principalID
    self.action = action
    self.resource = resource
    self.resourceAccount = resourceAccount ?? ARN(resource)?.accountID ?? principal.account
    self.context = context
  }

  /// Whether the caller's account owns the resource.
  public var isSameAccount: Bool { principal.account != nil && principal.account == resourceAccount }

  /// Keys and roles are guarded by their own policies first: without those nobody has access, root and owner included.
  ///
  /// Sources: "Key policies in AWS KMS", KMS Developer Guide; "Policy evaluation logic", IAM User Guide.
  public var needsResourceSide: Bool {
    if isAssumption { return true }
    guard let arn = ARN(resource) else { return false }
    switch String(action.service).lowercased() {
    case "kms": return arn.service == "kms" && arn.resourceType == "key"
    case "sts": return arn.service == "iam" && arn.resourceType == "role"
    default: return false
    }
  }

  /// Nothing on the resource's side says who may take a member account's root user on: the caller's own policies decide alone.
  ///
  /// Sources: "AssumeRoot", AWS STS API Reference; "Perform a privileged task on an AWS Organizations member account", IAM User
  /// Guide.
  var isWithoutResourceSide: Bool { action.lowercased == "sts:assumeroot" }

  /// Whether the root user of the key's account retires a grant, which needs nothing of the key policy.
  ///
  /// Source: "Retiring and revoking grants", AWS KMS Developer Guide.
  var isRetirementByOwner: Bool {
    guard case .root = principal, isSameAccount, action.lowercased == "kms:retiregrant" else { return false }
    return ARN(resource)?.service == "kms"
  }

  /// A call that is not signed tells nothing of its caller. Source: "GetCallerIdentity", AWS STS API Reference.
  var isUnsignedGetCallerIdentity: Bool {
    principal == .anonymous && action.lowercased == "sts:getcalleridentity"
  }

  private var isAssumption: Bool {
    ["sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"].contains(action.lowercased)
  }

  /// Whether a service's own role calls, which is beyond the organisation's policies.
  ///
  /// A session's ARN lacks the role's path; `aws:PrincipalArn` has it, and where that key is not given the name must do.
  /// Source: "Service-linked roles", IAM User Guide: their path begins with `aws-service-role`.
  var isByServiceLinkedRole: Bool {
    guard case .roleSession = principal, case .values(let values) = context.lookup("aws:PrincipalArn"),
      let arn = values.first.flatMap({ ARN($0) })
    else { return principal.isServiceLinkedRole }
    return arn.path.hasPrefix("/aws-service-role/")
  }

  /// Whether the key is one that AWS manages: only theirs have aliases that begin with `alias/aws/`.
  ///
  /// Source: "Aliases in AWS KMS", AWS KMS Developer Guide.
  var isAboutManagedKey: Bool {
    guard String(action.service).lowercased() == "kms" else { return false }
    if let arn = ARN(resource), arn.resource.hasPrefix("alias/aws/") { return true }
    guard case .values(let aliases) = context.lookup("kms:ResourceAliases") else { return false }
    return aliases.contains { $0.hasPrefix("alias/aws/") }
  }

  /// Nobody becomes a role, or another account's root user, as the root user. Sources: "AssumeRole" and "AssumeRoot", AWS STS API
  /// Reference.
  var isAssumptionByRoot: Bool {
    if case .root = principal { return isAssumption || isWithoutResourceSide }
    return false
  }

  /// The root user of a bucket's owner can repair the bucket's policy even where it denies that; only the organisation's and
  /// endpoints' policies can keep it from that. Source: "PutBucketPolicy", Amazon S3 API Reference.
  var isRepairOfBucketPolicy: Bool {
    guard case .root = principal, isSameAccount else { return false }
    return ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"].contains(action.lowercased)
  }

  /// What no policy decides on: why it is allowed, or nil.
  ///
  /// Sources: "GetCallerIdentity", AWS STS API Reference: no permission is required, even where a policy denies it, but the call
  /// must be signed.
  /// "Permissions for GetSessionToken", IAM User Guide: none is required of a user, and policies cannot control it.
  var reasonBeyondPolicies: String? {
    if isUnsignedGetCallerIdentity { return nil }
    switch (action.lowercased, principal) {
    case ("sts:getcalleridentity", _):
      return "sts:GetCallerIdentity needs no permission, and none can be denied"
    case ("sts:getsessiontoken", .user), ("sts:getsessiontoken", .root):
      return "sts:GetSessionToken needs no permission of a user, and none can be denied"
    default: return nil
    }
  }
}

/// A policy and what it is called in explanations.
public struct NamedPolicy: Hashable, Sendable {
  public let name: String
  public let document: PolicyDocument

  /// Made of its parts.
  public init(name: String, document: PolicyDocument) {
    self.name = name
    self.document = document
  }
}

/// The policies that decide on a request. A layer that does not exist limits nothing; one that exists and is empty allows
/// nothing.
public struct AuthorizationPolicies: Hashable, Sendable {
  /// Of the user and its groups, or of the role.
  public var identityPolicies: [NamedPolicy]
  public var permissionsBoundaries: [NamedPolicy]?
  /// Passed when the session was made.
  public var sessionPolicies: [NamedPolicy]?
  /// Of the resource: a bucket policy, key policy, role trust policy, …
  public var resourcePolicies: [NamedPolicy]
  /// One list for each level from the organisation's root to the caller's account.
  public var serviceControlPolicies: [[NamedPolicy]]
  /// One list for each level from the organisation's root to the resource's account.
  public var resourceControlPolicies: [[NamedPolicy]]
  /// Of the VPC endpoint through which the request came.
  public var endpointPolicies: [NamedPolicy]?
  /// Of the KMS key.
  public var keyGrants: [KeyGrant]
  /// Why there may be grants of the key beside these, without a full stop; nil where there are none.
  public var moreKeyGrants: String?

  /// Made of its parts.
  public init(
    identityPolicies: [NamedPolicy] = [], permissionsBoundaries: [NamedPolicy]? = nil,
    sessionPolicies: [NamedPolicy]? = nil, resourcePolicies: [NamedPolicy] = [],
    serviceControlPolicies: [[NamedPolicy]] = [], resourceControlPolicies: [[NamedPolicy]] = [],
    endpointPolicies: [NamedPolicy]? = nil, keyGrants: [KeyGrant] = [], moreKeyGrants: String? = nil
  ) {
    self.identityPolicies = identityPolicies
    self.permissionsBoundaries = permissionsBoundaries
    self.sessionPolicies = sessionPolicies
    self.resourcePolicies = resourcePolicies
    self.serviceControlPolicies = serviceControlPolicies
    self.resourceControlPolicies = resourceControlPolicies
    self.endpointPolicies = endpointPolicies
    self.keyGrants = keyGrants
    self.moreKeyGrants = moreKeyGrants
  }
}
