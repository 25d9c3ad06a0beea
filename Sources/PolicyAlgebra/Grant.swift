public import IAMIdentifiers
public import IAMPolicy

/// An action that a principal may call, on some resource and in some circumstances at least.
public struct Grant: Hashable, Sendable {
  public let action: ActionName
  /// The action's place in the universe; nil for an action that a policy spells out and the universe does not know.
  public let catalogIndex: Int?
  public let kind: GrantKind
  public let resourceScope: ResourceScope
  /// What narrows the grant, sorted.
  public let limitedBy: [GrantLimit]
  /// The Allow statements of identity policies that grant it, and the Deny statements of any layer that narrow it, in order.
  public let statements: [GrantStatement]
  /// The entries of `Resource` in those Allow statements, sorted, each once.
  public let resources: [String]
  /// The entries of `NotResource` in those Allow statements, sorted, each once.
  public let exceptResources: [String]
  /// The condition keys on which the grant depends, whatever its kind: sorted, each once.
  public let conditionKeys: [String]
}

/// How firmly an action is granted.
public enum GrantKind: Hashable, Sendable {
  /// An Allow without condition, and nothing that narrows it.
  case unconditional
  /// Only under conditions, of the Allow itself or of the layer that must allow as well.
  case conditional(keys: [String])
  /// A Deny takes a part away, of an identity policy, a boundary, SCP or RCP; or a boundary or SCP allows only some
  /// resources.
  case narrowed
  /// Something that was not understood, or is missing, decides.
  case unknown

  /// The word for programs.
  public var code: String {
    switch self {
    case .unconditional: "unconditional"
    case .conditional: "conditional"
    case .narrowed: "narrowed"
    case .unknown: "unknown"
    }
  }
}

/// How many actions a principal is granted, by how firmly.
public struct GrantCounts: Hashable, Sendable {
  public var unconditional = 0
  public var conditional = 0
  public var narrowed = 0
  public var unknown = 0

  /// No action at all.
  public init() {}

  /// All actions.
  public var all: Int { unconditional + conditional + narrowed + unknown }
}

/// On how much an action is granted, the widest of the Allow statements.
public enum ResourceScope: String, Hashable, Sendable {
  /// `"Resource": "*"`.
  case all
  /// Wildcards, policy variables, or `NotResource`.
  case pattern
  /// ARNs written out.
  case listed
}

/// What narrows a grant. The raw value is the word for programs.
public enum GrantLimit: String, Hashable, Sendable, CaseIterable, Comparable {
  /// A Deny statement of an identity policy.
  case denyStatement = "deny-statement"
  case permissionsBoundary = "permissions-boundary"
  /// A Deny of a resource control policy, for resources of the principal's own account.
  case resourceControlPolicy = "resource-control-policy"
  /// What narrows it does so for some resources only.
  case resource
  case serviceControlPolicy = "service-control-policy"

  /// In the order of their spelling.
  public static func < (left: GrantLimit, right: GrantLimit) -> Bool { left.rawValue < right.rawValue }
}

/// A statement that grants or narrows an action.
public struct GrantStatement: Hashable, Sendable {
  public let policy: PolicyReference
  /// The statement's place in its document.
  public let statementIndex: Int
  public let effect: Statement.Effect
  /// True where the statement spells the action out.
  public let isExplicitName: Bool

  /// The place in `GrantInputs.identityPolicies`; nil for statements of other layers.
  public var policyIndex: Int? {
    if case .identity(let index) = policy { index } else { nil }
  }
}

/// A policy, level or statement about which too little is known.
public struct UnknownSource: Hashable, Sendable {
  public let policy: PolicyReference
  /// Nil for a policy as a whole.
  public let statementIndex: Int?
  /// As a sentence without a full stop.
  public let reason: String
}

/// Actions that an Allow statement names in vain.
public struct IneffectiveAllow: Hashable, Sendable {
  /// Why they are not granted by the statement.
  public enum Reason: String, Hashable, Sendable {
    /// They can only be granted on every resource, and the statement names some.
    case needsEveryResource = "needs-every-resource"
  }

  /// The place in `GrantInputs.identityPolicies`.
  public let policyIndex: Int
  public let statementIndex: Int
  public let reason: Reason
  /// Over the universe's places; another statement may grant them.
  public let actions: ActionSet
}
