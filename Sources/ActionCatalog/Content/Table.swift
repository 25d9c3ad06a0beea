import CActionCatalogData

/// One of the embedded tables, read line by line.
///
/// The bytes are constants of the program, so a table is only the name of one: nothing is kept, and nothing is copied
/// until a cell is asked for.
enum Table: Sendable, CaseIterable {
  case actions, calls, conditions, errors, evidence, former, passRole, regions, resources, sameReach, sources

  var bytes: UnsafeBufferPointer<UInt8> {
    let table =
      switch self {
      case .actions: action_catalog_actions()
      case .calls: action_catalog_calls()
      case .conditions: action_catalog_conditions()
      case .errors: action_catalog_errors()
      case .evidence: action_catalog_evidence()
      case .former: action_catalog_former()
      case .passRole: action_catalog_passrole()
      case .regions: action_catalog_regions()
      case .resources: action_catalog_resources()
      case .sameReach: action_catalog_same_reach()
      case .sources: action_catalog_sources()
      }
    return UnsafeBufferPointer(start: table.bytes, count: table.length)
  }

  /// The first line, without its `# `: what the table was made from.
  var headline: String {
    String(decoding: bytes.prefix { $0 != 0x0A }.drop { $0 == 0x23 || $0 == 0x20 }, as: UTF8.self)
  }

  /// Calls with every line but comments, and where it begins.
  func forEachLine(_ body: (TableLine, Int) -> Void) { Self.forEachLine(of: bytes, body) }

  /// Calls with every line but comments, and where it begins.
  static func forEachLine(of bytes: UnsafeBufferPointer<UInt8>, _ body: (TableLine, Int) -> Void) {
    var start = 0
    var position = 0
    while position < bytes.count {
      if bytes[position] == 0x0A {
        if position > start, bytes[start] != 0x23 {
          body(TableLine(bytes: UnsafeBufferPointer(rebasing: bytes[start..<position])), start)
        }
        start = position + 1
      }
      position += 1
    }
  }

  /// The line that begins at a place.
  func line(at start: Int) -> TableLine { Self.line(of: bytes, at: start) }

  /// The line that begins at a place.
  static func line(of bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> TableLine {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return TableLine(bytes: UnsafeBufferPointer(rebasing: bytes[start..<end]))
  }
}

/// A line of a table, without its end: cells parted by tabs. Not kept beyond the bytes that it points to.
struct TableLine {
  let bytes: UnsafeBufferPointer<UInt8>

  /// A cell by its column, counted from 0; empty where the line has fewer.
  func cell(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var left = column
    while left > 0 {
      while start < bytes.count, bytes[start] != 0x09 { start += 1 }
      guard start < bytes.count else { return UnsafeBufferPointer(start: nil, count: 0) }
      start += 1
      left -= 1
    }
    var end = start
    while end < bytes.count, bytes[end] != 0x09 { end += 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  /// A cell as text.
  func text(_ column: Int) -> String { String(decoding: cell(column), as: UTF8.self) }

  /// The words of a cell, parted by single spaces.
  func words(_ column: Int) -> [Substring] { text(column).split(separator: " ") }
}
