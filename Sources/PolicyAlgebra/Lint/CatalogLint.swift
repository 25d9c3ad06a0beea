public import ActionCatalog
import IAMIdentifiers
public import IAMPolicy

/// Looks for mistakes in a policy document that show only to who knows which actions there are.
public struct CatalogLint: Sendable {
  private let catalog: ActionCatalog
  private let space: ActionSpace

  /// - Parameter space: made of the same catalogue.
  public init(_ catalog: ActionCatalog, space: ActionSpace) {
    self.catalog = catalog
    self.space = space
  }

  /// In the order of the document.
  public func findings(in document: PolicyDocument) -> [LintFinding] {
    var suggestions = CatalogLint.mostSuggestions
    return document.statements.flatMap { statement in
      names(statement, &suggestions) + (statement.isUnderstood ? resources(statement) : [])
    }.sorted(by: LintFinding.precedes)
  }

  /// Names of a document for which others are looked up that are near: each costs a walk through a service.
  private static let mostSuggestions = 100

  // MARK: - Names

  private func names(_ statement: Statement, _ suggestions: inout Int) -> [LintFinding] {
    guard let clause = statement.actions else { return [] }
    var services: Set<String> = []
    return clause.patterns.compactMap { pattern in
      guard let service = pattern.servicePrefix else { return nil }
      func finding(_ rule: LintRule, _ sentence: String, _ remedy: String) -> LintFinding {
        LintFinding(rule, in: statement, element: clause.element, sentence, remedy: remedy)
      }
      guard !space.universe.indices(ofService: service).isEmpty else {
        guard services.insert(service).inserted else { return nil }
        var near = catalog.prefixes(ofEventSource: service)
        if near.isEmpty, suggestions > 0 {
          suggestions -= 1
          near = NearNames(service, in: catalog.services).names
        }
        return finding(
          .unknownService, "No service of the catalogue has the prefix \(CatalogLint.shown(service))",
          CatalogLint.remedy(near))
      }
      if let action = pattern.literal {
        guard space.universe.index(of: action) == nil else { return nil }
        return finding(
          .unknownAction, "The catalogue has no action \(CatalogLint.shown(action.description))",
          CatalogLint.remedy(near(action, in: service, &suggestions)))
      }
      guard space.expand(pattern).isEmpty else { return nil }
      return finding(
        .patternMatchesNothing, "No action of the catalogue fits \(CatalogLint.shown(pattern.description))",
        "Correct it, or remove it.")
    }
  }

  private func near(_ action: ActionName, in service: String, _ suggestions: inout Int) -> [String] {
    guard suggestions > 0 else { return [] }
    suggestions -= 1
    let names = catalog.indices(ofService: service).map { catalog.name(at: $0) }
    let near = Set(NearNames(action.name.lowercased(), in: names.map { String($0.name) }).names)
    return names.filter { near.contains(String($0.name)) }.map(\.description)
  }

  private static func remedy(_ near: [String]) -> String {
    near.isEmpty
      ? "Correct it, or remove it; `accessreview catalog actions` lists what there is."
      : "Perhaps \(near.joined(separator: ", ")) was meant."
  }

  /// A pattern's characters are plain; it may be long.
  private static func shown(_ text: String) -> String {
    text.utf8.count > 100 ? "\(text.prefix(100))…" : text
  }

  // MARK: - Resources

  private func resources(_ statement: Statement) -> [LintFinding] {
    guard case .only(let actions)? = statement.actions, case .only(let resources)? = statement.resources,
      !resources.isEmpty, !resources.contains(where: \.isEverything)
    else { return [] }
    let places = resources.map(ResourcePlace.init)
    return actions.compactMap { pattern in
      // Of wildcards it is in their nature that some actions are not about every resource.
      guard let action = pattern.literal, let entry = catalog.entry(for: action) else { return nil }
      let service = action.service.lowercased()
      if !entry.supportsResourceLevelPermissions {
        guard statement.effect == .allow, !resources.contains(where: { $0.namesWholeAccount(of: service) })
        else { return nil }
        return LintFinding(
          .needsEveryResource, in: statement, element: "Resource",
          "\(entry.name) knows no resources, and is not allowed by a statement that names some",
          remedy: "Move it to a statement with \"Resource\": \"*\".")
      }
      guard !places.contains(where: { $0.mayMatch(entry, service: service) }) else { return nil }
      let types = entry.resourceTypes.map(\.name).joined(separator: ", ")
      return LintFinding(
        .resourceOfOtherKind, in: statement, element: "Resource",
        "None of the resources is one that \(entry.name) is about (\(types)), so the statement says nothing of it",
        remedy: service == "s3"
          ? "Buckets are arn:aws:s3:::bucket, their objects arn:aws:s3:::bucket/*; name what the action is about."
          : "Name resources of the action, or move it to a statement of its own.")
    }
  }
}

/// What an ARN pattern may stand for, as far as its spelling tells.
private struct ResourcePlace {
  /// Nil where a wildcard or variable leaves it open.
  private let service, region: Substring?
  private let resource: Substring

  init(_ pattern: ResourcePattern) {
    let parts = pattern.description.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", !parts[..<5].contains(where: { $0.contains("${") }) else {
      (service, region, resource) = (nil, nil, "")
      return
    }
    (service, region, resource) = (parts[2], parts[3], parts[5])
  }

  /// Services all of whose resources have ARNs of the service's own name.
  ///
  /// Source: "Actions, resources, and condition keys for AWS services", Service Authorization Reference.
  private static let plain: Set<String> = [
    "dynamodb", "ecr", "iam", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs", "states",
  ]

  /// False only where no resource of the action can be meant.
  func mayMatch(_ entry: Entry, service: String) -> Bool {
    guard ResourcePlace.plain.contains(service), let own = self.service else { return true }
    guard own == service else { return false }
    let types = Set(entry.resourceTypes.map(\.name))
    switch service {
    case "s3":
      // Only buckets and their objects are told apart; other resources of S3 have a Region.
      guard region?.isEmpty ?? false,
        types.isSubset(of: ["bucket", "object", "accesspoint", "accesspointobject"])
      else { return true }
      let isOpen = resource.contains { "*?$".contains($0) }
      let bucket = types.contains("bucket") && !resource.contains("/")
      let object = types.contains("object") && (resource.contains("/") || isOpen)
      // A wildcard before the first slash may stand for all that follows it, but a bucket has no slash.
      return bucket || object || (resource.contains("${") && types.contains("bucket"))
    case "iam":
      let type = resource.prefix { $0 != "/" }
      guard !type.contains(where: { "*?$".contains($0) }), resource.contains("/") else { return true }
      return types.contains(String(type)) || !ResourcePlace.identityTypes.contains(String(type))
    default: return true
    }
  }

  /// Types of IAM's resources that are spelled in ARNs as in the Service Authorization Reference.
  private static let identityTypes: Set<String> = [
    "role", "user", "group", "policy", "instance-profile", "oidc-provider", "saml-provider",
    "server-certificate",
  ]
}
