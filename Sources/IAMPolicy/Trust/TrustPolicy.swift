public import IAMIdentifiers

/// Whom a role trust policy, or any other resource policy, lets in or keeps out: the principals it names and the
/// identities that its conditions name.
public struct TrustPolicy: Hashable, Sendable {
  /// The document's principals, in its order.
  public let principals: [TrustedPrincipal]
  /// What conditions say about who may come in, in the document's order.
  public let conditionIdentities: [ConditionIdentity]

  /// Reads the view from a document; statements that are not understood are included.
  public init(_ document: PolicyDocument) {
    var principals: [TrustedPrincipal] = []
    var identities: [ConditionIdentity] = []
    for statement in document.statements {
      let isExcepted = if case .except = statement.principals { true } else { false }
      for principal in statement.principals?.principals ?? [] {
        principals.append(
          TrustedPrincipal(principal: principal, isExcepted: isExcepted, statement: statement))
      }
      for condition in statement.conditions {
        guard let key = ConditionIdentity.Key(condition.key) else { continue }
        for value in condition.values {
          identities.append(
            ConditionIdentity(key: key, value: value, condition: condition, statement: statement))
        }
      }
    }
    self.principals = principals
    conditionIdentities = identities
  }

  /// Every unique id in the document, wherever it stands.
  public var uniqueIDs: [PrincipalID] {
    let named = principals.compactMap { if case .uniqueID(let id) = $0.principal { id } else { nil } }
    return Set(named + conditionIdentities.compactMap(\.uniqueID)).sorted()
  }
}

/// A principal in `Principal` or `NotPrincipal`.
public struct TrustedPrincipal: Hashable, Sendable {
  public let principal: Principal
  /// True where it stands in `NotPrincipal`.
  public let isExcepted: Bool
  public let statementIndex: Int
  public let sid: String?
  public let effect: Statement.Effect
  /// True where the statement has conditions.
  public let isConditional: Bool

  init(principal: Principal, isExcepted: Bool, statement: Statement) {
    self.principal = principal
    self.isExcepted = isExcepted
    statementIndex = statement.index
    sid = statement.sid
    effect = statement.effect
    isConditional = !statement.conditions.isEmpty
  }

  /// The element in AWS's word.
  public var element: String { isExcepted ? "NotPrincipal" : "Principal" }
}

/// A value of a condition that says who calls, or for which resource a service calls.
public struct ConditionIdentity: Hashable, Sendable {
  /// The keys that name somebody. Source: "AWS global condition context keys", IAM User Guide.
  public enum Key: String, Hashable, Sendable {
    case userID = "aws:userid"
    case principalARN = "aws:PrincipalArn"
    case sourceARN = "aws:SourceArn"

    init?(_ text: String) {
      switch text.lowercased() {
      case "aws:userid": self = .userID
      case "aws:principalarn": self = .principalARN
      case "aws:sourcearn": self = .sourceARN
      default: return nil
      }
    }
  }

  public let key: Key
  /// The value as it was written, wildcards included.
  public let value: String
  /// The operator as it was written.
  public let operatorText: String
  /// True where the condition keeps out whom it names.
  public let isNegated: Bool
  public let statementIndex: Int
  public let sid: String?
  public let effect: Statement.Effect

  init(key: Key, value: String, condition: Condition, statement: Statement) {
    self.key = key
    self.value = value
    operatorText = condition.operatorText
    isNegated = condition.comparison.isNegated
    statementIndex = statement.index
    sid = statement.sid
    effect = statement.effect
  }

  /// The element in AWS's word.
  public var element: String { "Condition" }

  /// The id in a value of `aws:userid`, such as `AROA…:*`: what stands before the colon.
  ///
  /// Such an id may be of a living principal; AWS replaces only those in `Principal`.
  public var uniqueID: PrincipalID? {
    guard key == .userID, let id = PrincipalID(value.prefix { $0 != ":" }), id.kind != .other else {
      return nil
    }
    return id
  }

  /// The ARN in a value of `aws:PrincipalArn` or `aws:SourceArn`, perhaps with wildcards.
  public var arn: ARN? { key == .userID ? nil : ARN(value) }

  /// True where the value holds `*` or `?`.
  public var hasWildcards: Bool { value.utf8.contains { $0 == 0x2A || $0 == 0x3F } }
}
