import AccessReview
import ActionCatalog
import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra

/// The actions of a policy file.
struct ExpandedFile {
  let path: String
  let expansion: PolicyExpansion

  init(_ file: PolicyFile, in space: ActionSpace) {
    path = file.path
    expansion = PolicyExpansion(file.document, in: space)
  }

  /// Tells what does not count in the actions; false where something was not understood.
  func tell() -> Bool {
    let name = path == "-" ? "standard input" : path
    func say(_ text: String) {
      Console.error(TerminalLine.escaped("accessreview: \(name): \(TextTable.cut(text))"))
    }
    for obstacle in expansion.obstacles {
      say("statement \(obstacle.statementIndex + 1) is not understood: \(obstacle.reason)")
    }
    let unknown = expansion.unknown.map(\.description)
    if !unknown.isEmpty {
      let more = unknown.count - ExpandedFile.few
      say(
        "the catalogue does not know \(unknown.prefix(ExpandedFile.few).joined(separator: ", "))"
          + (more > 0 ? " and \(more) more" : ""))
    }
    return expansion.obstacles.isEmpty
  }

  /// Names that fit on a line.
  private static let few = 5

  /// The line for programs.
  func line(_ name: String, _ texts: [String]) -> JSONLine {
    var line = JSONLine()
    line.member("file", path)
    line.member(name, texts)
    line.member("unknown", expansion.unknown.map(\.description))
    guard !expansion.obstacles.isEmpty else { return line }
    line.member(
      "notUnderstood",
      expansion.obstacles.map { obstacle in
        var line = JSONLine()
        line.member("statementIndex", obstacle.statementIndex)
        line.member("reason", obstacle.reason)
        return line
      })
    return line
  }
}

extension ActionSpace {
  /// The known actions, made ready for policies.
  init(_ catalog: ActionCatalog) { self.init(CatalogUniverse(catalog)) }
}
