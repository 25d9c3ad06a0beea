import Foundation
import IAMPolicy

/// One operator with one key, compared with what Foundation has for numbers, dates and bytes.
struct ReferenceCondition {
  let operation: String
  let key: String
  let wanted: [String]
  /// What is taken to be so of values that are none of the operator's kind, and that nobody can say: that they fit.
  let oddOnesFit: Bool

  /// Values of which the random requests have some that are none of the operator's kind.
  static let odd: Set<String> = ["ten", "yesterday", "203.0.113.*", "maybe", "orders", "Q"]

  private func isOdd(_ value: String, _ name: String) -> Bool {
    !name.hasPrefix("String") && ReferenceCondition.odd.contains(value)
  }

  func holds(_ texts: ReferenceMatching) -> Bool {
    var name = operation
    var set: String?
    if let colon = name.firstIndex(of: ":") {
      set = String(name[..<colon])
      name = String(name[name.index(after: colon)...])
    }
    let ifExists = name.hasSuffix("IfExists")
    if ifExists { name = String(name.dropLast(8)) }
    let found = texts.values(key)
    let hasOdd = wanted.contains { isOdd($0, name) }
    if name == "Null" {
      let isThere = found?.contains { !$0.isEmpty } ?? false
      return wanted.contains { $0 == (isThere ? "false" : "true") } || (hasOdd && oddOnesFit)
    }
    let isNegated = name.contains("Not")
    if isNegated {
      name = name == "NotIpAddress" ? "IpAddress" : name.replacing("Not", with: "")
    }
    guard let found else {
      if hasOdd { return oddOnesFit }
      if ifExists { return true }
      if let set { return set == "ForAllValues" }
      return isNegated
    }
    func fits(_ value: String) -> Bool {
      wanted.contains { isOdd($0, name) ? oddOnesFit : self.fits(value, $0, name, texts) } != isNegated
    }
    if hasOdd, set != nil, found.allSatisfy(\.isEmpty) { return oddOnesFit }
    switch set {
    case "ForAllValues": return found.allSatisfy(\.isEmpty) || found.allSatisfy(fits)
    case "ForAnyValue": return !found.allSatisfy(\.isEmpty) && found.contains(where: fits)
    default: return isNegated ? found.allSatisfy(fits) : found.contains(where: fits)
    }
  }

  private func fits(_ value: String, _ wanted: String, _ name: String, _ texts: ReferenceMatching) -> Bool {
    guard let places = texts.places(wanted) else { return false }
    let plain = String(
      places.map { place in
        switch place {
        case .character(let character): character
        case .one: "?"
        case .many: "*"
        }
      })
    switch name {
    case "StringEquals": return value == plain
    case "StringEqualsIgnoreCase": return value.lowercased() == plain.lowercased()
    case "StringLike": return texts.isLike(places[...], Array(value)[...])
    case "ArnEquals", "ArnLike": return isSameARN(value, places, texts)
    case "Bool":
      return value.lowercased() == plain.lowercased() && ["true", "false"].contains(value.lowercased())
    case "BinaryEquals": return Data(base64Encoded: value) == Data(base64Encoded: plain)
    case "IpAddress": return isInside(value, plain)
    default: break
    }
    if name.hasPrefix("Numeric") {
      guard let left = Decimal(string: value), let right = Decimal(string: plain) else { return false }
      return isOrdered(left, right, String(name.dropFirst("Numeric".count)))
    }
    guard let left = date(value), let right = date(plain) else { return false }
    return isOrdered(left, right, String(name.dropFirst("Date".count)))
  }

  private func isOrdered<Value: Comparable>(_ left: Value, _ right: Value, _ name: String) -> Bool {
    switch name {
    case "Equals": left == right
    case "LessThan": left < right
    case "LessThanEquals": left <= right
    case "GreaterThan": left > right
    default: left >= right
    }
  }

  private func date(_ text: String) -> Date? {
    if let seconds = Int(text), text.count > 4 { return Date(timeIntervalSince1970: Double(seconds)) }
    if let date = try? Date(text, strategy: .iso8601) { return date }
    return try? Date(text + "T00:00:00Z", strategy: .iso8601)
  }

  /// Six parts, each like its own.
  private func isSameARN(_ value: String, _ places: [ReferenceMatching.Place], _ texts: ReferenceMatching)
    -> Bool
  {
    let values = value.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    let parts = places.split(separator: .character(":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard values.count == 6, parts.count == 6, values[0] == "arn" else { return false }
    return zip(values, parts).allSatisfy { texts.isLike($1, Array($0)[...]) }
  }

  /// Addresses as texts of ones and zeros.
  private func isInside(_ address: String, _ range: String) -> Bool {
    let parts = range.split(separator: "/")
    guard let base = bits(String(parts[0])), let own = bits(address), base.count == own.count else {
      return false
    }
    let length = parts.count == 2 ? Int(parts[1]) ?? 0 : base.count
    return base.prefix(length) == own.prefix(length)
  }

  private func bits(_ address: String) -> String? {
    func binary(_ value: Int, _ width: Int) -> String {
      let text = String(value, radix: 2)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    if !address.contains(":") {
      let bytes = address.split(separator: ".").compactMap { Int($0) }
      return bytes.count == 4 ? bytes.map { binary($0, 8) }.joined() : nil
    }
    let halves = address.split(separator: "::", omittingEmptySubsequences: false).map {
      $0.split(separator: ":").compactMap { Int($0, radix: 16) }
    }
    let missing = 8 - halves.map(\.count).reduce(0, +)
    guard missing >= 0, halves.count <= 2 else { return nil }
    let groups = halves[0] + [Int](repeating: 0, count: missing) + (halves.count == 2 ? halves[1] : [])
    return groups.map { binary($0, 16) }.joined()
  }
}
