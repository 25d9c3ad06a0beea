import AccessReview

/// The ten decisions with the highest score.
struct BeginHere {
  private let context: SectionContext
  private static let most = 10

  init(_ context: SectionContext) { self.context = context }

  func render() -> String {
    let positions = Array(context.byScore.prefix(Self.most))
    return BeginTemplate.main.render([
      "intro": .text(intro(positions)),
      "hasDecisions": .flag(!positions.isEmpty),
      "decisions": .list(positions.map(decision)),
    ])
  }

  private func intro(_ positions: [Int]) -> String {
    let all = context.result.findings.count
    guard all > 0 else {
      return context.result.roles.isEmpty
        ? "There is nothing to decide: no role is known." : "There is no finding, \(context.phrases.seen)."
    }
    var touched: Set<String> = []
    for position in positions {
      let finding = context.result.findings[position]
      touched.formUnion(finding.members)
      if let role = finding.roleID { touched.insert(role) }
    }
    let they = positions.count == 1 ? "It touches" : "They touch"
    let head =
      positions.count == all
      ? "\(Words.spelledCount(all, "decision")), by risk."
      : "\(Words.spelledCount(positions.count, "decision")) out of \(Words.count(all, "finding")), by risk."
    let rest =
      positions.count == all ? "." : "; what the other findings ask stands in the sections of the roles."
    return "\(head) \(they) \(Words.count(touched.count, "role"))\(rest)"
  }

  private func decision(_ position: Int) -> Fields {
    let finding = context.result.findings[position]
    let others = finding.members.filter { $0 != finding.roleID }.count
    let also: Fields = [
      "anchor": .text(context.anchors.findings[position]),
      "text": .text(others > 0 ? "With \(Words.count(others, "more role"))" : "In full"),
    ]
    let sure = finding.confidence.rawValue
    let because = finding.evidence.first.map { ": \($0.text)" } ?? "."
    return [
      "severity": .text(finding.severity.rawValue),
      "title": .fields(context.title(finding)),
      "also": .fields(also),
      "why": .text(finding.why),
      "sure": .text(Words.sentence(sure) + because),
      "remedy": .text(finding.remedy),
    ]
  }
}
