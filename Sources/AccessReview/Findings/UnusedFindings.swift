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
      guard let place = permission.statements.first(where: { role.statements[$0].effect == "allow" }) else { continue }
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
      drafts.append(draft(role, statement, permissions, passesRoles: passesRoles))
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

  private func draft(
    _ role: RoleResult, _ statement: StatementResult, _ permissions: [PermissionResult], passesRoles: Bool
  ) -> FindingDraft {
    let further = escalating(permissions, passesRoles)
    let place = "statement \(statement.statement) of \(statement.policyName)"
    // Roles that share a managed policy and leave the same of it unused are one decision.
    let group =
      statement.policyARN.map { "\($0) \(statement.statement) \(permissions.map(\.action).joined(separator: " "))" }
      ?? "\(role.roleID) \(statement.policyName) \(statement.statement)"
    let (what, why) = words(permissions, further)
    return FindingDraft(
      type: further.isEmpty ? .unusedAction : .unusedPrivilege, severity: severity(permissions, further),
      confidence: .high, group: group, role: role, accountID: role.accountID,
      subject: "\(statement.policyARN ?? role.arn), statement \(statement.statement)",
      title: "\(role.name) may \(what) and did not, as far as seen in \(period.days) days.",
      pluralTitle: { "\($0) roles, \(role.name) and its like, may \(what) and did not, as far as seen in \(period.days) days." },
      why: why, remedy: remedy(permissions, place), actions: permissions.map(Finding.FindingAction.init),
      evidence: [
        Finding.Evidence(kind: "statement", id: statement.policySHA256, text: place),
        Finding.Evidence(kind: "coverage", id: role.accountID, text: permissions[0].reason),
      ])
  }

  private func attachment(_ role: RoleResult, _ arn: String, _ permissions: [PermissionResult], passesRoles: Bool)
    -> FindingDraft
  {
    let further = escalating(permissions, passesRoles)
    let name = ARN(arn).map { String($0.resourceName) } ?? arn
    let hash = role.statements.first { $0.policyARN == arn }?.policySHA256 ?? ""
    return FindingDraft(
      type: .unusedAttachment, severity: severity(permissions, further), confidence: .high, group: "\(role.roleID) \(arn)",
      role: role, accountID: role.accountID, subject: arn,
      title: "\(role.name) used nothing of the policy \(name), as far as seen in \(period.days) days.",
      pluralTitle: { "\($0) roles used nothing of the policy \(name), as far as seen in \(period.days) days." },
      why: "It grants \(Words.permissions(permissions.count)), all of them unused.",
      remedy: "Detach \(name): the smallest change that can be undone.", actions: permissions.map(Finding.FindingAction.init),
      evidence: [Finding.Evidence(kind: "statement", id: hash, text: "the attachment of \(arn)")])
  }

  private func escalating(_ permissions: [PermissionResult], _ passesRoles: Bool) -> [PermissionResult] {
    permissions.filter { permission in
      ActionName(permission.action).map { PrivilegeEscalation.leadsFurther($0, passesRoles: passesRoles) } ?? false
    }
  }

  private func severity(_ permissions: [PermissionResult], _ further: [PermissionResult]) -> Severity {
    if !further.isEmpty || permissions.contains(where: { $0.accessLevel == "permissions-management" }) { return .high }
    return permissions.contains { $0.accessLevel == "write" || $0.accessLevel == "tagging" } ? .medium : .low
  }

  private func words(_ permissions: [PermissionResult], _ further: [PermissionResult]) -> (what: String, why: String) {
    let first = (further.first ?? permissions[0]).action
    let what = permissions.count == 1 ? "call \(first)" : "call \(first) and \(permissions.count - 1) more"
    if !further.isEmpty {
      let list = further.map(\.action).joined(separator: ", ")
      return (what, "\(list): with \(further.count == 1 ? "it" : "these") a role can reach further than its own rights.")
    }
    let changing = permissions.count { $0.accessLevel != "read" && $0.accessLevel != "list" }
    return (
      what,
      changing == 0
        ? "It could only look; nothing can be changed with it."
        : "\(changing) of \(permissions.count) can change something."
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
