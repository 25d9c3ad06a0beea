public import IAMIdentifiers

/// What one catalogue has, or says, otherwise than another. Everything is sorted by action.
public struct CatalogDifference: Hashable, Sendable {
  /// An action of both of which they say different things.
  public struct Change<Value: Hashable & Sendable>: Hashable, Sendable {
    public let action: ActionName
    public let from, to: Value
  }

  /// An action that only the newer catalogue has, and what reaches the same thing.
  public struct Reach: Hashable, Sendable {
    public let action: ActionName
    /// Actions of the older catalogue: other names of the same permission, and those of `reachesSameAs`; sorted.
    public let older: [ActionName]
  }

  /// Actions that only the one or the other has. Actions that AWS no longer lists stay in a catalogue, as retired ones.
  public let added, removed: [ActionName]
  /// Actions that are retired in one of them only: true stands for retired.
  public let changedRetirement: [Change<Bool>]
  public let changedLevels: [Change<AccessLevels>]
  public let changedVisibility: [Change<Visibility>]
  /// Of the added actions those that reach what an older one reaches: a policy that denies the older one may have to deny
  /// these.
  public let reaching: [Reach]

  /// Compares two catalogues.
  public init(from old: ActionCatalog, to new: ActionCatalog) {
    var added: [ActionName] = []
    var removed: [ActionName] = []
    var retirement: [Change<Bool>] = []
    var levels: [Change<AccessLevels>] = []
    var visibility: [Change<Visibility>] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      let one = left < old.count ? old.name(at: left) : nil
      let other = right < new.count ? new.name(at: right) : nil
      if let one, other.map({ one < $0 }) ?? true {
        removed.append(one)
        left += 1
      } else if let other, one.map({ other < $0 }) ?? true {
        added.append(other)
        right += 1
      } else {
        let (before, after) = (old.entry(at: left), new.entry(at: right))
        func compare<Value: Hashable & Sendable>(
          _ path: KeyPath<Entry, Value>, _ changes: inout [Change<Value>]
        ) {
          guard before[keyPath: path] != after[keyPath: path] else { return }
          changes.append(Change(action: after.name, from: before[keyPath: path], to: after[keyPath: path]))
        }
        compare(\.isRetired, &retirement)
        compare(\.accessLevels, &levels)
        compare(\.visibility, &visibility)
        left += 1
        right += 1
      }
    }
    self.added = added
    self.removed = removed
    changedRetirement = retirement
    changedLevels = levels
    changedVisibility = visibility
    reaching = added.compactMap { action in
      let older = Set(new.sameAs(action) + new.reachesSameAs(action)).filter { old.index(of: $0) != nil }
      return older.isEmpty ? nil : Reach(action: action, older: older.sorted())
    }
  }

  /// Whether both have and say the same.
  public var isEmpty: Bool {
    added.isEmpty && removed.isEmpty && changedRetirement.isEmpty && changedLevels.isEmpty
      && changedVisibility.isEmpty
  }
}
