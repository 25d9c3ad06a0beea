/// What a row of the mapping asks of a call: parameters that are there, or have values of a pattern.
struct Condition: Hashable, Sendable {
  enum Answer {
    case holds, fails, unknown
  }

  /// A place, and the pattern that its value matches; without one, that it has a value is enough.
  struct Term: Hashable, Sendable {
    let place: String
    let pattern: Pattern?
    /// Whether the place has the values of a list or a map, one a line.
    let isOfMany: Bool
    /// The place in `additionalEventData`, if it is there.
    let additionalPlace: String?

    init(place: String, pattern: Pattern?) {
      self.place = place
      self.pattern = pattern
      isOfMany = place.contains("[]") || place.contains("{}")
      additionalPlace =
        place.hasPrefix(Self.additional) ? String(place.dropFirst(Self.additional.count)) : nil
    }
  }

  /// All must hold.
  let terms: [Term]

  /// Reads `place`, `place=pattern`, and several of them joined by ` & `; nil where a place is missing.
  init?(_ text: some StringProtocol) {
    var terms: [Term] = []
    var rest = String(text)[...]
    while true {
      let end = rest.firstRange(of: " & ")
      let part = end.map { rest[..<$0.lowerBound] } ?? rest
      let cells = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let place = cells.first, !place.isEmpty, !place.contains(" ") else { return nil }
      terms.append(Term(place: String(place), pattern: cells.count > 1 ? Pattern(cells[1]) : nil))
      guard let end else { break }
      rest = rest[end.upperBound...]
    }
    self.terms = terms
  }

  func answer(_ call: Call) -> Answer {
    var answer = Answer.holds
    for term in terms {
      switch term.answer(call) {
      case .fails: return .fails
      case .unknown: answer = .unknown
      case .holds: break
      }
    }
    return answer
  }

  /// The place of the first term that nobody can answer.
  func undecided(_ call: Call) -> String? { terms.first { $0.answer(call) == .unknown }?.place }
}

extension Condition.Term {
  static let eventCategory = "eventCategory"
  static let additional = "additionalEventData."

  func answer(_ call: Call) -> Condition.Answer {
    guard var value = value(call) else { return isKnown(call) ? .fails : .unknown }
    guard let pattern else { return .holds }
    return value.withUTF8 { bytes in
      // Only the values of lists are joined; a statement of several lines is one value.
      guard isOfMany else { return pattern.matches(Self.withoutOpening(bytes)) }
      return bytes.split(separator: 0x0A).contains {
        pattern.matches(Self.withoutOpening(UnsafeBufferPointer(rebasing: $0)))
      }
    } ? .holds : .fails
  }

  /// The value at the place; nil where there is none, or an empty one.
  func value(_ call: Call) -> String? {
    var value: String?
    if place == Self.eventCategory {
      value = call.eventCategory
    } else {
      value = call.parameters?[place]
      if value == nil, let additionalPlace { value = call.additionalEventData?[additionalPlace] }
    }
    // An empty list or object is as good as none.
    return value?.isEmpty == false && value != "[]" && value != "{}" ? value : nil
  }

  private func isKnown(_ call: Call) -> Bool {
    if place == Self.eventCategory { return call.eventCategory != nil }
    if additionalPlace != nil, call.additionalEventData != nil { return true }
    return call.parameters != nil
  }

  /// A value without the white space and the comments before its first word: PartiQL allows both before the verb.
  static func withoutOpening(_ value: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var place = 0
    func follows(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
      place + 1 < value.count && value[place] == UInt8(ascii: first)
        && value[place + 1] == UInt8(ascii: second)
    }
    while place < value.count {
      if value[place] == 0x20 || (0x09...0x0D).contains(value[place]) {
        place += 1
      } else if follows("-", "-") {
        while place < value.count, value[place] != 0x0A { place += 1 }
      } else if follows("/", "*") {
        place += 2
        while place < value.count, !follows("*", "/") { place += 1 }
        place = min(place + 2, value.count)
      } else {
        break
      }
    }
    return UnsafeBufferPointer(rebasing: value[place...])
  }
}
