import IAMIdentifiers
import IAMPolicy
import JSONText

extension AccountPage {
  /// True if the document has one of the lists of `get-account-authorization-details`.
  ///
  /// `Policies` alone does not tell: other commands have a list of that name.
  static func isRecognised(in json: JSONValue) -> Bool {
    let lists = DetailList.allCases.filter { json[$0.rawValue] != nil }
    if lists.contains(where: { $0 != .managedPolicies }) { return true }
    guard !lists.isEmpty, let policies = json[DetailList.managedPolicies.rawValue]?.array else {
      return false
    }
    return policies.contains { $0["PolicyVersionList"] != nil }
  }

  /// Reads a page. Entities that cannot be read are reported and listed in `unreadable`; the others stay.
  static func read(_ json: JSONValue, at place: String, _ reader: inout DocumentReader) throws(SnapshotError)
    -> AccountPage
  {
    let present = DetailList.allCases.filter { json[$0.rawValue]?.array != nil }
    guard !present.isEmpty else {
      throw SnapshotError(
        broken: "none of the page's lists of users, groups, roles and policies is a list", at: place)
    }
    // Dates and losses are counted for each page by itself.
    var own = DocumentReader()
    let users = own.objects(DetailList.users.rawValue, of: json, at: place) { $0.user($1, at: $2) }
    let groups = own.objects(DetailList.groups.rawValue, of: json, at: place) { $0.group($1, at: $2) }
    let roles = own.objects(DetailList.roles.rawValue, of: json, at: place) { $0.role($1, at: $2) }
    let policies = own.objects(DetailList.managedPolicies.rawValue, of: json, at: place) {
      $0.managedPolicy($1, at: $2)
    }
    let truncation = own.member("IsTruncated", of: json)
    if let truncation, truncation.bool == nil {
      own.lose(.wrongType, at: "\(place).IsTruncated", "true or false should stand here")
    }
    let marker = own.filledText("Marker", of: json, at: place)
    let nextToken = own.filledText("NextToken", of: json, at: place)
    let owners =
      users.map(\.entity.account) + groups.map(\.entity.account) + roles.map(\.entity.account)
      + policies.map(\.account)
    let accounts = Set(owners.compactMap(\.self)).sorted()
    if accounts.count > 1 {
      own.report(.severalAccounts, at: place, "the page has entities of \(accounts.count) accounts")
    }
    reader.problems += own.problems
    return AccountPage(
      users: users, groups: groups, roles: roles, managedPolicies: policies, isTruncated: truncation?.bool,
      marker: marker, nextToken: nextToken, listsPresent: present, newestDate: own.newestDate,
      accounts: accounts, unreadable: own.unreadable, fingerprint: fingerprint(of: json))
  }

  /// FNV-1a over the canonical text: enough to put pages in an order, and nothing else rests on it.
  private static func fingerprint(of json: JSONValue) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in json.canonicalText.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }
}

extension DocumentReader {
  fileprivate mutating func role(_ json: JSONValue, at place: String) -> RoleDetail? {
    guard let entity = entity(json, kind: "Role", inline: "RolePolicyList", at: place) else { return nil }
    // Whoever looks for a deleted role must know that this one could be it.
    if let id = entity.idText, PrincipalID(id) == nil {
      unreadable.append("\(place).RoleId")
    } else if entity.idText.flatMap({ RoleID($0) }) == nil {
      lose(
        .malformedID, at: "\(place).RoleId",
        "the role has no RoleId by which it could be told from its namesakes")
    }
    let lastUsed = member("RoleLastUsed", of: json)
    if let lastUsed, lastUsed.members == nil {
      lose(.wrongType, at: "\(place).RoleLastUsed", "an object should stand here")
    }
    let used = lastUsed ?? .null
    return RoleDetail(
      entity: entity, trustPolicy: policy("AssumeRolePolicyDocument", of: json, at: place),
      permissionsBoundary: boundary(of: json, at: place), tags: tags(of: json, at: place),
      lastUsed: time("LastUsedDate", of: used, at: "\(place).RoleLastUsed"),
      lastUsedRegion: filledText("Region", of: used, at: "\(place).RoleLastUsed"),
      instanceProfiles: objects("InstanceProfileList", of: json, at: place) { $0.instanceProfile($1, at: $2) }
    )
  }

