import Foundation
import IAMIdentifiers
import IAMPolicy
import JSONText
import Testing

/// How many requests the random tests write: many more where `ACCESSREVIEW_LONG_TESTS` is 1.
func randomCount(_ usual: Int) -> Int {
  ProcessInfo.processInfo.environment["ACCESSREVIEW_LONG_TESTS"] == "1" ? usual * 100 / 3 : usual
}

@Suite("The evaluator against a second one")
struct DifferentialTests {
  @Test("Both decide alike on random requests")
  func decisions() throws {
    var counts: [String: Int] = [:]
    for seed in 0..<UInt64(randomCount(3_000)) {
      var random = RandomRequest(seed: seed)
      let json = random.request()
      // Of a request for a pattern it may depend on the resource: see below.
      guard decisions(json, sids: []).count == 1 else { continue }
      let evaluation = try evaluate(json)
      let expected = ReferenceEvaluator(request: json).decision
      counts[expected, default: 0] += 1
      guard evaluation.isCertain, evaluation.decision.rawValue == expected else {
        Issue.record(
          "Seed \(seed): \(evaluation.decision.rawValue) \(evaluation.dependsOn) instead of \(expected): \(json.canonicalText)"
        )
        return
      }
    }
    // The requests are worth something only if each answer is given often.
    #expect(Decision.allCases.allSatisfy { counts[$0.rawValue, default: 0] > 150 }, "\(counts)")
  }

  /// What can come out, whether statements apply that are not understood or that name only a part of the resources.
  private func decisions(_ json: JSONValue, sids: [String]) -> Set<String> {
    var possible: Set<String> = []
    for mask in 0..<(4 << sids.count) {
      let applying = Set(sids.enumerated().filter { mask & 4 << $0.offset != 0 }.map(\.element))
      possible.insert(
        ReferenceEvaluator(
          request: json, applying: applying, isWhereDenied: mask & 1 != 0, isWhereNotAllowed: mask & 2 != 0
        ).decision)
    }
    return possible
  }

  @Test(
    "A decision is certain where it does not depend on what is not understood or on the resource, and only there"
  )
  func uncertainty() throws {
    var uncertain = 0
    for seed in 0..<UInt64(randomCount(2_500)) {
      var random = RandomRequest(seed: seed &+ 1 << 40, unknownShare: 22)
      let json = random.request()
      let sids = random.unknownSids.prefix(6)
      guard sids.count == random.unknownSids.count else { continue }
      let evaluation = try evaluate(json)
      let possible = decisions(json, sids: Array(sids))
      let isRight =
        evaluation.isCertain
        ? possible == [evaluation.decision.rawValue]
        : possible.count > 1 && evaluation.decision == .implicitlyDenied
      if !evaluation.isCertain { uncertain += 1 }
      guard isRight else {
        Issue.record(
          "Seed \(seed): \(evaluation.decision.rawValue) \(evaluation.dependsOn), possible are \(possible.sorted()): \(json.canonicalText)"
        )
        return
      }
    }
    #expect(uncertain > 100)
  }
}

/// The decision on a request that is written as JSON.
func evaluate(_ json: JSONValue) throws -> Evaluation {
  let request = try SimulationRequest(json: json)
  return PolicyEvaluator(facts: ScenarioFacts()).evaluate(request.request, request.policies)
}
