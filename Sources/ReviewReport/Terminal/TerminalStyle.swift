/// What a terminal can show. Whoever writes to it decides: `NO_COLOR`, whether it is a terminal at all, its locale.
public struct TerminalStyle: Hashable, Sendable {
  /// Whether bold, faint and colour may be used.
  public var hasColor: Bool
  /// Whether more than ASCII can be shown.
  public var isUnicode: Bool
  /// Columns, 40 at least.
  public var width: Int

  /// `width` is in columns.
  public init(hasColor: Bool, isUnicode: Bool, width: Int) {
    self.hasColor = hasColor
    self.isUnicode = isUnicode
    self.width = min(max(width, 40), 1000)
  }

  /// For pipes and files: no colour, 100 columns.
  public static let plain = TerminalStyle(hasColor: false, isUnicode: true, width: 100)
}

/// How a piece of text stands out.
enum TerminalEmphasis: String {
  case none = ""
  case bold = "1"
  case faint = "2"
  /// Only what is unused is loud.
  case loud = "1;31"
}
