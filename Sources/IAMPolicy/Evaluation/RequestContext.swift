/// The condition keys of a request and their values.
///
/// Names of keys are compared without regard to case, the tag keys in `aws:PrincipalTag/Team` as well.
/// Source: "AWS global condition context keys" and "IAM JSON policy elements: Condition", IAM User Guide.
public struct RequestContext: Hashable, Sendable {
  /// What is known of a key.
  public enum Lookup: Hashable, Sendable {
    /// The request does not have the key.
    case absent
    /// One value, or the several of a multivalued key.
    case values([String])
    /// Whether the request has the key, or with which value, is not known.
    case unknown
  }

  private var values: [String: [String]]
  /// True where a key that is not listed is absent from the request; false where it may be there.
  public let isComplete: Bool
  /// Beginnings of names, in lower case, of which all keys are listed that the request has.
  private let completeGroups: [String]

  /// - Parameters:
  ///   - values: by the key's name; a key without values is absent.
  ///   - isComplete: whether these are all keys of the request.
  ///   - completeGroups: beginnings of names such as `aws:PrincipalTag/`, of which these are all keys even where others
  ///     are not known.
  public init(
    _ values: [String: [String]] = [:], isComplete: Bool = true, completeGroups: [String] = []
  ) {
    self.isComplete = isComplete
    self.completeGroups = completeGroups.map { $0.lowercased() }
    self.values = [:]
    // Of two spellings of one key, the first in order counts: dictionaries have no order of their own.
    for (key, list) in values.sorted(by: { $0.key < $1.key }) where self.values[key.lowercased()] == nil {
      self.values[key.lowercased()] = list
    }
  }

  /// What is known of a key.
  public func lookup(_ key: String) -> Lookup {
    let key = key.lowercased()
    if let list = values[key] { return list.isEmpty ? .absent : .values(list) }
    return isComplete || completeGroups.contains { key.hasPrefix($0) } ? .absent : .unknown
  }

  /// What follows a beginning in the names of the keys that have values, in lower case.
  func names(after beginning: String) -> [String] {
    let beginning = beginning.lowercased()
    return values.filter { $0.key.hasPrefix(beginning) && !$0.value.isEmpty }.map {
      String($0.key.dropFirst(beginning.count))
    }
  }

  /// The context with one more key, or with other values of it.
  public func setting(_ key: String, to list: [String]) -> RequestContext {
    var copy = self
    copy.values[key.lowercased()] = list
    return copy
  }
}
