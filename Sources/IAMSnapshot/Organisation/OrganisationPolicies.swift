public import IAMIdentifiers
import IAMPolicy
import JSONText

/// What an organisation allows at most in each account, level by level.
///
/// Read from the compact form `{"organizationId", "managementAccountId", "accounts": {ACCOUNT: [[DOCUMENT…]…]}}` (for each
/// account the levels from the root to the account itself, and in each level its policy documents; with
/// `resourceControlPolicies` of the same form beside it), from the full form (see `OrganisationFacts`), or put together
/// from the outputs of `aws organizations`.
public struct OrganisationPolicies: Hashable, Sendable {
  public let organizationID: String?
  /// Nil where the document does not name it or names it badly. Neither kind of policy limits this account.
  public let managementAccount: AccountID?
  /// When it was so, where the document says it.
  public let takenAt: UTCTime?
  /// The service control policies, from the root down. An account without any level is limited by none; one that is
  /// absent is not known. No document is dropped: what is no policy stays as its text, so that a level never looks more
  /// generous than it is.
  public let serviceControls: [AccountID: [OrganisationLevel]]
  /// The resource control policies likewise.
  public let resourceControls: [AccountID: [OrganisationLevel]]
  /// Why levels are unknown, as sentences without a full stop, sorted.
  public let unknowns: [AccountID: [String]]

  /// The documents of the service control policies. A level that is not known is one document that is no JSON.
  public var levels: [AccountID: [[RawPolicy]]] { serviceControls.mapValues { $0.map(\.documents) } }

  static func isRecognised(in json: JSONValue) -> Bool {
    guard let accounts = json["accounts"] else { return false }
    if accounts.array != nil, json["attachments"] != nil || json["roots"] != nil { return true }
    return json["organizationId"] != nil || json["managementAccountId"] != nil
  }

  static func read(_ json: JSONValue, at place: String, _ reader: inout DocumentReader) throws(SnapshotError)
    -> OrganisationPolicies
  {
    if json["accounts"]?.array != nil, json["attachments"] != nil || json["roots"] != nil {
      return reader.organisation(json, at: place).policiesByAccount
    }
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
    let resourceControls = reader.member("resourceControlPolicies", of: json)?.members ?? []
    return OrganisationPolicies(
      organizationID: reader.text("organizationId", of: json, at: place), managementAccount: management,
      takenAt: reader.time("takenAt", of: json, at: place),
      serviceControls: reader.levels(of: accounts, at: "\(place).accounts"),
      resourceControls: reader.levels(of: resourceControls, at: "\(place).resourceControlPolicies"),
      unknowns: [:])
  }
}

/// What is attached to one part of an organisation: the root, a unit, or an account.
public struct OrganisationLevel: Hashable, Sendable {
  /// A policy that is attached.
  public struct Policy: Hashable, Sendable {
    /// Such as `p-FullAWSAccess`; nil where the document does not tell.
    public let id: String?
    public let name: String?
    public let document: RawPolicy
  }

  /// The id of the part; nil where the document does not tell.
  public let target: String?
  /// Nil where it is not known what is attached.
  public let policies: [Policy]?

  /// The documents; where they are not known one that is no JSON, since nobody knows what it allows or denies.
  public var documents: [RawPolicy] {
    policies?.map(\.document) ?? [RawPolicy(canonicalText: "", isJSON: false)]
  }

  /// Whether all that is attached is known, with its document.
  public var isKnown: Bool { policies?.allSatisfy(\.document.isJSON) ?? false }
}

extension DocumentReader {
  fileprivate mutating func levels(of accounts: [JSONValue.Member], at place: String)
    -> [AccountID: [OrganisationLevel]]
  {
    var levels: [AccountID: [OrganisationLevel]] = [:]
    for member in accounts {
      let accountPlace = "\(place)\(quotedName(member.name))"
      guard let account = AccountID(member.name) else {
        report(.malformedAccountID, at: accountPlace, "an account id has 12 digits")
        continue
      }
      if levels[account] != nil {
        report(.entryUnreadable, at: accountPlace, "the account stands here twice; all its levels apply")
      }
      levels[account, default: []] += self.levels(member.value, at: accountPlace).map { documents in
        OrganisationLevel(
          target: nil, policies: documents.map { .init(id: nil, name: nil, document: $0) })
      }
    }
    return levels
  }

  private mutating func levels(_ json: JSONValue, at place: String) -> [[RawPolicy]] {
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
