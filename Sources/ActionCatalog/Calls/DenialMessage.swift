public import IAMIdentifiers

extension ActionCatalog {
  /// The action that a denial's message names; nil where it names none.
  ///
  /// Source: "Troubleshoot access denied error messages", IAM User Guide. Messages that name no action, such as EC2's
  /// older "You are not authorized to perform this operation. Encoded authorization failure message: …", give nil.
  public func actionNamed(inDenialMessage message: String) -> ActionName? {
    // Messages are cut at 1 KB in records; whatever is longer is no such message.
    let text = Array(message.utf8.prefix(8192))
    for opening in Self.openings {
      var rest = text[...]
      while let found = ByteSearch.first(opening, in: rest) {
        rest = rest[(found + opening.count)...]
        if let action = Self.action(atStartOf: rest) { return action }
      }
    }
    return nil
  }

  private static let openings = ["not authorized to perform", "allows the ", "denies the ", "allows "]
    .map { Array($0.utf8) }

  private static func action(atStartOf text: ArraySlice<UInt8>) -> ActionName? {
    var rest = text.drop { ": \"'[`".utf8.contains($0) }
    if rest.starts(with: "action: ".utf8) { rest = rest.dropFirst(8).drop { "\"'[`".utf8.contains($0) } }
    var word = rest.prefix { $0 > 0x20 && $0 < 0x7F && !"\"'[]`,;()".utf8.contains($0) }
    while word.last == UInt8(ascii: ".") || word.last == UInt8(ascii: ":") { word = word.dropLast() }
    guard word.count <= 256, word.contains(UInt8(ascii: ":")) else { return nil }
    return ActionName(String(decoding: word, as: UTF8.self))
  }
}
