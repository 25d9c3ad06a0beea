import Foundation

/// Standard output and standard error: results go to the first, everything else to the second.
enum Console {
  /// Writes a line to standard error.
  static func error(_ line: String) { write(line + "\n", to: 2) }

  /// Writes text to standard output as it is.
  static func output(_ text: String) { write(text, to: 1) }

  /// Whether a person looks at standard output.
  static var outputIsTerminal: Bool { isatty(1) == 1 }

  /// Whether a person looks at standard error.
  static var errorIsTerminal: Bool { isatty(2) == 1 }

  /// Whether colour is wanted. Source: no-color.org.
  static var wantsColor: Bool {
    let environment = ProcessInfo.processInfo.environment
    return outputIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Whether the locale can show more than ASCII.
  static var isUnicode: Bool {
    let environment = ProcessInfo.processInfo.environment
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = environment[name], !value.isEmpty else { continue }
      return value.uppercased().contains("UTF-8") || value.uppercased().contains("UTF8")
    }
    // Where nothing is said, a pipe takes UTF-8 as every file here does.
    return !outputIsTerminal
  }

  /// Columns of the terminal; 100 where there is none.
  static var width: Int {
    var size = winsize()
    guard outputIsTerminal, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let wrote = bytes[done...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if wrote < 0 {
        if errno == EINTR { continue }
        // Whoever read the pipe has seen enough.
        return
      }
      done += wrote
    }
  }
}

/// Foreign text on a terminal line.
enum TerminalLine {
  /// The text with everything spelled out that could move the cursor, change colours or turn the direction of writing.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        escaped += "\\u{\(String(scalar.value, radix: 16))}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
