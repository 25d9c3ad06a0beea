/// Text from outside, made fit to be shown: nothing in it can move the cursor, hide itself or turn the line around.
///
/// Names of roles are plain ASCII, but names of sessions, source identities and file names come from whoever made
/// the call. Control characters and invisible format characters, among them the bidirectional overrides, are
/// spelled as `\u{202E}`.
/// Source: "Unicode Bidirectional Algorithm", Unicode Standard Annex 9.
enum VisibleText {
  /// More than this is cut: no list that the report joins comes near it, and the longest ARN has 2,048 characters.
  static let longest = 16_384

  /// The text, or the text with its unfit characters spelled out and its tail cut off.
  static func of(_ text: String) -> String {
    if isPlain(text) { return text }
    var shown = ""
    var length = 0
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      if length == longest {
        let all = text.unicodeScalars.count
        return shown + "… (\(Words.number(all)) characters)"
      }
      length += 1
      if isFit(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return shown
  }

  private static func isPlain(_ text: String) -> Bool {
    var length = 0
    for byte in text.utf8 {
      guard byte >= 0x20, byte < 0x7F else { return false }
      length += 1
    }
    return length <= longest
  }

  private static func isFit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
