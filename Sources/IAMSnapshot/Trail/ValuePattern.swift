/// What may stand in a field of the events that are asked about: `*` is any text, `?` any character.
///
/// A policy variable (`${aws:username}`) is taken for any text: it reaches at least what it may stand for.
struct ValuePattern: Hashable {
  private enum Part: Hashable {
    case byte(UInt8)
    case anyByte
    case anyText
  }

  private let parts: [Part]

  init(_ pattern: String) {
    var parts: [Part] = []
    var bytes = Array(pattern.utf8)[...]
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "*"):
        if parts.last != .anyText { parts.append(.anyText) }
      case UInt8(ascii: "?"): parts.append(.anyByte)
      case UInt8(ascii: "$") where bytes.first == UInt8(ascii: "{") && bytes.contains(UInt8(ascii: "}")):
        bytes = bytes.drop { $0 != UInt8(ascii: "}") }.dropFirst()
        if parts.last != .anyText { parts.append(.anyText) }
      default: parts.append(.byte(byte))
      }
    }
    self.parts = parts
  }

  private init(parts: [Part]) { self.parts = parts }

  /// How many of the texts that the pattern reaches pass a test.
  func extent(of test: TextTest) -> RecordedEvents.Extent {
    switch test {
    case .equals(let text):
      if parts == text.utf8.map({ .byte($0) }) { return .all }
      return positions(after: text.utf8).contains(parts.count) ? .some : .none
    case .startsWith(let prefix): return extent(beginning: Array(prefix.utf8))
    case .endsWith(let suffix):
      return ValuePattern(parts: parts.reversed()).extent(beginning: suffix.utf8.reversed())
    }
  }

  private func extent(beginning bytes: [UInt8]) -> RecordedEvents.Extent {
    if parts.count >= bytes.count, zip(parts, bytes).allSatisfy({ $0 == .byte($1) }) { return .all }
    return positions(after: bytes).isEmpty ? .none : .some
  }

  /// How far into the pattern one can be after reading the text; `parts.count` is its end.
  private func positions(after text: some Sequence<UInt8>) -> Set<Int> {
    var positions = withSkippedWildcards([0])
    for byte in text {
      var next: Set<Int> = []
      for position in positions where position < parts.count {
        switch parts[position] {
        case .byte(let expected): if expected == byte { next.insert(position + 1) }
        case .anyByte: next.insert(position + 1)
        case .anyText: next.insert(position)
        }
      }
      positions = withSkippedWildcards(next)
      if positions.isEmpty { break }
    }
    return positions
  }

  private func withSkippedWildcards(_ positions: Set<Int>) -> Set<Int> {
    var all = positions
    for position in positions where position < parts.count && parts[position] == .anyText {
      all.insert(position + 1)
    }
    return all
  }
}
