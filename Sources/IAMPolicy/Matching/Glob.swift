/// A compiled text with wildcards, matched byte by byte without recursion.
///
/// No text, however hostile, costs more than the product of the two lengths.
struct Glob: Hashable, Sendable {
  /// What one place of the pattern asks for.
  enum Token: Hashable, Sendable {
    case byte(UInt8)
    /// One character other than a colon.
    case one
    /// Any text without a colon, also none.
    case within
    /// Any text, also none.
    case any
    /// A policy variable: text that only the request knows.
    case variable(String)
  }

  private(set) var tokens: [Token]
  /// A variable is a wildcard that may stand in the middle of an ARN segment, where the quick search would be wrong.
  private let needsStates: Bool

  init(tokens: [Token]) {
    var kept: [Token] = []
    kept.reserveCapacity(tokens.count)
    for token in tokens {
      // Two wildcards in a row say no more than the wider one.
      if let last = kept.last, Glob.isStar(last), Glob.isStar(token) {
        if token == .any { kept[kept.count - 1] = .any }
      } else {
        kept.append(token)
      }
    }
    self.tokens = kept
    needsStates = kept.contains { if case .variable = $0 { true } else { false } }
  }

  static func isStar(_ token: Token) -> Bool { token == .any || token == .within }

  /// True where every place asks for one certain byte.
  var isLiteral: Bool { tokens.allSatisfy { if case .byte = $0 { true } else { false } } }

  /// True if the text is one that the pattern describes; a variable may be any text.
  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    needsStates ? accepts(text.map { .byte($0) }, .ofText) : searches(text)
  }

  /// True only if every text that the other pattern describes is described by this one too.
  ///
  /// False says "not proved": patterns that overlap in an involved way are not taken apart.
  func covers(_ other: Glob) -> Bool { accepts(other.tokens, .ofPattern) }

  /// True only if every text that a request asks for is described by this pattern: a `*` of the request wants a `*`, a `?` a `?` or
  /// a `*`.
  ///
  /// `${*}` and `${?}` name the characters, which a request has no other way to write: they meet the request's `*` and `?`.
  func covers(asked: Glob) -> Bool { accepts(asked.tokens, .ofRequest) }

  /// What the places of a text are that a pattern follows.
  private enum Reading {
    /// Characters; a variable of the pattern may be any of them.
    case ofText
    /// Those of a policy's pattern.
    case ofPattern
    /// Those of a request for all that a pattern describes.
    case ofRequest
  }

  /// The search with one step back: to the last wildcard that stays in its segment, then to the last that does not.
  ///
  /// Right because a wide wildcard ends its segment, so what follows it begins with a colon, and the narrow ones
  /// after it cannot pass a colon.
  private func searches(_ text: ArraySlice<UInt8>) -> Bool {
    var at = text.startIndex
    var token = 0
    var wide: (token: Int, at: Int)?
    var narrow: (token: Int, at: Int)?
    while at < text.endIndex {
      if token < tokens.count {
        let byte = text[at]
        switch tokens[token] {
        case .any:
          wide = (token, at)
          narrow = nil
          token += 1
          continue
        case .within:
          narrow = (token, at)
          token += 1
          continue
        case .one where byte != Glob.colon && !Glob.isContinuation(byte):
          at += 1
          while at < text.endIndex, Glob.isContinuation(text[at]) { at += 1 }
          token += 1
          continue
        case .byte(byte):
          at += 1
          token += 1
          continue
        default: break
        }
      }
      if let star = narrow, text[star.at] != Glob.colon {
        narrow = (star.token, star.at + 1)
        (token, at) = (star.token + 1, star.at + 1)
      } else if let star = wide {
        wide = (star.token, star.at + 1)
        narrow = nil
        (token, at) = (star.token + 1, star.at + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy(Glob.isStar)
  }

  /// Follows all places of this pattern at once; the text may itself hold wildcards.
  private func accepts(_ text: [Token], _ reading: Reading) -> Bool {
    let variablesAreAnything = reading == .ofText
    var here = [Bool](repeating: false, count: tokens.count + 1)
    here[0] = true
    skipStars(&here, variablesAreAnything)
    for symbol in text {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      var alive = false
      for place in tokens.indices where here[place] {
        switch tokens[place] {
        case .any: next[place] = true
        case .within: next[place] = symbol != .byte(Glob.colon) && symbol != .any && !Glob.isVariable(symbol)
        case .one:
          if case .byte(let byte) = symbol {
            // The continuation bytes of a character belong to the `?` that took its first byte.
            if Glob.isContinuation(byte) { continue }
            next[place + 1] = byte != Glob.colon
          } else {
            next[place + 1] = symbol == .one
          }
        case .variable where variablesAreAnything: next[place] = true
        case .byte(UInt8(ascii: "*")) where reading == .ofRequest && Glob.isStar(symbol),
          .byte(UInt8(ascii: "?")) where reading == .ofRequest && symbol == .one:
          next[place + 1] = true
        case let token: if token == symbol { next[place + 1] = true }
        }
      }
      if case .byte(let byte) = symbol, Glob.isContinuation(byte) {
        for place in tokens.indices where here[place + 1] && tokens[place] == .one { next[place + 1] = true }
      }
      skipStars(&next, variablesAreAnything)
      alive = next.contains(true)
      guard alive else { return false }
      here = next
    }
    return here[tokens.count]
  }

  /// Wildcards may stand for nothing.
  private func skipStars(_ places: inout [Bool], _ variablesAreAnything: Bool) {
    for place in tokens.indices where places[place] {
      if Glob.isStar(tokens[place]) || (variablesAreAnything && Glob.isVariable(tokens[place])) {
        places[place + 1] = true
      }
    }
  }

  static let colon = UInt8(ascii: ":")

  private static func isVariable(_ token: Token) -> Bool {
    if case .variable = token { true } else { false }
  }

  static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
