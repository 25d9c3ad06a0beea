import IAMPolicy

/// What is granted, and how firmly: a set for each answer.
struct GrantVerdict: Sendable {
  private(set) var granted: ActionSet
  private var unconditional: ActionSet
  private var underConditions: ActionSet
  private var narrowed: ActionSet
  private var unknown: ActionSet
  private var limits: [GrantLimit: ActionSet] = [:]

  init(_ reading: InputReading) {
    let nothing = reading.space.nothing
    (granted, unconditional, underConditions) = (nothing, nothing, nothing)
    (narrowed, unknown) = (nothing, nothing)
    var understood = nothing
    for effect in reading.allows {
      granted.formUnion(effect.all)
      guard effect.notUnderstood == nil else { continue }
      understood.formUnion(effect.all)
      if !effect.isConditional { unconditional.formUnion(effect.all) }
    }
    underConditions = understood.subtracting(unconditional)
    unknown = granted.subtracting(understood)
    for layer in reading.layers { pass(layer) }
    for effect in reading.denies { subtract(effect) }
  }

  private mutating func pass(_ layer: Layer) {
    granted.formIntersection(layer.allowed)
    let limited = granted.subtracting(layer.freely)
    limit(limited, by: layer.limit)
    underConditions.formUnion(limited.intersection(layer.underConditions))
    let partly = limited.intersection(layer.onSome).subtracting(layer.underConditions)
    narrowed.formUnion(partly)
    limit(partly, by: .resource)
    unknown.formUnion(limited.subtracting(layer.underConditions).subtracting(layer.onSome))
  }

  private mutating func subtract(_ deny: StatementEffect) {
    if deny.notUnderstood != nil {
      unknown.formUnion(deny.all)
      limit(deny.all, by: deny.policy.limitOfDeny)
      return
    }
    if deny.isConditional {
      narrowed.formUnion(deny.onEverything)
      limit(deny.onEverything, by: deny.policy.limitOfDeny)
    } else {
      granted.subtract(deny.onEverything)
    }
    narrowed.formUnion(deny.onSome)
    limit(deny.onSome, by: deny.policy.limitOfDeny)
    limit(deny.onSome, by: .resource)
  }

  private mutating func limit(_ actions: ActionSet, by limit: GrantLimit) {
    guard !actions.isEmpty else { return }
    limits[limit, default: ActionSet(capacity: actions.capacity)].formUnion(actions)
  }

  func limits(at place: Int) -> [GrantLimit] {
    GrantLimit.allCases.filter { limits[$0]?.contains(place) ?? false }.sorted()
  }

  /// How many actions are granted in each way, none of them counted twice.
  var counts: GrantCounts {
    var counts = GrantCounts()
    let unknown = granted.intersection(self.unknown)
    let narrowed = granted.intersection(self.narrowed).subtracting(unknown)
    let conditional = granted.intersection(underConditions).subtracting(unknown).subtracting(narrowed)
    (counts.unknown, counts.narrowed, counts.conditional) = (unknown.count, narrowed.count, conditional.count)
    counts.unconditional = granted.count - counts.unknown - counts.narrowed - counts.conditional
    return counts
  }

  func kind(at place: Int, keys: [String]) -> GrantKind {
    if unknown.contains(place) { return .unknown }
    if narrowed.contains(place) { return .narrowed }
    if underConditions.contains(place) { return .conditional(keys: keys) }
    return .unconditional
  }
}
