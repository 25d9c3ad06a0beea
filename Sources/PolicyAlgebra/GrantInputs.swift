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
  /// What limits access to the resources of the principal's own account, a list for each level; empty where nothing does.
  ///
  /// They only deny, and only on these resources, so that they narrow grants and never take one away. A level without
  /// documents limits nothing.
  public var resourceControlPolicies: [[PolicyDocument]]
  /// The condition keys that have the same values in every request of the principal, such as `aws:PrincipalArn`; others
  /// are not known.
  public var context: RequestContext

  /// Made of its parts.
  public init(
    identityPolicies: [AttachedPolicy], permissionsBoundary: Limit? = nil,
    serviceControlPolicies: [[PolicyDocument]] = [], resourceControlPolicies: [[PolicyDocument]] = [],
    context: RequestContext = RequestContext(isComplete: false)
  ) {
    self.identityPolicies = identityPolicies
    self.permissionsBoundary = permissionsBoundary
    self.serviceControlPolicies = serviceControlPolicies
    self.resourceControlPolicies = resourceControlPolicies
    self.context = context
  }

  /// Which statements' conditions hold, or fail, in every request of the principal, by their places: principals with equal
  /// policies and equal answers have equal grants.
  public var settledConditions: [String] {
    var settled: [String] = []
    func settle(_ place: String, _ document: PolicyDocument?) {
      for statement in document?.statements ?? [] where !statement.conditions.isEmpty {
        switch statement.conditionsHold(in: context) {
        case .yes: settled.append("\(place) \(statement.index) holds")
        case .no: settled.append("\(place) \(statement.index) fails")
        case .depends: continue
        }
      }
    }
    for (index, policy) in identityPolicies.enumerated() { settle("identity \(index)", policy.document) }
    if case .document(let document)? = permissionsBoundary { settle("boundary", document) }
    for (level, documents) in serviceControlPolicies.enumerated() {
      for (index, document) in documents.enumerated() { settle("scp \(level) \(index)", document) }
    }
    for (level, documents) in resourceControlPolicies.enumerated() {
      for (index, document) in documents.enumerated() { settle("rcp \(level) \(index)", document) }
    }
    return settled
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
  /// The level, and the place of the document in it.
  case resourceControlPolicy(level: Int, index: Int)
}
