/// A set of actions, as bits over the places of an `ActionUniverse`.
///
/// Two sets are combined only where they are of the same universe.
public struct ActionSet: Hashable, Sendable {
  /// How many places the universe has.
  public let capacity: Int
  private var words: [UInt64]

  /// The empty set.
  public init(capacity: Int) {
    self.capacity = capacity
    words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
  }

  /// The set of everything.
  public init(allOf capacity: Int) {
    self.init(capacity: capacity)
    insert(contentsOf: 0..<capacity)
  }

  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// False for places outside the universe.
  public func contains(_ index: Int) -> Bool {
    guard index >= 0, index < capacity else { return false }
    return words[index / 64] & (1 << UInt64(index % 64)) != 0
  }

  /// Does nothing for places outside the universe.
  public mutating func insert(_ index: Int) {
    guard index >= 0, index < capacity else { return }
    words[index / 64] |= 1 << UInt64(index % 64)
  }

  /// Does nothing for places outside the universe.
  public mutating func remove(_ index: Int) {
    guard index >= 0, index < capacity else { return }
    words[index / 64] &= ~(1 << UInt64(index % 64))
  }

  /// Inserts all places of a range that lie in the universe.
  public mutating func insert(contentsOf range: Range<Int>) {
    let range = range.clamped(to: 0..<capacity)
    guard !range.isEmpty else { return }
    let (first, last) = (range.lowerBound / 64, (range.upperBound - 1) / 64)
    for word in first...last {
      let low = word == first ? range.lowerBound % 64 : 0
      let high = word == last ? (range.upperBound - 1) % 64 : 63
      words[word] |= (~0 << UInt64(low)) & (~0 >> UInt64(63 - high))
    }
  }

  public mutating func formUnion(_ other: ActionSet) {
    for word in words.indices where word < other.words.count { words[word] |= other.words[word] }
  }

  public mutating func formIntersection(_ other: ActionSet) {
    for word in words.indices { words[word] &= word < other.words.count ? other.words[word] : 0 }
  }

  public mutating func subtract(_ other: ActionSet) {
    for word in words.indices where word < other.words.count { words[word] &= ~other.words[word] }
  }

  /// The actions of either.
  public func union(_ other: ActionSet) -> ActionSet {
    var result = self
    result.formUnion(other)
    return result
  }

  /// The actions of both.
  public func intersection(_ other: ActionSet) -> ActionSet {
    var result = self
    result.formIntersection(other)
    return result
  }

  /// The actions that the other lacks.
  public func subtracting(_ other: ActionSet) -> ActionSet {
    var result = self
    result.subtract(other)
    return result
  }

  /// Everything in the universe that is not in the set.
  public var complement: ActionSet { ActionSet(allOf: capacity).subtracting(self) }

  /// Whether the other has all of them.
  public func isSubset(of other: ActionSet) -> Bool {
    for (index, word) in words.enumerated() {
      let their = index < other.words.count ? other.words[index] : 0
      if word & ~their != 0 { return false }
    }
    return true
  }

  /// How many actions both have.
  public func countShared(with other: ActionSet) -> Int {
    zip(words, other.words).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
  }
}

extension ActionSet: Sequence {
  /// Goes through the places in ascending order, which is the order of the names.
  public struct Iterator: IteratorProtocol {
    fileprivate let words: [UInt64]
    fileprivate var word = 0
    fileprivate var rest: UInt64

    public mutating func next() -> Int? {
      while rest == 0 {
        word += 1
        guard word < words.count else { return nil }
        rest = words[word]
      }
      defer { rest &= rest - 1 }
      return word * 64 + rest.trailingZeroBitCount
    }
  }

  /// In the order of the catalogue.
  public func makeIterator() -> Iterator { Iterator(words: words, rest: words.first ?? 0) }

  public var underestimatedCount: Int { count }
}
