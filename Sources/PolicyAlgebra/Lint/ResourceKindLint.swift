import ActionCatalog
import IAMIdentifiers
import IAMPolicy

/// Finds statements whose resources are of kinds that their actions do not know.
struct ResourceKindLint {
  private let catalog: ActionCatalog
  private let space: ActionSpace

  init(_ catalog: ActionCatalog, space: ActionSpace) {
    self.catalog = catalog
    self.space = space
  }

  /// How many resources of a document are compared with how many kinds: more than any that IAM takes needs.
  static let mostComparisons = 100_000
  /// Longer resources are taken to be of any kind.
  private static let longest = 2_048

  /// - Parameter comparisons: how many more may be made for the document.
  func findings(in statement: Statement, _ comparisons: inout Int) -> [LintFinding] {
    guard case .only(let actions)? = statement.actions, case .only(let resources)? = statement.resources,
      !resources.isEmpty, !resources.contains(where: \.isEverything)
    else { return [] }
    var findings: [LintFinding] = []
    for pattern in actions {
      guard let service = pattern.servicePrefix, pattern.wildcardKind != .everything else { continue }
      let entries =
        pattern.literal.map { [catalog.entry(for: $0)].compactMap { $0 } }
        ?? Array(space.expand(pattern)).map { catalog.entry(at: $0) }
      guard !entries.isEmpty else { continue }
      let subject =
        pattern.literal == nil ? CatalogLint.shown(pattern.description) : entries[0].name.description
      let narrowable = entries.filter(\.supportsResourceLevelPermissions)
      if narrowable.isEmpty {
        guard statement.effect == .allow, !resources.contains(where: { $0.namesWholeAccount(of: service) })
        else { continue }
        findings.append(needsEveryResource(subject, pattern.literal == nil, statement))
      } else if !mayMatch(resources, narrowable, service: service, &comparisons) {
        findings.append(otherKind(subject, narrowable, service: service, pattern.literal == nil, statement))
      }
    }
    return findings
  }

  private func needsEveryResource(_ subject: String, _ isPattern: Bool, _ statement: Statement) -> LintFinding
  {
    LintFinding(
      .needsEveryResource, in: statement, element: "Resource",
      isPattern
        ? "None of the actions of \(subject) knows resources, and none is allowed by a statement that names some"
        : "\(subject) knows no resources, and is not allowed by a statement that names some",
      remedy: "Move it to a statement with \"Resource\": \"*\".")
  }

  private func otherKind(
    _ subject: String, _ entries: [Entry], service: String, _ isPattern: Bool, _ statement: Statement
  ) -> LintFinding {
    let all = Set(entries.flatMap(\.resourceTypes).map(\.name)).sorted()
    let types = all.count > 6 ? all.prefix(5) + ["\(all.count - 5) more"] : all
    return LintFinding(
      .resourceOfOtherKind, severity: isPattern || !ResourceKindLint.plain.contains(service) ? .warning : nil,
      in: statement, element: "Resource",
      "None of the resources is one that \(subject) is about (\(types.joined(separator: ", "))), so the statement says nothing of it",
      remedy: service == "s3"
        ? "Buckets are arn:aws:s3:::bucket, their objects arn:aws:s3:::bucket/*; name what the action is about."
        : "Name resources of the action, or move it to a statement of its own.")
  }

  /// Services whose list of resource types is known to be whole: there is no doubt about a resource of another kind.
  ///
  /// Source: "Actions, resources, and condition keys for AWS services", Service Authorization Reference.
  private static let plain: Set<String> = [
    "dynamodb", "ecr", "iam", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs", "states",
  ]

  /// False only where no resource of any of the actions can be meant.
  private func mayMatch(
    _ resources: [ResourcePattern], _ entries: [Entry], service: String, _ comparisons: inout Int
  ) -> Bool {
    let types = Set(entries.flatMap(\.resourceTypes).map(\.name)).sorted()
    // What AWS does not list yet may be about anything.
    guard !entries.contains(where: \.isUnlisted) else { return true }
    var formats: [[ResourcePattern]] = []
    for type in types {
      // Of a kind whose ARN is not known anything may be one.
      guard let format = format(ofType: type, service: service) else { return true }
      formats.append(format)
    }
    for resource in resources {
      guard resource.description.utf8.count <= ResourceKindLint.longest, resource.isCompleteARN else {
        return true
      }
      comparisons -= formats.count
      guard comparisons >= 0 else { return true }
      if service == "s3", let isOne = S3Kind(resource).map({ $0.isAmong(types) }) {
        if isOne { return true }
      } else {
        // Part by part: a wildcard for a Region is not meant to take in what follows it.
        let parts = ResourceKindLint.parts(resource.description)
        if formats.contains(where: { zip($0, parts).allSatisfy { $0.overlaps($1) } }) { return true }
      }
    }
    return false
  }

  /// The parts of an ARN, each as a pattern.
  private static func parts(_ text: String) -> [ResourcePattern] {
    text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map {
      ResourcePattern(String($0))
    }
  }

  /// The parts of the ARN of a type, with wildcards for what differs.
  private func format(ofType type: String, service: String) -> [ResourcePattern]? {
    guard let text = catalog.resourceFormat(ofType: type, service: service) else { return nil }
    var pattern = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      pattern += rest[..<start.lowerBound] + "*"
      rest = rest[rest.index(after: end)...]
    }
    let parts = ResourceKindLint.parts(pattern + rest)
    return parts.count == 6 ? parts : nil
  }
}

extension ResourcePattern {
  /// Whether all six parts of an ARN are there, and no variable in the first five.
  fileprivate var isCompleteARN: Bool {
    let parts = description.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 && parts[0] == "arn" && !parts[..<5].contains { $0.contains("${") }
  }
}

/// A bucket or an object: their ARNs are alike, but a bucket's name has no slash.
private struct S3Kind {
  private let resource: Substring

  /// Nil for other resources of S3, which have a Region or an account, and for what is none of S3.
  init?(_ pattern: ResourcePattern) {
    let parts = pattern.description.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[2] == "s3", parts[3].isEmpty, parts[4].isEmpty else { return nil }
    resource = parts[5]
  }

  func isAmong(_ types: [String]) -> Bool {
    let isOpen = resource.contains { "*?$".contains($0) }
    let bucket = types.contains("bucket") && !resource.contains("/")
    let object = types.contains("object") && (resource.contains("/") || isOpen)
    // A wildcard before the first slash may stand for all that follows it, but a bucket has no slash.
    return bucket || object || (resource.contains("${") && types.contains("bucket"))
  }
}
