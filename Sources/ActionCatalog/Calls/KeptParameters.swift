/// What is kept of a recorded call's parameters: the names at the top, and of some places whether something is there or
/// what it says.
///
/// Every other value of a request is forgotten when it is read, so that a condition of the mapping is answered by yes, no,
/// or not at all.
public struct KeptParameters: Hashable, Sendable {
  /// The names at the top of `requestParameters`.
  public let names: Set<String>
  private let places: [String: Place]

  private struct Place: Hashable {
    var values: [String] = []
    /// Something is there of which no value is kept.
    var hasUnknown = false
    /// Nothing is there.
    var isEmpty = false
  }

  /// - Parameters:
  ///   - names: sorted or not, joined by commas.
  ///   - deciding: lines `place=value`, `place` where something is there of which no value is kept, `!place` where nothing
  ///     is there; a place without a line was not looked at.
  public init(names: String, deciding: String) {
    self.names = Set(names.split(separator: ",").map(String.init))
    var places: [String: Place] = [:]
    for line in deciding.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count > 1 {
        places[String(parts[0]), default: Place()].values.append(String(parts[1]))
      } else if line.first == "!" {
        places[String(line.dropFirst()), default: Place()].isEmpty = true
      } else {
        places[String(line), default: Place()].hasUnknown = true
      }
    }
    self.places = places
  }

  /// Whether the request was too large to be recorded, so that nothing of it is known.
  ///
  /// Source: "CloudTrail record contents", AWS CloudTrail User Guide.
  public var isOmitted: Bool { names.contains("omitted") }

  /// The same as `Call.parameters`. A value that was not kept is such that no pattern but `*` matches it.
  public var parameters: [String: String] {
    var found = Dictionary(names.map { ($0, "?") }, uniquingKeysWith: { first, _ in first })
    for (name, place) in places {
      found[name] =
        place.isEmpty ? nil : (place.values + (place.hasUnknown ? ["?"] : [])).joined(separator: "\n")
    }
    return found
  }

  /// Whether something at a place is like the pattern, or there at all; nil where nobody can tell.
  func answer(_ term: Condition.Term) -> Bool? {
    if let place = places[term.place] {
      if place.isEmpty { return false }
      guard let pattern = term.pattern else { return true }
      if place.values.contains(where: { pattern.matches($0) }) { return true }
      return place.hasUnknown ? nil : false
    }
    if isOmitted || !term.isOfRequest { return nil }
    guard names.contains(term.root) else { return false }
    return term.pattern == nil && term.isAtTop ? true : nil
  }

  /// Whether all terms of a condition hold; nil where nobody can tell.
  func answer(_ condition: Condition) -> Bool? {
    let answers = condition.terms.map(answer)
    if answers.contains(false) { return false }
    return answers.contains(nil) ? nil : true
  }
}
