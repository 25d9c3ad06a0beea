import IAMIdentifiers

/// A grant on a KMS key: a third source of permission beside key policy and identity policy.
///
/// Source: "Grants in AWS KMS", AWS KMS Developer Guide.
public struct KeyGrant: Hashable, Sendable {
  public let id: String
  /// The ARN of a user, role or session, or a service's name.
  public let grantee: String
  /// Such as `Decrypt` or `GenerateDataKey`.
  public let operations: [String]
  /// Pairs that the request's encryption context must hold; nil where the grant does not ask for any.
  public let contextSubset: [String: String]?
  /// Pairs that must be the request's whole encryption context.
  public let contextEquals: [String: String]?
  /// Who may retire the grant, written as a grantee is.
  public let retiringPrincipal: String?
  /// The ARN of the grant's key, or its bare id; nil where the grant is known to be of the request's key.
  public let keyID: String?

  /// Made of its parts.
  public init(
    id: String, grantee: String, operations: [String], contextSubset: [String: String]? = nil,
    contextEquals: [String: String]? = nil, retiringPrincipal: String? = nil, keyID: String? = nil
  ) {
    self.id = id
    self.grantee = grantee
    self.operations = operations
    self.contextSubset = contextSubset
    self.contextEquals = contextEquals
    self.retiringPrincipal = retiringPrincipal
    self.keyID = keyID
  }

  /// How the grant takes in the caller, and whether its constraints hold.
  func match(_ request: AuthorizationRequest) -> (PrincipalReach, Truth) {
    let name = request.action.name.lowercased()
    guard String(request.action.service).lowercased() == "kms", isOf(request.resource) else {
      return (.none, .no)
    }
    var reaches: [PrincipalReach] = []
    if operations.contains(where: { $0.lowercased() == name }) {
      reaches.append(KeyGrant.reach(grantee, request))
    }
    // Source: "Retiring and revoking grants", AWS KMS Developer Guide: the retiring principal needs no such operation in the grant.
    if name == "retiregrant", let retiringPrincipal {
      reaches.append(KeyGrant.reach(retiringPrincipal, request))
    }
    let reach = PrincipalReach(any: reaches)
    guard reach.atLeast(.account) != .no else { return (.none, .no) }
    // Source: "CreateGrant", AWS KMS API Reference: constraints do not apply to these two.
    if name == "describekey" || name == "retiregrant" { return (reach, .yes) }
    return (reach, constraints(request.context))
  }

  private func isOf(_ resource: String) -> Bool {
    guard let keyID, keyID != resource else { return true }
    guard let key = ARN(resource) else { return false }
    return key.service == "kms" && key.resource == "key/\(keyID)"
  }

  private static func reach(_ name: String, _ request: AuthorizationRequest) -> PrincipalReach {
    let type = if case .service? = RequestPrincipal(name) { "Service" } else { "AWS" }
    return Principal(type: type, text: name).reach(request)
  }

  private func constraints(_ context: RequestContext) -> Truth {
    var parts = KeyGrant.pairs(contextSubset ?? [:], in: context)
    if let contextEquals {
      parts += KeyGrant.pairs(contextEquals, in: context)
      parts.append(KeyGrant.areAll(contextEquals, in: context))
    }
    return Truth.all(parts)
  }

  private static func pairs(_ pairs: [String: String], in context: RequestContext) -> [Truth] {
    pairs.sorted { $0.key < $1.key }.map { key, value in
      switch context.lookup("kms:EncryptionContext:\(key)") {
      case .absent: .no
      case .unknown: .depends(on: ["kms:EncryptionContext:\(key)"])
      case .values(let values): Truth(values == [value])
      }
    }
  }

  /// Whether the encryption context has no pairs but these: by its list of keys, or where that is left out, by the pairs themselves.
  private static func areAll(_ pairs: [String: String], in context: RequestContext) -> Truth {
    switch context.lookup("kms:EncryptionContextKeys") {
    case .values(let keys): Truth(Set(keys) == Set(pairs.keys))
    case .unknown: .depends(on: ["kms:EncryptionContextKeys"])
    case .absent:
      Truth(
        Set(context.names(after: "kms:EncryptionContext:")) == Set(pairs.keys.map { $0.lowercased() }))
    }
  }
}
