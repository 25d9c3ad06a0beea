/// An address of version 4 or 6, as bytes in network order.
struct IPAddress: Hashable, Sendable {
  let bytes: [UInt8]

  /// Nil for what is no address. Source for the forms: RFC 4291, section 2.2, and dotted decimal.
  init?(_ text: String) {
    guard text.utf8.count <= 64 else { return nil }
    if let four = IPAddress.version4(text[...]) {
      bytes = four
    } else if let six = IPAddress.version6(text) {
      bytes = six
    } else {
      return nil
    }
  }

  private static func version4(_ text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let byte = UInt8(part)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func version6(_ text: String) -> [UInt8]? {
    var text = text[...]
    var tail: [UInt8] = []
    if text.contains(".") {
      guard let colon = text.lastIndex(of: ":"), let four = version4(text[text.index(after: colon)...]) else {
        return nil
      }
      tail = four
      text = text[...colon]
      // `::1.2.3.4` keeps both colons, `1:2:1.2.3.4` loses the one that parts the groups from the address.
      if !text.hasSuffix("::") { text = text.dropLast() }
    }
    let halves = text.ranges(of: "::").count
    guard halves <= 1 else { return nil }
    func groups(_ text: Substring) -> [UInt8]? {
      guard !text.isEmpty else { return [] }
      var bytes: [UInt8] = []
      for group in text.split(separator: ":", omittingEmptySubsequences: false) {
        guard (1...4).contains(group.utf8.count), let value = UInt16(group, radix: 16), group.first != "+"
        else {
          return nil
        }
        bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
      }
      return bytes
    }
    guard let gap = text.firstRange(of: "::") else {
      guard let all = groups(text), all.count + tail.count == 16 else { return nil }
      return all + tail
    }
    guard let front = groups(text[..<gap.lowerBound]), let back = groups(text[gap.upperBound...]) else {
      return nil
    }
    let missing = 16 - front.count - back.count - tail.count
    guard missing >= 2 else { return nil }
    return front + [UInt8](repeating: 0, count: missing) + back + tail
  }
}

/// A range of addresses, `203.0.113.0/24`, or one address.
struct IPNetwork: Hashable, Sendable {
  let address: IPAddress
  /// Bits.
  let prefix: Int

  /// Nil for what is no range; bits after the prefix are of no account.
  init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
    self.address = address
    guard parts.count == 2 else {
      prefix = address.bytes.count * 8
      return
    }
    guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let prefix = Int(parts[1]), prefix <= address.bytes.count * 8
    else { return nil }
    self.prefix = prefix
  }

  /// True where the address has the range's version and first bits.
  func contains(_ other: IPAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    for (place, (mine, theirs)) in zip(address.bytes, other.bytes).enumerated() {
      let bits = min(8, max(0, prefix - place * 8))
      let mask = bits == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF00 >> bits)
      if mine & mask != theirs & mask { return false }
    }
    return true
  }
}
