import EvidenceStore
import IAMSnapshot

/// Which days of an account's management events are known from CloudTrail's own history, by Region.
///
/// Each answer speaks of one Region; together they prove absence only where they leave no Region out.
struct EventHistory {
  /// Nothing of it.
  static let nothing = EventHistory(periods: [], asked: [], enabled: nil, eventful: [])

  /// Regions that were asked, wholly or in vain. Sorted.
  let asked: [String]
  /// Regions that are enabled in the account; nil where nobody asked. Sorted.
  let enabled: [String]?
  /// Regions of which there are management events, whatever brought them.
  let eventfulRegions: Set<String>
  /// The first and the last day that is known; nil where none is.
  let days: ClosedRange<Int>?
  private var states: [String: [Int: CoverageCalendar.State]] = [:]

  /// A time of a Region for which no event is missing: seconds since 1970, both ends included.
  struct Period {
    let region: String
    let seconds: ClosedRange<Int64>

    var days: ClosedRange<Int> { Int(seconds.lowerBound / 86_400)...Int(seconds.upperBound / 86_400) }
  }

  init(periods: [Period], asked: Set<String>, enabled: [String]?, eventful: [EventfulDay]) {
    self.asked = asked.sorted()
    self.enabled = enabled
    eventfulRegions = Set(eventful.map(\.region)).subtracting([""])
    let happened = Dictionary(grouping: eventful, by: \.region).mapValues { Set($0.map(\.day)) }
    for (region, mine) in Dictionary(grouping: periods, by: \.region) {
      states[region] = EventHistory.states(mine.map(\.seconds), eventful: happened[region] ?? [])
    }
    let all = periods.map(\.days)
    if let first = all.map(\.lowerBound).min(), let last = all.map(\.upperBound).max() {
      days = first...last
    } else {
      days = nil
    }
  }

  /// Whether nothing is known from it.
  var isEmpty: Bool { days == nil }

  /// The Regions of which all must be known: those that are enabled, where that was asked, else those that were asked, have a
  /// trail or show events. Sorted.
  func regions(beside trails: Set<String>, isMultiRegion: Bool) -> [String] {
    guard !isEmpty else { return trails.sorted() }
    if let enabled { return (isMultiRegion ? trails : []).union(enabled).sorted() }
    return trails.union(asked).union(eventfulRegions).sorted()
  }

  /// What is known of a day in a Region.
  func state(_ day: Int, region: String) -> CoverageCalendar.State { states[region]?[day] ?? .gap }

  /// The first day of which anything is known in a Region.
  func firstDay(in region: String) -> Int? { states[region]?.keys.min() }

  private static func states(_ periods: [ClosedRange<Int64>], eventful: Set<Int>)
    -> [Int: CoverageCalendar.State]
  {
    var joined: [ClosedRange<Int64>] = []
    for period in periods.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      // One that ends with a second is followed by one that begins with the next.
      if let last = joined.last, period.lowerBound <= last.upperBound + 1 {
        joined[joined.count - 1] = last.lowerBound...max(last.upperBound, period.upperBound)
      } else {
        joined.append(period)
      }
    }
    var states: [Int: CoverageCalendar.State] = [:]
    for period in joined {
      for day in Int(period.lowerBound / 86_400)...Int(period.upperBound / 86_400) {
        let start = Int64(day) * 86_400
        let isWhole = period.lowerBound <= start && period.upperBound >= start + 86_399
        states[day] = isWhole ? (eventful.contains(day) ? .covered : .quiet) : .partial
      }
    }
    return states
  }
}

/// The event histories of all accounts, out of what was answered.
struct EventHistories {
  /// By account; of those only of which some time is whole.
  let accounts: [String: EventHistory]
  /// The days for which each account's history was asked, also where the answer proves nothing.
  let askedDays: [String: Set<Int>]

  /// - Parameter believed: the days that can belong to one store.
  init(_ record: EvidenceStore.TrailRecord, believed: ClosedRange<Int>) {
    var asked: [String: Set<String>] = [:]
    var periods: [String: [EventHistory.Period]] = [:]
    var askedDays: [String: Set<Int>] = [:]
    for answer in record.histories {
      if let account = answer.account, let days = EventHistories.days(of: answer, within: believed) {
        askedDays[account.description, default: []].formUnion(days)
      }
      guard let found = EventHistoryAnswer(answer) else { continue }
      let account = found.account.description
      asked[account, default: []].insert(found.region)
      guard let whole = found.whole else { continue }
      let period = EventHistory.Period(region: found.region, seconds: whole)
      guard believed.contains(period.days.lowerBound), believed.contains(period.days.upperBound) else {
        continue
      }
      periods[account, default: []].append(period)
    }
    self.askedDays = askedDays
    let eventful = Dictionary(grouping: record.eventful, by: \.account)
    accounts = Dictionary(
      uniqueKeysWithValues: periods.map { account, mine in
        let history = EventHistory(
          periods: mine, asked: asked[account] ?? [],
          enabled: EventHistories.enabled(record.regions, in: account), eventful: eventful[account] ?? [])
        return (account, history)
      })
  }

  /// The Regions that the newest whole list names.
  private static func enabled(_ answers: [CallAnswer], in account: String) -> [String]? {
    let lists = answers.compactMap { answer -> (time: Int64, regions: [String])? in
      guard answer.account?.description == account else { return nil }
      return EventHistoryAnswer.enabledRegions(answer).map { (answer.takenAt?.seconds ?? .min, $0) }
    }
    guard let newest = lists.map(\.time).max() else { return nil }
    return Set(lists.filter { $0.time == newest }.flatMap(\.regions)).sorted()
  }

  private static func days(of answer: CallAnswer, within believed: ClosedRange<Int>) -> ClosedRange<Int>? {
    guard let period = EventHistoryAnswer.period(of: answer) else { return nil }
    let first = max(Int(period.lowerBound / 86_400), believed.lowerBound)
    let last = min(Int(period.upperBound / 86_400), believed.upperBound)
    return first <= last ? first...last : nil
  }
}
