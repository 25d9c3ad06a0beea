import AccessReview
import IAMPolicy

/// How much each of many principals may do.
struct PermissionCounts {
  private let principals: [EffectivePermissions]

  init(_ principals: [EffectivePermissions]) { self.principals = principals }

  var text: String {
    var table = TextTable(
      ["PRINCIPAL", "ACTIONS", "UNCONDITIONAL", "CONDITIONAL", "NARROWED", "UNKNOWN", "NOTE"],
      rightAligned: [1, 2, 3, 4, 5])
    for principal in principals {
      let counts = principal.counts
      table.add(
        [principal.arn]
          + [counts.all, counts.unconditional, counts.conditional, counts.narrowed, counts.unknown]
          .map { String($0) } + [note(on: principal)])
    }
    return table.lines().joined(separator: "\n") + "\n"
  }

  private func note(on principal: EffectivePermissions) -> String {
    var notes: [String] = []
    if !principal.isSnapshotComplete { notes.append("snapshot not complete") }
    if !principal.unknowns.isEmpty { notes.append("not wholly known") }
    return notes.joined(separator: "; ")
  }
}

/// What one principal may do.
struct PermissionList {
  private let principal: EffectivePermissions
  private var table = TextTable(["ACTION", "KIND", "ON", "DEPENDS ON", "NARROWED BY", "STATEMENTS"])

  init(_ principal: EffectivePermissions, _ patterns: [ActionPattern]) {
    self.principal = principal
    for permission in principal.permissions(patterns) {
      let grant = permission.grant
      table.add([
        grant.action.description, grant.kind.code, PermissionList.resources(of: permission),
        grant.conditionKeys.joined(separator: " "), grant.limitedBy.map(\.rawValue).joined(separator: " "),
        permission.statements.map(PermissionList.words).joined(separator: "; "),
      ])
    }
  }

  var isEmpty: Bool { table.isEmpty }

  var lines: [String] {
    var lines = ["\(principal.arn), as of \(principal.snapshotTakenAt)"]
    if !principal.isSnapshotComplete {
      lines.append("The snapshot is not complete: there may be policies that it does not have.")
    }
    lines += principal.unknowns.map { "Not known: \($0)." }
    lines = lines.map { TerminalLine.escaped(TextTable.cut($0)) }
    return lines + (isEmpty ? ["  Nothing."] : table.lines(indent: "  "))
  }

  private static func resources(of permission: EffectivePermission) -> String {
    let grant = permission.grant
    let all = grant.resources + grant.exceptResources.map { "all but \($0)" }
    return all.count > 2 ? "\(all[0]) and \(all.count - 1) more" : all.joined(separator: ", ")
  }

  private static func words(_ statement: StatementResult) -> String {
    let group = statement.group.map { "group \($0), " } ?? ""
    let effect = statement.effect == "allow" ? "" : "\(statement.effect) by "
    let kind =
      ["service-control-policy": "SCP ", "resource-control-policy": "RCP "][statement.attachment] ?? ""
    return "\(effect)\(group)\(kind)\(statement.policyName) #\(statement.statement)"
  }
}

extension JSONLine {
  /// A permission as a line of a list.
  init(_ permission: EffectivePermission, of principal: EffectivePermissions) {
    let grant = permission.grant
    self.init()
    member("account", principal.account)
    member("principalKind", principal.kind)
    member("principalId", principal.id)
    member("principalArn", principal.arn)
    member("action", grant.action.description)
    member("kind", grant.kind.code)
    member("conditionKeys", grant.conditionKeys)
    member("limitedBy", grant.limitedBy.map(\.rawValue))
    member("resourceScope", grant.resourceScope.rawValue)
    member("resources", grant.resources)
    member("notResources", grant.exceptResources)
    member("statements", permission.statements.map(JSONLine.init))
  }

  private init(_ statement: StatementResult) {
    self.init()
    member("attachment", statement.attachment)
    member("group", statement.group)
    member("policyArn", statement.policyARN)
    member("policyName", statement.policyName)
    member("statement", statement.statement)
    member("sid", statement.sid)
    member("effect", statement.effect)
  }
}
