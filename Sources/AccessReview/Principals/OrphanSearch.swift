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
          let isGone = states[id.description]?.state == "deleted"
          found.append(
            try orphan(
              id, in: role, content, statement: identity.statementIndex, sid: identity.sid,
              element: "condition",
              state: isGone ? "gone" : "unknown", lastEntered: lastEntered))
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
    let (candidates, event) = try candidates(for: id, in: role, account: content.snapshot.account)
    if candidates.count == 1, let event, unresolved(like: id, in: role).count == 1 {
      return (candidates[0], "inferred", candidates, ("event", event))
    }
    if !candidates.isEmpty { return (nil, "candidates", candidates, event.map { ("event", $0) }) }
    return (nil, "unknown", [], nil)
  }

  /// Ids of one kind in a trust policy of which no event and no snapshot tells who they were.
  private func unresolved(like id: String, in role: SnapshotPrincipal) -> [String] {
    orphanIDs(in: role).filter { other in
      other.prefix(4) == id.prefix(4) && knownARN(of: other) == nil
    }
  }

  private func orphanIDs(in role: SnapshotPrincipal) -> [String] {
    guard let document = try? PolicyDocument(text: role.trust?.text ?? "") else { return [] }
    let ids = TrustPolicy(document).principals.compactMap { trusted -> String? in
      if case .uniqueID(let id) = trusted.principal { id.description } else { nil }
    }
    return Set(ids).sorted()
  }

  private func knownARN(of id: String) -> String? {
    let creation = lifecycle.first {
      $0.parameters["role.roleId"] == id || $0.parameters["user.userId"] == id
    }
    return creation?.parameters["role.arn"] ?? creation?.parameters["user.arn"] ?? names[id]?.arn
      ?? older[id]?.arn
  }

  /// ARNs that stood in the role's trust policy before and have vanished from it since.
  private func candidates(for id: String, in role: SnapshotPrincipal, account: String) throws
    -> (arns: [String], event: String?)
  {
    let isRole = id.hasPrefix("AROA")
    let now = Set(trustedARNs(in: role.trust?.text ?? "", roles: isRole))
    let others = Set(orphanIDs(in: role).compactMap(knownARN))
    let living = Dictionary(
      snapshots.flatMap(\.principals).map { ($0.arn, $0) }, uniquingKeysWith: { first, _ in first })
    // What was written last is what AWS has put the ids into; earlier versions only say who may have been meant.
    let policies = lifecycle.filter { event in
      event.account == account && event.parameters["roleName"] == role.name
        && (event.eventName == "CreateRole" || event.eventName == "UpdateAssumeRolePolicy")
    }
    for event in policies.reversed() {
      guard let text = event.parameters["assumeRolePolicyDocument"] ?? event.parameters["policyDocument"]
      else { continue }
      let vanished = Set(trustedARNs(in: text, roles: isRole)).subtracting(now).subtracting(others).filter {
        arn in
        // Who lives since before then would still stand there, unless somebody took the name out; a namesake made since
        // does not.
        guard let wearer = living[arn] else { return true }
        return wearer.createdAt ?? Int64.min > event.time
      }
      if !vanished.isEmpty { return (vanished.sorted(), event.eventID) }
    }
    return ([], nil)
  }

  private func trustedARNs(in text: String, roles: Bool) -> [String] {
    guard let document = try? PolicyDocument(text: text) else { return [] }
    return TrustPolicy(document).principals.compactMap { trusted in
      switch trusted.principal {
      case .role(let arn): roles ? arn.description : nil
      case .user(let arn): roles ? nil : arn.description
      default: nil
      }
    }
  }
}
