/// Columns of text that line up, on a terminal and in a pipe.
struct TextTable {
  private let header: [String]
  private let rightAligned: Set<Int>
  private var rows: [[String]] = []

  /// - Parameter rightAligned: the columns of numbers.
  init(_ header: [String], rightAligned: Set<Int> = []) {
    self.header = header
    self.rightAligned = rightAligned
  }

  mutating func add(_ row: [String]) { rows.append(row.map { TerminalLine.escaped(TextTable.cut($0)) }) }

  var isEmpty: Bool { rows.isEmpty }

  /// The lines, two spaces between columns and none at the end.
  func lines(indent: String = "") -> [String] {
    var widths = header.map(\.count)
    for row in rows {
      for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
    }
    return ([header] + rows).map { row in
      var line = indent
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += rightAligned.contains(column) ? padding + cell : cell + padding
        line += "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Foreign text, no longer than anybody reads.
  static func cut(_ text: String) -> String {
    text.utf8.count > 300 ? String(text.prefix(200)) + "…" : text
  }
}
