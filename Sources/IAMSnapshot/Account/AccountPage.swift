public import IAMIdentifiers

/// One page, or all pages joined, of `aws iam get-account-authorization-details`.
public struct AccountPage: Hashable, Sendable {
  /// The four lists of a page, under the names that the API gives them.
  public enum DetailList: String, Hashable, Sendable, CaseIterable {
    case users = "UserDetailList"
    case groups = "GroupDetailList"
    case roles = "RoleDetailList"
    case managedPolicies = "Policies"
  }

  public internal(set) var users: [UserDetail]
  public internal(set) var groups: [GroupDetail]
  public internal(set) var roles: [RoleDetail]
  public internal(set) var managedPolicies: [ManagedPolicyDetail]
  /// As the API says it; nil where the page does not: the AWS CLI drops it when it joins the pages.
  public let isTruncated: Bool?
  /// The API's token for the next page; nil where absent or empty.
  public let marker: String?
  /// The AWS CLI's token for the rest after `--max-items`; nil where absent or empty.
  public let nextToken: String?
  /// Which of the four lists the page has at all, empty ones included, in the order of the API.
  public let listsPresent: [DetailList]
  /// The newest date anywhere in the page, `RoleLastUsed` included: the page was not taken before it.
  public let newestDate: UTCTime?
  /// The accounts that the ARNs of the page's entities name, sorted; normally one, none in an empty page.
  public internal(set) var accounts: [AccountID]
  /// JSON paths of what was lost in reading: with any of these, the page is not all that it was.
  public internal(set) var unreadable: [String]
  /// A digest of the page's content, for an order of pages that does not depend on file names.
  let fingerprint: UInt64

  /// True if nothing says that another page follows.
  public var isLastPage: Bool { !claimsMore }
  /// True if the page says that another one follows.
  public var claimsMore: Bool { isTruncated == true || marker != nil || nextToken != nil }
}
