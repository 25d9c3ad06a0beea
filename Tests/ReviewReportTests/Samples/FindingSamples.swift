@testable import AccessReview

/// Findings and orphans for tests.
enum FindingSamples {
  static func finding(
    _ id: String, _ type: FindingType, _ severity: Severity, score: Int, role: String?, title: String,
    actions: [Finding.FindingAction] = [], members: [String] = []
  ) -> Finding {
    Finding(
      id: id, type: type, severity: severity, confidence: .high, score: score, accountID: "111122223333",
      roleID: role, roleARN: nil, subject: "inline policy, statement 2", title: title,
      why: "Without the trail, nothing else in this report could be known.", remedy: "Remove statement 2.",
      actions: actions,
      evidence: [
        .init(kind: "coverage", id: "2026-08-03/2026-10-31", text: "Seen on 90 of 90 days."),
        .init(kind: "statement", id: RoleSamples.hash("1"), text: "Inline policy, statement 2."),
      ], members: members)
  }

  static var all: [Finding] {
    let stop = Finding.FindingAction(action: "cloudtrail:StopLogging", accessLevel: "write", verdict: .unused)
    return [
      finding(
        "F-0001", .attemptedDenied, .critical, score: 94, role: ReviewSamples.audit,
        title: "security-audit asked three times to stop the trail and was refused."),
      finding(
        "F-0002", .unusedPrivilege, .high, score: 83, role: ReviewSamples.platform,
        title: "platform-automation may stop the trail and never asked to, as far as seen in 90 days.",
        actions: [stop]),
      finding(
        "F-0003", .passRoleAny, .high, score: 79, role: ReviewSamples.deployer,
        title: "github-deployer may pass any role.",
        members: [ReviewSamples.deployer, ReviewSamples.platform, "AROAGONE0000000000001"]),
      finding(
        "F-0004", .adminEquivalent, .high, score: 78, role: ReviewSamples.administrator,
        title: "Administrator holds every action."),
      finding(
        "F-0005", .coverageGap, .high, score: 77, role: nil,
        title: "Logging in 777788889999 was stopped for five days."),
      finding(
        "F-0006", .orphanedPrincipal, .medium, score: 60, role: nil,
        title: "A trust policy names the id of a role that is gone."),
      finding(
        "F-0007", .unusedAttachment, .low, score: 20, role: nil,
        title: "A managed policy is attached to nobody who uses it."),
      finding(
        Hostile.attribute, .unusedAction, .low, score: 10, role: ReviewSamples.hostile,
        title: "\(Hostile.script) \(Hostile.attribute) \(Hostile.override) \(Hostile.template)",
        actions: [.init(action: Hostile.script, accessLevel: Hostile.attribute, verdict: .unused)],
        members: Hostile.all),
    ]
  }

  static var orphans: [OrphanedPrincipal] {
    let resolutions = ["observed", "created", "snapshot", "inferred", "candidates", "unknown"]
    return resolutions.enumerated().map { position, resolution in
      let isKnown = position < 4
      return OrphanedPrincipal(
        principalID: "AROAORPHAN0000000000\(position)", principalKind: "role",
        state: isKnown ? "gone" : "unknown",
        homeAccountID: "111122223333", homeImported: position != 5,
        resolvedARN: isKnown ? "arn:aws:iam::111122223333:role/ci/deploy-\(position)" : nil,
        resolution: resolution,
        candidateARNs: resolution == "candidates"
          ? ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"] : [],
        evidenceKind: isKnown ? "event" : nil,
        evidenceID: isKnown ? "abababab-0000-4000-8000-00000000000\(position)" : nil,
        namesakePrincipalID: position == 0 ? "AROA00000000000DEPL01" : nil, accountID: "444455556666",
        policyKind: "trust-policy", inRoleID: position == 0 ? "AROA00000000000DEPL02" : nil,
        inRoleARN: "arn:aws:iam::444455556666:role/shared/consumer-\(position)", statement: 1, sid: nil,
        element: "principal", lastEnteredAt: position == 0 ? "2026-09-13T00:00:00Z" : nil)
    }
  }
}
