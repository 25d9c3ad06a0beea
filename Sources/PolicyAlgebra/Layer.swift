import IAMPolicy

/// A permissions boundary, or one level of SCPs: what it lets through and how.
struct Layer: Sendable {
  let limit: GrantLimit
  /// Allowed without condition on every resource.
  private(set) var freely: ActionSet
  /// Allowed on every resource, under conditions.
  private(set) var underConditions: ActionSet
  /// Allowed on some resources.
  private(set) var onSome: ActionSet
  /// Perhaps allowed, by a statement or document that is missing or not understood.
  private(set) var perhaps: ActionSet
  /// The Allow statements.
  let allows: [StatementEffect]

  init(limit: GrantLimit, effects: [StatementEffect], in space: ExtendedSpace) {
    self.limit = limit
    (freely, underConditions, onSome, perhaps) = (space.nothing, space.nothing, space.nothing, space.nothing)
    allows = effects.filter { $0.notUnderstood == nil && $0.statement.effect == .allow }
    for effect in effects where effect.statement.effect != .deny {
      if effect.notUnderstood != nil {
        perhaps.formUnion(effect.all)
      } else {
        if effect.isConditional {
          underConditions.formUnion(effect.onEverything)
        } else {
          freely.formUnion(effect.onEverything)
        }
        onSome.formUnion(effect.onSome)
      }
    }
  }

  /// A layer of which only its existence is known.
  init(missing limit: GrantLimit, in space: ExtendedSpace) {
    self.init(limit: limit, effects: [], in: space)
    perhaps = space.everything
  }

  /// All that may pass.
  var allowed: ActionSet { freely.union(underConditions).union(onSome).union(perhaps) }
}
