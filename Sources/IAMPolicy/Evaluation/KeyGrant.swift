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

  /// Made of its parts.
  public init(
    id: String, grantee: String, operations: [String], contextSubset: [String: String]? = nil,
    contextEquals: [String: String]? = nil
  ) {
    self.id = id
    self.grantee = grantee
    self.operations = operations
    self.contextSubset = contextSubset
    self.contextEquals = contextEquals
  }

  func match(_ request: AuthorizationRequest) -> (PrincipalMatch, Truth) {
    let name = request.action.name.lowercased()
    guard String(request.action.service).lowercased() == "kms",
      operations.contains(where: { $0.lowercased() == name })
    else { return (.none, .no) }
    let principal = RequestPrincipal(grantee)
    let type = if case .service? = principal { "Service" } else { "AWS" }
    return (Principal(type: type, text: grantee).match(request.principal), constraints(request.context))
  }

  private func constraints(_ context: RequestContext) -> Truth {
    var parts: [Truth] = []
    for (key, value) in (contextSubset ?? [:]).merging(contextEquals ?? [:], uniquingKeysWith: { a, _ in a })
      .sorted(by: { $0.key < $1.key })
    {
      switch context.lookup("kms:EncryptionContext:\(key)") {
      case .absent: parts.append(.no)
      case .unknown: parts.append(.depends(on: ["kms:EncryptionContext:\(key)"]))
      case .values(let values): parts.append(Truth(values == [value]))
      }
    }
    if let contextEquals {
      switch context.lookup("kms:EncryptionContextKeys") {
      case .absent: parts.append(Truth(contextEquals.isEmpty))
      case .unknown: parts.append(.depends(on: ["kms:EncryptionContextKeys"]))
      case .values(let keys): parts.append(Truth(Set(keys) == Set(contextEquals.keys)))
      }
    }
    return Truth.all(parts)
  }
}
