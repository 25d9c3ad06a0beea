import AccessReview
import ActionCatalog
import ArgumentParser

/// `accessreview catalog actions`
struct CatalogActionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actions",
    abstract: "List the actions of services, or all of them.",
    discussion: """
      Without PREFIX every action that is known. A list for programs has an object on each line, with where each fact comes \
      from in sources; a list of an older release is what `catalog diff` compares with.

        accessreview catalog actions sqs sns
        accessreview catalog actions iam | grep permissions-management
        accessreview catalog actions --format jsonl > actions.jsonl
      """)

  /// The forms of a list.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, jsonl
  }

  @Argument(help: "Service prefixes, such as s3.")
  var prefixes: [String] = []

  @Option(help: "\(Format.allCases.map(\.rawValue).joined(separator: " or ")).")
  var format: Format = .text

  @OptionGroup var store: CatalogStoreOptions

  func run() throws {
    let catalog = try store.catalog()
    let numbers = try self.numbers(in: catalog)
    switch format {
    case .text: Console.output(table(of: numbers, in: catalog))
    case .jsonl:
      var results = ResultStream()
      let sources = CatalogSources(catalog)
      for number in numbers {
        try results.line(JSONLine(catalog.entry(at: number), in: catalog, sources).closed)
      }
      try results.flush()
    }
  }

  private func numbers(in catalog: ActionCatalog) throws -> [Int] {
    guard !prefixes.isEmpty else { return Array(0..<catalog.count) }
    var numbers: Set<Int> = []
    for prefix in prefixes {
      let range = catalog.indices(ofService: prefix)
      guard !range.isEmpty else { throw unknown(prefix, in: catalog) }
      numbers.formUnion(range)
    }
    return numbers.sorted()
  }

  private func unknown(_ prefix: String, in catalog: ActionCatalog) -> UsageError {
    // An event source is easily taken for a prefix.
    let meant = catalog.prefixes(ofEventSource: prefix)
    let near = meant.isEmpty ? NearNames(prefix.lowercased(), in: catalog.services).names : meant
    return UsageError(
      problem: "no service has the prefix '\(TextTable.cut(prefix))'",
      remedy: near.isEmpty
        ? "See `accessreview catalog actions` for those that there are."
        : "Did you mean \(near.joined(separator: ", "))?")
  }

  private func table(of numbers: [Int], in catalog: ActionCatalog) -> String {
    var table = TextTable(["ACTION", "ACCESS LEVEL", "VISIBILITY", "RESOURCE TYPES", "NOTES"])
    for number in numbers {
      let entry = catalog.entry(at: number)
      var notes: [String] = []
      if entry.isRetired { notes.append("retired") }
      if entry.isUnlisted { notes.append("unlisted") }
      let former = catalog.formerNames(of: entry.name)
      if !former.isEmpty { notes.append("formerly \(former.map(\.description).joined(separator: " "))") }
      if !entry.dependentActions.isEmpty {
        notes.append("with \(entry.dependentActions.map(\.description).joined(separator: " "))")
      }
      let all = entry.resourceTypes.map { $0.name + ($0.isRequired ? "*" : "") }
      let types = all.count > 4 ? all.prefix(3) + ["+\(all.count - 3)"] : all
      table.add([
        entry.name.description, entry.accessLevels.names.joined(separator: ","), entry.visibility.rawValue,
        types.isEmpty ? "-" : types.joined(separator: ","), notes.joined(separator: "; "),
      ])
    }
    return table.lines().joined(separator: "\n") + "\n"
  }
}

extension AccessLevels {
  /// Their names, that which matters most first.
  var names: [String] {
    let order: [AccessLevels] = [.permissionsManagement, .write, .tagging, .read, .list]
    let names = order.filter { contains($0) }.map(\.description)
    return names.isEmpty ? ["unknown"] : names
  }
}

extension JSONLine {
  /// An action as a line of a list.
  init(_ entry: Entry, in catalog: ActionCatalog, _ sources: CatalogSources) {
    self.init()
    member("action", entry.name.description)
    member("accessLevel", entry.accessLevels.names.first)
    member("accessLevels", entry.accessLevels.names)
    member("resourceTypes", entry.resourceTypes.map(\.name))
    member("requiredResourceTypes", entry.resourceTypes.filter(\.isRequired).map(\.name))
    member("dependentActions", entry.dependentActions.map(\.description))
    member("visibility", entry.visibility.rawValue)
    member("dataResourceTypes", entry.dataResourceTypes)
    member("retired", entry.isRetired)
    member("unlisted", entry.isUnlisted)
    member("formerNames", catalog.formerNames(of: entry.name).map(\.description))
    var facts = JSONLine()
    for (fact, source) in sources.facts(of: entry, in: catalog) { facts.member(fact, source) }
    member("sources", facts)
  }
}
