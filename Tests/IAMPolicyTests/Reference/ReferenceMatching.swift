import IAMPolicy
import JSONText

/// Texts with wildcards and variables, matched by plain recursion.
struct ReferenceMatching {
  let request: JSONValue
  let hasVariables: Bool

  /// One place of a pattern.
  enum Place: Equatable {
    case character(Character)
    case one, many
  }

  func list(_ value: JSONValue) -> [String] {
    (value.array ?? [value]).map { item in
      switch item {
      case .string(let text), .number(let text): text
      case .bool(let value): value ? "true" : "false"
      default: ""
      }
    }
  }

  /// The values of a key, nil where the request does not have it.
  func values(_ key: String) -> [String]? {
    for member in request["context"]?.members ?? [] where member.name.lowercased() == key.lowercased() {
      let values = list(member.value)
      return values.isEmpty ? nil : values
    }
    return nil
  }

  /// A text of the policy with its variables replaced; nil where one has no value.
  func places(_ text: String) -> [Place]? {
    var places: [Place] = []
    var rest = Array(text)
    while !rest.isEmpty {
      if hasVariables, rest.starts(with: ["$", "{"]), let close = rest.firstIndex(of: "}") {
        let inside = String(rest[2..<close])
        rest = Array(rest[(close + 1)...])
        if ["*", "?", "$"].contains(inside) {
          places.append(.character(Character(inside)))
          continue
        }
        let parts = inside.split(separator: ",", maxSplits: 1).map {
          String($0).trimmingPrefix { $0 == " " }
        }
        guard let key = parts.first else { return nil }
        var value: String?
        if let found = values(String(key)) {
          value = found.count == 1 ? found[0] : nil
        } else if parts.count == 2 {
          value = String(parts[1].dropFirst().dropLast())
        }
        guard let value else { return nil }
        places += value.map { .character($0) }
        continue
      }
      switch rest.removeFirst() {
      case "*": places.append(.many)
      case "?": places.append(.one)
      case let other: places.append(.character(other))
      }
    }
    return places
  }

  /// Wildcards stand for anything.
  func isLike(_ places: ArraySlice<Place>, _ text: ArraySlice<Character>) -> Bool {
    guard let first = places.first else { return text.isEmpty }
    switch first {
    case .many:
      return isLike(places.dropFirst(), text) || (!text.isEmpty && isLike(places, text.dropFirst()))
    case .one: return !text.isEmpty && isLike(places.dropFirst(), text.dropFirst())
    case .character(let character):
      return text.first == character && isLike(places.dropFirst(), text.dropFirst())
    }
  }

  /// How much of a request's resource a pattern takes in.
  enum Share { case none, part, whole }

  /// In the service segment of an ARN wildcards are plain, in a pattern and in a request.
  private func plainInService(_ places: [Place]) -> [Place] {
    var colons = 0
    return places.map { place in
      if place == .character(":") { colons += 1 }
      guard colons == 2 else { return place }
      return place == .many ? .character("*") : place == .one ? .character("?") : place
    }
  }

  func share(_ pattern: String, of resource: String) -> Share {
    if pattern == "*" { return .whole }
    guard let places = places(pattern) else { return .none }
    var asked: [Place] = resource.map { $0 == "*" ? .many : $0 == "?" ? .one : .character($0) }
    if resource == "*" { asked = [.character("*")] }
    let (mine, theirs) = (plainInService(places)[...], plainInService(asked)[...])
    return takes(mine, theirs) ? .whole : meets(mine, theirs) ? .part : .none
  }

  /// A `*` takes a colon only where it ends its segment.
  private func mayTakeColon(_ places: ArraySlice<Place>) -> Bool {
    places.dropFirst().first == nil || places.dropFirst().first == .character(":")
  }

  /// Whether a pattern takes in all that is asked for: a `*` of the request takes a `*`, a `?` a `?` or a `*`. The characters `*` and
  /// `?` of a pattern mean those of the request.
  private func takes(_ pattern: ArraySlice<Place>, _ asked: ArraySlice<Place>) -> Bool {
    guard let first = pattern.first else { return asked.isEmpty }
    if first == .many, takes(pattern.dropFirst(), asked) { return true }
    guard let next = asked.first else { return false }
    let isColon = next == .character(":") || (next == .many && mayTakeColon(asked))
    switch first {
    case .many:
      return (!isColon || mayTakeColon(pattern)) && takes(pattern, asked.dropFirst())
    case .one where next == .many || isColon: return false
    case .one: break
    case .character("*") where next == .many: break
    case .character("?") where next == .one: break
    case .character: if first != next { return false }
    }
    return takes(pattern.dropFirst(), asked.dropFirst())
  }

  /// Whether some text is described by both.
  private func meets(_ one: ArraySlice<Place>, _ other: ArraySlice<Place>) -> Bool {
    if one.first == .many, meets(one.dropFirst(), other) { return true }
    if other.first == .many, meets(one, other.dropFirst()) { return true }
    guard let first = one.first, let second = other.first else { return one.isEmpty && other.isEmpty }
    if first == .many, second == .many { return false }
    let samples = [first, second].compactMap { if case .character(let letter) = $0 { letter } else { nil } }
    let letter = samples.first ?? "a"
    func has(_ places: ArraySlice<Place>) -> Bool {
      switch places.first {
      case .character(let own): own == letter
      case .one: letter != ":"
      default: letter != ":" || mayTakeColon(places)
      }
    }
    return has(one) && has(other)
      && meets(first == .many ? one : one.dropFirst(), second == .many ? other : other.dropFirst())
  }

  func isAction(_ pattern: String, _ action: String) -> Bool {
    if pattern == "*" || pattern == "*:*" { return true }
    let places: [Place] = pattern.lowercased().map { character in
      switch character {
      case "*": .many
      case "?": .one
      default: .character(character)
      }
    }
    return isLike(places[...], Array(action.lowercased())[...])
  }
}
