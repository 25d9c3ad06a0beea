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
    var comparisons = ResourceKindLint.mostComparisons
    let resources = ResourceKindLint(catalog, space: space)
    var findings = document.statements.flatMap { statement in
      names(statement, &suggestions)
        + (statement.isUnderstood ? resources.findings(in: statement, &comparisons) : [])
        + conditionKeys(statement)
    }
    if comparisons < 0 {
      findings.append(
        LintFinding(
          .checkLeftOut, in: nil, element: "Resource",
          "There are too many resources to compare all of them with what the actions are about",
          remedy: "Split the policy."))
    }
    return findings.sorted(by: LintFinding.precedes)
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
  static func shown(_ text: String) -> String {
    text.utf8.count > 100 ? "\(text.prefix(100))…" : text
  }

  // MARK: - Condition keys

  private func conditionKeys(_ statement: Statement) -> [LintFinding] {
    var seen: Set<String> = []
    return statement.conditionKeys.compactMap { key in
      guard ServiceConditionKeys.builtIn.has(key) == false, seen.insert(key.lowercased()).inserted else {
        return nil
      }
      return LintFinding(
        .unknownServiceKey, in: statement, element: "Condition",
        "The catalogue has no condition key \(quoted(key))",
        remedy: "Correct it; a key that requests lack makes the condition fail, or hold for all of them.")
    }
  }
}
