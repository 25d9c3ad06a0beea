/// Where each action's line begins, in the order of action names, and which run of them is a service's.
///
/// The table is sorted bytewise, which is nearly, not wholly, the order of lowercased names: mending the few places
/// costs less than keeping a second order in the data.
struct ActionIndex: Sendable {
  private(set) var starts: [UInt32] = []
  private(set) var services: [String] = []
  private(set) var ranges: [String: Range<Int>] = [:]

  init() {
    let bytes = Table.actions.bytes
    var groups: [(prefix: String, starts: [UInt32])] = []
    var position = 0
    var prefix: Slice<UnsafeBufferPointer<UInt8>>?
    while position < bytes.count {
      let line = bytes[position...].prefix { $0 != 0x0A }
      if let first = line.first, first != 0x23 {
        let cell = line.prefix { $0 != 0x09 }
        if prefix.map({ $0.elementsEqual(cell) }) != true {
          groups.append((String(decoding: cell, as: UTF8.self), []))
          prefix = cell
        }
        groups[groups.count - 1].starts.append(UInt32(position + cell.count + 1))
      }
      position = line.endIndex + 1
    }
    // `s3-outposts:` comes before `s3:`, as it does among whole names.
    groups.sort { ($0.prefix + ":") < ($1.prefix + ":") }
    starts.reserveCapacity(groups.reduce(0) { $0 + $1.starts.count })
    for group in groups {
      let from = starts.count
      for start in group.starts {
        var place = starts.count
        starts.append(start)
        while place > from, Self.precedes(bytes, start, starts[place - 1]) {
          starts[place] = starts[place - 1]
          place -= 1
        }
        starts[place] = start
      }
      services.append(group.prefix)
      ranges[group.prefix] = from..<starts.count
    }
  }

  /// The line of an action, from its name on, without its prefix.
  func line(_ index: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
    Table.actions.bytes[Int(starts[index])...].prefix { $0 != 0x0A }
  }

  /// The service of an action.
  func service(_ index: Int) -> String {
    var low = 0
    var high = services.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if (ranges[services[middle]]?.lowerBound ?? 0) <= index { low = middle } else { high = middle }
    }
    return services[low]
  }

  /// The place of an action, given in lower case.
  func find(service: Substring, name: Substring) -> Int? {
    guard let range = ranges[String(service)] else { return nil }
    let bytes = Table.actions.bytes
    let wanted = name.utf8
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      switch Self.compare(bytes, starts[middle], wanted) {
      case 0: return middle
      case ..<0: low = middle + 1
      default: high = middle
      }
    }
    return nil
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  private static func precedes(_ bytes: UnsafeBufferPointer<UInt8>, _ left: UInt32, _ right: UInt32) -> Bool {
    var (l, r) = (Int(left), Int(right))
    while true {
      let (a, b) = (lowercased(bytes[l]), lowercased(bytes[r]))
      if a == 0x09 || b == 0x09 { return a == 0x09 && b != 0x09 }
      if a != b { return a < b }
      l += 1
      r += 1
    }
  }

  private static func compare(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: UInt32, _ name: Substring.UTF8View
  ) -> Int {
    var position = Int(start)
    for wanted in name {
      let byte = lowercased(bytes[position])
      if byte == 0x09 { return -1 }
      if byte != wanted { return byte < wanted ? -1 : 1 }
      position += 1
    }
    return bytes[position] == 0x09 ? 0 : 1
  }
}
