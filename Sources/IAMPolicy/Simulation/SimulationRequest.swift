public import IAMIdentifiers
public import JSONText

/// A request with all its policies, as one JSON object describes it.
///
/// Names: `id`, `principal`, `action`, `resource`, `resourceAccount`, `context` (values or lists of values), and the layers
/// `identityPolicies`, `resourcePolicy`, `permissionsBoundaries`, `serviceControlPolicies`, `resourceControlPolicies`,
/// `sessionPolicy`, `endpointPolicies`, `keyGrants`. A policy is a document or `{"name": …, "policy": document}`. A layer that
/// is left out does not exist; `keyGrants` is a list, or an answer of `list-grants`. An empty list of boundaries, or of one
/// level of SCPs, is a layer that allows nothing; an empty list of endpoint policies is none.
public struct SimulationRequest: Hashable, Sendable {
  /// As given: text, a number, or nil.
  public let id: JSONValue?
  public let request: AuthorizationRequest
  public let policies: AuthorizationPolicies

  /// - Throws: `SimulationError`, which names the field.
  public init(json: JSONValue) throws(SimulationError) {
    guard let members = json.members else { throw .notAnObject }
    if let twice = json.duplicateNames.first { throw .field(twice, "occurs more than once") }
    var fields: [String: JSONValue] = [:]
    for member in members {
      guard SimulationRequest.names.contains(member.name) else {
        throw .field(member.name, "is no field of a request")
      }
      if member.value != .null { fields[member.name] = member.value }
    }
    id = fields["id"]
    request = try RequestReading(fields: fields).request()
    policies = try PolicyLayerReading(fields: fields).policies()
  }

  private static let names: Set<String> = [
    "id", "principal", "action", "resource", "resourceAccount", "context", "identityPolicies",
    "resourcePolicy", "permissionsBoundaries", "serviceControlPolicies", "resourceControlPolicies",
    "sessionPolicy", "endpointPolicies", "keyGrants",
  ]
}

/// Why a JSON value is no request.
public enum SimulationError: DescribedError, Hashable {
  case notAnObject
  /// The field's name and what is wrong with it, without a full stop.
  case field(String, String)
  /// What was given as a policy is none.
  case policy(PolicyPlace, PolicyError)

  /// Where in a request a policy stands.
  public struct PolicyPlace: Hashable, Sendable {
    /// Such as `identityPolicies`.
    public let field: String
    /// The places in the lists on the way to it, counted from 0; none where the field is the policy itself.
    public let indices: [Int]
    /// True where it is the member `policy` of an object with a name.
    public let isNamed: Bool
    /// True where the document stands there as text.
    public let isText: Bool
  }

  public var code: String { "not-a-request" }

  public var problem: String {
    switch self {
    case .notAnObject: "A request is a JSON object"
    case .field(let name, let reason): "\(SimulationError.shown(name)) \(reason)"
    case .policy(let place, let error):
      "\(place.description) is no policy: \(error.problem)"
        + (error.place.map { ", at \($0) of its text" } ?? "")
    }
  }

  /// A name from the request inside a sentence: short, and without control characters.
  static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars
    let shown = scalars.prefix(100).map {
      $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0)
    }
    return String(shown) + (scalars.count > 100 ? "…" : "")
  }

  public var place: String? { nil }
  public var remedy: String { "See `accessreview simulate --help` for the fields of a request." }
}

extension SimulationError.PolicyPlace: CustomStringConvertible {
  /// As in `identityPolicies[0]`; a field that is the policy itself counts as a list of it.
  public var description: String {
    field + (indices.isEmpty ? [0] : indices).map { "[\($0)]" }.joined()
  }
}

/// Reads who asks for what.
private struct RequestReading {
  let fields: [String: JSONValue]

  func request() throws(SimulationError) -> AuthorizationRequest {
    let text = try required("principal")
    guard let principal = RequestPrincipal(text) else {
      throw .field(
        "principal",
        "is neither the ARN of a user, role, session, federated user, root user or identity provider, nor a service's name, nor *"
      )
    }
    guard let action = ActionName(try required("action")) else {
      throw .field("action", "is no action such as s3:GetObject")
    }
    var account: AccountID?
    if let value = fields["resourceAccount"] {
      guard let text = value.scalarText, let id = AccountID(text) else {
        throw .field("resourceAccount", "is no account id of 12 digits")
      }
      account = id
    }
    var resource = "*"
    if let value = fields["resource"] {
      guard let text = value.string, !text.isEmpty else { throw .field("resource", "is no ARN and not *") }
      resource = text
    }
    return AuthorizationRequest(
      principal: principal, action: action, resource: resource, resourceAccount: account,
      context: RequestContext(try context()))
  }

  private func required(_ name: String) throws(SimulationError) -> String {
    guard let value = fields[name] else { throw .field(name, "is missing") }
    guard let text = value.string else { throw .field(name, "is no text") }
    return text
  }

