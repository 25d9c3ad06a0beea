/// What an event source stands for.
final class EventSource: Sendable {
  struct Service: Sendable {
    /// Its number among the services.
    let number: Int
    /// The label that its prefix is.
    let label: UInt32
  }

  /// Its service prefixes, and which services they are; empty where the source is unknown.
  let prefixes: [String]
  let services: [Service]
  /// The labels under which the mapping may have rows for its calls: its own first, then those of its prefixes.
  let scopes: [UInt32]
  /// Rows that hold for every call.
  let everywhere: [CallRow]

  static let unknown = EventSource(prefixes: [], services: [], scopes: [], everywhere: [])

  init(prefixes: [String], services: [Service], scopes: [UInt32], everywhere: [CallRow]) {
    self.prefixes = prefixes
    self.services = services
    self.scopes = scopes
    self.everywhere = everywhere
  }
}

/// Event sources, service prefixes and the sources of the mapping: each is a label, and has a number.
final class EventSources: Sendable {
  private let labels: ByteIndex
  private let sources: [EventSource]
  /// The mapping, by label and name.
  let calls: RowIndex
  /// The places of roles, by label and name.
  let passRole: RowIndex

  init(_ actions: ActionTable) {
    var builder = ByteIndexBuilder(capacity: 1024, bytes: 16_384)
    var given: [Int: [String]] = [:]
    Table.sources.forEachLine { line, _ in
      given[builder.insert(line.cell(0), scope: 0)] = line.words(1).map(String.init)
    }
    for prefix in actions.services { _ = builder.insert(prefix, scope: 0) }
    func scope(_ cell: UnsafeBufferPointer<UInt8>) -> UInt32 { UInt32(builder.insert(cell, scope: 0)) }
    let calls = RowIndex(.calls, scope: scope)
    let passRole = RowIndex(.passRole, scope: scope)
    let labels = ByteIndex(builder)
    sources = (0..<labels.count).map { number in
      var prefixes: [String] = []
      var services: [EventSource.Service] = []
      var scopes = [UInt32(number)]
      var everywhere: [CallRow] = []
      for prefix in given[number] ?? [labels.name(number)] {
        guard let service = actions.service(prefix), let label = labels.find(prefix, scope: 0) else {
          continue
        }
        prefixes.append(prefix)
        services.append(EventSource.Service(number: service, label: UInt32(label)))
        if label != number { scopes.append(UInt32(label)) }
        everywhere += Self.rowsForAll(calls, UInt32(label))
      }
      return EventSource(prefixes: prefixes, services: services, scopes: scopes, everywhere: everywhere)
    }
    self.labels = labels
    self.calls = calls
    self.passRole = passRole
  }

  /// What is known of a source, with or without its domain; nil where nothing is.
  func source(_ text: String) -> EventSource? {
    let label: Int?? = withLowercasedBytes(of: text) { labels.find(Self.withoutDomain($0), scope: 0) }
    return (label ?? nil).map { sources[$0] }
  }

  /// The rows that hold for every call of a source.
  private static func rowsForAll(_ calls: RowIndex, _ label: UInt32) -> [CallRow] {
    let star: [UInt8] = [0x2A]
    return star.withUnsafeBufferPointer { calls.find($0, scope: label) }
      .map { calls.lines($0, CallRow.init) } ?? []
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
