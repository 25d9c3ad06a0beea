import AccessReview
import ActionCatalog
import ArgumentParser

/// `accessreview catalog status`
struct CatalogStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say what the catalogue was made from, and how well it translates the imported trail.",
    discussion: """
      Lists the calls of the store that could not be translated into actions, the denied calls whose message names another \
      action than the catalogue does, and the operations for which AWS's service reference (see `catalog update`) names \
      other actions. Where there is no store it tells of the catalogue alone.

        accessreview catalog status
        accessreview catalog status --format json | jq '.trail.untranslated[:10]'
      """)

  /// Rows that a person reads of a list.
  private static let few = 20

  @OptionGroup var store: CatalogStoreOptions

  @Option(help: "\(SummaryFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
  var format: SummaryFormat = .text

  func run() throws {
    let evidence = try store.openIfThere()
    let catalog = try evidence.map { try StoredCatalog.read($0) } ?? .builtIn
    let status = CatalogStatus(
      catalog: catalog, overlayHash: try evidence.flatMap { try StoredCatalog.overlayHash(of: $0) },
      trail: try evidence.map { try TranslationReport($0, catalog) })
    switch format {
    case .json:
      var results = ResultStream()
      try results.line(status.json.closed)
      try results.flush()
    case .text:
      Console.output(status.text(store: evidence == nil ? nil : store.options.path, rows: Self.few))
    }
  }
}
