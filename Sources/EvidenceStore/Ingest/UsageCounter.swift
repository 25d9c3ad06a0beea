import GRDB

/// Counts events by day while they are written, so that nobody has to group millions of rows afterwards.
///
/// Events that share a call with others are left to `SharedCalls`: which of them counts is known only when all are there.
struct UsageCounter {
  struct Key: Hashable {
    let day: Int32
    let principal, call, place, via, error, shape: Int32

    func hash(into hasher: inout Hasher) {
      var mixture = NumberMixture()
      mixture.add(day, principal)
      mixture.add(call, place)
      mixture.add(via, error)
      mixture.add(0, shape)
      hasher.combine(mixture.value)
    }
  }

  private struct Count {
    var n: Int64
    var first, last: Int64

    mutating func count(_ time: Int64) {
      n += 1
      first = min(first, time)
      last = max(last, time)
    }
  }

  private var counts: [Key: Count] = [:]

  mutating func add(_ key: Key, time: Int64) {
    counts[key, default: Count(n: 0, first: time, last: time)].count(time)
  }

  /// Adds what was counted to the table, and forgets it.
  mutating func flush(into statement: RawStatement) throws {
    // In the table's own order, which makes the inserts cheap.
    for (key, count) in counts.sorted(by: { UsageCounter.order($0.key, $1.key) }) {
      statement.bind(1, Int64(key.day))
      statement.bind(2, Int64(key.principal))
      statement.bind(3, Int64(key.call))
      statement.bind(4, Int64(key.place))
      statement.bind(5, Int64(key.via))
      statement.bind(6, Int64(key.error))
      statement.bind(7, Int64(key.shape))
      statement.bind(8, count.n)
      statement.bind(9, count.first)
      statement.bind(10, count.last)
      try statement.run()
    }
    counts.removeAll(keepingCapacity: true)
  }

  static let upsert = """
    INSERT INTO usage_day(day, principal, call, place, via, error, shape, is_shared, n, first, last)
    VALUES(?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      n = n + excluded.n, first = min(first, excluded.first), last = max(last, excluded.last)
    """

  private static func order(_ left: Key, _ right: Key) -> Bool {
    if left.day != right.day { return left.day < right.day }
    if left.principal != right.principal { return left.principal < right.principal }
    if left.call != right.call { return left.call < right.call }
    if left.place != right.place { return left.place < right.place }
    if left.via != right.via { return left.via < right.via }
    if left.error != right.error { return left.error < right.error }
    return left.shape < right.shape
  }
}
