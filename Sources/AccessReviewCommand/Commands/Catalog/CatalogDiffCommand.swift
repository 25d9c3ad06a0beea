import AccessReview
import ActionCatalog
import ArgumentParser
import Foundation

/// `accessreview catalog diff A B`
struct CatalogDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what one catalogue has that another has not, and what wildcards newly grant.",
    discussion: """
      A and B are the older and the newer one, each of them

        built-in  the program's own catalogue
        stored    the store's, with the service reference that lies over it
        a path    service reference files or a folder of them, laid over
                  the program's own; or a list of another release, written
                  by `catalog actions --format jsonl`

      Of added actions it says which older ones reach the same: a policy that denies those may have to deny the new ones too. \
      With a pattern or a policy it says what they newly grant.

        accessreview catalog diff built-in stored
        accessreview catalog diff old.jsonl built-in --pattern 'bedrock:*'
        accessreview catalog diff built-in reference/ --policy policy.json

      The exit status is 0, whether they differ or not.
      """)

  @Argument(help: ArgumentHelp("The older catalogue.", valueName: "a"))
  var old: String

  @Argument(help: ArgumentHelp("The newer catalogue.", valueName: "b"))
  var new: String

  @Option(
    name: .customLong("pattern"),
    help: "A pattern of actions, such as 'bedrock:*'; may be given several times.")
  var patterns: [String] = []

  @Option(help: "A policy document (JSON).")
  var policy: String?

  @Option(help: "\(CatalogActionsCommand.Format.allCases.map(\.rawValue).joined(separator: " or ")).")
  var format: CatalogActionsCommand.Format = .text

  @OptionGroup var store: StoreOptions

  func run() throws {
    let wildcards = try Wildcards(patterns: patterns, policy: policy)
    let difference = ActionListDifference(from: try list(old), to: try list(new), grants: wildcards)
    switch format {
    case .text: Console.output(difference.text(asksForGrants: !wildcards.isEmpty))
    case .jsonl:
      var results = ResultStream()
      for (action, facts, change) in difference.changes {
        try results.line(ActionListDifference.line(action, facts, change).closed)
      }
      try results.flush()
    }
  }

  private func list(_ name: String) throws -> ActionList {
    switch name {
    case "built-in": return ActionList(.builtIn)
    case "stored": return ActionList(try StoredCatalog.read(try store.open(.read)))
    default: break
    }
    guard FileManager.default.fileExists(atPath: name) else {
      throw UsageError(
        problem: "there is no catalogue '\(TextTable.cut(name))'",
        remedy: "Give built-in, stored, or the path of a file or folder that exists.")
    }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: name, isDirectory: &isFolder)
    if !isFolder.boolValue, let data = FileManager.default.contents(atPath: name) {
      let bytes = Array(data)
      if ActionList.isList(bytes) { return try ActionList(lines: bytes, path: name) }
    }
    return ActionList(ActionCatalog(overlaying: try ReferenceFiles(paths: [name]).overlay(takenAt: nil)))
  }
}
