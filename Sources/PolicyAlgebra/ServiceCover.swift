import IAMPolicy

/// Finds few patterns for some actions of one service. Places are counted from the service's first action.
struct ServiceCover {
  private let service: String
  private let wanted: ActionSet
  /// As AWS writes them.
  private let written: [[UInt8]]
  /// Remembers what was asked of it.
  private var names: NamePieces

  init(service: String, range: Range<Int>, wanted: ActionSet, space: ActionSpace) {
    self.service = service
    self.wanted = wanted
    written = range.map { Array(space.universe.name(at: $0).name.utf8) }
    names = NamePieces(written)
  }

  /// A pattern with one or two wildcards: what stands before, between and after them.
  private struct Candidate: Hashable {
    var head: [UInt8]
    /// Nil where there is one wildcard only.
    var middle: [UInt8]?
    let tail: [UInt8]

    var bytes: [UInt8] {
      let star = UInt8(ascii: "*")
      return head + [star] + (middle.map { $0 + [star] } ?? []) + tail
    }
    var wildcards: Int { middle == nil ? 1 : 2 }
    var length: Int { head.count + (middle?.count ?? 0) + tail.count + wildcards }
  }

  /// A candidate that stands for wanted actions only.
  private struct Cover {
    let candidate: Candidate
    let places: ActionSet
  }

  mutating func patterns() -> [ActionPattern] {
    let prefixes = covers(self.prefixes())
    let words = covers(self.words())
    let pairs = covers(self.pairs())
    let lists = [prefixes, prefixes + words, prefixes + words + pairs].map { cover(with: $0) }
    // Of lists that are equally long, the one that says most plainly what it stands for.
    func rank(_ list: [ActionPattern]) -> (Int, Int, Int) {
      let text = list.map(\.description)
      return (
        list.count, text.reduce(0) { $0 + $1.utf8.count { $0 == UInt8(ascii: "*") } },
        text.reduce(0) { $0 + $1.utf8.count }
      )
    }
    return lists.min { rank($0) < rank($1) } ?? []
  }

  // MARK: - Candidates

