public import IAMPolicy

/// Everything that decides what a principal may do in its own account, but for resource policies and sessions.
public struct GrantInputs: Hashable, Sendable {
  /// The policies of the role, or of the user and its groups.
  public var identityPolicies: [AttachedPolicy]
  /// Nil where the principal has no permissions boundary.
  public var permissionsBoundary: Limit?
  /// One list for each level from the organisation's root to the account; empty where SCPs do not apply: outside an
  /// organisation, in the management account, for service-linked roles.
  ///
  /// Each level must allow. A level without documents is one that was not exported, and limits by the unknown: AWS
  /// lets nobody detach the last SCP.
  public var serviceControlPolicies: [[PolicyDocument]]

  /// Made of its parts.
  public init(
    identityPolicies: [AttachedPolicy], permissionsBoundary: Limit? = nil,
    serviceControlPolicies: [[PolicyDocument]] = []
  ) {
    self.identityPolicies = identityPolicies
    self.permissionsBoundary = permissionsBoundary
    self.serviceControlPolicies = serviceControlPolicies
  }
}

/// An identity policy and where it comes from.
public struct AttachedPolicy: Hashable, Sendable {
  public let source: PolicySource
  /// Nil for a managed policy whose document is missing: it grants the unknown.
  public let document: PolicyDocument?

  /// Made of its parts.
  public init(source: PolicySource, document: PolicyDocument?) {
    self.source = source
    self.document = document
  }
}

/// How a principal came to an identity policy.
public enum PolicySource: Hashable, Sendable {
  case inline(name: String)
  case managed(arn: String, name: String)
  case groupInline(group: String, name: String)
  case groupManaged(group: String, arn: String, name: String)

  /// The policy's name.
  public var name: String {
    switch self {
    case .inline(let name), .managed(_, let name), .groupInline(_, let name), .groupManaged(_, _, let name):
      name
    }
  }
}

/// A permissions boundary.
public enum Limit: Hashable, Sendable {
  case document(PolicyDocument)
  /// The document is missing: it limits by the unknown.
  case missing
}

/// Which of the inputs a statement stands in.
public enum PolicyReference: Hashable, Sendable, Comparable {
  /// The place in `identityPolicies`.
  case identity(Int)
  case permissionsBoundary
  /// The level, and the place of the document in it.
  case serviceControlPolicy(level: Int, index: Int)
}
