/// A condition key that requests to every service may have.
///
/// Source: "AWS global condition context keys", IAM User Guide, as of November 2026.
struct GlobalConditionKey {
  /// What its values are.
  enum ValueType {
    case text, arn, boolean, number, date, address
  }

  /// Nil for tags, whose values are whatever somebody makes of them.
  let type: ValueType?
  let isMultivalued: Bool

  /// Nil where the key is no global one, or one that AWS does not list.
  init?(_ key: String) {
    let name = key.lowercased()
    if let type = GlobalConditionKey.single[name] {
      (self.type, isMultivalued) = (type, false)
    } else if GlobalConditionKey.multiple.contains(name) {
      (type, isMultivalued) = (.text, true)
    } else if GlobalConditionKey.tags.contains(where: { name.hasPrefix($0 + "/") }) {
      (type, isMultivalued) = (nil, false)
    } else {
      return nil
    }
  }

  /// True for what has the prefix of global keys.
  static func isNamedAsOne(_ key: String) -> Bool { key.lowercased().hasPrefix("aws:") }

  /// Keys of tags, whose names end in the tag's own key after a slash; in lower case.
  static let tags = ["aws:principaltag", "aws:requesttag", "aws:resourcetag"]

  /// Keys that a wildcard opens to whoever takes the trouble. Source: as above, section "Sensitive condition keys".
  static let sensitive: Set<String> = [
    "aws:principalaccount", "aws:principalorgid", "aws:resourceaccount", "aws:resourceorgid",
    "aws:sourceaccount", "aws:sourceorgid", "aws:sourcevpc", "aws:sourcevpce", "aws:vpceaccount",
    "aws:vpceorgid",
  ]

  private static let multiple: Set<String> = [
    "aws:calledvia", "aws:principalorgpaths", "aws:principalservicenameslist", "aws:resourceorgpaths",
    "aws:sourceorgpaths", "aws:tagkeys", "aws:vpceorgpaths",
  ]

  private static let single: [String: ValueType] = [
    "aws:assumedroot": .boolean, "aws:calledviaawsmcp": .text, "aws:calledviafirst": .text,
    "aws:calledvialast": .text, "aws:chatbotsourcearn": .arn, "aws:currenttime": .date,
    "aws:ec2instancesourceprivateipv4": .address, "aws:ec2instancesourcevpc": .text,
    "aws:epochtime": .date, "aws:federatedprovider": .arn, "aws:ismcpserviceaction": .boolean,
    "aws:multifactorauthage": .number, "aws:multifactorauthpresent": .boolean,
    "aws:principalaccount": .text, "aws:principalarn": .arn, "aws:principalisawsservice": .boolean,
    "aws:principalorgid": .text, "aws:principalservicename": .text, "aws:principaltype": .text,
    "aws:referer": .text, "aws:requestedregion": .text, "aws:resourceaccount": .text,
    "aws:resourceorgid": .text, "aws:securetransport": .boolean, "aws:signinsessionarn": .arn,
    "aws:sourceaccount": .text, "aws:sourcearn": .arn, "aws:sourceidentity": .text,
    "aws:sourceip": .address, "aws:sourceorgid": .text,
    // Of Amazon SNS, which still writes it into the policies of new topics.
    "aws:sourceowner": .text,
    "aws:sourcevpc": .text, "aws:sourcevpcarn": .arn, "aws:sourcevpce": .text,
    "aws:tokenissuetime": .date, "aws:useragent": .text, "aws:userid": .text, "aws:username": .text,
    "aws:viaawsmcpservice": .boolean, "aws:viaawsservice": .boolean, "aws:vpceaccount": .text,
    "aws:vpceorgid": .text, "aws:vpcsourceip": .address,
  ]
}
