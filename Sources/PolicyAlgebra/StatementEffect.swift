import IAMIdentifiers
import IAMPolicy

/// The actions of the universe and, after them, those that only the policies know.
struct ExtendedSpace: Sendable {
  let space: ActionSpace
  /// Actions that Allow statements spell out and the universe does not know: sorted, each once.
  let extras: [ActionName]
  private let placeOfExtra: [ActionName: Int]
  let withoutResourceLevel: ActionSet
  /// The actions that resource control policies can limit.
  let underResourceControl: ActionSet

  init(space: ActionSpace, identityPolicies: [AttachedPolicy]) {
    var spelled: [ActionName: ActionName] = [:]
    for statement in identityPolicies.lazy.compactMap(\.document).flatMap(\.statements) {
      guard statement.effect != .deny, case .only(let patterns)? = statement.actions else { continue }
      for action in patterns.compactMap(\.literal) where space.universe.index(of: action) == nil {
        // Of several spellings one is kept that does not depend on the order of the statements.
        if let known = spelled[action], known.description <= action.description { continue }
        spelled[action] = action
      }
    }
    self.space = space
    extras = spelled.values.sorted()
    placeOfExtra = Dictionary(
      uniqueKeysWithValues: extras.enumerated().map { ($0.element, space.count + $0.offset) })
    var set = ActionSet(capacity: space.count + extras.count)
    set.formUnion(space.withoutResourceLevel)
    withoutResourceLevel = set
    var limited = ActionSet(capacity: space.count + extras.count)
    limited.formUnion(space.underResourceControl)
    for (offset, action) in extras.enumerated() where ResourceControlServices.support(action) {
      limited.insert(space.count + offset)
    }
    underResourceControl = limited
  }

  var capacity: Int { space.count + extras.count }
  var nothing: ActionSet { ActionSet(capacity: capacity) }
  var everything: ActionSet { ActionSet(allOf: capacity) }

  func expand(_ patterns: some Sequence<ActionPattern>) -> ActionSet {
    var set = nothing
    for pattern in patterns {
      space.insert(pattern, into: &set)
      if let literal = pattern.literal {
        if let place = placeOfExtra[literal] { set.insert(place) }
      } else {
        for (offset, action) in extras.enumerated() where pattern.matches(action) {
          set.insert(space.count + offset)
        }
      }
    }
    return set
  }

  func expand(_ clause: ActionClause) -> ActionSet {
    switch clause {
    case .only(let patterns): expand(patterns)
    case .except(let patterns): expand(patterns).complement
    }
  }

  func name(at place: Int) -> ActionName {
    place < space.count ? space.universe.name(at: place) : extras[place - space.count]
  }

  func place(of action: ActionName) -> Int? { space.universe.index(of: action) ?? placeOfExtra[action] }

  /// The actions of the services that patterns take in as a whole, by the ARN of all that an account has there.
  func wholeAccounts(_ patterns: [ResourcePattern]) -> ActionSet {
    var set = nothing
    for service in ResourcePattern.servicesWithAccountARN
    where patterns.contains(where: { $0.namesWholeAccount(of: service) }) {
      set.insert(contentsOf: space.universe.indices(ofService: service))
    }
    return set
  }

  /// The places in the order of the names.
  func sorted(_ set: ActionSet) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(set.count)
    var extra = 0
    func takeExtras(before name: ActionName?) {
      while extra < extras.count, name.map({ extras[extra] < $0 }) ?? true {
        if set.contains(space.count + extra) { places.append(space.count + extra) }
        extra += 1
      }
    }
    for place in set where place < space.count {
      if extra < extras.count { takeExtras(before: space.universe.name(at: place)) }
      places.append(place)
    }
    takeExtras(before: nil)
    return places
  }
}

