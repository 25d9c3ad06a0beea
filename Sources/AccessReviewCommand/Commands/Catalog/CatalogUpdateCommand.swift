import AccessReview
import ActionCatalog
import ArgumentParser
import EvidenceStore
import IAMIdentifiers

/// `accessreview catalog update PATH…`
struct CatalogUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Lay AWS's service reference over the catalogue of a store.",
    discussion: """
      AWS publishes what each service's actions are, and which of them authorise its operations, as a JSON file for each \
      service (Service Authorization Reference: "Simplified AWS service information for programmatic access"). Download those \
      that you want; this program makes no network connections.

        accessreview catalog update reference/ --taken-at 2026-11-20
        accessreview catalog update --remove

      Paths are files and folders. What they say counts more than names and less than the mapping and denials' messages; \
      together they take the place of what an earlier update stored. Reviews made from then on use it and say so; older ones \
      are marked as stale. A file that is not understood is named, and nothing is stored.
      """)

  @Argument(help: "Files of services, or folders of them.")
  var paths: [String] = []

  @Flag(help: "Go back to the program's own catalogue.")
  var remove = false

  @Option(help: "When the files were downloaded, such as 2026-11-20; they do not say it themselves.")
  var takenAt: UTCTime?

  @OptionGroup var store: StoreOptions

  @Option(help: "The form of the summary: \(SummaryFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format: SummaryFormat = .text

  func validate() throws {
    if remove, !paths.isEmpty { throw ValidationError("Give paths or --remove, not both.") }
    if remove, takenAt != nil { throw ValidationError("--taken-at goes with paths, not with --remove.") }
    if !remove, paths.isEmpty { throw ValidationError("Name at least one file or folder, or give --remove.") }
  }

  func run() throws {
    if remove {
      let isChanged = try store.open(.write).removeOverlay()
      return show(
        isChanged ? "removed" : "none", catalog: .builtIn,
        isChanged
          ? "The program's own catalogue counts again." : "The program's own catalogue counts already.")
    }
    let files = try ReferenceFiles(paths: paths)
    let overlay = try files.overlay(takenAt: takenAt)
    let evidence = try store.open(.create)
    let outcome = try StoredCatalog.store(overlay, takenAt: takenAt, in: evidence)
    let catalog = try StoredCatalog.read(evidence)
    switch outcome {
    case .stored: show("stored", catalog: catalog, "Stored in \(evidence.path).")
    case .dated: show("dated", catalog: catalog, "The store has the same content; it is of another day now.")
    case .known:
      show("known", catalog: catalog, "The store has the same content already; nothing was changed.")
    }
  }

  private func show(_ outcome: String, catalog: ActionCatalog, _ sentence: String) {
    let overlay = catalog.overlay
    let actions = overlay?.services.reduce(0) { $0 + $1.reference.actions.count } ?? 0
    let operations = overlay?.services.reduce(0) { $0 + $1.reference.operations.count } ?? 0
    let new = (overlay?.services ?? []).flatMap(\.reference.actions)
      .filter { ActionCatalog.builtIn.index(of: $0.name) == nil }.map(\.name.description)
    let disagreements = catalog.disagreements
    if format == .json {
      var line = JSONLine()
      line.member("outcome", outcome)
      line.member("version", catalog.version)
      line.member("services", overlay?.services.count ?? 0)
      line.member("actions", actions)
      line.member("operations", operations)
      line.member("newActions", new)
      line.member("disagreements", disagreements.map(JSONLine.init))
      Console.output(String(decoding: line.closed, as: UTF8.self) + "\n")
      return
    }
    var lines = [sentence, "Catalogue: \(catalog.version)"]
    if let overlay {
      lines.append(
        "  \(overlay.services.count) \(overlay.services.count == 1 ? "service" : "services"), \(actions) actions, \(operations) operations"
      )
      lines.append(
        "  \(new.count) \(new.count == 1 ? "action" : "actions") that the program's own catalogue lacks")
      lines.append(
        "  \(disagreements.count) \(disagreements.count == 1 ? "operation" : "operations") with other actions than it says (see `accessreview catalog status`)"
      )
    }
    Console.output(lines.map(TerminalLine.escaped).joined(separator: "\n") + "\n")
  }
}
