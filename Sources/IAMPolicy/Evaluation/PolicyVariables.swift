/// Text of a policy in which variables stand, taken apart once.
///
/// `${key}` stands for the key's value in the request, `${key, 'text'}` for the text where the request lacks the key,
/// `${*}`, `${?}` and `${$}` for the characters themselves. Policies of version 2008-10-17 have no variables.
/// Source: "IAM policy elements: Variables and tags", IAM User Guide.
struct VariableText: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    /// As it was written: wildcards in it are wildcards.
    case text(String)
    /// A character that is no wildcard, whatever it looks like.
    case literal(Character)
    case variable(key: String, fallback: String?)
  }

  let parts: [Part]

  /// The first variable's key; nil where the text has none.
  var variable: String? {
    for case .variable(let key, _) in parts { return key }
    return nil
  }

  /// The key of the first variable that stands before that colon of the text, counted from 1; nil where none does.
  func variable(beforeColon colon: Int) -> String? {
    var colons = 0
    for part in parts {
      switch part {
      case .text(let text): colons += text.utf8.count { $0 == UInt8(ascii: ":") }
      case .literal: break
      case .variable(let key, _): return colons < colon ? key : nil
      }
    }
    return nil
  }

  init(_ text: String, variables: Bool) {
    guard variables, text.contains("${") else {
      parts = [.text(text)]
      return
    }
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      guard let close = rest[open.upperBound...].firstIndex(of: "}") else { break }
      if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
      parts.append(VariableText.part(rest[open.upperBound..<close], written: rest[open.lowerBound...close]))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty || parts.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  private static func part(_ inside: Substring, written: Substring) -> Part {
    if let only = inside.first, inside.count == 1, "*?$".contains(only) { return .literal(only) }
    guard let comma = inside.firstIndex(of: ",") else {
      let key = VariableText.trimmed(inside)
      return key.isEmpty ? .text(String(written)) : .variable(key: String(key), fallback: nil)
    }
    let key = VariableText.trimmed(inside[..<comma])
    let quoted = VariableText.trimmed(inside[inside.index(after: comma)...])
    guard !key.isEmpty, quoted.count >= 2, quoted.first == "'", quoted.last == "'" else {
      return .text(String(written))
    }
    return .variable(key: String(key), fallback: String(quoted.dropFirst().dropLast()))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " }
    while text.last == " " { text = text.dropLast() }
    return text
  }

  /// What comes of a text with its variables replaced.
  enum Resolved {
    /// Characters, each with whether a wildcard in its place counts as one.
    case pieces([Piece])
    /// The variable of that key has no value in the request, or several: nothing equals the text.
    case nothing(key: String, hasSeveral: Bool)
    /// A variable's value is not known.
    case depends(on: String)
  }

  struct Piece {
    let text: String
    let hasWildcards: Bool

    /// Whether a wildcard stands in it.
    var isPattern: Bool {
      hasWildcards && text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }
  }

  /// The pieces of a text without variables.
  var literalPieces: [Piece] {
    parts.compactMap { part in
      switch part {
      case .text(let text): Piece(text: text, hasWildcards: true)
      case .literal(let character): Piece(text: String(character), hasWildcards: false)
      case .variable: nil
      }
    }
  }

  func resolved(in context: RequestContext) -> Resolved {
    var pieces: [Piece] = []
    for part in parts {
      switch part {
      case .text(let text): pieces.append(Piece(text: text, hasWildcards: true))
      case .literal(let character): pieces.append(Piece(text: String(character), hasWildcards: false))
      case .variable(let key, let fallback):
        switch context.lookup(key) {
        case .values(let values):
          // Only keys of one value can stand in for a variable.
          guard values.count == 1 else { return .nothing(key: key, hasSeveral: true) }
          // A value comes from outside: a `*` in it is a character.
          pieces.append(Piece(text: values[0], hasWildcards: false))
        case .absent:
          guard let fallback else { return .nothing(key: key, hasSeveral: false) }
          pieces.append(Piece(text: fallback, hasWildcards: false))
        case .unknown: return .depends(on: key)
        }
      }
    }
    return .pieces(pieces)
  }
}
