import IAMIdentifiers

/// A text with `*` and `?` in a condition's value: both stand for any character, colons too.
struct TextPattern {
  private enum Token: Equatable {
    case character(Unicode.Scalar)
    case one, any
  }

  private var tokens: [Token] = []

  init(_ pieces: [VariableText.Piece]) {
    for piece in pieces {
      for scalar in piece.text.unicodeScalars {
        switch scalar {
        case "*" where piece.hasWildcards: if tokens.last != .any { tokens.append(.any) }
        case "?" where piece.hasWildcards: tokens.append(.one)
        default: tokens.append(.character(scalar))
        }
      }
    }
  }

  /// Costs at most the product of the two lengths.
  func matches(_ text: some StringProtocol) -> Bool {
    let text = Array(text.unicodeScalars)
    var (at, token) = (0, 0)
    var star: (token: Int, at: Int)?
    while at < text.count {
      if token < tokens.count, tokens[token] == .any {
        star = (token, at)
        token += 1
      } else if token < tokens.count, tokens[token] == .one || tokens[token] == .character(text[at]) {
        (at, token) = (at + 1, token + 1)
      } else if let last = star {
        star = (last.token, last.at + 1)
        (token, at) = (last.token + 1, last.at + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .any }
  }
}

/// An ARN with wildcards in a condition's value: each of its six parts is compared apart.
///
/// Source: "IAM JSON policy elements: Condition operators", section "Amazon Resource Name (ARN) condition operators", IAM
/// User Guide.
struct ARNPattern {
  private var parts: [[VariableText.Piece]] = [[]]

  init(_ pieces: [VariableText.Piece]) {
    for piece in pieces {
      var rest = piece.text[...]
      while parts.count < 6, let colon = rest.firstIndex(of: ":") {
        add(rest[..<colon], piece.hasWildcards)
        parts.append([])
        rest = rest[rest.index(after: colon)...]
      }
      add(rest, piece.hasWildcards)
    }
  }

  private mutating func add(_ text: Substring, _ hasWildcards: Bool) {
    guard !text.isEmpty else { return }
    parts[parts.count - 1].append(VariableText.Piece(text: String(text), hasWildcards: hasWildcards))
  }

  /// True for an ARN, one with wildcards, and what has wildcards but not all parts, of which it is certain that it fits nothing.
  var isPattern: Bool {
    isEverything
      || TextPattern(parts[0]).matches("arn")
        && (parts.count == 6 || parts.contains { $0.contains(where: \.isPattern) })
  }

  /// True where there may be an ARN that fits: `*` alone, or six parts.
  var isWhole: Bool { isEverything || parts.count == 6 }

  private var isEverything: Bool {
    parts.count == 1 && parts[0].count == 1 && parts[0][0].hasWildcards
      && parts[0][0].text.utf8.allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// True where the text is an ARN and every part fits. `*` alone, or several in a row, fits every ARN.
  func matches(_ text: String) -> Bool {
    let values = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard values.count == 6, values[0] == "arn" else { return false }
    if isEverything { return true }
    guard parts.count == 6 else { return false }
    return zip(parts, values).allSatisfy { TextPattern($0).matches($1) }
  }
}
