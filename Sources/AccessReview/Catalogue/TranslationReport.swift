public import ActionCatalog
public import EvidenceStore
public import IAMIdentifiers

/// How well a catalogue translates the calls of a store, and where AWS contradicts it.
public struct TranslationReport: Sendable {
  /// Calls of one name that could not be translated.
  public struct Untranslated: Hashable, Sendable {
    public let eventSource, eventName: String
    public let events: Int
    public let firstSeen, lastSeen: UTCTime
  }

  /// Denials whose message names another action than the catalogue does.
  public struct Contradiction: Hashable, Sendable {
    public let eventSource, eventName: String
    /// What the catalogue says without the message, the primary action first; empty where it says nothing.
    public let tableActions: [ActionName]
    public let namedAction: ActionName
    public let events: Int
    /// One of the first of them; nil where the store holds counts only.
    public let exampleEventID: String?
  }

  /// Calls by source and name, and events, of the whole trail.
  public private(set) var calls = 0
  public private(set) var events = 0
  /// The most frequent first.
  public let untranslated: [Untranslated]
  /// The most frequent first.
  public let contradictions: [Contradiction]

  public var untranslatedEvents: Int { untranslated.reduce(0) { $0 + $1.events } }

  /// Percent of the events.
  public var untranslatedShare: Double {
    events == 0 ? 0 : Double(untranslatedEvents) / Double(events) * 100
  }

  /// Translates all calls of a store.
  public init(_ store: EvidenceStore, _ catalog: ActionCatalog) throws(StoreError) {
    self = try store.reading { try TranslationReport($0, catalog) }
  }

  private struct Name: Hashable {
    let source, name: String
  }

  private struct Denial: Hashable {
    let name: Name
    let table: [ActionName]
    let named: ActionName
  }

  init(_ reader: EvidenceReader, _ catalog: ActionCatalog) throws {
    var names: Set<Name> = []
    var unknown: [Name: (events: Int, first: Int64, last: Int64)] = [:]
    var denials: [Denial: (events: Int, first: CallCount)] = [:]
    for row in try reader.callCounts() {
      let name = Name(source: row.eventSource, name: row.eventName)
      names.insert(name)
      events += row.count
      let resolution = catalog.resolve(Call(row))
      let named = ActionName(row.deniedAction)
      let isDenied = named != nil && catalog.outcome(ofErrorCode: row.errorCode) == .denied
      if isDenied, let named {
        let said = resolution.actions + resolution.conditionalActions
        guard !said.contains(where: { catalog.identity(of: $0) == catalog.identity(of: named) }) else {
          continue
        }
        let denial = Denial(name: name, table: resolution.actions, named: named)
        let known = denials[denial]
        let first = known.map { $0.first.first <= row.first ? $0.first : row } ?? row
        denials[denial] = ((known?.events ?? 0) + row.count, first)
      } else if resolution.rule == .unmapped {
        let known = unknown[name]
        unknown[name] = (
          (known?.events ?? 0) + row.count, min(known?.first ?? row.first, row.first),
          max(known?.last ?? row.last, row.last)
        )
      }
    }
    calls = names.count
    untranslated = unknown.map { name, count in
      Untranslated(
        eventSource: name.source, eventName: name.name, events: count.events,
        firstSeen: UTCTime(seconds: count.first), lastSeen: UTCTime(seconds: count.last))
    }.sorted { ($1.events, $0.eventSource, $0.eventName) < ($0.events, $1.eventSource, $1.eventName) }
    contradictions = try denials.map { denial, count in
      Contradiction(
        eventSource: denial.name.source, eventName: denial.name.name, tableActions: denial.table,
        namedAction: denial.named, events: count.events,
        exampleEventID: try reader.exampleEventID(of: count.first))
    }.sorted {
      ($1.events, $0.eventSource, $0.eventName, $0.namedAction, $0.tableActions.description)
        < ($0.events, $1.eventSource, $1.eventName, $1.namedAction, $1.tableActions.description)
    }
  }
}

extension Call {
  /// A call as the store keeps it.
  init(_ row: CallCount) {
    self.init(
      eventSource: row.eventSource, eventName: row.eventName, eventType: row.eventType,
      eventCategory: row.eventCategory,
      parameters: KeptParameters(names: row.parameterNames, deciding: row.decidingValues).parameters)
  }
}
