import IAMIdentifiers

/// Roles that nobody uses.
struct SleepFindings {
  let period: ReviewPeriod

  func drafts(_ reviewed: ReviewedRole) -> [FindingDraft] {
    let role = reviewed.result
    // Service-linked roles belong to their service, which alone can delete them.
    guard let dormancy = role.dormancy, !role.isServiceLinked else { return [] }
    let mayChange = role.permissions.contains {
      $0.accessLevel == "write" || $0.accessLevel == "permissions-management"
    }
    let age = reviewed.life.created.map { (period.asOf.seconds - $0) / 86_400 } ?? 0
    // What IAM remembers of the window itself was a denied call, or came after it.
    let remembered = reviewed.life.iamLastUsed.flatMap { $0 < period.start.seconds ? $0 : nil }
    let last = [reviewed.life.lastUse, reviewed.life.lastEntered, remembered].compactMap { $0 }.max()
    let isTold = reviewed.life.isToldByIAM(upTo: period.asOf.seconds)
    let memory =
      isTold
      ? "no RoleLastUsed is known, and IAM's own memory goes back 400 days"
      : "records begin before it was made"
    let evidence = self.evidence(reviewed)
    let stem = Words.stem(role.name)
    switch dormancy {
    case .neverUsed:
      let severity: Severity = age < 30 ? .info : mayChange || role.isAdministrator ? .medium : .low
      return [
        FindingDraft(
          type: .neverUsedRole, severity: severity, confidence: .high, group: "\(stem) \(severity.rawValue)",
          role: role,
          accountID: role.accountID, subject: role.arn,
          title: "\(role.name) was never used, as far as records and IAM tell.",
          pluralTitle: {
            "\($0) roles, \(role.name) among them, were never used, as far as records and IAM tell."
          },
          why: "It is \(age) \(age == 1 ? "day" : "days") old; no call and no entry is known; \(memory).",
          pluralWhy: "Of none of them is a call or an entry known, but for calls that were denied.",
          remedy: "Delete it, or name who waits for it.",
          pluralRemedy: { _ in "Delete them, or name who waits for them." }, evidence: evidence)
      ]
    case .dormant:
      let when = last.map { "\(UTCTime(seconds: $0).day)" } ?? "an unknown day"
      let severity: Severity = mayChange || role.isAdministrator ? .medium : .low
      return [
        FindingDraft(
          type: .dormantRole, severity: severity, confidence: .high, group: "\(stem) \(severity.rawValue)",
          role: role,
          accountID: role.accountID, subject: role.arn,
          title:
            "\(role.name) was last used on \(when) and not since, as far as seen in \(period.days) days.",
          pluralTitle: {
            "\($0) roles, \(role.name) among them, were not used, as far as seen in \(period.days) days."
          },
          why: "\(reviewed.life.coveredDays) of \(period.days) days are covered"
            + (isTold
              ? ", and RoleLastUsed agrees." : "; no snapshot of the window's end tells RoleLastUsed."),
          pluralWhy: "Neither records nor RoleLastUsed, where it is known, show a use of them in the window.",
          remedy: "Delete it, or name its season.",
          pluralRemedy: { _ in "Delete them, or name their season." }, evidence: evidence)
      ]
    }
  }

  private func evidence(_ reviewed: ReviewedRole) -> [Finding.Evidence] {
    var evidence = [
      Finding.Evidence(
        kind: "snapshot", id: reviewed.life.snapshot.contentSHA256,
        text: "RoleLastUsed in the snapshot of \(UTCTime(seconds: reviewed.life.snapshot.takenAt).day): "
          + (reviewed.result.iamLastUsedAt ?? "none"))
    ]
    if let id = reviewed.result.lastUsedEventID, let time = reviewed.result.lastUsedAt {
      evidence.append(Finding.Evidence(kind: "event", id: id, text: "last use in the trail, \(time)"))
    }
    return evidence
  }
}
