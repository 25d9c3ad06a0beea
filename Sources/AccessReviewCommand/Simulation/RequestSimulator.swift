import IAMIdentifiers
import IAMPolicy
import JSONText

/// Decides on requests, line by line.
struct RequestSimulator {
  private let evaluator: PolicyEvaluator

  init(facts: some ActionFacts) { evaluator = PolicyEvaluator(facts: facts) }

  /// Writes the decision on the request in a line; an error in the place of a line that is no request.
  func simulate(_ line: LineReader.Line, number: Int, into output: inout [UInt8]) -> LineOutcome {
    line.answer(number, into: &output) { object, output in
      // The id goes out byte by byte as it came: numbers larger than any integer, escapes and all.
      let place = object.members.last { object.isNamed($0, "id") }?.value
      let id = place.map { Array(object.bytes[$0])[...] }
      switch RequestSimulator.request(object) {
      case .failure(let refusal):
        LineRefusal(number, refusal.problem, id: id).write(to: &output)
        return false
      case .success(let request):
        let evaluation = evaluator.evaluate(request.request, request.policies)
        var answer = JSONLine()
        answer.member("id", json: id ?? Array("null".utf8)[...])
        answer.member("decision", evaluation.decision.rawValue)
        answer.member("explanation", JSONLine(evaluation))
        output += answer.closed
        output.append(0x0A)
        return true
      }
    }
  }

  private struct Refusal: Error {
    let problem: String
  }

  private static func request(_ object: RawObject) -> Result<SimulationRequest, Refusal> {
    let json: JSONValue
    do { json = try JSONValue(json: object.bytes) } catch {
      return .failure(Refusal(problem: "\(error.problem), at byte \(error.byteOffset)"))
    }
    do { return .success(try SimulationRequest(json: json)) } catch {
      var problem = error.problem
      if case .policy(let place, _) = error, !place.isText,
        let byte = RequestSimulator.byte(of: place, object)
      {
        problem += ", at byte \(byte) of the line"
      }
      return .failure(Refusal(problem: problem))
    }
  }

  /// Where a policy begins in the line.
  private static func byte(of place: SimulationError.PolicyPlace, _ object: RawObject) -> Int? {
    guard let field = object.members.last(where: { object.isNamed($0, place.field.utf8.map(\.self)) }) else {
      return nil
    }
    var value = field.value
    for index in place.indices {
      guard let item = object.item(index, of: value) else { return nil }
      value = item
    }
    guard place.isNamed, let inner = RawObject(object.bytes, at: value),
      let policy = inner.members.last(where: { inner.isNamed($0, "policy") })
    else { return value.lowerBound }
    return policy.value.lowerBound
  }
}
