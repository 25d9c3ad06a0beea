/// Whether a condition of an Allow for everyone narrows who may call.
///
/// Keys of services are taken to narrow unless the operator lets everybody through: what they say of the caller is the
/// service's affair.
/// Sources: "AWS global condition context keys" and "Condition operators", IAM User Guide; "Blocking public access to your
/// Amazon S3 storage", section "The meaning of public", Amazon S3 User Guide.
struct OpenCondition {
  private let condition: Condition
  private let statement: Statement
  private let kind: PolicyKind
  private let key: String

  init(_ condition: Condition, in statement: Statement, kind: PolicyKind) {
    self.condition = condition
    self.statement = statement
    self.kind = kind
    key = condition.key.lowercased()
  }

  /// True where anybody who wants to can meet it.
  var isMetByAnybody: Bool {
    // "Not them" leaves everybody else, and whether a key is there says nothing of whose it is.
    if condition.comparison == .null || condition.comparison.isNegated { return true }
    if condition.ifExists, !isAlwaysThere { return true }
    if condition.qualifier == .forAllValues, !statement.asksForPresence(of: condition.key) { return true }
    if condition.comparison == .bool, GlobalConditionKey(key)?.type == .boolean {
      return key != "aws:principalisawsservice" || condition.values.contains { $0.lowercased() != "true" }
    }
    if OpenCondition.chosen.contains(key) || OpenCondition.chosenTags.contains(where: key.hasPrefix) {
      return true
    }
    return condition.values.contains(where: isOpen)
  }

  /// Keys whose values callers choose, or can come by in an account of their own; in lower case.
  private static let chosen: Set<String> = [
    "aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:currenttime",
    "aws:ec2instancesourceprivateipv4", "aws:epochtime", "aws:multifactorauthage", "aws:principaltype",
    "aws:referer", "aws:requestedregion", "aws:sourceidentity", "aws:tagkeys", "aws:tokenissuetime",
    "aws:useragent", "aws:username", "aws:vpcsourceip", "sts:rolesessionname", "sts:sourceidentity",
  ]
  private static let chosenTags = ["aws:principaltag/", "aws:requesttag/"]

  /// A role is assumed with credentials, whose owner is known; other requests may be anonymous.
  private var isAlwaysThere: Bool {
    key == "aws:principalaccount"
      || kind == .trust && ["aws:principalarn", "aws:principalisawsservice", "aws:userid"].contains(key)
  }

  private func isOpen(_ value: String) -> Bool {
    switch condition.comparison {
    case .ipAddress: return IPNetwork(value)?.isVast ?? false
    case .stringLike, .arnLike, .arnEquals: break
    default: return false
    }
    if !value.isEmpty, value.utf8.allSatisfy(OpenCondition.isWildcard) { return true }
    guard value.utf8.contains(where: OpenCondition.isWildcard), !value.contains("${") else { return false }
    if GlobalConditionKey.sensitive.contains(key) { return true }
    switch key {
    case "aws:principalorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths":
      return value.utf8.prefix { $0 != UInt8(ascii: "/") }.contains(where: OpenCondition.isWildcard)
    case "aws:principalarn":
      // Anybody can give a role of his own whatever name is asked for.
      return OpenCondition.parts(value).account.contains(where: OpenCondition.isWildcard)
    case "aws:sourcearn":
      let (account, resource) = OpenCondition.parts(value)
      return (account.isEmpty || account.contains(where: OpenCondition.isWildcard))
        && resource.allSatisfy { OpenCondition.isWildcard($0) || $0 == UInt8(ascii: "/") }
    default: return false
    }
  }

  /// Where segments are missing, the last wildcard stands for them.
  private static func parts(
    _ value: String
  ) -> (account: Substring.UTF8View, resource: Substring.UTF8View) {
    let parts = value.utf8.split(separator: Glob.colon, maxSplits: 5, omittingEmptySubsequences: false)
    let last = parts.last ?? Substring().utf8
    return (parts.count > 4 ? parts[4] : last, parts.count > 5 ? parts[5] : last)
  }

  private static func isWildcard(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
  }
}

extension Statement {
  /// Whether a condition lets no request pass that lacks the key.
  func asksForPresence(of key: String) -> Bool {
    conditions.contains {
      $0.comparison == .null && $0.isAbout(key) && !$0.values.isEmpty
        && $0.values.allSatisfy { $0.lowercased() == "false" }
    }
  }
}
