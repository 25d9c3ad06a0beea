/// Names that were perhaps meant.
public struct NearNames: Hashable, Sendable {
  /// The nearest first, five at most.
  public let names: [String]

  /// - Parameters:
  ///   - wanted: what was given, in lower case.
  ///   - all: the names that there are.
  public init(_ wanted: String, in all: [String]) {
    guard !wanted.isEmpty, wanted.utf8.count <= 100 else {
      names = []
      return
    }
    let limit = wanted.utf8.count < 4 ? 1 : wanted.utf8.count / 4 + 1
    let scored = all.compactMap { name -> (Int, Int, String)? in
      let lowered = name.lowercased()
      let distance = NearNames.distance(Array(wanted.utf8), Array(lowered.utf8), atMost: limit)
      // What begins alike was more likely meant.
      let beginning = lowered.hasPrefix(wanted) || wanted.hasPrefix(lowered) ? 0 : 1
      if let distance { return (distance, beginning, name) }
      guard wanted.utf8.count >= 3,
        lowered.contains(wanted) || (lowered.utf8.count >= 3 && wanted.contains(lowered))
      else { return nil }
      return (limit + 1, beginning, name)
    }
    names = scored.sorted { $0 < $1 }.prefix(5).map(\.2)
  }

  /// How many letters have to be changed, put in or left out; nil where it is more than a limit.
  private static func distance(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var row = Array(0...right.count)
    for (number, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = number + 1
      for (column, other) in right.enumerated() {
        let cost = min(diagonal + (letter == other ? 0 : 1), row[column] + 1, row[column + 1] + 1)
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
      if (row.min() ?? 0) > limit { return nil }
    }
    return row[right.count] <= limit ? row[right.count] : nil
  }
}
