/// The condition keys of services: those that begin with a service's prefix, not with `aws:`.
///
/// Source: "Condition keys for …", Service Authorization Reference.
public struct ServiceConditionKeys: Sendable {
  /// Those of the catalogue.
  public static let builtIn = ServiceConditionKeys()

  /// By prefix: the keys, each as the pieces between which stands what differs; all in lower case.
  private let keys: [String: [[String]]]

  private init() {
    var keys: [String: [[String]]] = [:]
    Table.conditions.forEachLine { line, _ in
      let key = line.text(0).lowercased()
      guard let colon = key.firstIndex(of: ":") else { return }
      keys[String(key[..<colon]), default: []].append(ServiceConditionKeys.pieces(of: key))
    }
    self.keys = keys
  }

  /// Whether some service has the key; nil where none has keys of its prefix.
  ///
  /// Keys are compared without regard to case. Those of identity providers, whose prefix is a host, are not known.
  public func has(_ key: String) -> Bool? {
    let key = key.lowercased()
    guard let colon = key.firstIndex(of: ":"), !key[..<colon].contains("."),
      let known = keys[String(key[..<colon])]
    else { return nil }
    return known.contains { ServiceConditionKeys.fits(key, $0) }
  }

  /// `s3:existingobjecttag/${key}` is `s3:existingobjecttag/` and nothing after it.
  private static func pieces(of key: String) -> [String] {
    var pieces: [String] = []
    var rest = key[...]
    while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      pieces.append(String(rest[..<start.lowerBound]))
      rest = rest[rest.index(after: end)...]
    }
    return pieces + [String(rest)]
  }

  private static func fits(_ key: String, _ pieces: [String]) -> Bool {
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else {
      return key == pieces.first
    }
    guard key.utf8.count > first.utf8.count + last.utf8.count, key.hasPrefix(first), key.hasSuffix(last)
    else {
      return false
    }
    var rest = key.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: piece) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
