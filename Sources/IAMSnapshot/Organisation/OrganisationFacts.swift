import IAMIdentifiers
import IAMPolicy

/// The parts of an organisation and what is attached to them, as far as known.
struct OrganisationFacts {
  static let serviceControl = "SERVICE_CONTROL_POLICY"
  static let resourceControl = "RESOURCE_CONTROL_POLICY"

  struct Policy {
    var type: String?
    var name: String?
    var document: RawPolicy?
  }

  var organizationID: String?
  var managementAccount: AccountID?
  var takenAt: UTCTime?
  /// The types of policy that are in force; nil where nothing tells.
  var types: Set<String>?
  /// The part above each part: the root, a unit. Several where documents contradict each other.
  var parents: [String: Set<String>] = [:]
  var accounts: Set<AccountID> = []
  var policies: [String: Policy] = [:]
  /// By type and part, all policies that are attached; absent where they are not known.
  var attached: [String: [String: Set<String>]] = [:]

  /// The parts of an account's or a unit's path, each with the one above it: `o-…/r-…/ou-…/111122223333/`.
  static func steps(ofPath path: String) -> [(parent: String, child: String)] {
    let ids = path.split(separator: "/").map(String.init).filter { !$0.hasPrefix("o-") }
    return zip(ids, ids.dropFirst()).map { ($0, $1) }
  }

  /// The levels of every account.
  var policiesByAccount: OrganisationPolicies { policies(of: accounts.sorted()) }

  private func policies(of accounts: [AccountID]) -> OrganisationPolicies {
    var serviceControls: [AccountID: [OrganisationLevel]] = [:]
    var resourceControls: [AccountID: [OrganisationLevel]] = [:]
    var unknowns: [AccountID: [String]] = [:]
    for account in accounts {
      let chain = chain(of: account)
      var reasons: Set<String> = []
      if let top = chain.first, top == nil, let lowest = chain.dropFirst().first, let lowest {
        reasons.insert("it is not known what lies above \(lowest)")
      }
      serviceControls[account] = levels(Self.serviceControl, chain, &reasons)
      resourceControls[account] = levels(Self.resourceControl, chain, &reasons)
      if !reasons.isEmpty { unknowns[account] = reasons.sorted() }
    }
    return OrganisationPolicies(
      organizationID: organizationID, managementAccount: managementAccount, takenAt: takenAt,
      serviceControls: serviceControls, resourceControls: resourceControls, unknowns: unknowns)
  }

  /// The ids from the root to the account; nil stands for the parts above that are not known.
  private func chain(of account: AccountID) -> [String?] {
    var chain: [String?] = []
    var seen: Set<String> = []
    var part = account.description
    while seen.insert(part).inserted {
      chain.append(part)
      if part.hasPrefix("r-") { return chain.reversed() }
      guard let above = parents[part], above.count == 1, let only = above.first else { break }
      part = only
    }
    return (chain + [nil]).reversed()
  }

  private func levels(_ type: String, _ chain: [String?], _ reasons: inout Set<String>) -> [OrganisationLevel]
  {
    if let types, !types.contains(type) { return [] }
    return chain.map { part in
      guard let part else { return OrganisationLevel(target: nil, policies: nil) }
      // There is no part without a service control policy where they are in force.
      // Source: "Attaching organization policies with AWS Organizations", AWS Organizations User Guide.
      guard let ids = attached[type]?[part], !ids.isEmpty || type == Self.resourceControl else {
        reasons.insert("it is not known which policies of type \(type) are attached to \(part)")
        return OrganisationLevel(target: part, policies: nil)
      }
      return OrganisationLevel(
        target: part,
        policies: ids.sorted().map { id in
          let policy = policies[id]
          let document = policy?.document ?? Self.builtIn(id)
          if document == nil { reasons.insert("the document of policy \(id) is missing") }
          return OrganisationLevel.Policy(
            id: id, name: policy?.name, document: document ?? RawPolicy(canonicalText: "", isJSON: false))
        })
    }
  }

  /// The documents of AWS's own policies, which no export need hold.
  ///
  /// Sources: "SCP evaluation" and "RCP evaluation", AWS Organizations User Guide.
  private static func builtIn(_ id: String) -> RawPolicy? {
    switch id {
    case "p-FullAWSAccess":
      RawPolicy(
        canonicalText:
          #"{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}"#,
        isJSON: true)
    case "p-RCPFullAWSAccess":
      RawPolicy(
        canonicalText:
          #"{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2012-10-17"}"#,
        isJSON: true)
    default: nil
    }
  }
}
