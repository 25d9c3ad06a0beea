import ActionCatalog
import Foundation
import IAMIdentifiers
import Testing

/// The rules that the committed tables keep, read from the source tree as they are.
@Suite("The tables of the catalogue")
struct TableTests {
  static func text(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Sources/CActionCatalogData/\(name)")
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  static func rows(_ name: String) throws -> [[Substring]] {
    try text(name).split(separator: "\n").filter { $0.first != "#" }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
  }

  static let tables = [
    "actions.tsv", "calls.tsv", "passrole.tsv", "errors.tsv", "sources.tsv", "regions.tsv", "former.tsv",
    "evidence.tsv", "Generator/same-reach.tsv",
  ]

  @Test(
    "A table begins with a comment, ends with a line feed, has no other ends of lines, and as many cells in each row",
    arguments: zip(tables, [9...10, 5...5, 5...5, 3...3, 3...3, 3...3, 3...3, 2...2, 3...3]))
  func shape(_ name: String, _ columns: ClosedRange<Int>) throws {
    let text = try Self.text(name)
    #expect(text.hasPrefix("# ") && text.hasSuffix("\n") && !text.contains("\r") && !text.contains("\n\n"))
    for row in try Self.rows(name) { #expect(columns.contains(row.count), "\(row)") }
  }

  @Test(
    "Generated tables are sorted bytewise",
    arguments: ["actions.tsv", "calls.tsv", "former.tsv", "passrole.tsv"])
  func sorted(_ name: String) throws {
    let lines = try Self.text(name).split(separator: "\n").dropFirst().map { Array($0.utf8) }
    for (line, next) in zip(lines, lines.dropFirst()) {
      #expect(line.lexicographicallyPrecedes(next), "\(String(decoding: next, as: UTF8.self))")
    }
  }

  @Test(
    "No key stands twice, without regard to case",
    arguments: zip(tables, [2, 3, 3, 1, 1, 1, 1, 1, 2]))
  func unique(_ name: String, _ key: Int) throws {
    var seen: Set<String> = []
    for row in try Self.rows(name) {
      // Places in parameters are the only keys in which case counts.
      let text =
        row.prefix(min(key, 2)).joined(separator: "\t").lowercased() + row.prefix(key).dropFirst(2).joined()
      #expect(seen.insert(text).inserted, "\(text)")
    }
  }

  @Test("Every action that the mapping names is in the catalogue, written as there")
  func actionsExist() throws {
    for row in try Self.rows("calls.tsv") {
      let words = row[3].split(separator: " ")
      #expect(!words.isEmpty && !row[4].isEmpty, "\(row)")
      for word in words where word != "-" {
        let action = try #require(ActionName(word.drop { $0 == "?" || $0 == "+" }), "\(row)")
        let entry = ActionCatalog.builtIn.entry(for: action)
        #expect(entry?.name.description == action.description, "\(row)")
      }
    }
  }

  @Test("Every prefix that a source or a Region is given to is in the catalogue")
  func prefixesExist() throws {
    for row in try Self.rows("sources.tsv") {
      for prefix in row[1].split(separator: " ") {
        #expect(!ActionCatalog.builtIn.indices(ofService: String(prefix)).isEmpty, "\(row)")
      }
    }
    for row in try Self.rows("regions.tsv") {
      #expect(!ActionCatalog.builtIn.indices(ofService: String(row[0])).isEmpty, "\(row)")
    }
  }

  @Test(
    "Every call that passes a role belongs to a service of the catalogue, and says where and of what kind")
  func passRole() throws {
    for row in try Self.rows("passrole.tsv") {
      #expect(!ActionCatalog.builtIn.indices(ofService: String(row[0])).isEmpty, "\(row)")
      #expect(PassRoleParameter.Kind(rawValue: String(row[3])) != nil, "\(row)")
      #expect(!row[2].isEmpty && !row[4].isEmpty, "\(row)")
      let found = ActionCatalog.builtIn.passRoleParameters(
        eventSource: "\(row[0]).amazonaws.com", eventName: String(row[1]))
      #expect(found.contains { $0.place == row[2] }, "\(row)")
    }
  }

  @Test("Every error code has a class, and a source")
  func errors() throws {
    for row in try Self.rows("errors.tsv") {
      #expect(ErrorClass(rawValue: String(row[1])) != nil && !row[2].isEmpty, "\(row)")
    }
  }
}
