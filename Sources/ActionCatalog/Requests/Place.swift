import JSONText

/// A place in a request: names joined by dots, `[]` for each element of a list, `{}` for each value of a map.
struct Place: Sendable {
  private enum Step {
    case member(String)
    case elements
    case values
  }

  private let steps: [Step]

  init(_ text: String) {
    var steps: [Step] = []
    for part in text.split(separator: ".") {
      var name = part
      var after: [Step] = []
      while name.hasSuffix("[]") || name.hasSuffix("{}") {
        after.insert(name.hasSuffix("[]") ? .elements : .values, at: 0)
        name = name.dropLast(2)
      }
      if !name.isEmpty { steps.append(.member(String(name))) }
      steps += after
    }
    self.steps = steps
  }

  /// Whether there can be several values.
  var isOfMany: Bool {
    steps.contains { step in
      if case .member = step { false } else { true }
    }
  }

  /// The values at the place that are something: no null, and nothing empty.
  func values(in value: JSONValue) -> [JSONValue] {
    var found = [value]
    for step in steps {
      var next: [JSONValue] = []
      for value in found {
        switch (step, value) {
        case (.member(let name), .object(let members)):
          next += members.filter { $0.name == name }.map(\.value)
        // Where one element is wanted and the record wraps it in a list, the list's elements are meant.
        case (.elements, .array(let items)): next += items
        case (.values, .object(let members)): next += members.map(\.value)
        default: break
        }
      }
      found = next
    }
    return found.filter { $0.isSomething }
  }
}

extension JSONValue {
  /// Whether it is neither null nor empty.
  fileprivate var isSomething: Bool {
    switch self {
    case .null: false
    case .string(let text): !text.isEmpty
    case .array(let items): !items.isEmpty
    case .object(let members): !members.isEmpty
    case .bool, .number: true
    }
  }
}
