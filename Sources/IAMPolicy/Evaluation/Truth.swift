/// What can be said of a part of a request where some of its context may not be known.
public enum Truth: Hashable, Sendable {
  case no
  case yes
  /// It depends on something that is not known: condition keys as they were written, or what is not understood, in words.
  /// Sorted, each once.
  case depends(on: [String])

  init(_ value: Bool) { self = value ? .yes : .no }

  /// The opposite.
  var negated: Truth {
    switch self {
    case .no: .yes
    case .yes: .no
    case .depends: self
    }
  }

  /// All must hold: what certainly fails decides, whatever the rest depends on.
  static func all(_ parts: some Sequence<Truth>) -> Truth {
    var keys: Set<String> = []
    for part in parts {
      switch part {
      case .no: return .no
      case .yes: continue
      case .depends(let some): keys.formUnion(some)
      }
    }
    return keys.isEmpty ? .yes : .depends(on: keys.sorted())
  }

  /// One must hold: what certainly holds decides, whatever the rest depends on.
  static func any(_ parts: some Sequence<Truth>) -> Truth {
    var keys: Set<String> = []
    for part in parts {
      switch part {
      case .yes: return .yes
      case .no: continue
      case .depends(let some): keys.formUnion(some)
      }
    }
    return keys.isEmpty ? .no : .depends(on: keys.sorted())
  }
}
