public import IAMIdentifiers

/// One statement of a policy document.
///
/// Source: "IAM JSON policy element reference", IAM User Guide.
public struct Statement: Hashable, Sendable {
  /// What a statement does with what it matches.
  public enum Effect: String, Hashable, Sendable {
    case allow, deny
    /// `Effect` is missing or neither `Allow` nor `Deny`.
    case unknown
  }

  /// The statement's place in the document, counted from 0.
  public let index: Int
  public let sid: String?
  public let effect: Effect
  /// Nil only where the statement is not understood: then it may be about any action.
  public let actions: ActionClause?
  /// Nil where the statement names no resources, as in trust policies.
  public let resources: ResourceClause?
  /// Nil where the statement names no principals, as in identity policies.
  public let principals: PrincipalClause?
  /// All must hold. Empty where the statement always applies.
  public let conditions: [Condition]
  /// Why the statement is not understood; nil where it is. What is not understood grants or denies the unknown, never
  /// nothing.
  public let notUnderstood: String?
  /// True where the reason for that lies in the document as a whole.
  let isDocumentAtFault: Bool

  /// True where every element is known and well-formed.
  public var isUnderstood: Bool { notUnderstood == nil }

  /// The condition keys that the statement asks for, as written, in the document's order.
  public var conditionKeys: [String] { conditions.map(\.key) }
}

/// `Action` or `NotAction`.
public enum ActionClause: Hashable, Sendable {
  case only([ActionPattern])
  case except([ActionPattern])

  /// True if the clause is about the action.
  public func matches(_ action: ActionName) -> Bool {
    switch self {
    case .only(let patterns): patterns.contains { $0.matches(action) }
    case .except(let patterns): !patterns.contains { $0.matches(action) }
    }
  }
}

/// `Resource` or `NotResource`.
public enum ResourceClause: Hashable, Sendable {
  case only([ResourcePattern])
  case except([ResourcePattern])

  /// True if the clause is about the resource, an ARN in plain text.
  public func matches(_ resource: String) -> Bool {
    switch self {
    case .only(let patterns): patterns.contains { $0.matches(resource) }
    case .except(let patterns): !patterns.contains { $0.matches(resource) }
    }
  }
}

/// `Principal` or `NotPrincipal`.
public enum PrincipalClause: Hashable, Sendable {
  case only([Principal])
  case except([Principal])

  /// The principals that are written down, whichever element they stand in.
  public var principals: [Principal] {
    switch self {
    case .only(let principals), .except(let principals): principals
    }
  }
}
