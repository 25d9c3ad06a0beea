import EvidenceStore
import IAMIdentifiers
import IAMPolicy

/// What the store knows of the resources that requests are about: their own policies, the grants of keys, and the policies of
/// the organisation that limit access to them.
struct ResourceSide: Sendable {
  /// The trust policies of the snapshots' roles, by ARN.
  private let trusts: [String: PolicyText]
  private let policies: [String: StoredResourcePolicy]
  private let grants: [String: StoredKeyGrants]
  private let organisation: OrganisationLimits

  init(
    _ reader: EvidenceReader, policies: [StoredResourcePolicy], trusts: [String: PolicyText],
    organisation: OrganisationLimits
  ) throws {
    self.trusts = trusts
    self.organisation = organisation
    self.policies = Dictionary(
      policies.map { ($0.resourceARN, $0) }, uniquingKeysWith: { first, _ in first })
    grants = Dictionary(
      try reader.keyGrants().map { ($0.keyARN, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Adds what decides on a request to its policies, and says what is known of each kind.
  func layers(
    of request: AuthorizationRequest, into policies: inout AuthorizationPolicies
  ) -> [StoredPrincipal.Layer] {
    var layers = [resourcePolicy(request, &policies)]
    if let grants = keyGrants(request, &policies) { layers.append(grants) }
    return layers + [resourceControl(request, &policies)]
  }

  // MARK: - The resource's own policy

  private func resourcePolicy(
    _ request: AuthorizationRequest, _ policies: inout AuthorizationPolicies
  ) -> StoredPrincipal.Layer {
    func layer(_ standing: StoredPrincipal.Layer.Standing, _ note: String) -> StoredPrincipal.Layer {
      StoredPrincipal.Layer(.resourcePolicy, standing, note)
    }
    if request.needsResourceSide, let trust = trusts[request.resource] {
      policies.resourcePolicies = [
        NamedPolicy(name: "trust policy of \(request.resource)", document: .init(trust))
      ]
      return layer(.known, "The role's trust policy")
    }
    let holder = ResourceSide.holder(ofPolicyFor: request.resource)
    switch self.policies[holder]?.state {
    case .policy(let text):
      policies.resourcePolicies = [NamedPolicy(name: "policy of \(holder)", document: .init(text))]
      return layer(.known, "The policy of \(holder)")
    case StoredResourcePolicy.State.none?: return layer(.none, "\(holder) has none")
    case .unknown(let reason): return unknown(reason)
    case nil where request.needsResourceSide || !request.isSameAccount: return unknown("It was not imported")
    case nil where holder.contains("*") || holder.contains("?"):
      return layer(.notImported, "Each of the resources may have its own, which may allow or deny as well")
    case nil: return layer(.notImported, "If the resource has one, it may allow or deny as well")
    }
    func unknown(_ reason: String) -> StoredPrincipal.Layer {
      policies.resourcePolicies = [
        NamedPolicy(name: "resource-based policy", document: PolicyDocument(unknownBecause: reason))
      ]
      let isNeeded = request.needsResourceSide || !request.isSameAccount
      return layer(.notImported, isNeeded ? "The request needs its allow: \(reason)" : reason)
    }
  }

  /// Objects are under their bucket's policy.
  private static func holder(ofPolicyFor resource: String) -> String {
    guard let arn = ARN(resource), arn.service == "s3", arn.account.isEmpty,
      let slash = resource.firstIndex(of: "/")
    else { return resource }
    return String(resource[..<slash])
  }

  /// Nil for what is no key.
  private func keyGrants(
    _ request: AuthorizationRequest, _ policies: inout AuthorizationPolicies
  ) -> StoredPrincipal.Layer? {
    guard let arn = ARN(request.resource), arn.service == "kms", arn.resourceType == "key" else { return nil }
    guard let known = grants[request.resource] else {
      return StoredPrincipal.Layer(.keyGrants, .notImported, "A grant may allow as well")
    }
    policies.keyGrants = known.grants
    let count = known.grants.count == 1 ? "1 grant" : "\(known.grants.count) grants"
    guard known.isComplete else {
      policies.moreKeyGrants = "not all of them were imported"
      return StoredPrincipal.Layer(.keyGrants, .incomplete, "\(count), and others that were not imported")
    }
    return StoredPrincipal.Layer(.keyGrants, known.grants.isEmpty ? .none : .known, count)
  }

  // MARK: - The organisation of the resource's account

  private func resourceControl(
    _ request: AuthorizationRequest, _ policies: inout AuthorizationPolicies
  ) -> StoredPrincipal.Layer {
    func layer(_ standing: StoredPrincipal.Layer.Standing, _ note: String) -> StoredPrincipal.Layer {
      StoredPrincipal.Layer(.resourceControlPolicies(level: 0), standing, note)
    }
    guard let account = request.resourceAccount?.description,
      let levels = organisation.resourceControlPolicies(of: account)
    else { return layer(.notImported, "If the resource's account is in an organisation") }
    if organisation.isManagement(account) {
      return layer(.none, "They do not limit access to the management account's resources")
    }
    policies.resourceControlPolicies = levels.named(emptyMeans: nil)
    return layer(levels.isEmpty ? .none : .known, levels.count == 1 ? "1 level" : "\(levels.count) levels")
  }
}

extension [[PolicyText]] {
  /// The levels with names for explanations.
  ///
  /// - Parameter emptyMeans: stands for a level without documents; nil where such a level limits nothing.
  func named(emptyMeans unknown: PolicyDocument?) -> [[NamedPolicy]] {
    enumerated().map { level, texts in
      texts.isEmpty
        ? unknown.map { [NamedPolicy(name: "level \(level + 1)", document: $0)] } ?? []
        : texts.enumerated().map { index, text in
          NamedPolicy(name: "level \(level + 1), policy \(index + 1)", document: PolicyDocument(text))
        }
    }
  }
}
