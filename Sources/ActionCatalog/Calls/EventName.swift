/// What an event's name can tell when no action is called so. Names are bytes, in lower case.
enum EventName {
  /// How much of a name comes before the API's date at its end: `updatefunctioncode20150331v2` and
  /// `createdistribution2020_05_31`.
  ///
  /// Nil unless a plausible date stands there: names may end in digits or in `V2` of their own.
  static func undatedCount(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var end = bytes.count
    var digits = end
    while digits > 0, isDigit(bytes[digits - 1]) { digits -= 1 }
    guard digits < end else { return nil }
    if digits > 0, bytes[digits - 1] == 0x76 { end = digits - 1 }
    guard let day = number(bytes, &end, digits: 2), (1...31).contains(day) else { return nil }
    let isUnderscored = end > 0 && bytes[end - 1] == 0x5F
    if isUnderscored { end -= 1 }
    guard let month = number(bytes, &end, digits: 2), (1...12).contains(month) else { return nil }
    if isUnderscored {
      guard end > 0, bytes[end - 1] == 0x5F else { return nil }
      end -= 1
    }
    guard let year = number(bytes, &end, digits: 4), (2006...2099).contains(year) else { return nil }
    guard end > 0, !isDigit(bytes[end - 1]), bytes[end - 1] != 0x5F else { return nil }
    return end
  }

  /// The first answer that one of the names gives that the action may have instead, most likely first: one version of the
  /// API, one item instead of a batch.
  static func firstOfFamily<Result>(
    _ name: UnsafeBufferPointer<UInt8>, _ answer: (UnsafeBufferPointer<UInt8>) -> Result?
  ) -> Result? {
    func singular(_ stem: Range<Int>) -> Result? {
      if ends(name, stem, "ies") {
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: stem.count) { buffer in
          let count = stem.count - 3
          for index in 0..<count { buffer[index] = name[stem.lowerBound + index] }
          buffer[count] = 0x79
          return answer(UnsafeBufferPointer(start: buffer.baseAddress, count: count + 1))
        }
      }
      guard ends(name, stem, "s"), !ends(name, stem, "ss") else { return nil }
      return plain(stem.lowerBound..<stem.upperBound - 1)
    }
    func plain(_ stem: Range<Int>) -> Result? {
      guard !stem.isEmpty, stem != 0..<name.count else { return nil }
      return answer(UnsafeBufferPointer(rebasing: name[stem]))
    }
    let whole = 0..<name.count
    let unversioned = 0..<unversionedCount(name)
    for stem in unversioned == whole ? [whole] : [unversioned, whole] {
      if let found = plain(stem) { return found }
      if ends(name, stem, "batch"), let found = plain(stem.lowerBound..<stem.upperBound - 5) { return found }
      if begins(name, stem, "batch") {
        let single = stem.lowerBound + 5..<stem.upperBound
        if let found = plain(single) ?? singular(single) { return found }
      } else if !["list", "describe", "get", "search"].contains(where: { begins(name, stem, $0) }) {
        if let found = singular(stem) { return found }
      }
    }
    return nil
  }

  private static func unversionedCount(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var start = name.count
    while start > 0, isDigit(name[start - 1]) { start -= 1 }
    guard (1...2).contains(name.count - start), start > 0, name[start - 1] == 0x76 else { return name.count }
    // `IPv6` is no version.
    if start > 2, name[start - 2] == 0x70, name[start - 3] == 0x69 { return name.count }
    return start - 1
  }

  private static func ends(_ name: UnsafeBufferPointer<UInt8>, _ stem: Range<Int>, _ text: StaticString)
    -> Bool
  {
    let count = text.utf8CodeUnitCount
    guard stem.count >= count else { return false }
    return name[(stem.upperBound - count)..<stem.upperBound].elementsEqual(bytes(text))
  }

  private static func begins(_ name: UnsafeBufferPointer<UInt8>, _ stem: Range<Int>, _ text: StaticString)
    -> Bool
  {
    let count = text.utf8CodeUnitCount
    guard stem.count >= count else { return false }
    return name[stem.lowerBound..<stem.lowerBound + count].elementsEqual(bytes(text))
  }

  private static func bytes(_ text: StaticString) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ end: inout Int, digits: Int) -> Int? {
    guard end > digits else { return nil }
    var value = 0
    for byte in bytes[(end - digits)..<end] {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    end -= digits
    return value
  }
}
