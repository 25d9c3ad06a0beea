import IAMIdentifiers

/// What the conditions of some rows answer for one call.
struct Answers {
  private let rows: [(row: CallRow, answer: Condition.Answer)]
  /// The first row that holds and stands in for the unconditional one.
  private(set) var replacing: CallRow?
  /// What rows that hold add, in order.
  private(set) var added: [ActionName] = []
  /// What rows would add or put instead, of which nobody can tell whether they hold.
  private(set) var undecided: [ConditionalAction] = []
  private let call: Call

  init(_ all: [CallRow], _ call: Call) {
    self.call = call
    rows = all.compactMap { row in row.condition.map { (row, $0.answer(call)) } }
    replacing = rows.first { $0.answer == .holds && !$0.row.adds }?.row
    for row in all where row.condition == nil && row.adds { added += row.actions }
    for (row, answer) in rows {
      switch answer {
      case .holds: if row.adds { added += row.actions }
      case .fails: break
      case .unknown:
        let place = row.condition?.undecided(call)
        for action in row.actions + row.conditional where !undecided.contains(where: { $0.action == action })
        {
          undecided.append(ConditionalAction(action, parameter: place))
        }
      }
    }
  }

  /// Whether an action that is needed on some conditions may have been: nil if the rows that would add it say that it was
  /// not. Where no row would, nothing that is recorded tells.
  func judge(_ action: ActionName) -> ConditionalAction? {
    let deciding = rows.filter { $0.row.actions.contains(action) }
    guard !deciding.isEmpty else { return ConditionalAction(action) }
    if let open = deciding.first(where: { $0.answer == .unknown }) {
      return ConditionalAction(action, parameter: open.row.condition?.undecided(call))
    }
    for (row, _) in deciding {
      for term in row.condition?.terms ?? [] where term.pattern != nil && term.value(call) != nil {
        // A value is there that none of the patterns for its place knows, such as one that AWS has hidden.
        let isKnown = rows.contains { other in
          other.answer == .holds && other.row.condition?.terms.contains { $0.place == term.place } == true
        }
        if !isKnown { return ConditionalAction(action, parameter: term.place) }
      }
    }
    return nil
  }

  /// The place that decides about an action.
  func place(of action: ActionName) -> String? {
    rows.first { $0.row.actions.contains(action) }?.row.condition?.terms.first?.place
  }
}
