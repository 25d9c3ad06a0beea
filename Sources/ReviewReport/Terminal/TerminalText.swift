/// Text that is fit for a terminal: the one place where foreign text is made harmless for it.
///
/// Escape sequences, other control characters and bidirectional overrides are spelled out, see ``VisibleText``; for
/// terminals without Unicode what is not ASCII is replaced.
struct TerminalText {
  /// As it is shown, without emphasis.
  private(set) var text: String
  private let style: TerminalStyle

  init(_ text: String, _ style: TerminalStyle) {
    let visible = VisibleText.of(text)
    self.text = style.isUnicode ? visible : Self.ascii(visible)
    self.style = style
  }

  /// The number of columns that it takes.
  var width: Int { text.unicodeScalars.reduce(0) { $0 + Self.width($1) } }

  /// With emphasis, where the terminal has any.
  func with(_ emphasis: TerminalEmphasis) -> String {
    guard style.hasColor, emphasis != .none, !text.isEmpty else { return text }
    return "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m"
  }

  /// Filled up with spaces, or cut, to a number of columns.
  func padded(to columns: Int, isRight: Bool = false, _ emphasis: TerminalEmphasis = .none) -> String {
    let fitting = cut(to: columns)
    let space = String(repeating: " ", count: max(0, columns - fitting.width))
    return isRight ? space + fitting.with(emphasis) : fitting.with(emphasis) + space
  }

  /// Cut to a number of columns, with a mark where something is missing.
  func cut(to columns: Int) -> TerminalText {
    if width <= columns { return self }
    let mark = style.isUnicode ? "…" : "~"
    var left = columns - 1
    var shown = ""
    for scalar in text.unicodeScalars {
      left -= Self.width(scalar)
      if left < 0 { break }
      shown.unicodeScalars.append(scalar)
    }
    var copy = self
    copy.text = columns > 0 ? shown + mark : ""
    return copy
  }

  /// Lines of at most a number of columns, broken at spaces, or anywhere in words that are longer than a line.
  func lines(of columns: Int) -> [String] {
    let columns = max(columns, 8)
    var lines: [String] = []
    var line = ""
    var length = 0
    for word in text.split(separator: " ") {
      for piece in Self.pieces(of: word, columns) {
        let width = piece.unicodeScalars.reduce(0) { $0 + Self.width($1) }
        if length > 0, length + 1 + width > columns {
          lines.append(line)
          (line, length) = ("", 0)
        }
        line += (length > 0 ? " " : "") + piece
        length += (length > 0 ? 1 : 0) + width
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  private static func pieces(of word: Substring, _ columns: Int) -> [String] {
    if word.utf8.count <= columns { return [String(word)] }
    var pieces: [String] = []
    var piece = ""
    var length = 0
    for scalar in word.unicodeScalars {
      let width = width(scalar)
      if length + width > columns {
        pieces.append(piece)
        (piece, length) = ("", 0)
      }
      piece.unicodeScalars.append(scalar)
      length += width
    }
    return pieces + [piece]
  }

  /// Columns of a character: none for marks that combine, two for the wide ones of East Asia.
  ///
  /// Source: "East Asian Width", Unicode Standard Annex 11, by its large blocks.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  private static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "’", "‘": plain += "'"
      case "“", "”": plain += "\""
      case "…": plain += "..."
      case "–", "—", "−", "─": plain += "-"
      case "·": plain += "-"
      default: plain += scalar.isASCII ? String(scalar) : "?"
      }
    }
    return plain
  }
}
