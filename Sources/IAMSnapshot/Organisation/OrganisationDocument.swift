import IAMIdentifiers
import IAMPolicy
import JSONText

/// Reads the full form of an organisation: its roots, units, accounts, policies and attachments, each a list.
///
/// Members may have the names that the AWS CLI gives them, so that its lists can be put in as they are.
extension DocumentReader {
  mutating func organisation(_ json: JSONValue, at place: String) -> OrganisationFacts {
    var facts = OrganisationFacts()
    facts.organizationID = text("organizationId", of: json, at: place)
    facts.takenAt = time("takenAt", of: json, at: place)
    if let text = text("managementAccountId", of: json, at: place) {
      facts.managementAccount = AccountID(text)
    }
    if facts.managementAccount == nil {
      report(
        .malformedAccountID, at: "\(place).managementAccountId",
        "the management account, which no policy limits, is not named by its 12 digits")
    }
    readParts(of: json, at: place, &facts)
    let types = policyTypes(of: json, at: place)
    facts.types = types
    for policy in objects("policies", of: json, at: place, read: { $0.organisationPolicy($1, at: $2) }) {
      facts.policies[policy.id] = policy.policy
    }
    readAttachments(of: json, at: place, &facts)
    return facts
  }

  private mutating func readParts(of json: JSONValue, at place: String, _ facts: inout OrganisationFacts) {
    for list in ["units", "accounts"] {
      let parts = objects(list, of: json, at: place) {
        reader, part, place -> (id: String, part: JSONValue)? in
        guard let id = reader.either("id", "Id", of: part, at: place) else {
          reader.report(.entryUnreadable, at: place, "it has no id")
          return nil
        }
        if list == "accounts", AccountID(id) == nil {
          reader.report(.malformedAccountID, at: "\(place).id", "an account id has 12 digits")
          return nil
        }
        return (id, part)
      }
      for (id, part) in parts {
        if let parent = either("parent", "ParentId", of: part, at: place) {
          facts.parents[id, default: []].insert(parent)
        }
        let paths = (part["Paths"]?.array ?? []) + [part["Path"] ?? .null]
        for (parent, child) in paths.compactMap(\.string).flatMap(OrganisationFacts.steps(ofPath:)) {
          facts.parents[child, default: []].insert(parent)
        }
        if list == "accounts", let account = AccountID(id) { facts.accounts.insert(account) }
      }
    }
  }

  /// The types of policy that the roots say are in force; nil where they do not say.
  private mutating func policyTypes(of json: JSONValue, at place: String) -> Set<String>? {
    var found: Set<String>?
    for root in list("roots", of: json, at: place) {
      guard let types = root["policyTypes"]?.array ?? root["PolicyTypes"]?.array else { return nil }
      found = (found ?? []).union(types.compactMap { $0.string ?? $0["Type"]?.string })
    }
    return found
  }

  private mutating func organisationPolicy(_ json: JSONValue, at place: String)
    -> (id: String, policy: OrganisationFacts.Policy)?
  {
    let summary = member("PolicySummary", of: json) ?? json
    guard let id = either("id", "Id", of: summary, at: place) else {
      lose(.entryUnreadable, at: place, "the policy has no id")
      return nil
    }
    let document =
      policy("document", of: json, at: place) ?? policy("Content", of: json, at: place)
      ?? policy("Document", of: json, at: place)
    return (
      id,
      OrganisationFacts.Policy(
        type: either("type", "Type", of: summary, at: place),
        name: either("name", "Name", of: summary, at: place),
        document: document)
    )
  }

  private mutating func readAttachments(
    of json: JSONValue, at place: String, _ facts: inout OrganisationFacts
  ) {
    let attachments = objects("attachments", of: json, at: place) {
      reader, item, place -> (target: String, policies: [JSONValue])? in
      guard let target = reader.either("target", "TargetId", of: item, at: place) else {
        reader.report(.entryUnreadable, at: place, "it has no target")
        return nil
      }
      let several = item["policies"]?.array ?? item["Policies"]?.array
      return (target, several ?? [item["policy"] ?? item["PolicyId"] ?? .null])
    }
    for (target, policies) in attachments {
      for policy in policies {
        guard let id = policy.string ?? policy["id"]?.string ?? policy["Id"]?.string else {
          report(.entryUnreadable, at: "\(place).attachments", "an attachment names no policy")
          continue
        }
        let type = facts.policies[id]?.type ?? policy["Type"]?.string ?? OrganisationFacts.builtInType(id)
        guard let type else {
          // It may be of any type, so that nothing is known of what limits the target.
          report(.referenceUnknown, at: "\(place).attachments", "the policy \(quotedName(id)) has no type")
          facts.attached[OrganisationFacts.serviceControl, default: [:]][target, default: []].insert(id)
          continue
        }
        facts.attached[type, default: [:]][target, default: []].insert(id)
      }
    }
    // AWS's own resource control policy is attached everywhere and cannot be detached, so that lists leave it out.
    let resourceControl = OrganisationFacts.resourceControl
    guard facts.types?.contains(resourceControl) == true || facts.attached[resourceControl] != nil else {
      return
    }
    let parts = Set(facts.parents.keys).union(facts.parents.values.flatMap { $0 })
      .union(facts.accounts.map(\.description))
    for part in parts where facts.attached[resourceControl]?[part] == nil {
      facts.attached[resourceControl, default: [:]][part] = []
    }
  }

  private mutating func either(_ name: String, _ other: String, of value: JSONValue, at place: String)
    -> String?
  {
    filledText(name, of: value, at: place) ?? filledText(other, of: value, at: place)
  }
}

extension OrganisationFacts {
  static func builtInType(_ id: String) -> String? {
    id == "p-FullAWSAccess" ? serviceControl : id == "p-RCPFullAWSAccess" ? resourceControl : nil
  }
}
