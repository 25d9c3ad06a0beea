import IAMIdentifiers
import IAMPolicy

/// The actions of the universe and, after them, those that only the policies know.
struct ExtendedSpace: Sendable {
  let space: ActionSpace
  /// Actions that Allow statements spell out and the universe does not know: sorted, each once.
  let extras: [ActionName]
  private let placeOfExtra: [ActionName: Int]
  let withoutResourceLevel: ActionSet

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

  var isConditional: Bool { !statement.conditions.isEmpty }
  var all: ActionSet { onEverything.union(onSome) }

  init(_ statement: Statement, of policy: PolicyReference, in space: ExtendedSpace) {
    self.policy = policy
    self.statement = statement
    let matched = statement.actions.map(space.expand) ?? space.everything
    var explicit = space.nothing
    if case .only(let patterns)? = statement.actions {
      explicit = space.expand(patterns.lazy.filter(\.isLiteral))
    }
    self.explicit = explicit
    notUnderstood = statement.notUnderstood ?? StatementEffect.obstacle(of: statement)
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

  /// What an identity policy, boundary or SCP may not have or lack.
  private static func obstacle(of statement: Statement) -> String? {
    if statement.principals != nil {
      return "The statement names principals, which only resource policies may"
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
