/// What an event source stands for.
struct EventSource: Sendable {
  struct Service: Sendable {
    /// Its number among the services.
    let number: Int
    /// The label that its prefix is.
    let label: UInt32
  }

  /// Its service prefixes, and which services they are; empty where the source is unknown.
  var prefixes: [String] = []
  var services: [Service] = []
  /// The labels under which the mapping may have rows for its calls: its own first, then those of its prefixes.
  var scopes: [UInt32] = []
  /// Rows that hold for every call.
  var everywhere: [CallRow] = []
}

/// Event sources, service prefixes and the sources of the mapping: each is a label, and has a number.
struct EventSources: Sendable {
  private var labels = ByteIndex(capacity: 1024, bytes: 16_384)
  private var sources: [EventSource] = []

  init(_ actions: ActionTable) {
    var prefixes: [Int: [String]] = [:]
    Table.sources.forEachLine { line, _ in
      prefixes[labels.insert(line.cell(0), scope: 0)] = line.words(1).map(String.init)
    }
    for prefix in actions.services { _ = label(prefix) }
    for table in [Table.calls, .passRole] {
      var last = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      table.forEachLine { line, _ in
        let cell = line.cell(0)
        if !cell.elementsEqual(last) { _ = labels.insert(cell, scope: 0) }
        last = cell
      }
    }
    for number in 0..<labels.count {
      var source = EventSource()
      let own = labels.withName(number) { String(decoding: $0, as: UTF8.self) }
      source.scopes = [UInt32(number)]
      for prefix in prefixes[number] ?? [own] {
        guard let service = actions.service(prefix), let label = find(prefix) else { continue }
        source.prefixes.append(prefix)
        source.services.append(EventSource.Service(number: service, label: label))
        if label != UInt32(number) { source.scopes.append(label) }
      }
      sources.append(source)
    }
  }

  private mutating func label(_ text: String) -> UInt32 {
    var text = text
    return UInt32(text.withUTF8 { labels.insert($0, scope: 0) })
  }

  /// The label of a source without its domain.
  func find(_ text: some StringProtocol) -> UInt32? { labels.find(text, scope: 0).map(UInt32.init) }

  /// The label of bytes that are one.
  func label(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count) { buffer in
      for index in 0..<bytes.count { buffer[index] = ByteIndex.lowercased(bytes[index]) }
      return labels.find(UnsafeBufferPointer(buffer), scope: 0).map(UInt32.init) ?? UInt32.max
    }
  }

  /// What is known of a source, with or without its domain; nil where nothing is.
  func source(_ text: String) -> EventSource? {
    let label: Int?? = withLowercasedBytes(of: text) { bytes in
      labels.find(Self.withoutDomain(bytes), scope: 0)
    }
    return (label ?? nil).map { sources[$0] }
  }

  /// Adds the rows that hold for every call of a source.
  mutating func addRowsForAll(_ rules: RowIndex) {
    for number in 0..<sources.count {
      for service in sources[number].services {
        var star: UInt8 = 0x2A
        let found = withUnsafePointer(to: &star) {
          rules.find(UnsafeBufferPointer(start: $0, count: 1), scope: service.label)
        }
        if let found { sources[number].everywhere += rules.lines(found, CallRow.init) }
      }
    }
  }

  private static let domains: [[UInt8]] = [Array(".amazonaws.com".utf8), Array(".amazonaws.com.cn".utf8)]

  private static func withoutDomain(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    for domain in domains where bytes.count > domain.count {
      if bytes[(bytes.count - domain.count)...].elementsEqual(domain) {
        return UnsafeBufferPointer(rebasing: bytes[..<(bytes.count - domain.count)])
      }
    }
    return bytes
  }

  static let regions: [String: String] = {
    var table: [String: String] = [:]
    Table.regions.forEachLine { line, _ in table[line.text(0)] = line.text(1) }
    return table
  }()
}

extension ActionCatalog {
  /// The service prefixes whose actions the calls of an event source need; empty where the source is unknown.
  public func prefixes(ofEventSource source: String) -> [String] {
    content.sources.source(source)?.prefixes ?? []
  }

  /// The Region in which a global service's events are recorded; nil for a service that records where it is called.
  ///
  /// Sources: "Global services", CloudTrail User Guide; "Service endpoints and quotas", AWS General Reference. Of the other
  /// partitions only the Regions of IAM and the other services on `us-east-1` are known.
  public func globalRegion(ofService prefix: String, partition: String = "aws") -> String? {
    guard let region = EventSources.regions[prefix.lowercased()] else { return nil }
    switch partition {
    case "aws": return region
    case "aws-cn": return region == "us-east-1" ? "cn-north-1" : nil
    case "aws-us-gov": return region == "us-east-1" ? "us-gov-west-1" : nil
    default: return nil
    }
  }
}
