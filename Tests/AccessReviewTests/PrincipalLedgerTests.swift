import Testing

@testable import AccessReview
@testable import EvidenceStore

@Suite("Who is who")
struct PrincipalLedgerTests {
  private static let account = "111122223333"

  private static func arn(_ name: String) -> String { "arn:aws:iam::\(account):role/\(name)" }

  private static func seen(_ id: String, _ name: String, from first: Int64, to last: Int64) -> (
    SeenPrincipal, SeenName
  ) {
    (
      SeenPrincipal(principalID: id, kind: "role", firstSeen: first, lastSeen: last),
      SeenName(principalID: id, arn: arn(name), account: account, first: first, last: last)
    )
  }

  private static func event(_ name: String, at time: Int64, _ parameters: [String: String]) -> LifecycleEvent
  {
    LifecycleEvent(time: time, eventID: "e\(time)", account: account, eventName: name, parameters: parameters)
  }

  private static func snapshot(of ids: [String: String], at time: Int64, isComplete: Bool = true)
    -> SnapshotContent
  {
    SnapshotContent(
      snapshot: StoredSnapshot(
        id: 1, account: account, takenAt: time, takenBasis: "declared", isComplete: isComplete, missing: [],
        contentSHA256: "00"),
      principals: ids.sorted { $0.key < $1.key }.map { id, name in
        SnapshotPrincipal(
          principalID: id, kind: "role", arn: arn(name), name: name, path: "/", createdAt: 10, trust: nil,
          boundaryARN: nil, lastUsedAt: nil, lastUsedRegion: nil, tags: "{}", groups: [],
          inline: [], attachments: [])
      }, managedPolicies: [:], instanceProfiles: [])
  }

  private static func ledger(
    _ seen: [(SeenPrincipal, SeenName)], _ events: [LifecycleEvent] = [], _ snapshots: [SnapshotContent] = []
  ) -> [String: String] {
    let record = EvidenceStore.PrincipalRecord(
      principals: seen.map(\.0), names: seen.map(\.1), lifecycle: events)
    let states = PrincipalLedger(record: record, snapshots: snapshots).states
    return Dictionary(
      states.map { ($0.principalID, $0.state + ($0.deletedAt.map { " \($0)" } ?? "")) },
      uniquingKeysWith: { $1 })
  }

  @Test("A complete snapshot without a role that was seen before says that it is gone")
  func missingFromSnapshot() {
    let seen = [Self.seen("AROAA", "a", from: 20, to: 30)]
    #expect(Self.ledger(seen, [], [Self.snapshot(of: [:], at: 100)]) == ["AROAA": "deleted"])
  }

  @Test("An incomplete snapshot, or one from before, says nothing of whom it lacks")
  func unproven() {
    let seen = [Self.seen("AROAA", "a", from: 20, to: 30)]
    #expect(
      Self.ledger(seen, [], [Self.snapshot(of: [:], at: 100, isComplete: false)]) == ["AROAA": "unknown"])
    #expect(Self.ledger(seen, [], [Self.snapshot(of: [:], at: 25)]) == ["AROAA": "unknown"])
    #expect(Self.ledger(seen) == ["AROAA": "unknown"])
  }

  @Test("A role that was deleted after its snapshot is gone")
  func deletedAfterSnapshot() {
    let events = [Self.event("DeleteRole", at: 200, ["roleName": "a"])]
    #expect(Self.ledger([], events, [Self.snapshot(of: ["AROAA": "a"], at: 100)]) == ["AROAA": "deleted 200"])
  }

  @Test("A deletion before the snapshot is of an earlier wearer of the name, never of the living one")
  func deletedNamesake() {
    let events = [Self.event("DeleteRole", at: 50, ["roleName": "a"])]
    let seen = [Self.seen("AROAOLD", "a", from: 20, to: 30), Self.seen("AROANEW", "a", from: 60, to: 70)]
    #expect(
      Self.ledger(seen, events, [Self.snapshot(of: ["AROANEW": "a"], at: 100)])
        == ["AROAOLD": "deleted 50", "AROANEW": "live"])
  }

  @Test("A deletion finds the role that wore the name then, made and deleted twice")
  func twice() {
    let events = [
      Self.event(
        "CreateRole", at: 10, ["role.roleId": "AROAONE", "role.arn": Self.arn("a"), "roleName": "a"]),
      Self.event("DeleteRole", at: 40, ["roleName": "a"]),
      Self.event(
        "CreateRole", at: 50, ["role.roleId": "AROATWO", "role.arn": Self.arn("a"), "roleName": "a"]),
      Self.event("DeleteRole", at: 80, ["roleName": "a"]),
    ]
    #expect(Self.ledger([], events) == ["AROAONE": "deleted 40", "AROATWO": "deleted 80"])
  }

  @Test("Calls that a session makes after its role was deleted do not keep the role alive")
  func lateSession() {
    let events = [Self.event("DeleteRole", at: 1_000, ["roleName": "a"])]
    let seen = [Self.seen("AROAA", "a", from: 20, to: 2_000)]
    #expect(Self.ledger(seen, events) == ["AROAA": "deleted 1000"])
  }
}
