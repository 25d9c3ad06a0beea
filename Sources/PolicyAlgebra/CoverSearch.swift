/// Looks for few sets that together have all that is wanted, and plain members for the rest.
///
/// Greedy first: always the set that adds most. Then sets are tried that make two or more of the chosen ones needless.
struct CoverSearch {
  let wanted: ActionSet
  /// Subsets of what is wanted, of two members at least.
  let covers: [ActionSet]

  /// How often the chosen ones are gone through for something better.
  private static let rounds = 4

  /// The chosen sets by their positions, in order, and the members that stand alone.
  func shortest() -> (chosen: [Int], left: ActionSet) {
    var chosen = greedy()
    for _ in 0..<CoverSearch.rounds where improve(&chosen) {}
    return (chosen.sorted(), left(by: chosen))
  }

  private func left(by chosen: [Int]) -> ActionSet {
    var left = wanted
    for index in chosen { left.subtract(covers[index]) }
    return left
  }

  private func greedy() -> [Int] {
    var left = wanted
    var chosen: [Int] = []
    // What a set would still add only shrinks, so an earlier count bounds it from above.
    var bounds = covers.map(\.count)
    while true {
      var best: (index: Int, gain: Int) = (-1, 1)
      for index in covers.indices where bounds[index] > best.gain {
        bounds[index] = covers[index].countShared(with: left)
        if bounds[index] > best.gain { best = (index, bounds[index]) }
      }
      guard best.index >= 0 else { break }
      chosen.append(best.index)
      left.subtract(covers[best.index])
    }
    for index in chosen.indices.reversed() {
      var others = left
      for (other, cover) in chosen.enumerated() where other != index { others.formUnion(covers[cover]) }
      if covers[chosen[index]].isSubset(of: others) { chosen.remove(at: index) }
    }
    return chosen
  }

  /// Whether a set was found in whose place two or more of the chosen, or of the members that stood alone, can go.
  private func improve(_ chosen: inout [Int]) -> Bool {
    var isBetter = false
    var (alone, own) = (left(by: chosen), ownMembers(of: chosen))
    for candidate in covers.indices {
      let places = covers[candidate]
      var gain = places.countShared(with: alone)
      for members in own where members.isSubset(of: places) { gain += 1 }
      guard gain > 1, !chosen.contains(candidate) else { continue }
      let kept = needed(chosen, own, beside: places)
      guard kept.count + 1 < chosen.count + places.countShared(with: alone) else { continue }
      chosen = kept + [candidate]
      (alone, own) = (left(by: chosen), ownMembers(of: chosen))
      isBetter = true
    }
    return isBetter
  }

  /// Of each of the chosen, what no other of them has.
  private func ownMembers(of chosen: [Int]) -> [ActionSet] {
    var (once, twice) = (ActionSet(capacity: wanted.capacity), ActionSet(capacity: wanted.capacity))
    for index in chosen {
      twice.formUnion(once.intersection(covers[index]))
      once.formUnion(covers[index])
    }
    return chosen.map { covers[$0].subtracting(twice) }
  }

  /// The chosen ones that are needed beside one more set. The smallest goes first.
  private func needed(_ chosen: [Int], _ own: [ActionSet], beside places: ActionSet) -> [Int] {
    let doubtful = zip(chosen, own).filter { $1.isSubset(of: places) }.map(\.0)
      .sorted { (covers[$0].count, $0) < (covers[$1].count, $1) }
    var kept = chosen
    for index in doubtful {
      var others = places
      for other in kept where other != index { others.formUnion(covers[other]) }
      if covers[index].isSubset(of: others) { kept.removeAll { $0 == index } }
    }
    return kept
  }
}
