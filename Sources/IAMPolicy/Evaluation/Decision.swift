/// The answer to a request. The raw value is AWS's word.
public enum Decision: String, Hashable, Sendable, CaseIterable {
  case allowed = "Allowed"
  case implicitlyDenied = "ImplicitlyDenied"
  case explicitlyDenied = "ExplicitlyDenied"
}

/// A decision and what it rests on.
public struct Evaluation: Hashable, Sendable {
  /// Where something is not known, what holds if it does not come true: `Allowed` is never a guess.
  public let decision: Decision
  /// What would have to be known to be certain: condition keys, policies and statements. Empty where it is certain.
  public let dependsOn: [String]
  /// Layer by layer, in the order in which AWS documents them.
  public let layers: [LayerOutcome]
  /// In one sentence.
  public let reason: String

  public var isCertain: Bool { dependsOn.isEmpty }
}

/// What one kind of policy says about a request.
public struct LayerOutcome: Hashable, Sendable {
  /// The kinds of policies, and rules that stand for one.
  public enum Kind: Hashable, Sendable {
    case identityPolicies, permissionsBoundary, sessionPolicies, resourcePolicy, keyGrants, endpointPolicy
    case serviceControlPolicies(level: Int)
    case resourceControlPolicies(level: Int)

    /// In AWS's words, with the level of an organisation's policies.
    public var name: String {
      switch self {
      case .serviceControlPolicies(let level), .resourceControlPolicies(let level):
        "\(nameOfAllLevels), level \(level + 1)"
      default: nameOfAllLevels
      }
    }

    /// In AWS's words.
    public var nameOfAllLevels: String {
      switch self {
      case .identityPolicies: "identity-based policies"
      case .permissionsBoundary: "permissions boundary"
      case .sessionPolicies: "session policies"
      case .resourcePolicy: "resource-based policy"
      case .keyGrants: "KMS grants"
      case .endpointPolicy: "VPC endpoint policy"
      case .serviceControlPolicies: "service control policies"
      case .resourceControlPolicies: "resource control policies"
      }
    }
  }

  /// What comes of a layer.
  public enum Result: String, Hashable, Sendable {
    case allows
    case deniesExplicitly = "denies"
    case doesNotAllow = "does-not-allow"
    case depends
    /// The layer does not limit this request: the caller or the service is exempt.
    case exempt
    /// There is no such layer.
    case absent
  }

  public let kind: Kind
  public let result: Result
  /// Why it is exempt, or what else is to be known of it.
  public private(set) var note: String?
  /// The statements that are about the request, whether their conditions hold or not.
  public let statements: [StatementOutcome]
  let allow: Truth
  let deny: Truth

  /// - Parameters:
  ///   - allow, deny: what the layer says where it is not simply what its statements say.
  init(
    _ kind: Kind, _ statements: [StatementOutcome], allow: Truth? = nil, deny: Truth? = nil,
    note: String? = nil
  ) {
    self.kind = kind
    self.statements = statements
    self.note = note
    self.allow = allow ?? Truth.any(statements.filter { $0.effect != .deny }.map(\.truth))
    self.deny = deny ?? Truth.any(statements.filter { $0.effect != .allow }.map(\.truth))
    result =
      switch (self.deny, self.allow) {
      case (.yes, _): .deniesExplicitly
      case (.depends, _), (.no, .depends): .depends
      case (.no, .yes): .allows
      case (.no, .no): .doesNotAllow
      }
  }

  /// The same with a note, where it has none.
  func noting(_ text: String) -> LayerOutcome {
    var copy = self
    copy.note = note ?? text
    return copy
  }

  init(_ kind: Kind, exempt note: String) {
    (self.kind, result, self.note, statements) = (kind, .exempt, note, [])
    (allow, deny) = (.yes, .no)
  }

  init(absent kind: Kind, allow: Truth) {
    (self.kind, result, note, statements) = (kind, .absent, nil, [])
    (self.allow, deny) = (allow, .no)
  }
}
