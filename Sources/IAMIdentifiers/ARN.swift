/// An Amazon Resource Name: `arn:partition:service:region:account:resource`.
///
/// Source: "Identify AWS resources with Amazon Resource Names (ARNs)", IAM User Guide.
public struct ARN: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// `aws`, `aws-cn`, `aws-us-gov`, …
  public let partition: Substring
  /// The service's name in ARNs, such as `iam`.
  public let service: Substring
  /// Empty for global resources.
  public let region: Substring
  /// 12 digits, or empty, or a word such as `aws` for policies that AWS manages.
  public let account: Substring
  /// All that follows the fifth colon.
  public let resource: Substring
  /// The ARN as it was written.
  public let description: String

  /// Nil unless the text has six parts, the first is `arn`, and partition, service and resource are not empty.
  public init?(_ text: some StringProtocol) {
    let whole = String(text)
    let parts = whole.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn" else { return nil }
    guard !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else { return nil }
    (partition, service, region, account, resource) = (parts[1], parts[2], parts[3], parts[4], parts[5])
    description = whole
  }

  /// The account, where the ARN names one.
  public var accountID: AccountID? { AccountID(account) }

  /// What stands before the first `/` or `:` of the resource, such as `role`.
  public var resourceType: Substring { resource.prefix { $0 != "/" && $0 != ":" } }

  /// What stands after the last `/` of the resource: the name of a role, user or policy.
  public var resourceName: Substring {
    guard let slash = resource.lastIndex(of: "/") else { return resource }
    return resource[resource.index(after: slash)...]
  }

  /// The path of an IAM resource, with both slashes: `/` or `/team/orders/`.
  public var path: Substring {
    guard let first = resource.firstIndex(of: "/"), let last = resource.lastIndex(of: "/") else { return "/" }
    return resource[first...last]
  }

  /// Alike in spelling.
  public static func == (left: ARN, right: ARN) -> Bool { left.description == right.description }
  /// As `==` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }
  /// In the order of their spelling.
  public static func < (left: ARN, right: ARN) -> Bool { left.description < right.description }
}
