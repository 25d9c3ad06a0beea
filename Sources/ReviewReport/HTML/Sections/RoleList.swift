import AccessReview

/// All roles, a section each.
struct RoleList {
  private let context: SectionContext

  init(_ context: SectionContext) { self.context = context }

  func render() -> String {
    let roles = context.result.roles
    let frame: Fields = [
      "intro": .text(intro),
      "hasRoles": .flag(!roles.isEmpty),
      "accounts": .texts(Set(roles.map(\.accountID)).sorted()),
      "severities": .texts(Severity.allCases.map(\.rawValue)),
    ]
    var text = RoleListTemplate.head.render(frame)
    for position in roles.indices { text += RoleSection(context, position).render() }
    return text + RoleListTemplate.end.render(frame)
  }

  private var intro: String {
    let count = context.result.roles.count
    if count == 0 { return "No role is known." }
    return """
      One section for each of \(Words.count(count, "role")), by risk; each has its own address and can be sent to \
      its owner.
      """
  }
}
