/// Which service prefixes an event source stands for, and where global services record.
enum EventSources {
  /// The source without its domain, in lower case.
  static func label(_ source: String) -> String {
    let lowered = source.utf8.count <= 256 ? source.lowercased() : ""
    for domain in [".amazonaws.com", ".amazonaws.com.cn"] where lowered.hasSuffix(domain) {
      return String(lowered.dropLast(domain.count))
    }
    return lowered
  }

  static let prefixes: [String: [String]] = {
    var table: [String: [String]] = [:]
    for cells in Table.sources.rows(columns: 3) {
      table[cells[0].lowercased()] = cells[1].split(separator: " ").map(String.init)
    }
    return table
  }()

  static let regions: [String: String] = {
    var table: [String: String] = [:]
    for cells in Table.regions.rows(columns: 3) { table[String(cells[0])] = String(cells[1]) }
    return table
  }()
}

extension ActionCatalog {
  /// The service prefixes whose actions the calls of an event source need; empty where the source is unknown.
  public func prefixes(ofEventSource source: String) -> [String] {
    let label = EventSources.label(source)
    if let prefixes = EventSources.prefixes[label] { return prefixes.filter { index.ranges[$0] != nil } }
    return index.ranges[label] == nil ? [] : [label]
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
