/// The lines of the actions, numbered in the order of lowercased names, and which run of numbers is a service's.
///
/// The table is sorted bytewise, which is nearly, not wholly, the order of lowercased names: mending the few places
/// costs less than keeping a second order in the data.
final class ActionTable: Sendable {
  /// The embedded table, or the one that an overlay has made of it.
  private let own: [UInt8]?
  /// Where each action's line begins.
  let starts: [UInt32]
  let services: [String]
  let ranges: [Range<Int>]
  /// The services by their names, and the actions by theirs in the scope of their service.
  let serviceIndex, index: ByteIndex

  private struct Service {
    let prefix: String
    var lines: [UInt32] = []
  }

  /// - Parameter bytes: the table, if it is not the embedded one.
  init(_ bytes: [UInt8]? = nil) {
    own = bytes
    var names = ByteIndexBuilder(capacity: 24_000, bytes: 550_000)
    var prefixes = ByteIndexBuilder(capacity: 512, bytes: 8192)
    var (starts, services, ranges): ([UInt32], [String], [Range<Int>]) = ([], [], [])
    var groups: [Service] = []
    func read(_ bytes: UnsafeBufferPointer<UInt8>) {
      var prefix = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      Table.forEachLine(of: bytes) { line, start in
        let count = prefix.count
        var isSame = count > 0 && line.bytes.count > count && line.bytes[count] == 0x09
        if isSame {
          for place in 0..<count where line.bytes[place] != prefix[place] {
            isSame = false
            break
          }
        }
        if !isSame {
          prefix = line.cell(0)
          groups.append(Service(prefix: String(decoding: prefix, as: UTF8.self)))
        }
        groups[groups.count - 1].lines.append(UInt32(start))
      }
      // `s3-outposts:` comes before `s3:`, as it does among whole names.
      groups.sort { ($0.prefix + ":") < ($1.prefix + ":") }
      starts.reserveCapacity(groups.reduce(0) { $0 + $1.lines.count })
      for group in groups {
        let scope = UInt32(prefixes.insert(group.prefix, scope: 0))
        let first = starts.count
        Self.append(group, to: &starts, bytes)
        let skipped = group.prefix.utf8.count + 1
        for start in starts[first...] {
          var end = Int(start) + skipped
          while bytes[end] != 0x09 { end += 1 }
          _ = names.insert(UnsafeBufferPointer(rebasing: bytes[Int(start) + skipped..<end]), scope: scope)
        }
        services.append(group.prefix)
        ranges.append(first..<starts.count)
      }
    }
    if let bytes { bytes.withUnsafeBufferPointer(read) } else { read(Table.actions.bytes) }
    (self.starts, self.services, self.ranges) = (starts, services, ranges)
    index = ByteIndex(names)
    serviceIndex = ByteIndex(prefixes)
  }

  /// Appends a service's lines in the order of lowercased names.
  private static func append(
    _ group: Service, to starts: inout [UInt32], _ bytes: UnsafeBufferPointer<UInt8>
  ) {
    let first = starts.count
    let skipped = group.prefix.utf8.count + 1
    for start in group.lines {
      var place = starts.count
      starts.append(start)
      while place > first, precedes(bytes, Int(start) + skipped, Int(starts[place - 1]) + skipped) {
        starts[place] = starts[place - 1]
        place -= 1
      }
      starts[place] = start
    }
  }

  /// The table's bytes.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let own { return own.withUnsafeBufferPointer(body) }
    return body(Table.actions.bytes)
  }

  /// The line of an action.
  func withLine<Result>(_ number: Int, _ body: (TableLine) -> Result) -> Result {
    withBytes { body(Table.line(of: $0, at: Int(starts[number]))) }
  }

  /// The number of a service, without regard to case.
  func service(_ prefix: some StringProtocol) -> Int? { serviceIndex.find(prefix, scope: 0) }

  /// The number of an action, without regard to case.
  func find(service: some StringProtocol, name: some StringProtocol) -> Int? {
    self.service(service).flatMap { index.find(name, scope: UInt32($0)) }
  }

  private static func precedes(_ bytes: UnsafeBufferPointer<UInt8>, _ left: Int, _ right: Int) -> Bool {
    var offset = 0
    while true {
      let (a, b) = (
        ByteIndexBuilder.lowercased(bytes[left + offset]), ByteIndexBuilder.lowercased(bytes[right + offset])
      )
      if a == 0x09 || b == 0x09 { return a == 0x09 && b != 0x09 }
      if a != b { return a < b }
      offset += 1
    }
  }
}