  fileprivate mutating func user(_ json: JSONValue, at place: String) -> UserDetail? {
    guard let entity = entity(json, kind: "User", inline: "UserPolicyList", at: place) else { return nil }
    return UserDetail(
      entity: entity, groupNames: texts("GroupList", of: json, at: place),
      permissionsBoundary: boundary(of: json, at: place), tags: tags(of: json, at: place))
  }

  fileprivate mutating func group(_ json: JSONValue, at place: String) -> GroupDetail? {
    entity(json, kind: "Group", inline: "GroupPolicyList", at: place).map { GroupDetail(entity: $0) }
  }

  /// - Parameter kind: `Role`, `User` or `Group`, as the names of the members begin.
  private mutating func entity(_ json: JSONValue, kind: String, inline: String, at place: String)
    -> EntityDetail?
  {
    let id = uniqueID("\(kind)Id", of: json, at: place)
    let arn = arn("Arn", of: json, at: place)
    let name = name("\(kind)Name", of: json, at: place)
    guard id != nil || arn != nil || name != nil else {
      lose(.entryUnreadable, at: place, "the entry has no id, no ARN and no name")
      return nil
    }
    return EntityDetail(
      idText: id, arnText: arn, name: name, path: text("Path", of: json, at: place),
      created: time("CreateDate", of: json, at: place),
      inlinePolicies: objects(inline, of: json, at: place) { $0.inlinePolicy($1, at: $2) },
      attachedPolicies: objects("AttachedManagedPolicies", of: json, at: place) {
        $0.attachedPolicy($1, at: $2)
      })
  }

  private mutating func inlinePolicy(_ json: JSONValue, at place: String) -> InlinePolicy? {
    let document = policy("PolicyDocument", of: json, at: place)
    if document == nil { lose(.entryUnreadable, at: place, "the inline policy has no document") }
    return InlinePolicy(name: name("PolicyName", of: json, at: place) ?? "", document: document)
  }

  private mutating func attachedPolicy(_ json: JSONValue, at place: String) -> PolicyReference? {
    let arn = arn("PolicyArn", of: json, at: place)
    let name = name("PolicyName", of: json, at: place)
    if arn == nil { lose(.entryUnreadable, at: place, "the attached policy has no ARN") }
    return PolicyReference(arnText: arn ?? "", name: name)
  }

  private mutating func boundary(of json: JSONValue, at place: String) -> PolicyReference? {
    guard let boundary = member("PermissionsBoundary", of: json) else { return nil }
    let arn = arn("PermissionsBoundaryArn", of: boundary, at: "\(place).PermissionsBoundary")
    if arn == nil {
      lose(.entryUnreadable, at: "\(place).PermissionsBoundary", "the permissions boundary has no ARN")
    }
    return PolicyReference(arnText: arn ?? "", name: nil)
  }

  private mutating func tags(of json: JSONValue, at place: String) -> [Tag] {
    // A tag that cannot be read costs no entity and no grant.
    let lost = unreadable.count
    defer { unreadable.removeSubrange(lost...) }
    return objects("Tags", of: json, at: place) { reader, tag, place in
      guard let key = reader.text("Key", of: tag, at: place) else {
        reader.report(.entryUnreadable, at: place, "the tag has no key")
        return nil
      }
      return Tag(key: key, value: reader.text("Value", of: tag, at: place) ?? "")
    }
  }

  private mutating func instanceProfile(_ json: JSONValue, at place: String) -> InstanceProfile? {
    _ = time("CreateDate", of: json, at: place)
    return InstanceProfile(
      arnText: arn("Arn", of: json, at: place), name: name("InstanceProfileName", of: json, at: place),
      idText: uniqueID("InstanceProfileId", of: json, at: place),
      roleIDs: objects("Roles", of: json, at: place) { $0.uniqueID("RoleId", of: $1, at: $2) })
  }
}
