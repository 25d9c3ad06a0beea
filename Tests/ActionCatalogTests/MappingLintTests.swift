import IAMIdentifiers
import Testing

@testable import ActionCatalog

/// What a person who keeps the mapping can get wrong.
@Suite("Lint of the mapping")
struct MappingLintTests {
  let catalog = ActionCatalog.builtIn

  /// The actions that names alone give for a source and a call; nil where none is called so.
  func byName(_ source: String, _ name: String) -> Decision? {
    guard let source = catalog.content.sources.source(source) else { return nil }
    let decision = withLowercasedBytes(of: name) { catalog.content.named(source, CallName($0)) }
    return decision?.rule == .unmapped ? nil : decision
  }

  /// A row that says what rule 6 would guess is a proof of it, and stays.
  @Test("No row says what the name says anyway, unless other rows of the call build upon it")
  func shadowed() throws {
    let rows = try TableTests.rows("calls.tsv")
    let keys = Dictionary(grouping: rows) { "\($0[0])\t\($0[1])".lowercased() }
    for row in rows where row[2].isEmpty {
      let key = "\(row[0])\t\(row[1])".lowercased()
      guard keys[key]?.count == 1,
        let found = byName(String(row[0]), String(row[1])), found.rule != .family, found.conditional.isEmpty
      else { continue }
      #expect(found.actions.map(\.description) != row[3].split(separator: " ").map(String.init), "\(row)")
    }
  }

  @Test("Every condition is one that can be read, and no row of a call adds to nothing")
  func conditions() throws {
    for row in try TableTests.rows("calls.tsv") where !row[2].isEmpty {
      let condition = try #require(Condition(row[2]), "\(row)")
      for term in condition.terms {
        #expect(!term.place.hasPrefix("requestParameters"), "\(row)")
        #expect(!term.place.contains("="), "\(row)")
      }
    }
  }

  @Test("Every source of the mapping is one that the catalogue knows, or says why there are no actions")
  func sources() throws {
    for row in try TableTests.rows("calls.tsv") {
      let prefixes = catalog.prefixes(ofEventSource: String(row[0]))
      #expect(!prefixes.isEmpty || row[3] == "-", "\(row)")
      #expect(row[0] == row[0].lowercased() && !row[0].hasSuffix(".amazonaws.com"), "\(row)")
    }
  }

  @Test("A row's words are one kind each: actions, conditional ones, added ones, or none")
  func words() throws {
    for row in try TableTests.rows("calls.tsv") {
      let words = row[3].split(separator: " ")
      #expect(Set(words).count == words.count, "\(row)")
      #expect(!words.contains("-") || words.count == 1, "\(row)")
      // An unconditional row has nothing to add to.
      #expect(!row[2].isEmpty || row[1] == "*" || !words.contains { $0.first == "+" }, "\(row)")
    }
  }

  @Test("Every name that the mapping has is found by it, in any case")
  func found() throws {
    for row in try TableTests.rows("calls.tsv") where row[1] != "*" {
      let call = Call(
        eventSource: row[0].uppercased() + ".AMAZONAWS.COM", eventName: row[1].uppercased(), parameters: nil)
      let resolution = catalog.resolve(call)
      if [.override, .noActionNeeded].contains(resolution.rule) { continue }
      // Rows that only add build upon what the name says.
      let added = row[3].split(separator: " ").compactMap { ActionName($0.drop { $0 == "+" }) }
      #expect(row[3].hasPrefix("+"), "\(row)")
      for action in added {
        #expect(
          resolution.conditionalActions.contains(action) || resolution.actions.contains(action), "\(row)")
      }
    }
  }

  @Test("Every key of evidence is there")
  func evidence() throws {
    let keys = Set(try TableTests.rows("evidence.tsv").map { $0[0] })
    for row in try TableTests.rows("actions.tsv") where row.count > 9 && !row[9].isEmpty {
      #expect(keys.contains(row[9]), "\(row)")
    }
  }

  @Test("Former names lead to an action that is no former name, and both are in the catalogue")
  func former() throws {
    for row in try TableTests.rows("former.tsv") {
      let old = try #require(ActionName(row[0]))
      let new = try #require(ActionName(row[1]))
      #expect(catalog.entry(for: old)?.name.description == old.description, "\(row)")
      #expect(catalog.entry(for: new)?.name.description == new.description, "\(row)")
      let today = catalog.identity(of: old)
      #expect(today != old && catalog.identity(of: today) == today, "\(row)")
      #expect(catalog.formerNames(of: today).contains(old) && !row[2].isEmpty, "\(row)")
    }
  }

  @Test("Pairs of the same reach are two actions of the catalogue, each pair once, with a source")
  func sameReach() throws {
    let rows = try TableTests.rows("Generator/same-reach.tsv")
    #expect(rows.count >= 15)
    var pairs: Set<[String]> = []
    for row in rows {
      for cell in row[..<2] {
        let action = try #require(ActionName(cell))
        #expect(catalog.entry(for: action)?.name.description == action.description, "\(row)")
      }
      #expect(row[0] != row[1] && !row[2].isEmpty, "\(row)")
      #expect(pairs.insert(row[..<2].map { $0.lowercased() }.sorted()).inserted, "\(row)")
    }
  }
}
