public import IAMIdentifiers
import IAMPolicy

/// What a principal may do: identity policies ∩ permissions boundary ∩ every level of SCPs − explicit denies, those of RCPs
/// included.
///
/// The sets are computed at once, the `Grant` values only when they are asked for.
/// Source: "Policy evaluation logic", IAM User Guide.
public struct EffectiveGrants: Sendable {
  /// Policies that are missing and statements that are not understood: what else they grant or deny is unknown.
  public let unknownSources: [UnknownSource]
  /// What Allow statements name in vain.
  public let ineffective: [IneffectiveAllow]
  let space: ExtendedSpace
  let places: [Int]
  let allows: [StatementEffect]
  let narrowing: [StatementEffect]
  let layers: [Layer]
  let verdict: GrantVerdict

  /// - Parameters:
  ///   - inputs: the policies of one principal.
  ///   - space: the known actions, made ready once for all principals.
  public init(_ inputs: GrantInputs, in space: ActionSpace) {
    let reading = InputReading(
      inputs, in: ExtendedSpace(space: space, identityPolicies: inputs.identityPolicies))
    self.space = reading.space
    unknownSources = reading.unknownSources
    ineffective = reading.ineffective
    allows = reading.allows
    layers = reading.layers
    verdict = GrantVerdict(reading)
    let granted = verdict.granted
    narrowing = reading.denies.filter { deny in
      // What may be an Allow or a Deny stands among the Allow statements already.
      if case .identity = deny.policy, deny.statement.effect == .unknown, deny.statement.actions != nil {
        return false
      }
      return !deny.all.intersection(granted).isEmpty
    }
    places = reading.space.sorted(granted)
  }

  /// The grants in the order of the actions' names; each is made when it is read.
  public var grants: Grants { Grants(source: self) }

  /// How many actions are granted, by how firmly.
  public var counts: GrantCounts { verdict.counts }

  /// The grant of one action, whatever the case; nil where it is not granted.
  public func grant(for action: ActionName) -> Grant? {
    guard let place = space.place(of: action), verdict.granted.contains(place) else { return nil }
    return grant(at: place)
  }

  /// The granted actions that the universe knows, as a set over its places.
  public var knownActions: ActionSet {
    var set = ActionSet(capacity: space.space.count)
    set.formUnion(verdict.granted)
    set.formIntersection(ActionSet(allOf: space.space.count))
    return set
  }

  /// True where nothing that decides is missing or not understood.
  public var isComplete: Bool { unknownSources.isEmpty }
}

/// The grants of a principal in the order of the actions' names.
public struct Grants: RandomAccessCollection, Sendable {
  let source: EffectiveGrants

  public var startIndex: Int { 0 }
  public var endIndex: Int { source.places.count }
  public subscript(position: Int) -> Grant { source.grant(at: source.places[position]) }
}

extension EffectiveGrants {
  func grant(at place: Int) -> Grant {
    let allowing = allows.filter { $0.onEverything.contains(place) || $0.onSome.contains(place) }
    let understood = allowing.filter { $0.notUnderstood == nil }
    var scope = ResourceScope.listed
    var resources: Set<String> = []
    var exceptResources: Set<String> = []
    for effect in understood.isEmpty ? allowing : understood {
      switch effect.scope(at: place) {
      case .all: scope = .all
      case .pattern where scope == .listed: scope = .pattern
      default: break
      }
      switch effect.statement.resources {
      case .only(let patterns)?: resources.formUnion(patterns.map(\.description))
      case .except(let patterns)?: exceptResources.formUnion(patterns.map(\.description))
      case nil: break
      }
    }
    let denying = narrowing.filter { $0.onEverything.contains(place) || $0.onSome.contains(place) }
    let statements = (allowing + denying).map { effect in
      GrantStatement(
        policy: effect.policy, statementIndex: effect.statement.index, effect: effect.statement.effect,
        isExplicitName: effect.explicit.contains(place))
    }
    let keys = conditionKeys(at: place, of: understood)
    return Grant(
      action: space.name(at: place), catalogIndex: place < space.space.count ? place : nil,
      kind: verdict.kind(at: place, keys: keys), resourceScope: scope, limitedBy: verdict.limits(at: place),
      statements: statements.sorted { ($0.policy, $0.statementIndex) < ($1.policy, $1.statementIndex) },
      resources: resources.sorted(), exceptResources: exceptResources.sorted(), conditionKeys: keys)
  }

  private func conditionKeys(at place: Int, of allowing: [StatementEffect]) -> [String] {
    var keys: Set<String> = []
    if !allowing.contains(where: { !$0.isConditional }) {
      keys.formUnion(allowing.flatMap(\.conditionKeys))
    }
    for layer in layers where !layer.freely.contains(place) {
      for effect in layer.allows where effect.onEverything.contains(place) || effect.onSome.contains(place) {
        keys.formUnion(effect.conditionKeys)
      }
    }
    // Keys are compared without regard to case: of several spellings the first in order is kept.
    var seen: Set<String> = []
    return keys.sorted().filter { seen.insert($0.lowercased()).inserted }
  }
}
