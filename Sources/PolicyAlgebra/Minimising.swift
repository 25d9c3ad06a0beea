import IAMIdentifiers
public import IAMPolicy

extension ActionSpace {
  /// The shortest list of patterns that stands for exactly these actions, and for no other known one.
  ///
  /// `*` for all, `service:*` for all of a service, else patterns with one wildcard between or beside words, and plain names.
  /// What the shortest cover is takes too long to find out for certain; a greedy search comes close, and is never longer than
  /// the best cover by prefixes.
  /// - Parameters:
  ///   - set: known actions; places beyond `count` are ignored.
  ///   - wildcards: false for plain names only, which stay right when AWS adds actions.
  /// - Returns: patterns, sorted by service and name.
  public func minimise(_ set: ActionSet, wildcards: Bool = true) -> [ActionPattern] {
    guard wildcards else { return names(set).compactMap { ActionPattern($0.description) } }
    if count > 0, set.intersection(everything).count == count {
      return ["*"].compactMap { ActionPattern($0) }
    }
    var patterns: [ActionPattern] = []
    for service in universe.services {
      let range = universe.indices(ofService: service).clamped(to: 0..<count)
      let wanted = range.filter { set.contains($0) }
      if wanted.isEmpty { continue }
      if wanted.count == range.count {
        patterns += ["\(service):*"].compactMap { ActionPattern($0) }
        continue
      }
      patterns += ServiceCover(service: service, range: range, wanted: Set(wanted), space: self).patterns()
    }
    return patterns
  }

  /// Whether the patterns stand for all of these actions.
  public func covers(_ patterns: [ActionPattern], _ set: ActionSet) -> Bool {
    set.intersection(everything).subtracting(expand(patterns)).isEmpty
  }
}

/// Finds few patterns for some actions of one service.
private struct ServiceCover {
  let service: String
  let range: Range<Int>
  let wanted: Set<Int>
  /// Names in lower case, and as AWS writes them.
  private let lowered: [Int: [UInt8]]
  private let written: [Int: [UInt8]]

  init(service: String, range: Range<Int>, wanted: Set<Int>, space: ActionSpace) {
    self.service = service
    self.range = range
    self.wanted = wanted
    var lowered: [Int: [UInt8]] = [:]
    var written: [Int: [UInt8]] = [:]
    for place in range {
      let name = Array(space.universe.name(at: place).name.utf8)
      written[place] = name
      lowered[place] = name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
    self.lowered = lowered
    self.written = written
  }

  /// A pattern with one wildcard: what stands before and after it.
  private struct Candidate: Hashable {
    let head, tail: [UInt8]
  }

  func patterns() -> [ActionPattern] {
    let byPrefix = cover(with: prefixes())
    let byWords = cover(with: prefixes() + words())
    return min(byPrefix, byWords) { left, right in
      (left.count, length(left)) < (right.count, length(right))
    }
  }

  private func min(
    _ left: [ActionPattern], _ right: [ActionPattern],
    by precedes: ([ActionPattern], [ActionPattern]) -> Bool
  ) -> [ActionPattern] { precedes(right, left) ? right : left }

  private func length(_ patterns: [ActionPattern]) -> Int {
    patterns.reduce(0) { $0 + $1.description.utf8.count }
  }

  /// The shortest prefixes of which every action is wanted.
  private func prefixes() -> [Candidate] {
    let unwanted = range.filter { !wanted.contains($0) }.compactMap { lowered[$0] }
      .sorted { $0.lexicographicallyPrecedes($1) }
    var found: Set<Candidate> = []
    for place in wanted {
      guard let name = lowered[place], let spelled = written[place] else { continue }
      // The longest prefix that an unwanted name shares is one character too short.
      let shared = ServiceCover.longestShared(name, with: unwanted)
      guard shared < name.count else { continue }
      found.insert(Candidate(head: Array(spelled[...shared]), tail: []))
    }
    // The spelling of the first in order stands for all that differ by case only.
    var seen: Set<[UInt8]> = []
    return found.sorted { $0.head.lexicographicallyPrecedes($1.head) }
      .filter { seen.insert($0.head.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }).inserted }
  }

  private static func longestShared(_ name: [UInt8], with sorted: [[UInt8]]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    return [low - 1, low].filter(sorted.indices.contains)
      .map { zip(sorted[$0], name).prefix { $0 == $1 }.count }.max() ?? 0
  }

  /// A wildcard in place of some words of a wanted name, or of those at its beginning.
  private func words() -> [Candidate] {
    var found: Set<Candidate> = []
    for place in wanted {
      guard let name = written[place] else { continue }
      let starts =
        [0]
        + name.indices.dropFirst().filter { index in
          (0x41...0x5A).contains(name[index]) && !(0x41...0x5A).contains(name[index - 1])
        }
      for (position, from) in starts.enumerated() {
        for to in starts[(position + 1)...] where from < to {
          found.insert(Candidate(head: Array(name[..<from]), tail: Array(name[to...])))
        }
      }
    }
    return found.sorted {
      ($0.head + [0x2A] + $0.tail).lexicographicallyPrecedes($1.head + [0x2A] + $1.tail)
    }
  }

  private func places(of candidate: Candidate) -> [Int]? {
    let head = candidate.head.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let tail = candidate.tail.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    var places: [Int] = []
    for place in range {
      guard let name = lowered[place], name.count >= head.count + tail.count, name.starts(with: head),
        name.suffix(tail.count).elementsEqual(tail)
      else { continue }
      guard wanted.contains(place) else { return nil }
      places.append(place)
    }
    return places
  }

  /// Takes the pattern that covers most of what is left, until all is covered, then drops what others cover.
  private func cover(with candidates: [Candidate]) -> [ActionPattern] {
    var sets = candidates.compactMap { candidate in places(of: candidate).map { (candidate, Set($0)) } }
      .filter { $0.1.count > 1 }
    var left = wanted
    var chosen: [(Candidate, Set<Int>)] = []
    while !left.isEmpty {
      var best: (index: Int, gain: Int)?
      for (index, entry) in sets.enumerated() {
        let gain = entry.1.intersection(left).count
        if gain > best?.gain ?? 1 { best = (index, gain) }
      }
      guard let best else { break }
      chosen.append(sets.remove(at: best.index))
      left.subtract(chosen[chosen.count - 1].1)
    }
    for index in chosen.indices.reversed() {
      let others = chosen.enumerated().filter { $0.offset != index }.reduce(into: left) {
        $0.formUnion($1.element.1)
      }
      if chosen[index].1.isSubset(of: others) { chosen.remove(at: index) }
    }
    let wild = chosen.map { String(decoding: $0.0.head + [0x2A] + $0.0.tail, as: UTF8.self) }
    let plain = left.compactMap { written[$0] }.map { String(decoding: $0, as: UTF8.self) }
    return (wild + plain).sorted().compactMap { ActionPattern("\(service):\($0)") }
  }
}
