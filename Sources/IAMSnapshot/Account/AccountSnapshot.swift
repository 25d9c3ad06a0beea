public import IAMIdentifiers

/// An account's users, groups, roles and policies at one time, put together from the pages of its export.
///
/// Nothing depends on the order of the pages: they are sorted by their newest date, then by content, and of two
/// entries with one unique id the later page's counts.
public struct AccountSnapshot: Hashable, Sendable {
  /// Nil where no page names an account.
  public let account: AccountID?
  /// Sorted by unique id, as are groups and roles.
  public let users: [UserDetail]
  public let groups: [GroupDetail]
  public let roles: [RoleDetail]
  /// Sorted by ARN.
  public let managedPolicies: [ManagedPolicyDetail]
  /// How many different pages went in; the same page twice counts once.
  public let pageCount: Int
  /// The newest date inside any page: the snapshot was not taken before it.
  public let newestDate: UTCTime?
  /// What keeps the snapshot from being complete, in the order of the reasons' declaration.
  public let missing: [MissingPart]

  /// True if everything in the account is in the snapshot, as far as a snapshot can tell. Only then is a role's
  /// absence a proof that it is gone.
  public var isComplete: Bool { missing.isEmpty }

  /// Puts pages together: one snapshot for each account, sorted by account.
  ///
  /// All pages of one account are taken for one export. A page with entities of several accounts is parted among
  /// them. A page without entities belongs to the only account there is, else to none.
  public static func assemble(pages: [AccountPage]) -> [AccountSnapshot] {
    let ordered = pages.sorted {
      ($0.newestDate?.seconds ?? .min, $0.fingerprint) < ($1.newestDate?.seconds ?? .min, $1.fingerprint)
    }
    var distinct: [AccountPage] = []
    var seen: Set<AccountPage> = []
    for page in ordered where seen.insert(page).inserted { distinct.append(page) }
    let accounts = Set(distinct.flatMap(\.accounts)).sorted()
    var pagesOf: [AccountID?: [AccountPage]] = [:]
    for page in distinct {
      if page.accounts.count > 1 {
        for account in page.accounts { pagesOf[account, default: []].append(page.part(of: account)) }
      } else {
        pagesOf[page.accounts.first ?? (accounts.count == 1 ? accounts[0] : nil), default: []].append(page)
      }
    }
    let groups = accounts.map(Optional.some) + [nil]
    return groups.compactMap { account in
      pagesOf[account].map { AccountSnapshot(account: account, pages: $0) }
    }
  }

  private init(account: AccountID?, pages: [AccountPage]) {
    self.account = account
    users = latest(pages.flatMap(\.users), by: \.entity.key)
    groups = latest(pages.flatMap(\.groups), by: \.entity.key)
    roles = latest(pages.flatMap(\.roles), by: \.entity.key)
    managedPolicies = latest(pages.flatMap(\.managedPolicies), by: \.key)
    pageCount = pages.count
    newestDate = pages.compactMap(\.newestDate).max()
    missing = MissingPart.all(
      of: pages, account: account,
      merged: MergedLists(users: users, groups: groups, roles: roles, managedPolicies: managedPolicies))
  }
}

/// Of the entries with one key the last, sorted by key.
private func latest<Entry>(_ entries: [Entry], by key: (Entry) -> String) -> [Entry] {
  var byKey: [String: Entry] = [:]
  for entry in entries { byKey[key(entry)] = entry }
  return byKey.sorted { $0.key < $1.key }.map(\.value)
}

extension AccountPage {
  /// The page with the entities of one account; what names no account, AWS's policies among them, goes with each.
  fileprivate func part(of account: AccountID) -> AccountPage {
    var part = self
    func belongs(_ owner: AccountID?) -> Bool { owner == nil || owner == account }
    part.users = users.filter { belongs($0.entity.account) }
    part.groups = groups.filter { belongs($0.entity.account) }
    part.roles = roles.filter { belongs($0.entity.account) }
    part.managedPolicies = managedPolicies.filter { belongs($0.account) }
    part.accounts = [account]
    return part
  }
}
