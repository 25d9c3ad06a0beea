import EvidenceStore
import Foundation
import IAMIdentifiers

/// Who every principal is: by its unique id, with the names it wore, when it was made and whether it still lives.
struct PrincipalLedger {
  private(set) var states: [PrincipalState] = []
  private(set) var aliases: [RoleAlias] = []

  init(record: EvidenceStore.PrincipalRecord, snapshots: [SnapshotContent]) {
    var ledger: [String: PrincipalState] = [:]
    func entry(_ id: String, kind: String) -> PrincipalState {
      ledger[id] ?? PrincipalState(principalID: id, kind: kind)
    }

    for principal in record.principals {
      var state = entry(principal.principalID, kind: principal.kind)
      state.firstSeen = principal.firstSeen
      state.lastSeen = principal.lastSeen
      ledger[principal.principalID] = state
    }
    // The name that was worn last is the one that is shown.
    for name in record.names.sorted(by: { ($0.last, $0.arn) < ($1.last, $1.arn) }) {
      guard var state = ledger[name.principalID] else { continue }
      state.wear(name.arn, account: name.account)
      ledger[name.principalID] = state
    }
    for event in record.lifecycle { PrincipalLedger.apply(event, to: &ledger) }
    for content in snapshots { PrincipalLedger.apply(content, to: &ledger) }
    PrincipalLedger.bury(record.lifecycle, &ledger)
    let complete = Set(snapshots.filter(\.snapshot.isComplete).map(\.snapshot.account))
    let times = Dictionary(
      snapshots.map { ($0.snapshot.account, $0.snapshot.takenAt) }, uniquingKeysWith: max)
    for (id, state) in ledger where state.state == "unknown" && (state.kind == "role" || state.kind == "user")
    {
      // A complete snapshot without it says that it is gone, if it was seen before the snapshot was taken.
      guard let account = state.account, complete.contains(account), let taken = times[account] else {
        continue
      }
      if let seen = [state.lastSeen, state.createdAt].compactMap({ $0 }).max(), seen > taken { continue }
      ledger[id]?.state = "deleted"
    }
    states = ledger.values.sorted { $0.principalID < $1.principalID }
    aliases = PrincipalLedger.aliases(states, snapshots)
  }

  private static func apply(_ event: LifecycleEvent, to ledger: inout [String: PrincipalState]) {
    let (id, arn, kind): (String?, String?, String) =
      switch event.eventName {
      case "CreateRole", "CreateServiceLinkedRole":
        (event.parameters["role.roleId"], event.parameters["role.arn"], "role")
      case "CreateUser": (event.parameters["user.userId"], event.parameters["user.arn"], "user")
      default: (nil, nil, "")
      }
    guard let id, !id.isEmpty else { return }
    var state = ledger[id] ?? PrincipalState(principalID: id, kind: kind)
    if let arn { state.wear(arn, account: event.account) }
    state.createdAt = event.time
    state.createdSource = "event"
    ledger[id] = state
  }

  private static func apply(_ content: SnapshotContent, to ledger: inout [String: PrincipalState]) {
    for principal in content.principals where principal.kind != "group" {
      var state =
        ledger[principal.principalID]
        ?? PrincipalState(principalID: principal.principalID, kind: principal.kind)
      state.wear(principal.arn, account: content.snapshot.account)
      if !principal.name.isEmpty { state.name = principal.name }
      state.path = principal.path
      state.state = "live"
      if let created = principal.createdAt {
        state.createdAt = created
        state.createdSource = "snapshot"
      }
      state.iamLastUsed = principal.lastUsedAt
      state.iamLastUsedRegion = principal.lastUsedRegion
      state.boundaryARN = principal.boundaryARN
      state.tags = principal.tags
      state.snapshotAt = content.snapshot.takenAt
      state.trustPolicySHA256 = principal.trust?.sha256
      ledger[principal.principalID] = state
    }
  }

  /// Sessions outlive their role, and may call in vain: twelve hours at most.
  private static let longestSession: Int64 = 12 * 3_600

