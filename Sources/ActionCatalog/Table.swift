import CActionCatalogData

/// One of the embedded tables, read line by line.
///
/// The bytes are constants of the program, so a table is only the name of one: nothing is kept, and nothing is copied
/// until a cell is asked for.
enum Table: Sendable {
  case actions, calls, errors, passRole, sources, regions

  var bytes: UnsafeBufferPointer<UInt8> {
    let table =
      switch self {
      case .actions: action_catalog_actions()
      case .calls: action_catalog_calls()
      case .errors: action_catalog_errors()
      case .passRole: action_catalog_passrole()
      case .sources: action_catalog_sources()
      case .regions: action_catalog_regions()
      }
    return UnsafeBufferPointer(start: table.bytes, count: table.length)
  }

  /// The first line, without its `# `: what the table was made from.
  var headline: String {
    String(decoding: bytes.prefix { $0 != 0x0A }.drop { $0 == 0x23 || $0 == 0x20 }, as: UTF8.self)
  }

  /// The cells of every line but comments, padded to `columns`.
  func rows(columns: Int) -> [[Substring]] {
    var rows: [[Substring]] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.first != "#" {
      var cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      while cells.count < columns { cells.append("") }
      rows.append(cells)
    }
    return rows
  }
}
