public import IAMIdentifiers

extension ActionCatalog {
  /// Actions by which the same thing can be reached, sorted: who must not do the one should not do the others either.
  ///
  /// A kept list of well-known pairs, each with its source, which claims to be right and not to be complete.
  public func reachesSameAs(_ action: ActionName) -> [ActionName] {
    (SameReach.table.others[action] ?? []).filter { index(of: $0) != nil }
  }
}

struct SameReach: Sendable {
  static let table = SameReach()

  let others: [ActionName: [ActionName]]

  private init() {
    var others: [ActionName: Set<ActionName>] = [:]
    Table.sameReach.forEachLine { line, _ in
      guard let one = ActionName(line.text(0)), let other = ActionName(line.text(1)) else { return }
      others[one, default: []].insert(other)
      others[other, default: []].insert(one)
    }
    self.others = others.mapValues { $0.sorted() }
  }
}
