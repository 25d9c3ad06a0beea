public import IAMIdentifiers
public import IAMPolicy

/// A universe of actions made ready for expanding patterns: made once, used for every role.
public struct ActionSpace: Sendable {
  public let universe: any ActionUniverse
  public let count: Int
  /// The actions that can only be granted on every resource.
  public let withoutResourceLevel: ActionSet
  /// The actions that resource control policies can limit.
  let underResourceControl: ActionSet
  /// The names after the colon in lower case, one after the other.
  private let bytes: [UInt8]
  /// Where the name of each action begins in `bytes`; one more at the end.
  private let starts: [Int]

  /// Reads all names of a universe once.
  public init(_ universe: some ActionUniverse) {
    self.universe = universe
    count = universe.count
    var withoutResourceLevel = ActionSet(capacity: universe.count)
    var underResourceControl = withoutResourceLevel
    var bytes: [UInt8] = []
    var starts: [Int] = []
    starts.reserveCapacity(universe.count + 1)
    for index in 0..<universe.count {
      starts.append(bytes.count)
      bytes += universe.name(at: index).lowercased.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst()
      if ResourceControlServices.support(universe.name(at: index)) { underResourceControl.insert(index) }
      if !universe.supportsResourceLevelPermissions(at: index) { withoutResourceLevel.insert(index) }
    }
    starts.append(bytes.count)
    self.bytes = bytes
    self.starts = starts
    self.withoutResourceLevel = withoutResourceLevel
    self.underResourceControl = underResourceControl
  }

  /// Every known action.
  public var everything: ActionSet { ActionSet(allOf: count) }

  /// The known actions that a pattern describes.
  public func expand(_ pattern: ActionPattern) -> ActionSet {
    var set = ActionSet(capacity: count)
    insert(pattern, into: &set)
    return set
  }

  /// The known actions that a clause is about: those of `Action`, or all but those of `NotAction`.
  public func expand(_ clause: ActionClause) -> ActionSet {
    switch clause {
    case .only(let patterns): expand(patterns)
    case .except(let patterns): expand(patterns).complement
    }
  }

  /// The known actions that one of the patterns describes.
  public func expand(_ patterns: [ActionPattern]) -> ActionSet {
    var set = ActionSet(capacity: count)
    for pattern in patterns { insert(pattern, into: &set) }
    return set
  }

  /// The known actions of a set, in order.
  public func names(_ set: ActionSet) -> [ActionName] {
    set.lazy.filter { $0 < count }.map { universe.name(at: $0) }
  }

  /// Inserts what a pattern describes; the set may have more places than the space.
  func insert(_ pattern: ActionPattern, into set: inout ActionSet) {
    guard let service = pattern.servicePrefix else { return set.insert(contentsOf: 0..<count) }
    if let literal = pattern.literal {
      if let index = universe.index(of: literal) { set.insert(index) }
      return
    }
    let range = universe.indices(ofService: service).clamped(to: 0..<count)
    if pattern.wildcardKind == .wholeService { return set.insert(contentsOf: range) }
    for index in range where pattern.matchesName(bytes[starts[index]..<starts[index + 1]]) {
      set.insert(index)
    }
  }
}
