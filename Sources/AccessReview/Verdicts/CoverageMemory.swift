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

  private var observedDays: [Question: Int] = [:]
  private var leftOut: [Question: LeftOut?] = [:]

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
}
