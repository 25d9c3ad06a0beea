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

  /// Wildcards as in an ARN of `Resource`: plain in the third segment, and a `*` takes a colon only where it ends its segment.
  func isARNLike(_ places: ArraySlice<Place>, _ text: ArraySlice<Character>, colons: Int) -> Bool {
    guard let first = places.first else { return text.isEmpty }
    let rest = places.dropFirst()
    switch first {
    case .character(let character):
      return text.first == character
        && isARNLike(rest, text.dropFirst(), colons: colons + (character == ":" ? 1 : 0))
    case .many where colons == 2:
      return text.first == "*" && isARNLike(rest, text.dropFirst(), colons: colons)
    case .one where colons == 2:
      return text.first == "?" && isARNLike(rest, text.dropFirst(), colons: colons)
    case .one:
      return text.first.map { $0 != ":" } == true && isARNLike(rest, text.dropFirst(), colons: colons)
    case .many:
      if isARNLike(rest, text, colons: colons) { return true }
      guard let next = text.first else { return false }
      let mayTakeColon = rest.first == nil || rest.first == .character(":")
      return (next != ":" || mayTakeColon) && isARNLike(places, text.dropFirst(), colons: colons)
    }
  }

  func isResource(_ pattern: String, _ resource: String) -> Bool {
    if pattern == "*" { return true }
    guard let places = places(pattern) else { return false }
    return isARNLike(places[...], Array(resource)[...], colons: 0)
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
