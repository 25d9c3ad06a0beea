import IAMIdentifiers

/// The rows of the mapping, by event source or service prefix and event name.
struct CallRules: Sendable {
  /// What a row says of a call.
  struct Row: Sendable {
    /// Nil: the row holds for every call of the name.
    let condition: Condition?
    /// The row adds to what the others say.
    let adds: Bool
    let needsNone: Bool
    let actions: [ActionName]
    let conditional: [ActionName]
  }

  /// Parameters that are there, or have values of a pattern: all of them.
  struct Condition: Sendable {
    struct Term: Sendable {
      /// In `requestParameters`, or after `additionalEventData.` there.
      let place: String
      /// In lower case; nil where presence is enough.
      let pattern: String?

      var isAdditional: Bool { place.hasPrefix("additionalEventData.") }
    }

    let terms: [Term]

    /// Of a table's cell: `place` or `place=pattern`, several joined by ` & `. Nil where it is empty.
    init?(_ cell: Substring) {
      guard !cell.isEmpty else { return nil }
      terms = cell.split(separator: " & ").map { text in
        let parts = text.split(separator: "=", maxSplits: 1)
        return Term(place: String(parts[0]), pattern: parts.count > 1 ? parts[1].lowercased() : nil)
      }
    }

    func holds(_ parameters: [String: String]) -> Bool {
      terms.allSatisfy { term in
        guard let value = parameters[term.place], !value.isEmpty else { return false }
        guard let pattern = term.pattern else { return true }
        return value.split(separator: "\n").contains { Pattern.matches(pattern, $0) }
      }
    }
  }

  static let builtIn = CallRules()

  private let rows: [String: [Row]]

  private init() {
    var rows: [String: [Row]] = [:]
    for cells in Table.calls.rows(columns: 5) {
      let words = cells[3].split(separator: " ")
      let row = Row(
        condition: Condition(cells[2]),
        adds: words.first?.first == "+",
        needsNone: words == ["-"],
        actions: words.filter { $0.first != "?" && $0 != "-" }.compactMap {
          ActionName($0.first == "+" ? $0.dropFirst() : $0)
        },
        conditional: words.filter { $0.first == "?" }.compactMap { ActionName($0.dropFirst()) })
      rows["\(cells[0].lowercased())\t\(cells[1].lowercased())", default: []].append(row)
    }
    self.rows = rows
  }

  /// The rows of a call, if the mapping has any for its name.
  func rows(source: String, name: String) -> [Row]? { rows["\(source)\t\(name.lowercased())"] }

  /// The rows that hold for every call of a source.
  func rowsForAll(source: String) -> [Row] { rows["\(source)\t*"] ?? [] }
}

/// Patterns of the tables: `*` stands for any run of characters, case counts for nothing.
enum Pattern {
  /// Whether a text matches a lowercased pattern with a `*` at its start, its end, both or neither, or between two parts.
  static func matches(_ pattern: String, _ text: some StringProtocol) -> Bool {
    guard text.utf8.count <= 1 << 16 else { return false }
    var rest = text.lowercased()[...]
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last else { return rest.isEmpty }
    guard parts.count > 1 else { return rest == first }
    guard rest.hasPrefix(first) else { return false }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
