import IAMIdentifiers

/// Permissions that nobody uses, by the statement that one would change.
struct UnusedFindings {
  let period: ReviewPeriod

  func drafts(_ reviewed: ReviewedRole) -> [FindingDraft] {
    let role = reviewed.result
    // Of a role that sleeps the role is the decision; an administrator's actions are none that anybody could list.
    guard role.dormancy == nil, !role.isAdministrator, !role.isServiceLinked else { return [] }
    let unused = role.permissions.filter { $0.verdict == .unused }
    guard !unused.isEmpty else { return [] }
    let whole = wholePolicies(role)
    var byPlace: [Int: [PermissionResult]] = [:]
    for permission in unused {
      // A permission that several statements grant stays with the first: removing it means changing all of them.
      guard let place = permission.statements.first(where: { role.statements[$0].effect == "allow" }) else {
        continue
      }
      byPlace[place, default: []].append(permission)
    }
    let passesRoles = role.permissions.contains { $0.action.lowercased() == "iam:passrole" }
    var detached: [String: [PermissionResult]] = [:]
    var drafts: [FindingDraft] = []
    for (place, permissions) in byPlace.sorted(by: { $0.key < $1.key }) {
      let statement = role.statements[place]
      if let arn = statement.policyARN, whole.contains(arn) {
        detached[arn, default: []] += permissions
        continue
      }
      let further = escalating(permissions, passesRoles)
      let others = permissions.filter { permission in !further.contains(permission) }
      if !further.isEmpty { drafts.append(privilege(role, statement, further)) }
      if !others.isEmpty { drafts.append(draft(role, statement, others)) }
    }
    for (arn, permissions) in detached.sorted(by: { $0.key < $1.key }) {
      drafts.append(attachment(role, arn, permissions, passesRoles: passesRoles))
    }
    return drafts
  }

  /// Managed policies of which every granted action is unused.
  private func wholePolicies(_ role: RoleResult) -> Set<String> {
    var all: [String: Bool] = [:]
    for permission in role.permissions {
      for statement in permission.statements.map({ role.statements[$0] }) {
        guard statement.attachment == "managed", let arn = statement.policyARN else { continue }
        all[arn] = (all[arn] ?? true) && permission.verdict == .unused
      }
    }
    return Set(all.filter(\.value).keys)
  }

  /// Roles that leave the same dangerous actions unused are one decision, whatever policies they stand in.
  private func privilege(_ role: RoleResult, _ statement: StatementResult, _ permissions: [PermissionResult])
    -> FindingDraft
  {
    let list = permissions.map(\.action).joined(separator: ", ")
    let short =
      permissions.count <= 3
      ? list
      : permissions.prefix(2).map(\.action).joined(separator: ", ") + " and \(permissions.count - 2) more"
    let place = "statement \(statement.statement) of the policy \(statement.policyName)"
    return FindingDraft(
      type: .unusedPrivilege, severity: .high, confidence: confidence(permissions), group: list, role: role,
      accountID: role.accountID,
      subject: "\(statement.policyARN ?? role.arn), statement \(statement.statement)",
      title: "\(role.name) may call \(short) and did not, as far as seen in \(period.days) days.",
      pluralTitle: {
        "\($0) roles, \(role.name) among them, may call \(short) and did not, as far as seen in \(period.days) days."
      },
      why: permissions.allSatisfy { $0.accessLevel == "permissions-management" }
        ? "\(permissions.count == 1 ? "It changes" : "They change") who may do what."
        : "With \(permissions.count == 1 ? "it" : "these") a role can reach further than its own rights.",
      remedy: remedy(permissions, place),
      pluralRemedy: {
        "Remove \(permissions.count == 1 ? "it" : "these") from the policies of \($0) roles in one change."
      }, actions: permissions.map(Finding.FindingAction.init),
      evidence: evidence(role, statement, permissions, place))
  }

  private func draft(_ role: RoleResult, _ statement: StatementResult, _ permissions: [PermissionResult])
    -> FindingDraft
  {
    let place = "statement \(statement.statement) of the policy \(statement.policyName)"
    // Roles that share a managed policy and leave the same of it unused are one decision.
    let group =
      statement.policyARN.map {
        "\($0) \(statement.statement) \(permissions.map(\.action).joined(separator: " "))"
      }
      ?? "\(role.roleID) \(statement.policyName) \(statement.statement)"
    let (what, why) = words(permissions)
    return FindingDraft(
      type: .unusedAction, severity: severity(permissions, []), confidence: confidence(permissions),
      group: group, role: role,
      accountID: role.accountID,
      subject: "\(statement.policyARN ?? role.arn), statement \(statement.statement)",
      title: "\(role.name) may \(what) and did not, as far as seen in \(period.days) days.",
      pluralTitle: {
        "\($0) roles, \(role.name) among them, may \(what) and did not, as far as seen in \(period.days) days."
      },
      why: why, remedy: remedy(permissions, place), actions: permissions.map(Finding.FindingAction.init),
      evidence: evidence(role, statement, permissions, place))
  }

