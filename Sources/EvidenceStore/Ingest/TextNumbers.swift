import Foundation

/// Every distinct text of a run once, named by its number.
///
/// Texts are looked up by their bytes, and compared as SQLite compares them: making a `String` of each would cost more
/// than all else that is done with them.
struct TextNumbers {
  /// The upper half of a text's hash, and its number + 1; zero where the slot is empty.
  private var slots = [UInt64](repeating: 0, count: 1024)
  private var bytes: [UInt8] = []
  /// Where each text ends in `bytes`; the text before it ends where it begins.
  private var ends: [Int] = [0, 0]

  /// The number of a text in UTF-8; that of the empty one is 0.
  mutating func number(_ text: UnsafeRawBufferPointer) -> Int64 {
    if text.isEmpty { return 0 }
    let hash = TextNumbers.hash(text)
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[at] != 0 {
      if (slots[at] ^ hash) >> 32 == 0 {
        let number = Int(slots[at] & 0xFFFF_FFFF) - 1
        if isEqual(number, text) { return Int64(number) }
      }
      at = (at + 1) & mask
    }
    let new = ends.count - 1
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    slots[at] = hash & ~0xFFFF_FFFF | UInt64(new + 1)
    if new * 2 > slots.count { grow() }
    return Int64(new)
  }

  mutating func number(_ text: String) -> Int64 {
    var text = text
    return text.withUTF8 { number(UnsafeRawBufferPointer($0)) }
  }

  private func isEqual(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    let start = ends[number]
    guard ends[number + 1] - start == text.count, let given = text.baseAddress else { return false }
    return bytes.withUnsafeBytes { known in
      guard let known = known.baseAddress else { return false }
      return memcmp(known + start, given, text.count) == 0
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for slot in old where slot != 0 {
      var at = Int(slot >> 32) & mask
      while slots[at] != 0 { at = (at + 1) & mask }
      slots[at] = slot
    }
  }

  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = NumberMixture()
    hash.add(UInt64(text.count))
    var at = 0
    while at + 8 <= text.count {
      hash.add(text.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var tail: UInt64 = 0
    while at < text.count {
      tail = tail << 8 | UInt64(text[at])
      at += 1
    }
    hash.add(tail)
    return hash.value
  }
}

/// A quick hash of a few numbers, for tables that are asked hundreds of thousands of times.
struct NumberMixture {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ number: UInt64) {
    value = (value ^ number) &* 0x9FB2_1C65_1E98_DF25
    value ^= value >> 29
  }

  mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }

  mutating func add(_ high: Int32, _ low: Int32) {
    add(UInt64(UInt32(bitPattern: high)) << 32 | UInt64(UInt32(bitPattern: low)))
  }
}
