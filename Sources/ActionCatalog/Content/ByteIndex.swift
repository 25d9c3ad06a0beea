/// Numbers by name: an open-addressed table over lowercased bytes.
///
/// A dictionary of strings would make, hash and compare a string for each of a call's candidate names; this looks them
/// up as the bytes that they are. Names belong to a scope, such as a service, so that one name can stand in many.
/// A class, because a value of four arrays costs four reference counts wherever it goes.
final class ByteIndex: Sendable {
  /// Each slot holds the upper half of a hash and a number, plus one; zero is empty.
  private let slots: [UInt64]
  private let scopes: [UInt32]
  private let starts: [UInt32]
  private let arena: [UInt8]

  /// What a builder has gathered.
  init(_ builder: ByteIndexBuilder) {
    slots = builder.slots
    scopes = builder.scopes
    starts = builder.starts
    arena = builder.arena
  }

  /// How many names there are.
  var count: Int { scopes.count }

  /// The number of a name that is in lower case already.
  func find(_ name: UnsafeBufferPointer<UInt8>, scope: UInt32) -> Int? {
    ByteIndexBuilder.find(name, scope, ByteIndexBuilder.hash(name, scope), slots, scopes, starts, arena)
  }

  /// The number of a text, without regard to case.
  func find(_ text: some StringProtocol, scope: UInt32) -> Int? {
    withLowercasedBytes(of: text) { find($0, scope: scope) } ?? nil
  }

  /// The name of a number, in lower case.
  func name(_ number: Int) -> String {
    String(decoding: arena[Int(starts[number])..<Int(starts[number + 1])], as: UTF8.self)
  }
}

/// Names while they get their numbers.
struct ByteIndexBuilder {
  fileprivate var slots: [UInt64]
  fileprivate var scopes: [UInt32] = []
  fileprivate var starts: [UInt32] = [0]
  fileprivate var arena: [UInt8] = []

  /// - Parameters:
  ///   - capacity: how many names there will be; more are possible, and cost growing.
  ///   - bytes: how long they are together, about.
  init(capacity: Int, bytes: Int) {
    var size = 16
    while size * 3 < capacity * 4 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    scopes.reserveCapacity(capacity)
    starts.reserveCapacity(capacity + 1)
    arena.reserveCapacity(bytes)
  }

  /// The number of a name, which is new where the name is: numbers count from 0 in the order of insertion.
  mutating func insert(_ name: UnsafeBufferPointer<UInt8>, scope: UInt32) -> Int {
    let start = arena.count
    arena.append(contentsOf: name)
    arena.withUnsafeMutableBufferPointer { bytes in
      for place in start..<bytes.count { bytes[place] = Self.lowercased(bytes[place]) }
    }
    let (hash, known) = arena.withUnsafeBufferPointer { bytes in
      let lowered = UnsafeBufferPointer(rebasing: bytes[start...])
      let hash = Self.hash(lowered, scope)
      return (hash, Self.find(lowered, scope, hash, slots, scopes, starts, arena))
    }
    if let known {
      arena.removeLast(arena.count - start)
      return known
    }
    let number = scopes.count
    scopes.append(scope)
    starts.append(UInt32(arena.count))
    if scopes.count * 4 > slots.count * 3 { grow() } else { place(number, hash) }
    return number
  }

  /// The number of a text, which is new where the text is.
  mutating func insert(_ text: String, scope: UInt32) -> Int {
    var text = text
    return text.withUTF8 { insert($0, scope: scope) }
  }

  static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

  /// FNV-1a, mixed once more: the lower bits choose the slot, the upper ones are compared.
  fileprivate static func hash(_ name: UnsafeBufferPointer<UInt8>, _ scope: UInt32) -> UInt64 {
    var hash = 0xcbf2_9ce4_8422_2325 ^ (UInt64(scope) &* 0x9E37_79B9_7F4A_7C15)
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 29)
  }

  fileprivate static func find(
    _ name: UnsafeBufferPointer<UInt8>, _ scope: UInt32, _ hash: UInt64, _ slots: [UInt64],
    _ scopes: [UInt32],
    _ starts: [UInt32], _ arena: [UInt8]
  ) -> Int? {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 {
      let slot = slots[place]
      let number = Int(slot & 0xFFFF_FFFF) - 1
      if slot >> 32 == hash >> 32, scopes[number] == scope {
        let start = Int(starts[number])
        if Int(starts[number + 1]) - start == name.count {
          var offset = 0
          while offset < name.count, arena[start + offset] == name[offset] { offset += 1 }
          if offset == name.count { return number }
        }
      }
      place = (place + 1) & mask
    }
    return nil
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while slots[place] != 0 { place = (place + 1) & mask }
    slots[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in 0..<scopes.count {
      let hash = arena.withUnsafeBufferPointer {
        Self.hash(
          UnsafeBufferPointer(rebasing: $0[Int(starts[number])..<Int(starts[number + 1])]), scopes[number])
      }
      place(number, hash)
    }
  }
}

/// The bytes of a text in lower case (of ASCII), on the stack; nil where it has more than 256: no name is that long.
@inline(__always)
func withLowercasedBytes<Result>(
  of text: some StringProtocol, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result? {
  func lower(_ bytes: UnsafeBufferPointer<UInt8>) -> Result? {
    guard bytes.count <= 256 else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      for index in 0..<bytes.count { buffer[index] = ByteIndexBuilder.lowercased(bytes[index]) }
      return body(UnsafeBufferPointer(start: buffer.baseAddress, count: bytes.count))
    }
  }
  if let result = text.utf8.withContiguousStorageIfAvailable(lower) { return result }
  return Array(text.utf8.prefix(257)).withUnsafeBufferPointer(lower)
}
