import AccessReview

/// Grants that are too broad, the roles that hold everything, and findings of no single role.
struct BroadGrants {
  private let context: SectionContext

  init(_ context: SectionContext) { self.context = context }

  func render() -> String {
    let grants = context.byScore.filter { FindingType.broad.contains(context.result.findings[$0].type) }
    var fields = context.findings(context.homeless(FindingType.other), level: 4)
    fields["intro"] = .text(
      grants.isEmpty
        ? context.result.roles.isEmpty
          ? "No policy is known." : "For those who edit policies: no grant was found to be too broad."
        : "For those who edit policies: \(Words.count(grants.count, "grant is", "grants are")) too broad, by risk."
    )
    fields["hasGrants"] = .flag(!grants.isEmpty)
    fields["grants"] = .list(grants.map(row))
    fields["administrators"] = .optional(administrators)
    fields["serviceLinked"] = .optional(serviceLinked)
    return PoliciesTemplate.main.render(fields)
  }

  private func row(_ position: Int) -> Fields {
    let finding = context.result.findings[position]
    return [
      "severity": .text(finding.severity.rawValue), "title": .fields(context.title(finding)),
      "anchor": .text(context.anchors.findings[position]), "subject": .text(finding.subject),
      "remedy": .text(finding.remedy),
    ]
  }

  private var administrators: Fields? {
    let positions = context.result.roles.indices.filter { context.result.roles[$0].isAdministrator }
    guard !positions.isEmpty else { return nil }
    return [
      "intro": .text(
        """
        \(Words.spelledCount(positions.count, "role")) \(positions.count == 1 ? "holds" : "hold") (nearly) every \
        action. A bar would say nothing; what \(positions.count == 1 ? "it" : "each") used says more.
        """),
      "rows": .list(
        positions.map { position in
          let role = context.result.roles[position]
          let last = RoleWords(role: role, phrases: context.phrases).lastUse
          return [
            "role": .fields(context.link(position)), "account": .text(role.accountID),
            "text": .text(
              """
              used \(Words.count(role.counts.used, "action")), \(context.phrases.seen)\
              \(last.map { "; last use \($0)" } ?? "; no use is recorded").
              """),
          ]
        }),
    ]
  }

  private var serviceLinked: Fields? {
    let count = context.result.totals.serviceLinkedRoles
    guard count > 0 else { return nil }
    return [
      "intro": .text(
        """
        \(Words.spelledCount(count, "role")) \(count == 1 ? "is" : "are") linked to an AWS service. AWS writes \
        \(count == 1 ? "its policy, so nothing is proposed for it" : "their policies, so nothing is proposed for them").
        """)
    ]
  }
}