/// What one statement does, as sets of places.
struct StatementEffect: Sendable {
  let policy: PolicyReference
  let statement: Statement
  /// What the statement is about on every resource that the action knows.
  let onEverything: ActionSet
  /// What it is about on some resources.
  let onSome: ActionSet
  /// What its Allow would be about, were it not for resources that the action does not know.
  let inVain: ActionSet
  /// What it spells out.
  let explicit: ActionSet
  /// Why nobody can say what it does; nil where it is understood.
  let notUnderstood: String?
  /// Whether it depends on what differs from request to request.
  let isConditional: Bool

  var all: ActionSet { onEverything.union(onSome) }
  /// The keys on which it depends, as they are written.
  var conditionKeys: [String] { isConditional ? statement.conditionKeys : [] }

  /// - Parameter context: what is the same in all requests of the principal.
  init(
    _ statement: Statement, of policy: PolicyReference, in space: ExtendedSpace, _ context: RequestContext
  ) {
    self.policy = policy
    self.statement = statement
    notUnderstood = statement.notUnderstood ?? StatementEffect.obstacle(of: statement, in: policy)
    let conditions = statement.conditionsHold(in: context)
    let isNeverMet = notUnderstood == nil && conditions == Truth.no
    isConditional = !statement.conditions.isEmpty && conditions != Truth.yes
    let matched = isNeverMet ? space.nothing : statement.actions.map(space.expand) ?? space.everything
    var explicit = space.nothing
    if !isNeverMet, case .only(let patterns)? = statement.actions {
      explicit = space.expand(patterns.lazy.filter(\.isLiteral))
    }
    self.explicit = explicit
    if case .resourceControlPolicy = policy {
      // Whatever they say of resources, they limit those of the organisation only.
      let reached = matched.intersection(space.underResourceControl)
      (onEverything, onSome, inVain) = (space.nothing, reached, space.nothing)
      return
    }
    let single = space.withoutResourceLevel
    switch statement.resources {
    case _ where notUnderstood != nil, nil:
      (onEverything, onSome, inVain) = (space.nothing, matched, space.nothing)
    case .only(let patterns) where patterns.contains(where: \.isEverything):
      (onEverything, onSome, inVain) = (matched, space.nothing, space.nothing)
    case .only(let patterns) where patterns.isEmpty:
      (onEverything, onSome, inVain) = (space.nothing, space.nothing, space.nothing)
    case .only(let patterns):
      let reachable = single.complement.union(space.wholeAccounts(patterns))
      (onEverything, onSome) = (space.nothing, matched.intersection(reachable))
      inVain = matched.subtracting(reachable)
    case .except(let patterns) where patterns.contains(where: \.isEverything):
      (onEverything, onSome, inVain) = (space.nothing, space.nothing, space.nothing)
    case .except(let patterns):
      // The only resource of these actions is `*`, which no other ARN excepts than that of a whole account.
      let excepted = single.intersection(space.wholeAccounts(patterns))
      onEverything = matched.intersection(single).subtracting(excepted)
      onSome = matched.subtracting(single)
      inVain = matched.intersection(excepted)
    }
  }

  /// What a policy of its kind may not have or lack.
  private static func obstacle(of statement: Statement, in policy: PolicyReference) -> String? {
    switch policy {
    // One without `Principal`, which AWS refuses, can only mean everyone.
    case .resourceControlPolicy: break
    default:
      if statement.principals != nil {
        return "The statement names principals, which only resource policies may"
      }
    }
    if statement.resources == nil { return "The statement has neither Resource nor NotResource" }
    return nil
  }

  /// The scope that an Allow gives to the action at a place.
  func scope(at place: Int) -> ResourceScope {
    if onEverything.contains(place) { return .all }
    guard case .only(let patterns)? = statement.resources else { return .pattern }
    // A statement that is not understood counts as one on some resources, whatever it says.
    if patterns.contains(where: \.isEverything) { return .all }
    return patterns.allSatisfy(\.isLiteral) ? .listed : .pattern
  }
}
