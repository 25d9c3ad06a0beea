import EvidenceStore

/// The calls that switched an account's trails on and off, or changed what they record.
struct TrailControls {
  private var stopped: [ClosedRange<Int64>] = []
  private var switched: Set<Int> = []
  private var changes: [Int64] = []

  init(_ controls: [TrailControl], account: String, declarations: [DeclaredTrails.Declaration]) {
    let names = Set(declarations.flatMap { [$0.trail.name, $0.trail.arnText].compactMap { $0 } })
    let owners = Set(declarations.compactMap { $0.trail.arn?.accountID?.description })
    let mine = controls.filter { control in
      guard let trail = control.trail, !names.isEmpty else { return control.account == account }
      if trail.hasPrefix("arn:") { return names.contains(trail) }
      return names.contains(trail) && (control.account == account || owners.contains(control.account))
    }
    var since: Int64?
    for control in mine {
      switch control.eventName {
      case "StopLogging", "DeleteTrail":
        since = since ?? control.time
        switched.insert(Int(control.time / 86_400))
        if control.eventName == "DeleteTrail" { changes.append(control.time) }
      case "StartLogging":
        if let start = since { stopped.append(start...control.time) }
        since = nil
        switched.insert(Int(control.time / 86_400))
      default: changes.append(control.time)
      }
    }
    if let since { stopped.append(since...Int64.max) }
  }

  /// Days on which what is recorded was changed, in order, each once.
  var changeDays: [Int] { Set(changes.map { Int($0 / 86_400) }).sorted() }

  func changesLogging(on day: Int) -> Bool { switched.contains(day) }

  func isStopped(on day: Int) -> Bool {
    let start = Int64(day) * 86_400
    return stopped.contains { $0.lowerBound < start + 86_400 && $0.upperBound >= start }
  }

  /// Days on which logging was switched off from beginning to end, in order.
  var stoppedDays: [ClosedRange<Int>] {
    stopped.compactMap { period in
      let first = Int(period.lowerBound / 86_400) + 1
      let last = period.upperBound == Int64.max ? Int.max : Int(period.upperBound / 86_400) - 1
      return first <= last ? first...last : nil
    }
  }

  /// The days on which what a configuration of that time says was in force: since the last change before it, until the
  /// first change after it.
  func declaredDays(takenAt: Int64?) -> ClosedRange<Int>? {
    let at = takenAt ?? Int64.max
    let from = changes.filter { $0 <= at }.max().map { Int($0 / 86_400) + 1 } ?? 0
    let to = changes.filter { $0 > at }.min().map { Int($0 / 86_400) } ?? Int.max
    return from <= to ? from...to : nil
  }
}
