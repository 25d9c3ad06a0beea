import AccessReview
import IAMPolicy

/// The decision on a request of a principal in the store.
struct StoredDecision {
  let principal: StoredPrincipal
  let request: AuthorizationRequest
  let evaluation: Evaluation
  let layers: [StoredPrincipal.Layer]
  /// The layers of which not all is known and that could turn the decision round, by name.
  let mayChange: [String]
  let isKnownAction: Bool

  /// - Parameter facts: what must be known of actions.
  init(
    of principal: StoredPrincipal, _ request: AuthorizationRequest, _ policies: AuthorizationPolicies,
    layers: [StoredPrincipal.Layer], isKnownAction: Bool, facts: some ActionFacts
  ) {
    let evaluator = PolicyEvaluator(facts: facts)
    evaluation = evaluator.evaluate(request, policies)
    mayChange = evaluator.layersThatMayChange(
      evaluation.decision, on: request, policies, open: layers.filter(\.isOpen).map(\.kind)
    ).map(\.nameOfAllLevels)
    (self.principal, self.request, self.layers) = (principal, request, layers)
    self.isKnownAction = isKnownAction
  }

  var json: JSONLine {
    var line = JSONLine()
    line.member("decision", evaluation.decision.rawValue)
    line.member("mayChange", mayChange)
    line.member("principalArn", principal.arn)
    line.member("principalId", principal.id)
    line.member("action", request.action.description)
    line.member("isKnownAction", isKnownAction)
    line.member("resource", request.resource)
    line.member("snapshotTakenAt", principal.snapshotTakenAt.description)
    line.member("isSnapshotComplete", principal.isSnapshotComplete)
    line.member("explanation", JSONLine(evaluation))
    line.member(
      "knowledge",
      layers.map { layer in
        var line = JSONLine()
        line.member("layer", layer.name)
        line.member("standing", layer.standing.rawValue)
        line.member("note", layer.note)
        return line
      })
    return line
  }

  var text: String {
    let reserve =
      !evaluation.isCertain ? ", unless more is known" : mayChange.isEmpty ? "" : ", as far as imported"
    var lines = [
      "\(evaluation.decision.rawValue)\(reserve): \(request.action) on \(request.resource)",
      "for \(principal.arn), as of \(principal.snapshotTakenAt)", "", "\(evaluation.reason).",
    ]
    if !isKnownAction { lines.append("The catalogue does not know the action.") }
    if !evaluation.isCertain {
      lines.append("It depends on what is not known:")
      lines += evaluation.dependsOn.map { "  \($0)" }
    }
    if !mayChange.isEmpty {
      lines.append(
        "What is not known of these may change the decision: \(mayChange.joined(separator: ", ")).")
    }
    for layer in evaluation.layers where layer.result != .absent {
      lines += ["", "\(layer.kind.name): \(layer.result.words)"]
      if let note = layer.note { lines.append("  \(note)") }
      for statement in layer.statements { lines += StoredDecision.lines(of: statement) }
    }
    lines += ["", "What is known of the policies:"]
    var table = TextTable(["KIND", "STANDING", "NOTE"])
    for layer in layers {
      table.add([
        layer.name, layer.standing.rawValue.replacing("-", with: " "), layer.note,
      ])
    }
    let shown = lines.map { TerminalLine.escaped(TextTable.cut($0)) } + table.lines(indent: "  ")
    var warning: [String] = []
    if !principal.isSnapshotComplete {
      warning = ["", "The snapshot is not complete: there may be policies that it does not have."]
    }
    return (shown + warning).joined(separator: "\n") + "\n"
  }

  private static func lines(of statement: StatementOutcome) -> [String] {
    let sid = statement.sid.map { " (\($0))" } ?? ""
    let applies =
      switch statement.truth {
      case .yes: "applies"
      case .no where statement.namesPart: "names a part of the resources only"
      case .no: "does not apply"
      case .depends(let keys): "depends on \(keys.joined(separator: ", "))"
      }
    var lines = [
      "  \(statement.policy), statement \(statement.index + 1)\(sid): \(statement.effect.word), \(applies)"
    ]
    for outcome in statement.unmet {
      let wanted = outcome.condition.values.joined(separator: ", ")
      let found = outcome.values.map { $0.joined(separator: ", ") }
      let have =
        switch (found, outcome.truth) {
        case (let found?, _): "the request has \(found)"
        case (nil, .no): "the request has none"
        default: "what the request has is not known"
        }
      let note = outcome.note.map { "; \($0)" } ?? ""
      lines.append(
        "    \(outcome.condition.operatorText) \(outcome.condition.key) wants \(wanted); \(have)\(note)")
    }
    return lines
  }
}

extension LayerOutcome.Result {
  /// For a person.
  fileprivate var words: String {
    switch self {
    case .allows: "allow"
    case .deniesExplicitly: "deny explicitly"
    case .doesNotAllow: "do not allow"
    case .depends: "it depends"
    case .exempt: "do not limit this request"
    case .absent: "none"
    }
  }
}
