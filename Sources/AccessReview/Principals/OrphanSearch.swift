import EvidenceStore
import IAMIdentifiers
import IAMPolicy

/// Finds unique ids of principals that are gone in trust policies, and who they were.
///
/// AWS shows a living principal in `Principal` by its ARN; an id there is of somebody who was deleted.
/// Source: "AWS JSON policy elements: Principal", IAM User Guide.
struct OrphanSearch {
  private let states: [String: PrincipalState]
  private let names: [String: SeenName]
  private let lifecycle: [LifecycleEvent]
  private let snapshots: [SnapshotContent]
  private let older: [String: (arn: String, hash: String)]
  private let firstEvent: (String) throws -> String?

  /// - Parameters:
  ///   - snapshots: the chosen ones, one for each account.
  ///   - older: principals in all stored snapshots: id → ARN and the snapshot's hash.
  ///   - firstEvent: the id of a principal's first event.
  init(
    ledger: PrincipalLedger, record: EvidenceStore.PrincipalRecord, snapshots: [SnapshotContent],
    older: [String: (arn: String, hash: String)], firstEvent: @escaping (String) throws -> String?
  ) {
    states = Dictionary(ledger.states.map { ($0.principalID, $0) }, uniquingKeysWith: { first, _ in first })
    names = Dictionary(
      record.names.map { ($0.principalID, $0) }, uniquingKeysWith: { $0.last > $1.last ? $0 : $1 })
    lifecycle = record.lifecycle
    self.snapshots = snapshots
    self.older = older
    self.firstEvent = firstEvent
  }

  func orphans(lastEntered: (String) -> Int64?) throws -> [OrphanedPrincipal] {
    let live = Set(snapshots.flatMap(\.principals).map(\.principalID))
    var found: [OrphanedPrincipal] = []
    for content in snapshots {
      for role in content.principals where role.kind == "role" {
        guard let trust = role.trust, trust.isJSON, let document = try? PolicyDocument(text: trust.text)
        else { continue }
        let policy = TrustPolicy(document)
        for trusted in policy.principals {
          guard case .uniqueID(let id) = trusted.principal, id.kind == .role || id.kind == .user else {
            continue
          }
          // Somebody may have written the id of a living principal, which AWS then shows until it is saved.
          guard !live.contains(id.description) else { continue }
          found.append(
            try orphan(
              id, in: role, content, statement: trusted.statementIndex, sid: trusted.sid,
              element: "principal",
              state: "gone", lastEntered: lastEntered))
        }
        for identity in policy.conditionIdentities {
          guard let id = identity.uniqueID, !identity.isNegated, !live.contains(id.description) else {
            continue
          }
          let home = states[id.description]?.account
          let isGone = home.map { account in
            snapshots.contains { $0.snapshot.account == account && $0.snapshot.isComplete }
          }
          found.append(
            try orphan(
              id, in: role, content, statement: identity.statementIndex, sid: identity.sid,
              element: "condition",
              state: isGone == true ? "gone" : "unknown", lastEntered: lastEntered))
        }
      }
    }
    return found.sorted {
      ($0.principalID, $0.inRoleID ?? "", $0.statement, $0.element) < (
        $1.principalID, $1.inRoleID ?? "", $1.statement, $1.element
      )
    }
  }

  private func orphan(
    _ id: PrincipalID, in role: SnapshotPrincipal, _ content: SnapshotContent, statement: Int, sid: String?,
    element: String, state: String, lastEntered: (String) -> Int64?
  ) throws -> OrphanedPrincipal {
    let (arn, resolution, candidates, evidence) = try resolve(id.description, trustedBy: role, content)
    let home = arn.flatMap { ARN($0)?.accountID?.description } ?? states[id.description]?.account
    let namesake = arn.flatMap { arn in
      snapshots.flatMap(\.principals).first { $0.arn == arn && $0.principalID != id.description }?.principalID
    }
    return OrphanedPrincipal(
      principalID: id.description, principalKind: id.kind == .role ? "role" : "user", state: state,
      homeAccountID: home,
      homeImported: home.map { account in snapshots.contains { $0.snapshot.account == account } } ?? false,
      resolvedARN: arn, resolution: resolution, candidateARNs: candidates, evidenceKind: evidence?.kind,
      evidenceID: evidence?.id, namesakePrincipalID: namesake, accountID: content.snapshot.account,
      policyKind: "trust-policy", inRoleID: role.principalID, inRoleARN: role.arn, statement: statement + 1,
      sid: sid,
      element: element, lastEnteredAt: lastEntered(role.principalID).map { UTCTime(seconds: $0).description })
  }

  private typealias Answer = (
    arn: String?, resolution: String, candidates: [String], evidence: (kind: String, id: String)?
  )

  private func resolve(_ id: String, trustedBy role: SnapshotPrincipal, _ content: SnapshotContent) throws
    -> Answer
  {
    let creation = lifecycle.first {
      $0.parameters["role.roleId"] == id || $0.parameters["user.userId"] == id
    }
    if let creation, let arn = creation.parameters["role.arn"] ?? creation.parameters["user.arn"] {
      return (arn, "created", [], ("event", creation.eventID))
    }
    if let name = names[id] {
      return (name.arn, "observed", [], try firstEvent(id).map { ("event", $0) })
    }
    if let snapshot = older[id] { return (snapshot.arn, "snapshot", [], ("snapshot", snapshot.hash)) }
    let (candidates, event) = candidates(for: role, account: content.snapshot.account)
    if candidates.count == 1, let event { return (candidates[0], "inferred", candidates, ("event", event)) }
    if !candidates.isEmpty { return (nil, "candidates", candidates, event.map { ("event", $0) }) }
    return (nil, "unknown", [], nil)
  }

  /// ARNs that stood in the role's trust policy before and have vanished from it since.
  private func candidates(for role: SnapshotPrincipal, account: String) -> (arns: [String], event: String?) {
    let now = Set(trustedARNs(in: role.trust?.text ?? ""))
    var before: Set<String> = []
    var last: String?
    for event in lifecycle where event.account == account && event.parameters["roleName"] == role.name {
      guard let text = event.parameters["assumeRolePolicyDocument"] ?? event.parameters["policyDocument"]
      else { continue }
      guard event.eventName == "CreateRole" || event.eventName == "UpdateAssumeRolePolicy" else { continue }
      let arns = trustedARNs(in: text)
      if !arns.isEmpty { last = event.eventID }
      before.formUnion(arns)
    }
    // Who has been resolved otherwise, or still lives, is no candidate.
    let known = Set(snapshots.flatMap(\.principals).map(\.arn))
    return (before.subtracting(now).subtracting(known).sorted(), last)
  }

  private func trustedARNs(in text: String) -> [String] {
    guard let document = try? PolicyDocument(text: text) else { return [] }
    return TrustPolicy(document).principals.compactMap { trusted in
      switch trusted.principal {
      case .role(let arn), .user(let arn): arn.description
      default: nil
      }
    }
  }
}
