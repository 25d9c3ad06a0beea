/// What a row of the mapping asks of a call: parameters that are there, or have values of a pattern.
struct Condition: Hashable, Sendable {
  enum Answer {
    case holds, fails, unknown
  }

  /// A place, and the pattern that its value matches; without one, that it has a value is enough.
  struct Term: Hashable, Sendable {
    let place: String
    let pattern: Pattern?
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
    guard let value = value(call) else { return isKnown(call) ? .fails : .unknown }
    guard let pattern else { return .holds }
    // Only the values of lists are joined; a statement of several lines is one value.
    guard place.contains("[]") || place.contains("{}") else {
      return pattern.matches(Self.withoutOpening(value.utf8[...])) ? .holds : .fails
    }
    return value.utf8.split(separator: 0x0A).contains { pattern.matches(Self.withoutOpening($0)) }
      ? .holds : .fails
  }

  /// The value at the place; nil where there is none, or an empty one.
  func value(_ call: Call) -> String? {
    var value: String?
    if place == Self.eventCategory {
      value = call.eventCategory
    } else {
      value = call.parameters?[place]
      if value == nil, place.hasPrefix(Self.additional) {
        value = call.additionalEventData?[String(place.dropFirst(Self.additional.count))]
      }
    }
    return value?.isEmpty == false ? value : nil
  }

  private func isKnown(_ call: Call) -> Bool {
    if place == Self.eventCategory { return call.eventCategory != nil }
    if place.hasPrefix(Self.additional), call.additionalEventData != nil { return true }
    return call.parameters != nil
  }

  /// A value without the white space and the comments before its first word: PartiQL allows both before the verb.
  static func withoutOpening(_ value: Substring.UTF8View) -> Substring.UTF8View {
    var rest = value
    while let byte = rest.first {
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        rest.removeFirst()
      } else if rest.starts(with: [0x2D, 0x2D]) {
        rest = rest.drop { $0 != 0x0A }
      } else if rest.starts(with: [0x2F, 0x2A]) {
        rest.removeFirst(2)
        while !rest.isEmpty, !rest.starts(with: [0x2A, 0x2F]) { rest.removeFirst() }
        rest = rest.dropFirst(2)
      } else {
        break
      }
    }
    return rest
  }
}
