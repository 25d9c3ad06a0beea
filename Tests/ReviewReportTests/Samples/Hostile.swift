/// Texts that somebody could put into a name to harm whoever reads the report.
enum Hostile {
  static let script = "<script>alert(1)</script>"
  static let attribute = "\"><img src=x onerror=alert(2)>"
  static let singleQuote = "' onmouseover='alert(3)"
  static let template = "{{{lead}}}{{#roles}}&amp;"
  static let override = "evil\u{202E}gpj.exe"
  static let terminal = "\u{1B}[2J\u{1B}]0;owned\u{7}\r\nroot"
  static let long = String(repeating: "x", count: 20_480)
  static let comment = "--><style>*{display:none}</style><!--"

  /// All but the long one, which takes long where it stands everywhere.
  static let short = all.filter { $0 != long }

  static let all = [script, attribute, singleQuote, template, override, terminal, long, comment]
}
