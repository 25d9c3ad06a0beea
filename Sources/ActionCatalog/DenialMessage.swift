public import IAMIdentifiers

extension ActionCatalog {
  /// The action that a denial's message names; nil where it names none.
  ///
  /// Source: "Troubleshoot access denied error messages", IAM User Guide. Messages that name no action, such as EC2's
  /// older "You are not authorized to perform this operation. Encoded authorization failure message: …", give nil.
  public func actionNamed(inDenialMessage message: String) -> ActionName? {
    // Messages are cut at 1 KB in records; whatever is longer is no such message.
    let text = message.prefix(8192)
    for opening in ["not authorized to perform", "allows the ", "denies the ", "allows "] {
      var rest = text[...]
      while let found = rest.firstRange(of: opening) {
        rest = rest[found.upperBound...]
        if let action = Self.action(atStartOf: rest) { return action }
      }
    }
    return nil
  }

  private static func action(atStartOf text: Substring) -> ActionName? {
    var rest = text.drop { ": \"'[`".contains($0) }
    if rest.hasPrefix("action: ") { rest = rest.dropFirst(8).drop { "\"'[`".contains($0) } }
    var word = rest.prefix { $0.isASCII && !$0.isWhitespace && !"\"'[]`,;()".contains($0) }
    while word.last == "." || word.last == ":" { word = word.dropLast() }
    return ActionName(word)
  }
}
