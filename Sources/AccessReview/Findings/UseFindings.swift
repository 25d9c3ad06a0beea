import IAMIdentifiers

/// What a role did, or tried, that it should not have been able to, or was not.
struct UseFindings {
  let period: ReviewPeriod
  /// Denials of an action in the window from which on somebody should ask why.
  private static let manyDenials = 3

  init(period: ReviewPeriod) { self.period = period }

  func drafts(_ reviewed: ReviewedRole) -> [FindingDraft] {
    let role = reviewed.result
    var drafts: [FindingDraft] = []
    if let draft = attempts(reviewed) { drafts.append(draft) }
    if !role.usedWithoutGrant.isEmpty {
      let list = role.usedWithoutGrant.map(\.action)
      drafts.append(
        FindingDraft(
          type: .usedWithoutGrant, severity: .medium, confidence: .medium, group: role.roleID, role: role,
          accountID: role.accountID, subject: role.arn,
          title:
            "\(role.name) used \(list[0])\(list.count > 1 ? " and \(list.count - 1) more" : "") without a grant in its policies.",
          pluralTitle: { "\($0) roles used what their policies do not grant." },
          why: "Its policies were changed since, or the policy of a resource or of the session let it in.",
          remedy: "Find which policy granted it before you trust what is listed as granted.",
          actions: list.map { Finding.FindingAction(action: $0, accessLevel: "unknown", verdict: .used) },
          evidence: role.usedWithoutGrant.compactMap { use in
            use.lastEventID.map {
              Finding.Evidence(kind: "event", id: $0, text: "\(use.action), \(use.lastUsedAt)")
            }
          }))
    }
    return drafts
  }

  private func attempts(_ reviewed: ReviewedRole) -> FindingDraft? {
    let role = reviewed.result
    let denied = reviewed.denied.filter { $0.count >= UseFindings.manyDenials }
    guard let most = denied.first else { return nil }
    let touchesEvidence = denied.contains {
      ActionName($0.action).map(PrivilegeEscalation.evidence.contains) ?? false
    }
    return FindingDraft(
      type: .attemptedDenied, severity: touchesEvidence ? .critical : .low, confidence: .certain,
      group: role.roleID,
      role: role, accountID: role.accountID, subject: role.arn,
      title: touchesEvidence
        ? "\(role.name) asked to stop or change the trail and was refused."
        : "\(role.name) was refused \(most.action) \(most.count) times, as far as seen in \(period.days) days.",
      pluralTitle: { "\($0) roles were refused again and again." },
      why: denied.count == 1
        ? "The last time was \(most.lastAt)."
        : "It was refused \(denied.count - 1) other \(denied.count == 2 ? "action" : "actions"), too.",
      remedy: touchesEvidence
        ? "Ask who held its sessions." : "Grant what is needed, or stop what asks for it.",
      actions: denied.map {
        Finding.FindingAction(action: $0.action, accessLevel: "unknown", verdict: .attemptedOnly)
      },
      evidence: denied.map {
        Finding.Evidence(kind: "event", id: $0.eventID, text: "\($0.action), \($0.lastAt)")
      })
  }
}
