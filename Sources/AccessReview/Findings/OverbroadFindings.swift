import ActionCatalog
import IAMIdentifiers
import IAMPolicy

/// Grants that reach further than anybody can have meant.
struct OverbroadFindings {
  let catalog: CatalogUniverse

  func drafts(_ reviewed: ReviewedRole) -> [FindingDraft] {
    let role = reviewed.result
    guard !role.isServiceLinked else { return [] }
    var drafts: [FindingDraft] = []
    for policy in reviewed.grants.policies {
      for statement in policy.document?.statements ?? [] where statement.effect == .allow {
        if let draft = draft(role, policy, statement) { drafts.append(draft) }
      }
    }
    if role.isAdministrator {
      let statements = drafts.flatMap(\.evidence)
      drafts = drafts.filter { $0.type == .allowNotAction }
      drafts.append(administrator(role, evidence: statements, policies: reviewed.grants.policies))
    } else if let draft = passRole(reviewed) {
      drafts.append(draft)
    }
    return drafts
  }

  private func administrator(
    _ role: RoleResult, evidence: [Finding.Evidence], policies: [PrincipalGrants.Policy]
  )
    -> FindingDraft
  {
    let isBounded = role.boundaryARN != nil
    let identity = policies.map { $0.arn ?? $0.name }.joined(separator: ", ")
    return FindingDraft(
      type: .adminEquivalent, severity: isBounded ? .medium : .high, confidence: .certain, group: role.roleID,
      role: role,
      accountID: role.accountID, subject: role.arn,
      title: "\(role.name) may do (nearly) everything in \(role.accountID).",
      pluralTitle: { "\($0) roles may do (nearly) everything." },
      why: "\(identity) \(policies.count == 1 ? "grants" : "grant") it. "
        + (role.isIdentityCenter
          ? "People enter it through IAM Identity Center." : "Whoever enters it owns the account."),
      remedy: "Keep who may enter it few and named; give daily work smaller roles.",
      evidence: evidence.isEmpty ? policies.map { RoleEvidence.policy($0) } : evidence)
  }

  private func draft(_ role: RoleResult, _ policy: PrincipalGrants.Policy, _ statement: Statement)
    -> FindingDraft?
  {
    guard let actions = statement.actions else { return nil }
    let evidence = [RoleEvidence.statement(policy, statement)]
    let number = statement.index + 1
    let group = "\(policy.arn ?? "\(role.roleID) \(policy.name)") \(number)"
    switch actions {
    case .except:
      return FindingDraft(
        type: .allowNotAction, severity: .high, confidence: .certain, group: group, role: role,
        accountID: role.accountID,
        subject: "\(policy.arn ?? policy.name), statement \(number)",
        title: "\(role.name) is granted everything but a list, and so everything that AWS adds.",
        pluralTitle: { "\($0) roles are granted everything but a list, and so everything that AWS adds." },
        why: "Statement \(number) of \(policy.name) allows with NotAction.",
        remedy: "List what is needed in Action instead.", evidence: evidence)
    case .only(let patterns):
      let broad = patterns.filter { !$0.isLiteral }
      if broad.contains(where: { $0.wildcardKind == .everything }) {
        // Counted with what makes an administrator; here only its evidence is of use.
        return FindingDraft(
          type: .wildcardAction, severity: .high, confidence: .certain, group: group, role: role,
          accountID: role.accountID,
          subject: "\(policy.arn ?? policy.name), statement \(number)",
          title: "\(role.name) is granted every action.",
          pluralTitle: { "\($0) roles are granted every action." },
          why: "Statement \(number) of \(policy.name) allows *.", remedy: "List what is needed.",
          evidence: evidence)
      }
      let risky = broad.compactMap { pattern -> (String, Int)? in
        guard let service = pattern.servicePrefix else { return nil }
        let count = catalog.indices(ofService: service).count { index in
          let entry = catalog.entry(at: index)
          return pattern.matches(entry.name)
            && !entry.accessLevels.isDisjoint(with: [.write, .permissionsManagement, .tagging])
        }
        return count > 1 ? (pattern.description, count) : nil
      }
      guard !risky.isEmpty else { return nil }
      let total = risky.reduce(0) { $0 + $1.1 }
      let list = risky.map(\.0).joined(separator: ", ")
      return FindingDraft(
        type: .wildcardAction, severity: total > 20 ? .medium : .low, confidence: .certain, group: group,
        role: role,
        accountID: role.accountID, subject: "\(policy.arn ?? policy.name), statement \(number)",
        title: "\(role.name) is granted \(total) changing actions by wildcard: \(list).",
        pluralTitle: { "\($0) roles are granted \(total) changing actions by wildcard: \(list)." },
        why: "Statement \(number) of \(policy.name) also grants what AWS adds under \(list).",
        remedy: "Name the changing actions that are needed.", evidence: evidence)
    }
  }

  private func passRole(_ reviewed: ReviewedRole) -> FindingDraft? {
    let role = reviewed.result
    guard let name = ActionName("iam:PassRole"), let grant = reviewed.grants.grants.grant(for: name) else {
      return nil
    }
    let isPinned = grant.conditionKeys.contains { $0.lowercased() == "iam:passedtoservice" }
    let isEverywhere = grant.resourceScope == .all
    guard isEverywhere || !isPinned else { return nil }
    let evidence = grant.statements.filter { $0.effect == .allow }.compactMap {
      statement -> Finding.Evidence? in
      guard let policy = reviewed.grants.policy(statement.policy),
        let found = policy.document?.statements.first(where: { $0.index == statement.statementIndex })
      else { return nil }
      return RoleEvidence.statement(policy, found)
    }
    let passed =
      role.passedRoles.isEmpty
      ? "It passed none in the window." : "It passed \(Words.roles(role.passedRoles.count))."
    return FindingDraft(
      type: .passRoleAny, severity: isEverywhere && !isPinned ? .high : .medium, confidence: .certain,
      group: role.roleID,
      role: role, accountID: role.accountID, subject: role.arn,
      title: isEverywhere
        ? "\(role.name) may pass any role"
          + (isPinned ? " to the services that it names." : " to any service.")
        : "\(role.name) may pass roles to any service.",
      pluralTitle: { "\($0) roles may pass roles without limit." },
      why: "A service that is handed a role acts with its rights. \(passed)",
      remedy: isEverywhere
        ? "List the ARNs of the roles that it passes." : "Add a condition on iam:PassedToService.",
      evidence: evidence)
  }
}

/// Evidence that points into policies.
enum RoleEvidence {
  static func policy(_ policy: PrincipalGrants.Policy) -> Finding.Evidence {
    Finding.Evidence(
      kind: "statement", id: policy.sha256, text: "\(policy.attachment) policy \(policy.arn ?? policy.name)")
  }

  static func statement(_ policy: PrincipalGrants.Policy, _ statement: Statement) -> Finding.Evidence {
    let sid = statement.sid.map { " (\($0))" } ?? ""
    return Finding.Evidence(
      kind: "statement", id: policy.sha256,
      text:
        "statement \(statement.index + 1)\(sid) of the \(policy.attachment) policy \(policy.arn ?? policy.name)"
    )
  }
}
