import IAMIdentifiers

/// Trust that leads nowhere, or to somebody else than was meant.
struct TrustFindings {
  let names: [String: RoleResult]

  func drafts(_ orphans: [OrphanedPrincipal], _ recreated: [RecreatedRole]) -> [FindingDraft] {
    // Of an id in a condition nobody may be able to say whether it lives; the store's view tells of it.
    orphans.filter { $0.state == "gone" }.map(draft) + recreated.map { draft($0, orphans) }
  }

  private func draft(_ orphan: OrphanedPrincipal) -> FindingDraft {
    let role = orphan.inRoleID.flatMap { names[$0] }
    let trusting = role?.name ?? orphan.inRoleARN ?? "A policy"
    let kind = orphan.principalKind == "role" ? "role" : "user"
    let who = orphan.resolvedARN ?? orphan.principalID
    var evidence = [
      Finding.Evidence(
        kind: "statement", id: orphan.principalID,
        text: "statement \(orphan.statement) of the trust policy of \(orphan.inRoleARN ?? trusting)")
    ]
    if let id = orphan.evidenceID, let kind = orphan.evidenceKind {
      evidence.append(
        Finding.Evidence(kind: kind, id: id, text: "who \(orphan.principalID) was: \(orphan.resolution)"))
    }
    let resolved: String =
      switch orphan.resolution {
      case "candidates": "It was one of \(orphan.candidateARNs.joined(separator: ", "))."
      case "inferred": "It was most likely \(who): nobody else vanished from this trust policy."
      case "unknown": "Nothing in the records tells who it was."
      case "observed": "Events of its sessions tell who it was."
      case "created": "The event that created it tells who it was."
      case "snapshot": "An earlier snapshot tells who it was."
      default: "It was \(who)."
      }
    let namesake =
      orphan.namesakePrincipalID.map {
        " The name is worn again, by \($0), which this trust does not let in."
      } ?? ""
    return FindingDraft(
      type: .orphanedPrincipal, severity: orphan.namesakePrincipalID == nil ? .low : .medium,
      confidence: orphan.state == "gone" ? .certain : .medium,
      group: "\(orphan.principalID) \(orphan.inRoleID ?? "") \(orphan.statement) \(orphan.element)",
      role: role,
      accountID: orphan.accountID, subject: orphan.inRoleARN ?? trusting,
      title: "\(trusting) trusts a \(kind) that is gone, \(who).",
      pluralTitle: { "\($0) trust policies name a \(kind) that is gone, \(who)." }, why: resolved + namesake,
      remedy: "Remove \(orphan.principalID) from the trust policy; it cannot be saved again until then.",
      evidence: evidence)
  }

  private func draft(_ recreated: RecreatedRole, _ orphans: [OrphanedPrincipal]) -> FindingDraft {
    let role = names[recreated.newRoleID]
    let trusting = orphans.filter { $0.principalID == recreated.oldRoleID }.compactMap(\.inRoleARN)
    let name = ARN(recreated.arn).map { String($0.resourceName) } ?? recreated.arn
    return FindingDraft(
      type: .recreatedRole, severity: trusting.isEmpty ? .low : .medium, confidence: .certain,
      group: recreated.newRoleID,
      role: role, accountID: role?.accountID, subject: recreated.arn,
      title: "The name \(name) is worn by another role than before.",
      pluralTitle: { "\($0) names are worn by other roles than before." },
      why: trusting.isEmpty
        ? "\(recreated.oldRoleID) is gone; \(recreated.newRoleID) has its name. Their uses and grants are kept apart."
        : "\(trusting.joined(separator: ", ")) \(trusting.count == 1 ? "trusts" : "trust") the one that is gone, not this one.",
      remedy: "Look at what names the role by its ARN: conditions let the new one in.",
      evidence: [
        Finding.Evidence(
          kind: "snapshot", id: recreated.newRoleID,
          text: "created \(recreated.newCreatedAt ?? "at an unknown time")")
      ])
  }
}

/// Days of which nothing is known.
struct CoverageFindings {
  let period: ReviewPeriod

  func drafts(_ account: AccountResult) -> [FindingDraft] {
    guard account.coveredDays < period.days else { return [] }
    let stopped = account.gaps.filter { $0.cause == "logging-stopped" }
    let days = period.days - account.coveredDays
    let runs = account.gaps.prefix(5).map {
      $0.firstDay == $0.lastDay ? "on \($0.firstDay)" : "from \($0.firstDay) to \($0.lastDay)"
    }
    let rest = account.gaps.count > 5 ? ", and \(account.gaps.count - 5) times more" : ""
    return [
      FindingDraft(
        type: .coverageGap, severity: !stopped.isEmpty ? .high : .medium, confidence: .certain,
        group: account.accountID,
        role: nil, accountID: account.accountID, subject: account.accountID,
        title: !stopped.isEmpty
          ? "Logging in \(account.accountID) stood still on \(days) of \(period.days) days."
          : "Nothing was delivered from \(account.accountID) on \(days) of \(period.days) days.",
        pluralTitle: { "\($0) accounts have days without records." },
        why: runs.isEmpty
          ? "No trail of it was imported."
          : "Nobody can say what happened \(runs.joined(separator: ", "))\(rest).",
        remedy: stopped.isEmpty
          ? "Import the missing files, if they exist."
          : "Have the reason written down; forbid stopping the trail.",
        evidence: account.gaps.map {
          Finding.Evidence(
            kind: "coverage", id: "\($0.firstDay)/\($0.lastDay)",
            text: "\($0.cause), \($0.days) \($0.days == 1 ? "day" : "days")")
        })
    ]
  }
}
