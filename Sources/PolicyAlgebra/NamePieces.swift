/// The names of a service's actions, to be asked which of them a pattern describes.
struct NamePieces {
  /// In lower case: names are compared without regard to case.
  let lowered: [[UInt8]]
  private let written: [[UInt8]]
  /// Which names have two bytes side by side: few are left to look through where all pairs of a piece are asked for.
  private let pairs: [UInt16: ActionSet]
  private var beginning, containing, ending: [[UInt8]: ActionSet]

  init(_ written: [[UInt8]]) {
    self.written = written
    lowered = written.map(NamePieces.lowercase)
    (beginning, containing, ending) = ([:], [:], [:])
    var pairs: [UInt16: ActionSet] = [:]
    for (place, name) in lowered.enumerated() {
      for pair in NamePieces.pairs(of: name) {
        pairs[pair, default: ActionSet(capacity: written.count)].insert(place)
      }
    }
    self.pairs = pairs
  }

  /// Where the words of a name begin: at capitals after other signs.
  func wordStarts(at place: Int) -> [Int] {
    let name = written[place]
    return [0]
      + name.indices.dropFirst().filter {
        NamePieces.isCapital(name[$0]) && !NamePieces.isCapital(name[$0 - 1])
      }
  }

  /// The places of the names that `head*tail` or `head*middle*tail` describes; nil where one of them is not wanted.
  mutating func places(
    head: [UInt8], middle: [UInt8]?, tail: [UInt8], within wanted: ActionSet
  ) -> ActionSet? {
    let (head, tail) = (NamePieces.lowercase(head), NamePieces.lowercase(tail))
    let middle = middle.map(NamePieces.lowercase)
    var places = ActionSet(allOf: lowered.count)
    if !head.isEmpty { places.formIntersection(names(beginningWith: head)) }
    if !tail.isEmpty { places.formIntersection(names(endingWith: tail)) }
    if let middle { places.formIntersection(names(containing: middle)) }
    // What is left has all pieces, which may still overlap.
    var found = ActionSet(capacity: lowered.count)
    for place in places {
      let name = lowered[place]
      guard name.count >= head.count + tail.count else { continue }
      if let middle, !NamePieces.contains(name[head.count..<(name.count - tail.count)], middle) { continue }
      guard wanted.contains(place) else { return nil }
      found.insert(place)
    }
    return found
  }

  /// In which names a piece stands.
  enum Use {
    /// In one that is wanted at most.
    case single
    /// In several, all of them wanted.
    case wantedOnly
    case mixed
  }

  /// Where a piece stands, in whatever case.
  mutating func use(of piece: [UInt8], within wanted: ActionSet) -> Use {
    let names = names(containing: NamePieces.lowercase(piece))
    if names.countShared(with: wanted) < 2 { return .single }
    return names.isSubset(of: wanted) ? .wantedOnly : .mixed
  }

  private mutating func names(beginningWith piece: [UInt8]) -> ActionSet {
    if let known = beginning[piece] { return known }
    let found = names { $0.starts(with: piece) }
    beginning[piece] = found
    return found
  }

  private mutating func names(endingWith piece: [UInt8]) -> ActionSet {
    if let known = ending[piece] { return known }
    let found = names { $0.count >= piece.count && $0.suffix(piece.count).elementsEqual(piece) }
    ending[piece] = found
    return found
  }

  private mutating func names(containing piece: [UInt8]) -> ActionSet {
    if let known = containing[piece] { return known }
    var found = ActionSet(allOf: lowered.count)
    for pair in NamePieces.pairs(of: piece) {
      found.formIntersection(pairs[pair] ?? ActionSet(capacity: lowered.count))
    }
    for place in found where !NamePieces.contains(lowered[place][...], piece) { found.remove(place) }
    containing[piece] = found
    return found
  }

  private func names(where holds: ([UInt8]) -> Bool) -> ActionSet {
    var set = ActionSet(capacity: lowered.count)
    for (place, name) in lowered.enumerated() where holds(name) { set.insert(place) }
    return set
  }

  private static func pairs(of name: [UInt8]) -> some Sequence<UInt16> {
    zip(name, name.dropFirst()).lazy.map { UInt16($0) << 8 | UInt16($1) }
  }

  private static func contains(_ name: ArraySlice<UInt8>, _ piece: [UInt8]) -> Bool {
    guard let first = piece.first else { return true }
    guard name.count >= piece.count else { return false }
    return (name.startIndex...(name.endIndex - piece.count)).contains { start in
      name[start] == first && name[start..<(start + piece.count)].elementsEqual(piece)
    }
  }

  static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  private static func lowercase(_ name: [UInt8]) -> [UInt8] { name.map { isCapital($0) ? $0 | 0x20 : $0 } }
}
