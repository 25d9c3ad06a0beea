public import IAMIdentifiers
import IAMPolicy

/// The service control policies that apply to each account of an organisation, level by level.
///
/// Read from the compact form `{"organizationId", "managementAccountId", "accounts": {ACCOUNT: [[DOCUMENT…]…]}}`:
/// for each account the levels from the root to the account itself, and in each level its policy documents.
public struct OrganisationPolicies: Hashable, Sendable {
  public let organizationID: String?
  /// Nil where the document does not name it or names it badly. SCPs do not limit this account.
  public let managementAccount: AccountID?
  /// The levels in the order of the document. No document is dropped: what is no policy stays as its text, so
  /// that a level never looks more generous than it is.
  public let levels: [AccountID: [[RawPolicy]]]

  static func isRecognised(in json: JSONValue) -> Bool {
    json["accounts"] != nil && (json["organizationId"] != nil || json["managementAccountId"] != nil)
  }

  static func read(_ json: JSONValue, at place: String, _ reader: inout DocumentReader) throws(SnapshotError)
    -> OrganisationPolicies
  {
    guard let accounts = json["accounts"]?.members else {
      throw SnapshotError(broken: "the accounts are no object of account ids", at: "\(place).accounts")
    }
    var management: AccountID?
    if let text = reader.text("managementAccountId", of: json, at: place) {
      management = AccountID(text)
      if management == nil {
        reader.report(.malformedAccountID, at: "\(place).managementAccountId", "an account id has 12 digits")
      }
    }
    var levels: [AccountID: [[RawPolicy]]] = [:]
    for member in accounts {
      let accountPlace = "\(place).accounts\(quotedName(member.name))"
      guard let account = AccountID(member.name) else {
        reader.report(.malformedAccountID, at: accountPlace, "an account id has 12 digits")
        continue
      }
      if levels[account] != nil {
        reader.report(
          .entryUnreadable, at: accountPlace, "the account stands here twice; all its levels apply")
      }
      levels[account, default: []] += reader.levels(member.value, at: accountPlace)
    }
    return OrganisationPolicies(
      organizationID: reader.text("organizationId", of: json, at: place), managementAccount: management,
      levels: levels)
  }
}

extension DocumentReader {
  fileprivate mutating func levels(_ json: JSONValue, at place: String) -> [[RawPolicy]] {
    guard let levels = json.array else {
      report(.wrongType, at: place, "a list of levels should stand here")
      return [[policy(json, at: place)]]
    }
    return levels.enumerated().map { index, level in
      let levelPlace = "\(place)[\(index)]"
      guard let documents = level.array else {
        report(.wrongType, at: levelPlace, "a list of policy documents should stand here")
        return [policy(level, at: levelPlace)]
      }
      if documents.isEmpty { report(.levelEmpty, at: levelPlace, "the level has no policy") }
      return documents.enumerated().map { policy($1, at: "\(levelPlace)[\($0)]") }
    }
  }
}
