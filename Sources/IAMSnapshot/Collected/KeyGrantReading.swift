public import IAMPolicy
import JSONText

extension CallAnswer {
  /// The grants that an answer of `kms list-grants` holds; none in any other.
  ///
  /// Source: "GrantListEntry", AWS KMS API Reference.
  public var keyGrants: [KeyGrant] {
    guard call == .keyGrants else { return [] }
    return (output?["Grants"]?.array ?? []).compactMap { grant in
      guard let id = grant["GrantId"]?.string else { return nil }
      func principal(_ name: String) -> String? {
        grant["\(name)Principal"]?.string ?? grant["\(name)ServicePrincipal"]?.string
      }
      return KeyGrant(
        id: id, grantee: principal("Grantee") ?? "",
        operations: (grant["Operations"]?.array ?? []).compactMap(\.string),
        contextSubset: pairs(grant["Constraints"]?["EncryptionContextSubset"]),
        contextEquals: pairs(grant["Constraints"]?["EncryptionContextEquals"]),
        retiringPrincipal: principal("Retiring"))
    }
  }

  private func pairs(_ json: JSONValue?) -> [String: String]? {
    guard let members = json?.members else { return nil }
    return Dictionary(
      members.compactMap { member in member.value.string.map { (member.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}
