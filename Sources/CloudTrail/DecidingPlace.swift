import CTrailScanner

/// A place in the record of a call that decides which action the call needed, and what is kept of it.
///
/// Whether a parameter at the top is there is kept of every call; these places are those of which more must be known.
public struct DecidingPlace: Hashable, Sendable {
  /// What is kept of a value, beside that it is there. Never a free text: it may hold a secret.
  public enum Reduction: UInt32, Hashable, Sendable, CaseIterable {
    case presence = 0
    /// A word of at most 64 letters, digits, `:`, `_` and `-`, as it is; `true` and `false` too.
    case word
    /// Of a PartiQL statement: `select`, `insert`, `update`, `delete`, `exists`.
    case verb
    /// Of a copy source: `?versionId=` where it names a version, else `current`.
    case version
  }

  /// The version of the extraction that keeps it first.
  public let since: Int
  /// The event source without its domain, and the event name without its date, or `*` for every one.
  public let source, name: String
  /// Dots between names, `[]` after a list's name, `{}` after a map's; in `requestParameters` unless it begins with
  /// `additionalEventData.`.
  public let place: String
  public let reduction: Reduction

  /// A place; see the properties.
  public init(since: Int, source: String, name: String, place: String, reduction: Reduction) {
    self.since = since
    self.source = source
    self.name = name
    self.place = place
    self.reduction = reduction
  }

  /// All that are kept.
  public static let all: [DecidingPlace] = {
    var count = 0
    let rows = ts_places(&count)
    return UnsafeBufferPointer(start: rows, count: count).map { row in
      DecidingPlace(
        since: Int(row.since), source: String(cString: row.source), name: String(cString: row.name),
        place: String(cString: row.place), reduction: Reduction(rawValue: row.reduction.rawValue) ?? .presence
      )
    }
  }()
}
