import EvidenceStore
public import IAMIdentifiers
public import IAMPolicy
import PolicyAlgebra

/// A role or user of the newest snapshots, with the policies that decide on its requests as far as they were imported.
public struct StoredPrincipal: Sendable {
  /// Whether the policies of a kind are known.
  public struct Layer: Hashable, Sendable {
    /// What is known of it.
    public enum Standing: String, Hashable, Sendable {
      case known
      /// It is known that there is none, or that it does not limit the principal.
      case none
      /// Some of it is known.
      case incomplete
      /// The store holds some, and the request does not say which of them it is about.
      case notNamed = "not-named"
      /// The store holds nothing of it.
      case notImported = "not-imported"
    }

    public let kind: LayerOutcome.Kind
    public let standing: Standing
    /// As a sentence without a full stop.
    public let note: String

    /// In AWS's words, such as `permissions boundary`.
    public var name: String { kind.nameOfAllLevels }

    /// Whether there may be more of it than what decided.
    public var isOpen: Bool {
      switch standing {
      case .known, .none: false
      case .incomplete, .notNamed, .notImported: true
      }
    }

    init(_ kind: LayerOutcome.Kind, _ standing: Standing, _ note: String) {
      (self.kind, self.standing, self.note) = (kind, standing, note)
    }
  }

  /// A role or a user.
  public let principal: RequestPrincipal
  public let kind, id, arn, name, account: String
  public let snapshotTakenAt: UTCTime
  public let isSnapshotComplete: Bool
  /// All but what depends on the resource.
  let policies: AuthorizationPolicies
  let layers: [Layer]
  let context: [String: [String]]
  let completeGroups: [String]
  let resources: ResourceSide
  let endpoints: EndpointPolicies

  /// A request of the principal with the policies that decide on it, and how much of them is known.
  ///
  /// Condition keys that are not given are unknown, except those that follow from the principal.
  /// - Parameter given: condition keys and values; they outrank those that follow from the principal.
  public func request(
    _ action: ActionName, on resource: String, ownedBy resourceAccount: AccountID? = nil,
    context given: [String: [String]] = [:]
  ) -> (request: AuthorizationRequest, policies: AuthorizationPolicies, layers: [Layer]) {
    var values = context
    for key in given.keys {
      values = values.filter { $0.key.lowercased() != key.lowercased() }
    }
    values.merge(given) { $1 }
    let request = AuthorizationRequest(
      principal: principal, principalID: PrincipalID(id), action: action, resource: resource,
      resourceAccount: resourceAccount,
      context: RequestContext(values, isComplete: false, completeGroups: completeGroups))
    var policies = policies
    let endpoint = endpoints.layer(of: request, into: &policies)
    let known = resources.layers(of: request, into: &policies)
    return (request, policies, layers + [endpoint] + known)
  }
}

extension PolicyDocument {
  /// A stored policy; what cannot be read may allow or deny anything.
  init(_ text: PolicyText) {
    do {
      self = try PolicyDocument(text: text.text)
    } catch {
      self.init(unknownBecause: "It cannot be read: \(error.problem)")
    }
  }
}
