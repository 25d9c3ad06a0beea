import IAMIdentifiers
import Synchronization

/// The tables of a catalogue, indexed, and what has been read of them so far.
///
/// Loading only finds where lines begin; names and rows become values when somebody asks, and are then kept. What is kept
/// follows from the tables alone, so that two threads can only keep the same.
final class CatalogContent: Sendable {
  let actions: ActionTable
  let sources: EventSources
  var calls: RowIndex { sources.calls }
  var passRole: RowIndex { sources.passRole }
  let overlay: CatalogOverlay?
  let operations: OperationTable
  private let kept: Mutex<Kept>

  private struct Kept {
    var actions: [KnownAction?]
    var rules: [CallRule?]
    var places: [[PassRoleParameter]?]
  }

  init(_ overlay: CatalogOverlay? = nil) {
    let actions = ActionTable(overlay.map { OverlaidActions.table($0) })
    let sources = EventSources(actions)
    operations = OperationTable(overlay, actions)
    kept = Mutex(
      Kept(
        actions: Array(repeating: nil, count: actions.starts.count),
        rules: Array(repeating: nil, count: sources.calls.count),
        places: Array(repeating: nil, count: sources.passRole.count)))
    self.actions = actions
    self.sources = sources
    self.overlay = overlay
  }

  /// The action of a number.
  func action(_ number: Int) -> KnownAction {
    if let known = kept.withLock({ $0.actions[number] }) { return known }
    let made = actions.withLine(number, KnownAction.init)
    kept.withLock { $0.actions[number] = made }
    return made
  }

  /// The number of an action.
  func number(_ action: ActionName) -> Int? { actions.find(service: action.service, name: action.name) }

  /// The rows of a number in `calls`.
  func rule(_ number: Int) -> CallRule {
    if let known = kept.withLock({ $0.rules[number] }) { return known }
    let made = CallRule(calls.lines(number, CallRow.init), dependents: dependents)
    kept.withLock { $0.rules[number] = made }
    return made
  }

  /// The places of a number in `passRole`.
  func places(_ number: Int) -> [PassRoleParameter] {
    if let known = kept.withLock({ $0.places[number] }) { return known }
    let made = passRole.lines(number) { line in
      PassRoleParameter.Kind(rawValue: line.text(3)).map { PassRoleParameter(place: line.text(2), kind: $0) }
    }.compactMap { $0 }
    kept.withLock { $0.places[number] = made }
    return made
  }

  /// The dependent actions of actions, without those that are known already.
  func dependents(_ actions: [ActionName], _ known: [ConditionalAction]) -> [ConditionalAction] {
    var found: [ConditionalAction] = []
    for name in actions {
      guard let number = number(name) else { continue }
      for dependent in action(number).dependents
      where !actions.contains(dependent.action) && !known.contains(where: { $0.action == dependent.action })
        && !found.contains(dependent)
      {
        found.append(dependent)
      }
    }
    return found
  }
}

/// An action whose name has been read.
final class KnownAction: Sendable {
  let name: ActionName
  /// The name as a list of one: what most calls needed.
  let alone: [ActionName]
  let dependents: [ConditionalAction]
  /// Whether its holder can change something.
  let writes: Bool

  init(_ line: TableLine) {
    let name = ActionName.ofTable(line)
    self.name = name
    alone = [name]
    let cell = line.cell(8)
    dependents =
      cell.isEmpty
      ? []
      : line.words(8).compactMap { word in
        ActionName(word).flatMap { $0 == name ? nil : ConditionalAction($0) }
      }
    writes = line.cell(2).contains { $0 == 0x77 || $0 == 0x74 || $0 == 0x70 }
  }
}

extension ActionName {
  /// A name from a table, all of whose names are well-formed (a test reads every embedded line; those of an overlay are
  /// read before they get there).
  static func ofTable(_ line: TableLine) -> ActionName {
    guard let action = ActionName(line.text(0) + ":" + line.text(1)) else {
      preconditionFailure("the table of actions holds a malformed name")
    }
    return action
  }
}
