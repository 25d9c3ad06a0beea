public import IAMIdentifiers

/// The names by which a trail records a call.
public struct RecordedCall: Hashable, Sendable, Comparable {
  /// `eventSource`, such as `s3.amazonaws.com`.
  public let eventSource: String
  /// `eventName`, without the date that some services append; `*` where any call of the source may be meant.
  public let eventName: String

  /// In the order of their spelling.
  public static func < (left: RecordedCall, right: RecordedCall) -> Bool {
    (left.eventSource, left.eventName) < (right.eventSource, right.eventName)
  }
}

extension ActionCatalog {
  /// The calls that need an action, or may need it as their parameters decide: the other way round than `resolve`.
  ///
  /// Those that the mapping names, and the one that is called like the action, even if no such operation exists: whoever
  /// wants every call that may need the action must not miss one. Calls that carry the action's name in another number or
  /// version (`Resolution.Rule.family`) are not among them.
  /// - Returns: sorted; empty for an action that the catalogue does not know.
  public func recordedCalls(needing action: ActionName) -> [RecordedCall] {
    guard let entry = entry(for: action) else { return [] }
    let service = entry.name.lowercased.prefix { $0 != ":" }
    var calls = Set(
      (CallsByAction.builtIn.rows[entry.name.lowercased] ?? []).flatMap { key, name in
        sources(ofKey: key).map { RecordedCall(eventSource: $0, eventName: name) }
      })
    for source in sources(ofKey: String(service)) {
      let name = String(entry.name.name)
      let resolution = resolve(Call(eventSource: source, eventName: name))
      if resolution.actions.contains(entry.name) || resolution.conditionalActions.contains(entry.name) {
        calls.insert(RecordedCall(eventSource: source, eventName: name))
      }
    }
    return calls.sorted()
  }

  /// The event sources that a row of the mapping is about: those of a service prefix, or the one that it names.
  private func sources(ofKey key: String) -> [String] {
    guard !indices(ofService: key).isEmpty else { return ["\(key).amazonaws.com"] }
    if let documented = CallsByAction.documentedSources[key] { return [documented] }
    var labels = CallsByAction.labels[key] ?? []
    if prefixes(ofEventSource: key).contains(key) { labels.append(key) }
    return Set(labels).sorted().map { "\($0).amazonaws.com" }
  }
}

/// The rows of the mapping by the actions that they name.
private struct CallsByAction: Sendable {
  static let builtIn = CallsByAction()

  /// The event source of all calls of a service, where its page on logging shows it and the table of sources knows others
  /// of other interfaces.
  ///
  /// Sources: "Amazon S3 CloudTrail log file entries" (Amazon S3 User Guide), "DynamoDB log file entries" (Amazon DynamoDB
  /// Developer Guide).
  static let documentedSources = ["s3": "s3.amazonaws.com", "dynamodb": "dynamodb.amazonaws.com"]

  /// The labels of event sources that stand for a service prefix.
  static let labels: [String: [String]] = {
    var labels: [String: [String]] = [:]
    Table.sources.forEachLine { line, _ in
      for prefix in line.words(1) { labels[String(prefix), default: []].append(line.text(0).lowercased()) }
    }
    return labels
  }()

  /// The first cells of the rows, source or prefix and event name, by lowercased action.
  let rows: [String: [(key: String, name: String)]]

  private init() {
    var rows: [String: [(key: String, name: String)]] = [:]
    Table.calls.forEachLine { line, _ in
      for word in line.words(3) where word != "-" {
        let action = word.drop { "+?".contains($0) }.lowercased()
        rows[action, default: []].append((line.text(0).lowercased(), line.text(1)))
      }
    }
    self.rows = rows
  }
}