  /// `DeleteRole` names a role by its name: the one that wore it then, which was made before and is not deleted yet.
  private static func bury(_ events: [LifecycleEvent], _ ledger: inout [String: PrincipalState]) {
    for event in events where event.eventName == "DeleteRole" || event.eventName == "DeleteUser" {
      let kind = event.eventName == "DeleteRole" ? "role" : "user"
      guard let name = event.parameters[kind == "role" ? "roleName" : "userName"] else { continue }
      let wearers = ledger.values.filter { state in
        state.kind == kind && state.name == name && state.account == event.account && state.deletedAt == nil
          && (state.state != "live" || state.snapshotAt ?? Int64.max < event.time)
          && (state.createdAt ?? Int64.min) <= event.time
          && (state.lastSeen ?? Int64.min) <= event.time + PrincipalLedger.longestSession
      }
      guard
        let wearer = wearers.max(by: {
          ($0.lastSeen ?? 0, $0.principalID) < ($1.lastSeen ?? 0, $1.principalID)
        })
      else {
        continue
      }
      ledger[wearer.principalID]?.state = "deleted"
      ledger[wearer.principalID]?.deletedAt = event.time
    }
  }

  private static func aliases(_ states: [PrincipalState], _ snapshots: [SnapshotContent]) -> [RoleAlias] {
    var found: [String: RoleAlias] = [:]
    func add(_ alias: RoleAlias) { found["\(alias.form) \(alias.account) \(alias.alias)"] = alias }
    // Living roles come last, and so win over those that wore the name before.
    let order = states.filter { $0.kind == "role" }.sorted {
      ($0.state == "live" ? 1 : 0, $0.lastSeen ?? 0, $0.principalID) < (
        $1.state == "live" ? 1 : 0, $1.lastSeen ?? 0, $1.principalID
      )
    }
    for state in order {
      guard let arn = state.arn, let account = state.account else { continue }
      add(RoleAlias(account: account, form: "role-arn", alias: arn, roleID: state.principalID, roleARN: arn))
      guard let name = state.name else { continue }
      // Some services take a name with its path: `service-role/name`.
      let path = (state.path ?? "/").drop { $0 == "/" }
      for alias in Set([name, path + name]) {
        add(
          RoleAlias(
            account: account, form: "role-name", alias: alias, roleID: state.principalID, roleARN: arn))
      }
    }
    let arns = Dictionary(states.map { ($0.principalID, $0.arn) }, uniquingKeysWith: { first, _ in first })
    for content in snapshots {
      for profile in content.instanceProfiles {
        guard let arn = arns[profile.roleID] ?? nil else { continue }
        let account = content.snapshot.account
        add(
          RoleAlias(
            account: account, form: "instance-profile-arn", alias: profile.arn, roleID: profile.roleID,
            roleARN: arn))
        add(
          RoleAlias(
            account: account, form: "instance-profile-name", alias: profile.name, roleID: profile.roleID,
            roleARN: arn))
        // Parameters that are called roles may take a profile.
        guard found["role-name \(account) \(profile.name)"] == nil else { continue }
        add(
          RoleAlias(
            account: account, form: "role-name", alias: profile.name, roleID: profile.roleID, roleARN: arn))
      }
    }
    return found.values.sorted { ($0.form, $0.alias, $0.account) < ($1.form, $1.alias, $1.account) }
  }
}

extension PrincipalState {
  /// Takes over a name, and what follows from it.
  fileprivate mutating func wear(_ arn: String, account: String) {
    guard !arn.isEmpty else {
      if !account.isEmpty { self.account = self.account ?? account }
      return
    }
    self.arn = arn
    guard let parsed = ARN(arn) else {
      if !account.isEmpty { self.account = account }
      return
    }
    self.account = parsed.accountID?.description ?? (account.isEmpty ? nil : account)
    name = String(parsed.resourceName)
    path = String(parsed.path)
    isServiceLinked = parsed.path.hasPrefix("/aws-service-role/")
    isIdentityCenter = parsed.path.hasPrefix("/aws-reserved/sso.amazonaws.com/")
  }
}