  private func evidence(
    _ role: RoleResult, _ statement: StatementResult, _ permissions: [PermissionResult], _ place: String
  ) -> [Finding.Evidence] {
    [
      Finding.Evidence(kind: "statement", id: statement.policySHA256, text: "\(role.name): \(place)"),
      Finding.Evidence(kind: "coverage", id: role.accountID, text: permissions[0].reason),
    ] + assumptions(role, permissions)
  }

  /// What the user declared to have been recorded, where verdicts rest on it.
  private func assumptions(_ role: RoleResult, _ permissions: [PermissionResult]) -> [Finding.Evidence] {
    let assumed = permissions.filter { $0.basis == "assumed" }
    guard !assumed.isEmpty else { return [] }
    return [
      Finding.Evidence(
        kind: "assumption", id: role.accountID,
        text:
          "of \(Words.permissions(permissions.count)), \(assumed.count) rest on recording that is assumed, not proven"
      )
    ]
  }

  private func confidence(_ permissions: [PermissionResult]) -> Confidence {
    permissions.contains { $0.basis == "assumed" } ? .medium : .high
  }

  private func attachment(
    _ role: RoleResult, _ arn: String, _ permissions: [PermissionResult], passesRoles: Bool
  )
    -> FindingDraft
  {
    let further = escalating(permissions, passesRoles)
    let name = ARN(arn).map { String($0.resourceName) } ?? arn
    let hash = role.statements.first { $0.policyARN == arn }?.policySHA256 ?? ""
    return FindingDraft(
      type: .unusedAttachment, severity: severity(permissions, further), confidence: confidence(permissions),
      group: "\(role.roleID) \(arn)",
      role: role, accountID: role.accountID, subject: arn,
      title: "\(role.name) used nothing of the policy \(name), as far as seen in \(period.days) days.",
      pluralTitle: {
        "\($0) roles used nothing of the policy \(name), as far as seen in \(period.days) days."
      },
      why: "It grants \(Words.permissions(permissions.count)), all of them unused.",
      remedy: "Detach \(name): the smallest change that can be undone.",
      actions: permissions.map(Finding.FindingAction.init),
      evidence: [Finding.Evidence(kind: "statement", id: hash, text: "the attachment of \(arn)")]
        + assumptions(role, permissions))
  }

  private func escalating(_ permissions: [PermissionResult], _ passesRoles: Bool) -> [PermissionResult] {
    permissions.filter { permission in
      if permission.accessLevel == "permissions-management" { return true }
      return ActionName(permission.action).map {
        PrivilegeEscalation.leadsFurther($0, passesRoles: passesRoles)
      } ?? false
    }
  }

  private func severity(_ permissions: [PermissionResult], _ further: [PermissionResult]) -> Severity {
    if !further.isEmpty || permissions.contains(where: { $0.accessLevel == "permissions-management" }) {
      return .high
    }
    return permissions.contains { $0.accessLevel == "write" || $0.accessLevel == "tagging" } ? .medium : .low
  }

  private func words(_ permissions: [PermissionResult]) -> (what: String, why: String) {
    let first = permissions[0].action
    let what = permissions.count == 1 ? "call \(first)" : "call \(first) and \(permissions.count - 1) more"
    let changing = permissions.count { $0.accessLevel != "read" && $0.accessLevel != "list" }
    if changing == 0 { return (what, "It could only look; nothing can be changed with it.") }
    return (
      what,
      permissions.count == 1
        ? "It can change something." : "\(changing) of \(permissions.count) can change something."
    )
  }

  private func remedy(_ permissions: [PermissionResult], _ place: String) -> String {
    permissions.count == 1 ? "Remove it from \(place)." : "Remove these \(permissions.count) from \(place)."
  }
}

extension Finding.FindingAction {
  init(_ permission: PermissionResult) {
    self.init(action: permission.action, accessLevel: permission.accessLevel, verdict: permission.verdict)
  }
}
