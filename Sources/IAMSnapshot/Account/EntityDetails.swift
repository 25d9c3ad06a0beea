public import IAMIdentifiers

/// A managed policy that something refers to: attached, or set as permissions boundary.
public struct PolicyReference: Hashable, Sendable {
  /// The policy's ARN as it was written; empty where it could not be read.
  public let arnText: String
  /// The name, where the document gives it; a boundary has none.
  public let name: String?

  /// Made of its parts.
  public init(arnText: String, name: String?) {
    self.arnText = arnText
    self.name = name
  }

  /// The ARN, if it is one.
  public var arn: ARN? { ARN(arnText) }
}

/// A policy embedded in a user, group or role.
public struct InlinePolicy: Hashable, Sendable {
  public let name: String
  /// Nil where the export has the name only: what the policy grants is unknown.
  public let document: RawPolicy?

  /// Made of its parts.
  public init(name: String, document: RawPolicy?) {
    self.name = name
    self.document = document
  }
}

/// A tag of an IAM entity.
public struct Tag: Hashable, Sendable {
  public let key: String
  public let value: String

  /// Made of its parts.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// What users, groups and roles have in common in an account page.
///
/// Identifiers are kept as they were written, nil where the page has none; the typed ones are nil also where the
/// text is malformed. Source: "GetAccountAuthorizationDetails", IAM API Reference.
public struct EntityDetail: Hashable, Sendable {
  /// The unique id as it was written.
  public let idText: String?
  public let arnText: String?
  public let name: String?
  public let path: String?
  public let created: UTCTime?
  public let inlinePolicies: [InlinePolicy]
  public let attachedPolicies: [PolicyReference]

  /// The unique id, if it is one.
  public var principalID: PrincipalID? { idText.flatMap { PrincipalID($0) } }
  /// The ARN, if it is one.
  public var arn: ARN? { arnText.flatMap { ARN($0) } }
  /// The account that the ARN names.
  public var account: AccountID? { arn?.accountID }

  /// What tells two entities of one kind apart: the unique id, else the ARN, else the name.
  var key: String { idText ?? arnText ?? name ?? "" }
}

/// A role in an account page.
public struct RoleDetail: Hashable, Sendable {
  public let entity: EntityDetail
  /// Nil where the page has none.
  public let trustPolicy: RawPolicy?
  /// Nil where the role has no boundary. A boundary whose ARN is unreadable has an empty one, and limits by the
  /// unknown.
  public let permissionsBoundary: PolicyReference?
  public let tags: [Tag]
  /// When IAM last saw the role used, denied calls included; it remembers 400 days.
  public let lastUsed: UTCTime?
  public let lastUsedRegion: String?
  public let instanceProfiles: [InstanceProfile]

  /// The RoleId, if it is one.
  public var roleID: RoleID? { entity.idText.flatMap { RoleID($0) } }
}

/// An instance profile and the roles in it (at most one, as AWS has it today).
public struct InstanceProfile: Hashable, Sendable {
  public let arnText: String?
  public let name: String?
  public let idText: String?
  public let roleIDs: [String]

  /// The ARN, if it is one.
  public var arn: ARN? { arnText.flatMap { ARN($0) } }
}

/// A user in an account page.
public struct UserDetail: Hashable, Sendable {
  public let entity: EntityDetail
  public let groupNames: [String]
  /// As for a role.
  public let permissionsBoundary: PolicyReference?
  public let tags: [Tag]
}

/// A group in an account page.
public struct GroupDetail: Hashable, Sendable {
  public let entity: EntityDetail
}

/// A managed policy in an account page; of its versions only the default one grants.
public struct ManagedPolicyDetail: Hashable, Sendable {
  /// One version; the documents of versions that grant nothing are not kept.
  public struct Version: Hashable, Sendable {
    public let versionID: String?
    public let created: UTCTime?
    public let isDefault: Bool
  }

  public let arnText: String?
  public let name: String?
  public let idText: String?
  public let path: String?
  public let created: UTCTime?
  /// When the newest version was made.
  public let updated: UTCTime?
  public let attachmentCount: Int64?
  public let boundaryUsageCount: Int64?
  public let isAttachable: Bool?
  public let versions: [Version]
  public let defaultVersionID: String?
  /// When the version that grants was made; not when it became the default.
  public let defaultVersionCreated: UTCTime?
  /// The document that grants; nil where the page does not have it.
  public let defaultDocument: RawPolicy?

  /// The ARN, if it is one.
  public var arn: ARN? { arnText.flatMap { ARN($0) } }
  /// The account that the ARN names; nil for policies that AWS manages.
  public var account: AccountID? { arn?.accountID }

  var key: String { arnText ?? idText ?? name ?? "" }
}
