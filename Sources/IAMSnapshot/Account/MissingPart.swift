import IAMIdentifiers

/// Why a snapshot is not complete.
public struct MissingPart: Hashable, Sendable {
  /// The reasons, as they are spelled everywhere outside.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Pages say that another follows, and none is the last.
    case pageMissing = "page-missing"
    /// A last page came alone and does not have all that it refers to: the pages before it are missing.
    case lastPageAlone = "last-page-alone"
    /// Several last pages: exports of different times, which together show what never was at one time.
    case severalExports = "several-exports"
    /// A list is absent, or empty where it cannot be: the export was filtered.
    case listFiltered = "list-filtered"
    /// An attached policy or a permissions boundary is not among the policies, or its default version is not.
    case policyDocumentMissing = "policy-document-missing"
    /// A user's group is not among the groups.
    case groupMissing = "group-missing"
    /// An entry could not be read, so that an entity or a grant is hidden.
    case entryUnreadable = "entry-unreadable"
    /// No page says whose account it is.
    case accountUnknown = "account-unknown"
  }

  public let reason: Reason
  /// What is missing, sorted: ARNs of policies, names of lists or groups, places of entries; else empty.
  public let names: [String]
}

/// The lists of all pages together.
struct MergedLists {
  let users: [UserDetail]
  let groups: [GroupDetail]
  let roles: [RoleDetail]
  let managedPolicies: [ManagedPolicyDetail]

  private var entities: [EntityDetail] { users.map(\.entity) + groups.map(\.entity) + roles.map(\.entity) }

  /// ARNs of policies that are referred to and whose document is absent.
  var policiesWithoutDocument: [String] {
    let present = Set(managedPolicies.filter { $0.defaultDocument != nil }.compactMap(\.arnText))
    let attached = entities.flatMap(\.attachedPolicies)
    let boundaries = users.compactMap(\.permissionsBoundary) + roles.compactMap(\.permissionsBoundary)
    // One without a readable ARN is listed as unreadable already.
    let named = Set((attached + boundaries).map(\.arnText).filter { !$0.isEmpty })
    return named.subtracting(present).sorted()
  }

  /// Names of groups that users are in and that are absent.
  var absentGroups: [String] {
    Set(users.flatMap(\.groupNames)).subtracting(groups.compactMap(\.entity.name)).sorted()
  }

  /// True if a policy says that it is attached to more entities than the lists show.
  var hasUnseenAttachments: Bool {
    var seen: [String: Int64] = [:]
    for entity in entities {
      for arn in Set(entity.attachedPolicies.map(\.arnText)) { seen[arn, default: 0] += 1 }
    }
    return managedPolicies.contains { ($0.attachmentCount ?? 0) > seen[$0.arnText ?? "", default: 0] }
  }
}

extension MissingPart {
  /// All reasons why the pages are not the whole account, in the order of `Reason`.
  static func all(of pages: [AccountPage], account: AccountID?, merged: MergedLists) -> [MissingPart] {
    let withoutDocument = merged.policiesWithoutDocument
    let absentGroups = merged.absentGroups
    let unseenAttachments = merged.hasUnseenAttachments
    let lasts = pages.filter(\.isLastPage)
    var missing: [MissingPart] = []
    func add(_ reason: Reason, _ names: [String] = [], if holds: Bool) {
      if holds { missing.append(MissingPart(reason: reason, names: names)) }
    }

    // Pages of the API end with one that says so; those of `--max-items` with one that says nothing.
    let apiContinues = pages.contains { $0.claimsMore && $0.nextToken == nil }
    let apiEnds = pages.contains { $0.isLastPage && $0.isTruncated == false }
    add(.pageMissing, if: lasts.isEmpty || (apiContinues && !apiEnds))
    let refersToMore = !withoutDocument.isEmpty || !absentGroups.isEmpty || unseenAttachments
    add(
      .lastPageAlone,
      if: pages.count == 1 && pages[0].isLastPage && pages[0].isTruncated == false && refersToMore)
    add(.severalExports, if: lasts.count > 1)
    let filtered = filteredLists(of: pages, merged: merged, unseenAttachments: unseenAttachments)
    add(.listFiltered, filtered, if: !filtered.isEmpty)
    add(.policyDocumentMissing, withoutDocument, if: !withoutDocument.isEmpty)
    add(.groupMissing, absentGroups, if: !absentGroups.isEmpty)
    let unreadable = Set(pages.flatMap(\.unreadable)).sorted()
    add(.entryUnreadable, unreadable, if: !unreadable.isEmpty)
    add(.accountUnknown, if: account == nil)
    return missing
  }

  /// Names of the lists that are absent from all pages, or empty where the rest shows that they should not be.
  ///
  /// With `--filter` the lists that were not asked for come empty. An account without any role is all but unknown,
  /// since AWS makes service-linked roles in each (see "Using service-linked roles for AWS Support", AWS Support
  /// User Guide). Users and groups an account may lack, unless its policies are attached to more than is seen.
  private static func filteredLists(of pages: [AccountPage], merged: MergedLists, unseenAttachments: Bool)
    -> [String]
  {
    let present = Set(pages.flatMap(\.listsPresent))
    return AccountPage.DetailList.allCases.filter { list in
      guard present.contains(list) else { return true }
      return switch list {
      case .roles: merged.roles.isEmpty
      case .users: merged.users.isEmpty && unseenAttachments
      case .groups: merged.groups.isEmpty && unseenAttachments
      case .managedPolicies: false
      }
    }.map(\.rawValue).sorted()
  }
}
