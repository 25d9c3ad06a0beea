import ArgumentParser
import EvidenceStore
import Foundation

/// Which store a command works on.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .customLong("db"),
    help: "The SQLite file that holds everything. Default: $ACCESSREVIEW_DB, else accessreview.sqlite.")
  var database: String?

  /// The path of the store.
  var path: String {
    if let database { return database }
    if let path = ProcessInfo.processInfo.environment["ACCESSREVIEW_DB"], !path.isEmpty { return path }
    return "accessreview.sqlite"
  }

  /// Opens the store.
  func open(_ access: EvidenceStore.Access) throws(StoreError) -> EvidenceStore {
    try EvidenceStore(path: path, access: access)
  }
}

/// In which form a summary is written.
enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