  /// The shortest prefixes of which every action is wanted.
  private func prefixes() -> [Candidate] {
    let unwanted = written.indices.filter { !wanted.contains($0) }.map { names.lowered[$0] }
      .sorted { $0.lexicographicallyPrecedes($1) }
    // The spelling of the first in order stands for all that differ by case only.
    var found: [[UInt8]: Candidate] = [:]
    for place in wanted {
      let name = names.lowered[place]
      // The longest prefix that an unwanted name shares is one character too short.
      let shared = ServiceCover.longestShared(name, with: unwanted)
      guard shared < name.count else { continue }
      let key = Array(name[...shared])
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

  /// A wildcard in place of some words of a wanted name or of none: between words, or at the beginning.
  private func words() -> [Candidate] {
    var found: Set<Candidate> = []
    for place in wanted {
      let name = written[place]
      let starts = names.wordStarts(at: place)
      for (position, from) in starts.enumerated() {
        for to in starts[position...] {
          found.insert(Candidate(head: Array(name[..<from]), tail: Array(name[to...])))
        }
      }
    }
    return ServiceCover.sorted(found)
  }

  /// Wildcards around some words of a wanted name, after its first word or after none, and before its last word or none.
  ///
  /// Words that stand in wanted names only need nothing before or after them; and what is in no two wanted names is no use.
  private mutating func pairs() -> [Candidate] {
    var found: Set<Candidate> = []
    var uses: [[UInt8]: NamePieces.Use] = [:]
    for place in wanted {
      let name = written[place]
      let starts = names.wordStarts(at: place)
      let ends = starts.dropFirst() + [name.count]
      for (first, from) in starts.enumerated() {
        for (last, to) in ends.enumerated() where last >= first && last < first + 3 {
          let middle = Array(name[from..<to])
          // A single letter says nothing to whoever reads it.
          guard middle.count > 1 else { continue }
          let use = uses[middle] ?? names.use(of: middle, within: wanted)
          uses[middle] = use
          switch use {
          case .single: continue
          case .wantedOnly: found.insert(Candidate(head: [], middle: middle, tail: []))
          case .mixed:
            let head = first > 0 ? Array(name[..<starts[1]]) : []
            let tail = last < starts.count - 1 ? Array(name[starts[starts.count - 1]...]) : []
            if !head.isEmpty { found.insert(Candidate(head: head, middle: middle, tail: [])) }
            if !tail.isEmpty { found.insert(Candidate(head: [], middle: middle, tail: tail)) }
            if !head.isEmpty, !tail.isEmpty {
              found.insert(Candidate(head: head, middle: middle, tail: tail))
            }
          }
        }
      }
    }
    return ServiceCover.sorted(found)
  }

  private static func sorted(_ candidates: Set<Candidate>) -> [Candidate] {
    candidates.map { ($0.bytes, $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1)
  }

  // MARK: - Covers

  /// The candidates that stand for several actions, all of them wanted; of those for the same actions the plainest.
  private mutating func covers(_ candidates: [Candidate]) -> [Cover] {
    var best: [ActionSet: Int] = [:]
    var covers: [Cover] = []
    for candidate in candidates {
      guard
        let places = names.places(
          head: candidate.head, middle: candidate.middle, tail: candidate.tail, within: wanted),
        places.count > 1
      else { continue }
      guard let known = best[places] else {
        best[places] = covers.count
        covers.append(Cover(candidate: candidate, places: places))
        continue
      }
      // One wildcard is lengthened later; of two, what says most lets the least in tomorrow.
      let other = covers[known].candidate
      let isPlainer =
        candidate.middle == nil ? candidate.length < other.length : candidate.length > other.length
      if isPlainer { covers[known] = Cover(candidate: candidate, places: places) }
    }
    return covers
  }

  /// The pattern with all of the words before and after its wildcard that its actions share.
  private func lengthened(_ cover: Cover) -> Candidate {
    let places = Array(cover.places)
    guard let first = places.first, cover.candidate.middle == nil else { return cover.candidate }
    var (head, tail) = (cover.candidate.head, cover.candidate.tail)
    func shared(_ room: (Int) -> Int, _ side: ([UInt8]) -> some Collection<UInt8>) -> Int {
      places.reduce(room(first)) { least, place in
        zip(side(names.lowered[first]), side(names.lowered[place])).prefix(min(least, room(place)))
          .prefix { $0 == $1 }.count
      }
    }
    let before = shared({ names.lowered[$0].count - tail.count }, { $0 })
    // The longest that ends where a word does in every name, if there is one.
    if let end = (head.count...max(before, head.count)).last(where: { end in
      end <= before
        && places.allSatisfy { end == written[$0].count || NamePieces.isCapital(written[$0][end]) }
    }) {
      head = Array(written[first][..<end])
    }
    // And the longest that begins where a word does in one of them at least: `*TagResource` is `UntagResource` too.
    let after = shared({ names.lowered[$0].count - head.count }, { $0.reversed() })
    for length in (tail.count...max(after, tail.count)).reversed() where length <= after && !tail.isEmpty {
      let start = places.first { NamePieces.isCapital(written[$0][written[$0].count - length]) }
      if let start {
        tail = Array(written[start].suffix(length))
        break
      }
    }
    return Candidate(head: head, tail: tail)
  }

  private func cover(with covers: [Cover]) -> [ActionPattern] {
    let (chosen, left) = CoverSearch(wanted: wanted, covers: covers.map(\.places)).shortest()
    let texts = chosen.map { lengthened(covers[$0]).bytes } + left.map { written[$0] }
    return texts.map { String(decoding: $0, as: UTF8.self) }.sorted()
      .compactMap { ActionPattern("\(service):\($0)") }
  }
}
