import AccessReview

/// The roles that nobody used.
struct DormantRoles {
  private let context: SectionContext

  init(_ context: SectionContext) { self.context = context }

  func render() -> String {
    let positions = context.result.roles.indices.filter { context.result.roles[$0].dormancy != nil }
    return DormantTemplate.main.render([
      "intro": .text(intro), "hasRoles": .flag(!positions.isEmpty), "roles": .list(positions.map(row)),
    ])
  }

  private var intro: String {
    let totals = context.result.totals
    let days = Words.count(context.result.windowDays, "day")
    if context.result.roles.isEmpty { return "No role is known." }
    if totals.dormantRoles + totals.neverUsedRoles == 0 {
      return "No role is dormant, as far as seen in \(days)."
    }
    return """
      \(Words.spelledCount(totals.dormantRoles, "role")) \(totals.dormantRoles == 1 ? "was" : "were") not used in \
      \(days) although older; \(Words.count(totals.neverUsedRoles, "role")) \
      \(totals.neverUsedRoles == 1 ? "was" : "were") never used, as far as the trail and IAM’s own record of last \
      use go back.
      """
  }

  private func row(_ position: Int) -> Fields {
    let role = context.result.roles[position]
    let words = RoleWords(role: role, phrases: context.phrases)
    return [
      "role": .fields(context.link(position)),
      "account": .text(role.accountID),
      "state": .text(role.dormancy == .dormant ? "dormant" : "never used"),
      "created": .optional(role.createdAt.map { Words.day($0) }),
      "lastUse": .optional(words.lastUse),
      "permissions": .text(role.isAdministrator ? "nearly all" : Words.number(role.counts.total)),
      "findings": .number(role.findings.count),
    ]
  }
}
