import IAMIdentifiers
import IAMSnapshot

/// What was worked out of an account's coverage before: thousands of actions ask the same of the same days.
final class CoverageMemory {
  /// Which events are asked about.
  struct Question: Hashable {
    let kinds: [String]
    let region: String?
    let service: String?
  }

  /// What declared selectors leave out.
  struct LeftOut {
    let verdict: Verdict
    let code: ReasonCode
    let reason: String
  }

  private struct Stretch: Hashable {
    let standings: [DeclaredRecording.Standing]
    let region: String?
  }

  private var observedDays: [Question: Int] = [:]
  private var leftOut: [Question: LeftOut?] = [:]
  private var stretches: [[DeclaredRecording.Standing]: Int]?
  private var delivered: [Stretch: Int] = [:]
  private var names: [ActionName: [QuestionedCalls.Name]] = [:]

  /// The answer to a question, worked out when it is first asked.
  func observedDays(_ question: Question, _ answer: () -> Int) -> Int {
    if let known = observedDays[question] { return known }
    let found = answer()
    observedDays[question] = found
    return found
  }

  /// The answer to a question, worked out when it is first asked.
  func leftOut(_ question: Question, _ answer: () -> LeftOut?) -> LeftOut? {
    if let known = leftOut[question] { return known }
    let found = answer()
    leftOut[question] = .some(found)
    return found
  }

  /// How many of the window's days have the same recording, worked out when it is first asked.
  func stretches(_ answer: () -> [[DeclaredRecording.Standing]: Int]) -> [[DeclaredRecording.Standing]: Int] {
    if let stretches { return stretches }
    let found = answer()
    stretches = found
    return found
  }

  /// How many days with the same recording have a delivery, worked out when it is first asked.
  func deliveredDays(
    _ standings: [DeclaredRecording.Standing], region: String?, _ answer: () -> Int
  ) -> Int {
    let stretch = Stretch(standings: standings, region: region)
    if let known = delivered[stretch] { return known }
    let found = answer()
    delivered[stretch] = found
    return found
  }

  /// The calls that need an action, looked up when it is first asked.
  func names(of action: ActionName, _ answer: () -> [QuestionedCalls.Name]) -> [QuestionedCalls.Name] {
    if let known = names[action] { return known }
    let found = answer()
    names[action] = found
    return found
  }
}
