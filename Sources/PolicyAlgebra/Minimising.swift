import IAMIdentifiers
public import IAMPolicy

extension ActionSpace {
  /// The shortest list of patterns that stands for exactly these actions, and for no other known one.
  ///
  /// `*` for all, `service:*` for all of a service, else patterns with one wildcard between or beside words, and plain names.
  /// What the shortest cover is takes too long to find out for certain; a greedy search comes close, and is never longer than
  /// the best cover by prefixes. A pattern says as much of its actions' names as they share: of those that stand for the same
  /// today it is the one that lets the least in tomorrow.
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
      var wanted = ActionSet(capacity: range.count)
      for place in range where set.contains(place) { wanted.insert(place - range.lowerBound) }
      let found = wanted.count
      if found == 0 { continue }
      // A service of one action is spelled out: its wildcard says less and is no shorter a list.
      if found == range.count, found > 1 {
        patterns += ["\(service):*"].compactMap { ActionPattern($0) }
        continue
      }
      patterns += ServiceCover(service: service, range: range, wanted: wanted, space: self).patterns()
    }
    return patterns
  }

  /// Whether the patterns stand for all of these actions.
  public func covers(_ patterns: [ActionPattern], _ set: ActionSet) -> Bool {
    set.intersection(everything).subtracting(expand(patterns)).isEmpty
  }
}

/// Finds few patterns for some actions of one service. Places are counted from the service's first action.
private struct ServiceCover {
  private let service: String
  private let wanted: ActionSet
  /// Names in lower case, and as AWS writes them.
  private let lowered, written: [[UInt8]]

  init(service: String, range: Range<Int>, wanted: ActionSet, space: ActionSpace) {
    self.service = service
    self.wanted = wanted
    written = range.map { Array(space.universe.name(at: $0).name.utf8) }
    lowered = written.map(ServiceCover.lowercase)
  }

  /// A pattern with one wildcard: what stands before and after it.
  private struct Candidate: Hashable {
    let head, tail: [UInt8]

    var bytes: [UInt8] { head + [UInt8(ascii: "*")] + tail }
    var length: Int { head.count + 1 + tail.count }
  }

  /// A candidate that stands for wanted actions only.
  private struct Cover {
    let candidate: Candidate
    let places: ActionSet
  }

  func patterns() -> [ActionPattern] {
    let prefixes = covers(self.prefixes())
    let byPrefix = cover(with: prefixes)
    let byWords = cover(with: prefixes + covers(words()))
    let isShorter =
      (byWords.count, ServiceCover.length(byWords)) < (byPrefix.count, ServiceCover.length(byPrefix))
    return isShorter ? byWords : byPrefix
  }

  private static func length(_ patterns: [ActionPattern]) -> Int {
    patterns.reduce(0) { $0 + $1.description.utf8.count }
  }

  private static func lowercase(_ name: [UInt8]) -> [UInt8] {
    name.map { isCapital($0) ? $0 | 0x20 : $0 }
  }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  // MARK: - Candidates

  /// The shortest prefixes of which every action is wanted.
  private func prefixes() -> [Candidate] {
    let unwanted = lowered.indices.filter { !wanted.contains($0) }.map { lowered[$0] }
      .sorted { $0.lexicographicallyPrecedes($1) }
    // The spelling of the first in order stands for all that differ by case only.
    var found: [[UInt8]: Candidate] = [:]
    for place in wanted {
      // The longest prefix that an unwanted name shares is one character too short.
      let shared = ServiceCover.longestShared(lowered[place], with: unwanted)
      guard shared < lowered[place].count else { continue }
      let key = Array(lowered[place][...shared])
      if found[key] == nil { found[key] = Candidate(head: Array(written[place][...shared]), tail: []) }
    }
    return found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
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
      let name = written[place]
      var starts = [0]
      for index in name.indices.dropFirst()
      where ServiceCover.isCapital(name[index]) && !ServiceCover.isCapital(name[index - 1]) {
        starts.append(index)
      }
      for (position, from) in starts.enumerated() {
        for to in starts[(position + 1)...] {
          found.insert(Candidate(head: Array(name[..<from]), tail: Array(name[to...])))
        }
      }
    }
    return found.map { ($0.bytes, $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
  }

  // MARK: - Covering

  /// The candidates that stand for several actions, all of them wanted; of those for the same actions the shortest.
  private func covers(_ candidates: [Candidate]) -> [Cover] {
    var best: [ActionSet: Int] = [:]
    var covers: [Cover] = []
    for candidate in candidates {
      guard let places = places(of: candidate), places.count > 1 else { continue }
      if let known = best[places] {
        if candidate.length < covers[known].candidate.length {
          covers[known] = Cover(candidate: candidate, places: places)
        }
      } else {
        best[places] = covers.count
        covers.append(Cover(candidate: candidate, places: places))
      }
    }
    return covers
  }

  /// Nil as soon as one of them is not wanted.
  private func places(of candidate: Candidate) -> ActionSet? {
    let head = ServiceCover.lowercase(candidate.head)
    let tail = ServiceCover.lowercase(candidate.tail)
    var places = ActionSet(capacity: lowered.count)
    for (place, name) in lowered.enumerated() {
      guard name.count >= head.count + tail.count, name.starts(with: head),
        name.suffix(tail.count).elementsEqual(tail)
      else { continue }
      guard wanted.contains(place) else { return nil }
      places.insert(place)
    }
    return places
  }

  /// The pattern with all of the words before its wildcard that its actions share.
  private func lengthened(_ cover: Cover) -> Candidate {
    let places = Array(cover.places)
    guard let first = places.first else { return cover.candidate }
    let tail = cover.candidate.tail
    var shared = lowered[first].count - tail.count
    for place in places {
      let room = min(shared, lowered[place].count - tail.count)
      shared = zip(lowered[first].prefix(room), lowered[place]).prefix { $0 == $1 }.count
    }
    // The longest that ends where a word does in every name, if there is one.
    let whole = (cover.candidate.head.count...max(shared, cover.candidate.head.count)).last { end in
      end <= shared
        && places.allSatisfy { end == written[$0].count || ServiceCover.isCapital(written[$0][end]) }
    }
    return Candidate(head: Array(written[first][..<(whole ?? cover.candidate.head.count)]), tail: tail)
  }

  /// Takes the pattern that covers most of what is left, until all is covered, then drops what others cover.
  private func cover(with covers: [Cover]) -> [ActionPattern] {
    var left = wanted
    var chosen: [Cover] = []
    // What a pattern would still cover only shrinks, so an earlier count bounds it from above.
    var bounds = covers.map(\.places.count)
    while true {
      var best: (index: Int, gain: Int) = (-1, 1)
      for index in covers.indices where bounds[index] > best.gain {
        bounds[index] = covers[index].places.intersection(left).count
        if bounds[index] > best.gain { best = (index, bounds[index]) }
      }
      guard best.index >= 0 else { break }
      chosen.append(covers[best.index])
      left.subtract(covers[best.index].places)
    }
    for index in chosen.indices.reversed() {
      var others = left
      for (other, cover) in chosen.enumerated() where other != index { others.formUnion(cover.places) }
      if chosen[index].places.isSubset(of: others) { chosen.remove(at: index) }
    }
    let names = chosen.map { lengthened($0).bytes } + left.map { written[$0] }
    return names.map { String(decoding: $0, as: UTF8.self) }.sorted()
      .compactMap { ActionPattern("\(service):\($0)") }
  }
}
