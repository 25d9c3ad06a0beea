/// What an event's name can tell when no action is called so.
enum EventName {
  /// The name without the API's date at its end: `UpdateFunctionCode20150331v2` and `CreateDistribution2020_05_31`.
  ///
  /// Nil unless a plausible date stands there: names may end in digits or in `V2` of their own.
  static func withoutDate(_ name: String) -> String? {
    var bytes = Array(name.utf8)
    var end = bytes.count
    while end > 0, isDigit(bytes[end - 1]) { end -= 1 }
    if end < bytes.count, end > 0, bytes[end - 1] == 0x76 { bytes.removeSubrange((end - 1)...) }
    guard let day = number(&bytes, digits: 2), (1...31).contains(day) else { return nil }
    let underscored = bytes.last == 0x5F
    if underscored { bytes.removeLast() }
    guard let month = number(&bytes, digits: 2), (1...12).contains(month) else { return nil }
    if underscored {
      guard bytes.popLast() == 0x5F else { return nil }
    }
    guard let year = number(&bytes, digits: 4), (2006...2099).contains(year) else { return nil }
    guard let last = bytes.last, !isDigit(last), last != 0x5F else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Names that the action may have instead, most likely first: one version of the API, one item instead of a batch.
  static func family(_ name: String) -> [String] {
    var names: [String] = []
    func add(_ candidate: String) {
      if candidate != name, !candidate.isEmpty, !names.contains(candidate) { names.append(candidate) }
    }
    let unversioned = withoutVersion(name)
    for stem in [unversioned, name] {
      add(stem)
      if stem.hasSuffix("Batch") { add(String(stem.dropLast(5))) }
      if stem.hasPrefix("Batch") {
        let single = String(stem.dropFirst(5))
        add(single)
        add(singular(single))
      } else if !["List", "Describe", "Get", "Search"].contains(where: stem.hasPrefix) {
        add(singular(stem))
      }
    }
    return names
  }

  private static func withoutVersion(_ name: String) -> String {
    let digits = name.utf8.reversed().prefix(while: isDigit).count
    guard (1...2).contains(digits) else { return name }
    let stem = name.dropLast(digits)
    return stem.last == "V" ? String(stem.dropLast()) : name
  }

  private static func singular(_ name: String) -> String {
    if name.hasSuffix("ies") { return name.dropLast(3) + "y" }
    if name.hasSuffix("s"), !name.hasSuffix("ss") { return String(name.dropLast()) }
    return name
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func number(_ bytes: inout [UInt8], digits: Int) -> Int? {
    guard bytes.count > digits, bytes.suffix(digits).allSatisfy(isDigit) else { return nil }
    let value = bytes.suffix(digits).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    bytes.removeLast(digits)
    return value
  }
}
