import ActionCatalog
import IAMIdentifiers
import IAMSnapshot
import PolicyAlgebra

/// Whether the declared selectors record every data event that the use of an action would leave.
///
/// Source: "Logging data events", AWS CloudTrail User Guide.
struct DataEventRules {
  let calendar: CoverageCalendar.Account
  let period: ReviewPeriod
  let catalog: CatalogUniverse
  let memory: CoverageMemory
  let assumed: AssumedRecording
  /// `userIdentity.arn` of the role's sessions, with `*` for the session's name.
  let caller: String

  /// What the trails recorded in the window of the calls that need an action.
  struct Answer {
    /// On how many days all of them, some, none; and on how many nobody knows, for want of understanding the selectors.
    fileprivate(set) var days: [RecordedEvents.Extent: Int] = [:]
    /// Days for which no selectors are declared.
    fileprivate(set) var undeclaredDays = 0
    /// Days of `all` of which a delivery is here.
    fileprivate(set) var observedDays = 0

    fileprivate func count(_ extent: RecordedEvents.Extent) -> Int { days[extent] ?? 0 }
  }

  /// What the trails recorded of the calls that need a granted action.
  ///
  /// - Parameter deliveredDays: how many days with these standings of the trails have a delivery.
  func answer(_ entry: Entry, _ grant: Grant, deliveredDays: ([DeclaredRecording.Standing]) -> Int) -> Answer
  {
    var answer = Answer()
    let questions = types(of: entry).map { question(entry, grant, type: $0) }
    for (standings, count) in memory.stretches({ stretches }) {
      guard let extent = extent(questions, standings) else {
        answer.undeclaredDays += count
        continue
      }
      answer.days[extent, default: 0] += count
      if extent == .all { answer.observedDays += deliveredDays(standings) }
    }
    return answer
  }

  /// What is said where the events were not recorded on enough days; nil where they were.
  func judge(_ answer: Answer, of entry: Entry, neededDays: Double) -> ObservationRules.Finding? {
    guard Double(answer.count(.all)) < neededDays else { return nil }
    let type = entry.dataResourceTypes.first ?? "its resources"
    func finding(_ verdict: Verdict, _ code: ReasonCode, _ reason: String) -> ObservationRules.Finding {
      ObservationRules.Finding(verdict: verdict, code: code, reason: reason, observedDays: 0)
    }
    if calendar.declarations.isEmpty {
      return finding(
        .notEnoughEvidence, .selectorsUnknown, "whether the trail records data events of \(type) is not known"
      )
    }
    // Some ways of calling it are management events.
    if entry.visibility == .both {
      return finding(
        .notEnoughEvidence, .dataEventsPartlyRecorded,
        "some ways of calling it are data events of \(type), which the trail does not record")
    }
    if Double(period.days - answer.undeclaredDays) < neededDays {
      return finding(
        .notEnoughEvidence, .selectorsUnknown,
        "what the trail recorded of \(type) is not known for the whole window, because it was changed in it")
    }
    if answer.count(.unknown) > answer.count(.some) {
      return finding(
        .notEnoughEvidence, .selectorsUnknown,
        "the trail's selectors for data events of \(type) are not understood")
    }
    if answer.count(.some) == 0, answer.count(.all) > 0 {
      return finding(
        .notEnoughEvidence, .dataEventsPartlyRecorded,
        "the trail recorded data events of \(type) on only \(answer.count(.all)) of \(period.days) days")
    }
    let fields = self.fields(types(of: entry))
    if Double(answer.count(.none)) >= neededDays, answer.days.keys.allSatisfy({ $0 == .none }) {
      return finding(
        .unobservable, .dataEventsNotRecorded,
        fields.isEmpty
          ? "the trail does not record data events of \(type)"
          : "the trail's selectors leave its data events of \(type) out")
    }
    let isByResource = Set(fields).isSubset(of: ["readOnly", "resources.ARN"])
    return finding(
      .notEnoughEvidence, .dataEventsPartlyRecorded,
      isByResource
        ? "the trail records data events of \(type) for a part of what is granted"
        : "the trail's selectors record only some of its data events of \(type), by \(fields.joined(separator: ", "))"
    )
  }

  /// The fields by which the selectors choose among the data events of types, sorted.
  private func fields(_ types: [String]) -> [String] {
    let conditions = calendar.declarations.compactMap(\.recorded).flatMap { recorded in
      types.flatMap { recorded.conditions(onDataOf: $0) }
    }
    return Set(conditions.map(\.field)).sorted()
  }

  /// How many of the window's days have the same recording.
  private var stretches: [[DeclaredRecording.Standing]: Int] {
    var counts: [[DeclaredRecording.Standing]: Int] = [:]
    for day in period.calendar { counts[calendar.recording.standings(on: day), default: 0] += 1 }
    return counts
  }

  /// The resource types with one of which each event is recorded; which it is, nobody knows beforehand.
  private func types(of entry: Entry) -> [String] {
    // A call through an access point is recorded with its object.
    entry.dataResourceTypes.filter { $0 != "AWS::S3::AccessPoint" || entry.dataResourceTypes.count == 1 }
  }

  private func question(_ entry: Entry, _ grant: Grant, type: String) -> QuestionedCalls {
    // Where only some ways of calling are data events, which of the resources they concern is not known.
    let isPartly = entry.visibility == .both
    let isWide = isPartly || grant.resources.isEmpty || !grant.exceptResources.isEmpty
    return QuestionedCalls(
      .data(resourceType: type), names: memory.names(of: entry.name) { names(of: entry) },
      readOnly: isPartly ? nil : entry.recordedAs.map { $0 == .read }, caller: caller,
      resources: isWide ? ["*"] : grant.resources,
      // The Data API's events have a type of their own. Source: "Logging RDS Data API calls with AWS CloudTrail",
      // Amazon Aurora User Guide.
      eventType: entry.name.service.lowercased() == "rds-data" ? "*" : "AwsApiCall")
  }

  private func names(of entry: Entry) -> [QuestionedCalls.Name] {
    // A call that is recorded as a management event leaves no data event, whatever else it needs.
    let calls = catalog.catalog.recordedCalls(needing: entry.name).filter { call in
      let resolution = catalog.catalog.resolve(Call(eventSource: call.eventSource, eventName: call.eventName))
      return resolution.actions.first.flatMap { catalog.catalog.entry(for: $0)?.visibility } != .management
    }
    // Where no call is known, any may be meant.
    guard !calls.isEmpty else { return [QuestionedCalls.Name(source: "*", name: "*")] }
    return calls.map { QuestionedCalls.Name(source: $0.eventSource, name: $0.eventName) }
  }

  private func extent(
    _ questions: [QuestionedCalls], _ standings: [DeclaredRecording.Standing]
  ) -> RecordedEvents.Extent? {
    var extents: [RecordedEvents.Extent] = []
    for question in questions {
      guard case .data(let type) = question.category else { continue }
      if assumed.data.contains(type) {
        extents.append(.all)
        continue
      }
      let isSeen = calendar.seen.kinds.contains("data:\(type)")
      guard let extent = calendar.recording.extent(standings, isSeen: isSeen, { $0.records(question) }) else {
        return nil
      }
      extents.append(extent)
    }
    return .ofParts(extents)
  }
}
