import IAMIdentifiers
public import IAMPolicy

extension ActionSpace {
  /// The shortest list of patterns that stands for exactly these actions, and for no other known one.
  ///
  /// `*` for all, `service:*` for all of a service, else patterns with one or two wildcards between or beside words, and plain
  /// names. Which list of such patterns is the shortest takes too long to find out for certain; a search comes close, and is
  /// never longer than the best list of prefixes. A pattern says as much of its actions' names as they share: of those that
  /// stand for the same today it is the one that lets the least in tomorrow.
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
      var cover = ServiceCover(service: service, range: range, wanted: wanted, space: self)
      patterns += cover.patterns()
    }
    return patterns
  }

  /// Whether the patterns stand for all of these actions.
  public func covers(_ patterns: [ActionPattern], _ set: ActionSet) -> Bool {
    set.intersection(everything).subtracting(expand(patterns)).isEmpty
  }
}
