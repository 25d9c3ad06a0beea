public import IAMIdentifiers

extension ActionCatalog {
  /// The names that an action had before, sorted; empty for most.
  public func formerNames(of action: ActionName) -> [ActionName] { FormerNames.table.former[action] ?? [] }

  /// The name that an action has today: its own, unless AWS has renamed it or its service.
  public func identity(of action: ActionName) -> ActionName {
    let today = FormerNames.table.today(action)
    return index(of: today).map(name(at:)) ?? today
  }

  /// The other names of the same permission, today's first: a policy or a trail may have any of them.
  public func sameAs(_ action: ActionName) -> [ActionName] {
    let today = identity(of: action)
    return ([today] + formerNames(of: today)).filter { $0 != action }
  }
}

/// Which names actions had, and have today.
struct FormerNames: Sendable {
  static let table = FormerNames()

  private let next: [ActionName: ActionName]
  let former: [ActionName: [ActionName]]

  private init() {
    var next: [ActionName: ActionName] = [:]
    Table.former.forEachLine { line, _ in
      guard let old = ActionName(line.text(0)), let new = ActionName(line.text(1)), old != new else { return }
      next[old] = new
    }
    var former: [ActionName: [ActionName]] = [:]
    for old in next.keys.sorted() { former[Self.last(old, next), default: []].append(old) }
    self.next = next
    self.former = former
  }

  func today(_ action: ActionName) -> ActionName { Self.last(action, next) }

  /// Follows an action's names; a test keeps circles out of the table, and the count keeps them harmless.
  private static func last(_ action: ActionName, _ next: [ActionName: ActionName]) -> ActionName {
    var action = action
    var steps = 0
    while let later = next[action], steps < 16 {
      action = later
      steps += 1
    }
    return action
  }
}
