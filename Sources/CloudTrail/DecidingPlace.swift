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
    /// Of an ARN: `arn:PARTITION:SERVICE:`, and `TYPE:` behind it where the resource has a type before a colon.
    case arn
    /// Of a path: `/` and its first name, if that is a word.
    case path
    /// Of a map, or a list of maps: `:` where it has anything in it; a map without counts as absent.
    case content
  }

  /// The version of the extraction that keeps it first.
  public let since: Int
  /// Event sources without their domain.
  public let sources: [String]
  /// The event name without its date, or `*` for every one.
  public let name: String
  /// Dots between names, `[]` after a list's name, `{}` after a map's; in `requestParameters` unless it begins with
  /// `additionalEventData.`.
  public let place: String
  public let reduction: Reduction

  /// A place; see the properties.
  public init(since: Int, sources: [String], name: String, place: String, reduction: Reduction) {
    self.since = since
    self.sources = sources
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
        since: Int(row.since), sources: String(cString: row.sources).split(separator: " ").map(String.init),
        name: String(cString: row.name),
        place: String(cString: row.place), reduction: Reduction(rawValue: row.reduction.rawValue) ?? .presence
      )
    }
  }()
}
