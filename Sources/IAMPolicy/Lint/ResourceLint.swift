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
            .variableNotAllowed, in: statement, element: clause.element,
            "\(quoted(pattern.description)) has \(quoted("${\(variable)}")) before its fifth colon, where none can stand",
            remedy: "Write that part of the ARN, or * for it, and compare it in a condition."))
        continue
      }
      guard let (sentence, remedy) = ResourceLint.fault(pattern) else { continue }
      findings.append(
        LintFinding(
          .arnMatchesNothing, in: statement, element: clause.element,
          "\(quoted(pattern.description)) \(sentence)", remedy: remedy))
    }
    return findings + aliases
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
  private static func fault(_ pattern: ResourcePattern) -> (sentence: String, remedy: String)? {
    let text = pattern.description
    guard text.hasPrefix("arn:"), !pattern.hasWildcardInService else { return nil }
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    // A wildcard at the end of a segment, or a variable, may stand for the segments that are missing.
    let isOpen = text.contains("${") || parts.contains { $0.hasSuffix("*") }
    guard parts.count == 6 else {
      guard !isOpen else { return nil }
      return (
        "has \(parts.count) segments, and an ARN has six",
        "Write arn:partition:service:region:account:resource."
      )
    }
    for (place, name) in [(1, "partition"), (2, "service"), (5, "resource")] where parts[place].isEmpty {
      return ("has an empty \(name), and matches nothing", "Write the \(name).")
    }
    guard !text.contains("${") else { return nil }
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

  /// Sources: "Using aliases to control access to KMS keys" and "AWS KMS permissions", AWS KMS Developer Guide: an alias as a
  /// resource is checked by the three actions that manage aliases alone.
  private var aliases: [LintFinding] {
    guard case .only(let resources)? = statement.resources, case .only(let actions)? = statement.actions
    else {
      return []
    }
    let managing = ["createalias", "deletealias", "updatealias"]
    let about = actions.filter { $0.servicePrefix == "kms" }
    guard !about.isEmpty, !actions.contains(where: { $0.wildcardKind == .everything }),
      !about.contains(where: { pattern in managing.contains { pattern.matchesName(Array($0.utf8)[...]) } })
    else { return [] }
    return resources.filter { pattern in
      let parts = pattern.description.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      return parts.count == 6 && parts[2] == "kms" && parts[5].hasPrefix("alias/")
    }.map { pattern in
      LintFinding(
        .kmsAliasARN, in: statement, element: "Resource",
        "\(quoted(pattern.description)) is an alias, and these actions are checked against the key's own ARN",
        remedy: "Name the key, or all keys and a condition on kms:RequestAlias or kms:ResourceAliases.")
    }
  }
}
