/// Resources that match nothing.
struct ResourceLint {
  private let statement: Statement

  init(_ statement: Statement) { self.statement = statement }

  var findings: [LintFinding] {
    guard let clause = statement.resources else { return [] }
    var findings: [LintFinding] = []
    for pattern in clause.patterns {
      if pattern.hasVariables,
        let variable = VariableText(pattern.description, variables: true).variable(
          beforeColon: 5)
      {
        findings.append(
          LintFinding(
            // AWS's documentation refuses it, and a managed policy of AWS has one for the account: not certain enough for an error.
            .variableNotAllowed, severity: .warning, in: statement, element: clause.element,
            "\(quoted(pattern.description)) has \(quoted("${\(variable)}")) before its fifth colon, where none can stand",
            remedy: "Write that part of the ARN, or * for it, and compare it in a condition."))
        continue
      }
      guard let (sentence, remedy, severity) = ResourceLint.fault(pattern) else { continue }
      findings.append(
        LintFinding(
          .arnMatchesNothing, severity: severity, in: statement, element: clause.element,
          "\(quoted(pattern.description)) \(sentence)", remedy: remedy))
    }
    return findings
  }

  /// Services whose resources' ARNs all have Region and account, and those that have the account alone.
  ///
  /// Source: "Actions, resources, and condition keys for AWS services", Service Authorization Reference.
  private static let regional: Set<Substring> = [
    "codebuild", "codecommit", "ecr", "ecs", "firehose", "kinesis", "kms", "lambda", "logs",
    "secretsmanager", "sns", "sqs", "states",
  ]
  private static let global: Set<Substring> = ["iam", "sts"]

  /// What is wrong with an ARN; nil where nothing is, or where wildcards and variables leave it open.
  private static func fault(
    _ pattern: ResourcePattern
  ) -> (sentence: String, remedy: String, severity: LintRule.Severity?)? {
    let text = pattern.description
    guard text.hasPrefix("arn:"), !pattern.hasWildcardInService else { return nil }
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    // A wildcard at the end of a segment, or a variable, may stand for the segments that are missing.
    let isOpen = text.contains("${") || parts.contains { $0.hasSuffix("*") }
    guard parts.count == 6 else {
      guard !isOpen else { return nil }
      return (
        "has \(parts.count) segments, and an ARN has six",
        "Write arn:partition:service:region:account:resource.", nil
      )
    }
    for (place, name) in [(1, "partition"), (2, "service"), (5, "resource")] where parts[place].isEmpty {
      return ("has an empty \(name), and matches nothing", "Write the \(name).", nil)
    }
    if let fault = segmentFault(parts) { return fault }
    guard !text.contains("${") else { return nil }
    return placeFault(parts).map { ($0.sentence, $0.remedy, nil) }
  }

  /// Whether Region and account stand where the service's ARNs have them.
  private static func placeFault(_ parts: [Substring]) -> (sentence: String, remedy: String)? {
    let (service, region, account) = (parts[2], parts[3], parts[4])
    if regional.contains(service) || global.contains(service), account.isEmpty {
      return ("names no account, and all ARNs of \(service) have one", "Write the account's 12 digits, or *.")
    }
    if regional.contains(service), region.isEmpty {
      return ("names no Region, and all ARNs of \(service) have one", "Write the Region, or *.")
    }
    if global.contains(service), !region.isEmpty, !region.allSatisfy({ $0 == "*" }) {
      return ("names a Region, and ARNs of \(service) have none", "Leave the Region empty.")
    }
    return bucketFault(parts)
  }

  /// Source: "Policy resources for Amazon S3", Amazon S3 User Guide: only the ARNs of access points and the like have Region and
  /// account.
  private static func bucketFault(_ parts: [Substring]) -> (sentence: String, remedy: String)? {
    guard parts[2] == "s3", !parts[3].allSatisfy({ $0 == "*" }) || !parts[4].allSatisfy({ $0 == "*" }) else {
      return nil
    }
    let others = ["accesspoint", "job", "storage-lens", "async-request", "access-grants", "accessgrants"]
    guard !others.contains(where: parts[5].hasPrefix), !parts[5].hasPrefix("*"), !parts[5].hasPrefix("?")
    else {
      return nil
    }
    return (
      "names a Region or an account, and the ARNs of buckets have neither", "Write arn:aws:s3:::bucket."
    )
  }

  /// Source: "Amazon Resource Names (ARNs)", AWS General Reference, and the partitions of AWS's SDKs, as of November 2026.
  private static let partitions: Set<Substring> = [
    "aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov",
  ]

  /// What stands in place of an account in ARNs of what AWS or its partners own.
  private static let owners: Set<Substring> = [
    "aws", "aws-managed", "aws-marketplace", "amazon", "cloudfront", "ec2", "elasticbeanstalk", "system",
    "third-party",
  ]

  /// Segments that no ARN has.
  private static func segmentFault(
    _ parts: [Substring]
  ) -> (sentence: String, remedy: String, severity: LintRule.Severity?)? {
    func isOpen(_ part: Substring) -> Bool { part.utf8.contains { "*?$".utf8.contains($0) } }
    let (partition, account) = (parts[1], parts[4])
    if !isOpen(partition), !partitions.contains(partition) {
      // AWS may open another partition any day, and name it like these.
      return (
        "names the partition \(quoted(String(partition))), which is none of AWS's",
        "Write aws, aws-cn or aws-us-gov.",
        partition.hasPrefix("aws-") ? .warning : nil
      )
    }
    guard !isOpen(account), !account.isEmpty, !owners.contains(account) else { return nil }
    let isNumeric = account.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    guard !isNumeric || account.utf8.count != 12 || account.contains("-") else { return nil }
    return (
      "names the account \(quoted(String(account))), which is not 12 digits",
      "Write the account's 12 digits, or *.",
      isNumeric ? nil : .warning
    )
  }
}
