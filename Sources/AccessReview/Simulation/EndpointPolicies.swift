import EvidenceStore
import IAMIdentifiers
import IAMPolicy

/// The policies of the VPC endpoints in the store. A request says by `aws:SourceVpce` through which of them it comes.
///
/// Source: "Control access to VPC endpoints using endpoint policies", AWS PrivateLink Guide.
struct EndpointPolicies: Sendable {
  /// By id; of one that is there under several ARNs, the newest.
  private let policies: [String: StoredResourcePolicy]

  init(_ all: [StoredResourcePolicy]) {
    var policies: [String: StoredResourcePolicy] = [:]
    for policy in all where policy.kind == "vpc-endpoint" {
      guard let id = ARN(policy.resourceARN)?.resourceName else { continue }
      let known = policies[String(id)]
      if known.map({ $0.takenAt ?? .min < policy.takenAt ?? .min }) ?? true { policies[String(id)] = policy }
    }
    self.policies = policies
  }

  /// Adds the policy of the request's endpoint to its policies, and says what is known of it.
  func layer(
    of request: AuthorizationRequest, into policies: inout AuthorizationPolicies
  ) -> StoredPrincipal.Layer {
    switch request.context.lookup("aws:SourceVpce") {
    case .absent: return layer(.none, "The request comes through no endpoint")
    case .values(let ids) where ids.allSatisfy(\.isEmpty):
      return layer(.none, "The request comes through no endpoint")
    case .values(let ids): return layer(ofEndpoint: ids.joined(separator: ", "), &policies)
    case .unknown where self.policies.isEmpty:
      return layer(.notImported, "If the request comes through an endpoint")
    case .unknown:
      let count = self.policies.count == 1 ? "1 endpoint is" : "\(self.policies.count) endpoints are"
      return layer(
        .notNamed, "\(count) known: name the one that the request comes through by aws:SourceVpce")
    }
  }

  private func layer(
    ofEndpoint id: String, _ policies: inout AuthorizationPolicies
  ) -> StoredPrincipal.Layer {
    let reason: String
    switch self.policies[id]?.state {
    case .policy(let text):
      policies.endpointPolicies = [NamedPolicy(name: "policy of \(id)", document: PolicyDocument(text))]
      return layer(.known, "The policy of \(id)")
    // What has no policy lets everything through.
    case StoredResourcePolicy.State.none?: return layer(.none, "\(id) has none")
    case .unknown(let why): reason = why
    case nil: reason = "\(id) was not imported"
    }
    policies.endpointPolicies = [
      NamedPolicy(name: "VPC endpoint policy", document: PolicyDocument(unknownBecause: reason))
    ]
    let known = self.policies.keys.sorted()
    let names = known.prefix(3).joined(separator: ", ") + (known.count > 3 ? ", …" : "")
    return layer(.notImported, known.isEmpty ? reason : "\(reason); known are \(names)")
  }

  private func layer(_ standing: StoredPrincipal.Layer.Standing, _ note: String) -> StoredPrincipal.Layer {
    StoredPrincipal.Layer(.endpointPolicy, standing, note)
  }
}
