/// Numbers by name: an open-addressed table over lowercased bytes, filled once and then only read.
///
/// A dictionary of strings would make, hash and compare a string for each of a call's candidate names; this looks them
/// up as the bytes that they are. Names belong to a scope, such as a service, so that one name can stand in many.
struct ByteIndex: Sendable {
  /// Each slot holds the upper half of a hash and a number, plus one; zero is empty.
  private var slots: [UInt64]
  private var scopes: [UInt32] = []
  private var starts: [UInt32] = [0]
  private var arena: [UInt8] = []

  /// How many names there are.
  var count: Int { scopes.count }

  /// - Parameters:
  ///   - capacity: how many names there will be; more are possible, and cost growing.
  ///   - bytes: how long they are together, about.
  init(capacity: Int, bytes: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    scopes.reserveCapacity(capacity)
    starts.reserveCapacity(capacity + 1)
    arena.reserveCapacity(bytes)
  }

  /// The number of a name, which is new where the name is: numbers count from 0 in the order of insertion.
  mutating func insert(_ name: UnsafeBufferPointer<UInt8>, scope: UInt32) -> Int {
    let start = arena.count
    for byte in name { arena.append(Self.lowercased(byte)) }
    let found = arena.withUnsafeBufferPointer { arena in
      let lowered = UnsafeBufferPointer(rebasing: arena[start...])
      let hash = Self.hash(lowered, scope)
      return (hash, find(lowered, scope, hash))
    }
    if let number = found.1 {
      arena.removeLast(arena.count - start)
      return number
    }
    let number = count
    scopes.append(scope)
    starts.append(UInt32(arena.count))
    if count * 4 > slots.count * 3 { grow() } else { place(number, found.0) }
    return number
  }

  /// The number of a name that is in lower case already.
  func find(_ name: UnsafeBufferPointer<UInt8>, scope: UInt32) -> Int? {
    find(name, scope, Self.hash(name, scope))
  }

  /// The number of a text, without regard to case.
  func find(_ text: some StringProtocol, scope: UInt32) -> Int? {
    withLowercasedBytes(of: text) { find($0, scope: scope) } ?? nil
  }

  /// The name of a number, in lower case.
  func withName<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    arena.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[Int(starts[number])..<Int(starts[number + 1])]))
    }
  }

  static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  private func find(_ name: UnsafeBufferPointer<UInt8>, _ scope: UInt32, _ hash: UInt64) -> Int? {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    return slots.withUnsafeBufferPointer { slots in
      while slots[place] != 0 {
        let slot = slots[place]
        if slot >> 32 == hash >> 32 {
          let number = Int(slot & 0xFFFF_FFFF) - 1
          if scopes[number] == scope, withName(number, { Self.areEqual($0, name) }) { return number }
        }
        place = (place + 1) & mask
      }
      return nil
    }
  }

  private static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>)
    -> Bool
  {
    guard left.count == right.count else { return false }
    for index in 0..<left.count where left[index] != right[index] { return false }
    return true
  }

  /// FNV-1a, mixed once more: the lower bits choose the slot, the upper ones are compared.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>, _ scope: UInt32) -> UInt64 {
    var hash = 0xcbf2_9ce4_8422_2325 ^ (UInt64(scope) &* 0x9E37_79B9_7F4A_7C15)
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 29)
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 { place = (place + 1) & mask }
    slots[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in 0..<count {
      let hash = withName(number) { Self.hash($0, scopes[number]) }
      place(number, hash)
    }
  }
}

/// The bytes of a text in lower case (of ASCII), on the stack; nil where it has more than 256: no name is that long.
func withLowercasedBytes<Result>(
  of text: some StringProtocol, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result? {
  func lower(_ bytes: UnsafeBufferPointer<UInt8>) -> Result? {
    guard bytes.count <= 256 else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      for index in 0..<bytes.count { buffer[index] = ByteIndex.lowercased(bytes[index]) }
      return body(UnsafeBufferPointer(start: buffer.baseAddress, count: bytes.count))
    }
  }
  if let result = text.utf8.withContiguousStorageIfAvailable(lower) { return result }
  return Array(text.utf8.prefix(257)).withUnsafeBufferPointer(lower)
}
