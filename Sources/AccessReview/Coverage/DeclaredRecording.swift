import EvidenceStore
import IAMSnapshot

/// What an account's declared trails recorded on each day.
///
/// A configuration speaks of one moment. Its selectors hold from the last change of the trail before it until the first
/// one after; and a trail records nothing while it is stopped, whatever its selectors are.
struct DeclaredRecording {
  /// What is known of a trail on a day.
  enum Standing: Hashable {
    /// Its selectors are known, and it was logging.
    case inForce
    /// It was logging, and its selectors are not known.
    case unknown
    case stopped
  }

  /// A trail with the days for which its configuration speaks.
  private struct Entry {
    let declaration: DeclaredTrails.Declaration
    let days: ClosedRange<Int>?
    let stopped: [ClosedRange<Int>]

    func standing(on day: Int) -> Standing {
      if stopped.contains(where: { $0.contains(day) }) { return .stopped }
      guard let days, declaration.recorded != nil, days.contains(day) else { return .unknown }
      return .inForce
    }
  }

  private let entries: [Entry]

  init(_ declarations: [DeclaredTrails.Declaration], controls: [TrailControl], account: String) {
    entries = declarations.map { declaration in
      let own = TrailControls(controls, account: account, declarations: [declaration])
      return Entry(
        declaration: declaration, days: own.declaredDays(takenAt: declaration.takenAt),
        stopped: own.stoppedDays + DeclaredRecording.stoppedDays(declaration.status))
    }
  }

  var declarations: [DeclaredTrails.Declaration] { entries.map(\.declaration) }

  /// Whether some trail tells callers apart.
  var distinguishesCallers: Bool {
    declarations.contains { $0.recorded?.distinguishesCallers == true }
  }

  /// What is known of each trail on a day. Days that are alike in this have the same recording.
  func standings(on day: Int) -> [Standing] { entries.map { $0.standing(on: day) } }

  /// Whether all the declared trails are known not to have logged on a day.
  func isStopped(on day: Int) -> Bool {
    !entries.isEmpty && entries.allSatisfy { $0.standing(on: day) == .stopped }
  }

  /// What the trails that are known on a day record.
  func recorded(on day: Int) -> [RecordedEvents] {
    entries.compactMap { $0.standing(on: day) == .inForce ? $0.declaration.recorded : nil }
  }

  /// How much the trails together record, as declared; nil where nothing is declared for the time.
  ///
  /// Of trails that deliver to different places, perhaps only one's files were imported: all must record it, unless events
  /// of the kind show that those of a trail that does are here.
  func extent(
    _ standings: [Standing], isSeen: Bool, _ extent: (RecordedEvents) -> RecordedEvents.Extent
  ) -> RecordedEvents.Extent? {
    // What is stopped leaves everything out, whatever its selectors are.
    if !standings.isEmpty, standings.allSatisfy({ $0 == .stopped }) { return RecordedEvents.Extent.none }
    guard standings.contains(.inForce) else { return nil }
    var places: [String: [RecordedEvents.Extent]] = [:]
    for (entry, standing) in zip(entries, standings) where standing != .stopped {
      let known = standing == .inForce ? entry.declaration.recorded : nil
      places[entry.declaration.place, default: []].append(known.map(extent) ?? .unknown)
    }
    let best = places.values.map { RecordedEvents.Extent.joining($0) }
    if best.allSatisfy({ $0 == .all }) { return .all }
    let together = RecordedEvents.Extent.joining(best)
    return together == .all && !isSeen ? .unknown : together
  }

  /// Days on which a trail did not log, as its status tells.
  ///
  /// Source: "GetTrailStatus", AWS CloudTrail API Reference.
  private static func stoppedDays(_ status: TrailStatus?) -> [ClosedRange<Int>] {
    guard let status else { return [] }
    func day(_ time: Int64) -> Int { Int(time / 86_400) }
    let lastStop = status.stopLogging.map { day($0.seconds) + 1 } ?? Int.min
    guard status.isLogging else { return [lastStop...Int.max] }
    // Before the first start there was nothing; between a stop and the start after it neither.
    guard let start = status.startLogging else { return [] }
    let firstStart = day(start.seconds) - 1
    return lastStop <= firstStart ? [lastStop...firstStart] : []
  }
}