  private func context() throws(SimulationError) -> [String: [String]] {
    guard let value = fields["context"] else { return [:] }
    guard let members = value.members else { throw .field("context", "is no object of condition keys") }
    var context: [String: [String]] = [:]
    var seen: Set<String> = []
    for member in members {
      guard seen.insert(member.name.lowercased()).inserted else {
        throw .field(
          "context",
          "holds \(SimulationError.shown(member.name)) more than once; keys are compared without regard to case"
        )
      }
      if member.value == .null { continue }
      guard let values = member.value.scalarTexts else {
        throw .field(
          "context",
          "has values of \(SimulationError.shown(member.name)) that are no texts, numbers or booleans")
      }
      context[member.name] = values
    }
    return context
  }
}

/// Reads the layers of policies.
private struct PolicyLayerReading {
  let fields: [String: JSONValue]

  func policies() throws(SimulationError) -> AuthorizationPolicies {
    // An endpoint always has a policy: a request without one comes through none.
    let endpoint = try list("endpointPolicies") ?? []
    return AuthorizationPolicies(
      identityPolicies: try list("identityPolicies") ?? [],
      permissionsBoundaries: try list("permissionsBoundaries"), sessionPolicies: try list("sessionPolicy"),
      resourcePolicies: try list("resourcePolicy") ?? [],
      serviceControlPolicies: try levels("serviceControlPolicies"),
      resourceControlPolicies: try levels("resourceControlPolicies"),
      endpointPolicies: endpoint.isEmpty ? nil : endpoint, keyGrants: try grants())
  }

  /// One policy or a list of them; nil where the layer does not exist.
  private func list(_ name: String) throws(SimulationError) -> [NamedPolicy]? {
    guard let value = fields[name] else { return nil }
    return try policies(value, of: name, [])
  }

  private func policies(
    _ value: JSONValue, of name: String, _ indices: [Int]
  ) throws(SimulationError) -> [NamedPolicy] {
    guard let items = value.array else { return [try policy(value, name, indices)] }
    var policies: [NamedPolicy] = []
    for (index, item) in items.enumerated() { policies.append(try policy(item, name, indices + [index])) }
    return policies
  }

  private func levels(_ name: String) throws(SimulationError) -> [[NamedPolicy]] {
    guard let value = fields[name] else { return [] }
    guard let items = value.array else {
      throw .field(name, "is no list with a list of policies for each level")
    }
    var levels: [[NamedPolicy]] = []
    for (index, item) in items.enumerated() {
      guard item.array != nil else { throw .field(name, "holds something that is no list of policies") }
      levels.append(try policies(item, of: name, [index]))
    }
    return levels
  }

  private func policy(
    _ value: JSONValue, _ name: String, _ indices: [Int]
  ) throws(SimulationError) -> NamedPolicy {
    let inner = value["Statement"] == nil ? value["policy"] : nil
    let title = inner == nil ? nil : value["name"]?.string
    let document = inner ?? value
    let place = SimulationError.PolicyPlace(
      field: name, indices: indices, isNamed: inner != nil, isText: document.string != nil)
    do {
      // Tools often keep the document as text.
      let parsed =
        if let text = document.string { try PolicyDocument(text: text) } else {
          try PolicyDocument(json: document)
        }
      return NamedPolicy(name: title ?? place.description, document: parsed)
    } catch {
      throw .policy(place, error)
    }
  }

  private func grants() throws(SimulationError) -> [KeyGrant] {
    guard let value = fields["keyGrants"] else { return [] }
    guard let items = value.array ?? value["Grants"]?.array else {
      throw .field("keyGrants", "is no list of grants, and no answer of list-grants")
    }
    var grants: [KeyGrant] = []
    for (index, item) in items.enumerated() {
      func principal(_ name: String) -> String? {
        item["\(name)Principal"]?.string ?? item["\(name)ServicePrincipal"]?.string
      }
      guard let grantee = principal("Grantee"), let operations = item["Operations"]?.strings else {
        throw .field("keyGrants[\(index)]", "has no GranteePrincipal or no Operations")
      }
      if let key = item["KeyId"], key != .null, key.string == nil {
        throw .field("keyGrants[\(index)]", "has a KeyId that is no text")
      }
      let constraints = item["Constraints"]
      grants.append(
        KeyGrant(
          id: item["GrantId"]?.string ?? "keyGrants[\(index)]", grantee: grantee, operations: operations,
          contextSubset: pairs(constraints?["EncryptionContextSubset"]),
          contextEquals: pairs(constraints?["EncryptionContextEquals"]),
          retiringPrincipal: principal("Retiring"), keyID: item["KeyId"]?.string))
    }
    return grants
  }

  private func pairs(_ value: JSONValue?) -> [String: String]? {
    guard let members = value?.members else { return nil }
    return Dictionary(members.map { ($0.name, $0.value.scalarText ?? "") }, uniquingKeysWith: { $1 })
  }
}
