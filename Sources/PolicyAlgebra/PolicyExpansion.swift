public import IAMIdentifiers
public import IAMPolicy

/// The actions of one policy document, whatever their resources and conditions: all that some Allow statement is about,
/// less those that a Deny without condition takes away on every resource.
public struct PolicyExpansion: Hashable, Sendable {
  /// A statement that may allow or deny more than is counted.
  public struct Obstacle: Hashable, Sendable {
    /// Counted from 0.
    public let statementIndex: Int
    /// As a sentence without a full stop.
    public let reason: String
  }

  /// Over the places of the space.
  public let actions: ActionSet
  /// Actions that Allow statements spell out, that are not denied, and that the space does not know: sorted, each once.
  public let unknown: [ActionName]
  /// What is not understood, in the document's order: an Allow counts as far as its actions can be read, a Deny takes
  /// nothing away.
  public let obstacles: [Obstacle]

  /// - Parameter space: the known actions, made ready once for all documents.
  public init(_ document: PolicyDocument, in space: ActionSpace) {
    var allowed = ActionSet(capacity: space.count)
    var denied = ActionSet(capacity: space.count)
    var denying: [ActionClause] = []
    var spelled: Set<ActionName> = []
    var obstacles: [Obstacle] = []
    for statement in document.statements {
      if let reason = statement.notUnderstood {
        obstacles.append(Obstacle(statementIndex: statement.index, reason: reason))
      }
      guard let clause = statement.actions else { continue }
      switch statement.effect {
      case .allow:
        allowed.formUnion(space.expand(clause))
        guard case .only(let patterns) = clause else { continue }
        for action in patterns.compactMap(\.literal) where space.universe.index(of: action) == nil {
          // Of several spellings the first in order is kept.
          if let other = spelled.remove(action), other.description < action.description {
            spelled.insert(other)
          } else {
            spelled.insert(action)
          }
        }
      case .deny where statement.deniesWhatever:
        denied.formUnion(space.expand(clause))
        denying.append(clause)
      case .deny, .unknown: break
      }
    }
    actions = allowed.subtracting(denied)
    unknown = spelled.filter { action in !denying.contains { $0.matches(action) } }.sorted()
    self.obstacles = obstacles
  }
}

extension Statement {
  /// Whether the statement denies its actions on every resource, to everyone, always.
  fileprivate var deniesWhatever: Bool {
    guard isUnderstood, effect == .deny, conditions.isEmpty else { return false }
    switch principals {
    case nil: break
    case .only(let principals)?: guard principals.contains(.everyone) else { return false }
    case .except?: return false
    }
    switch resources {
    case nil: return true
    case .only(let patterns)?: return patterns.contains { $0.isEverything }
    case .except?: return false
    }
  }
}
