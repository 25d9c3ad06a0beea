import ContentHash
import Foundation
import GRDB
import IAMPolicy
import IAMSnapshot
import JSONText

/// Stores account snapshots: policies once by their hash, everything else by snapshot.
struct SnapshotWriter {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// Stores a snapshot; what is stored already (the same content of the same date) stays as it is.
  ///
  /// - Parameter isOneOfSeveral: its files may hold exports of other times.
  func store(
    _ snapshot: AccountSnapshot, account: String, takenAt: Int64, basis: String, hash: ContentHash,
    files: [Int64], isOneOfSeveral: Bool
  ) throws {
    let missing = snapshot.missing.map { part in
      part.names.isEmpty
        ? part.reason.rawValue : "\(part.reason.rawValue): \(part.names.joined(separator: ", "))"
    }
    // Pages that came with fewer others before are one snapshot now.
    for file in files {
      let older = try Int64.fetchAll(
        db,
        sql: """
          SELECT f.snapshot FROM snapshot_file f JOIN snapshot s ON s.id = f.snapshot
          WHERE f.source_file = ? AND s.account = ? AND (s.taken_at = ? OR NOT ?)
          """, arguments: [file, account, takenAt, isOneOfSeveral])
      for id in older { try remove(id) }
    }
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO snapshot(account, taken_at, taken_basis, is_complete, missing, content_sha256)
        VALUES(?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        account, takenAt, basis, snapshot.isComplete, missing.joined(separator: "\n"), Data(hash.bytes),
      ])
    let id = db.changesCount > 0 ? db.lastInsertedRowID : nil
    guard let id else { return }
    for file in files {
      try db.execute(sql: "INSERT OR IGNORE INTO snapshot_file VALUES(?, ?)", arguments: [id, file])
    }
    for role in snapshot.roles {
      try store(
        role.entity, kind: "role", in: id, trust: role.trustPolicy,
        boundary: role.permissionsBoundary?.arnText,
        lastUsed: role.lastUsed?.seconds, region: role.lastUsedRegion, tags: role.tags, groups: [])
      for profile in role.instanceProfiles {
        for roleID in profile.roleIDs.isEmpty ? [role.entity.idText ?? ""] : profile.roleIDs {
          try db.execute(
            sql: "INSERT OR IGNORE INTO snapshot_instance_profile VALUES(?, ?, ?, ?)",
            arguments: [id, profile.arnText ?? "", profile.name ?? "", roleID])
        }
      }
    }
    for user in snapshot.users {
      try store(
        user.entity, kind: "user", in: id, trust: nil, boundary: user.permissionsBoundary?.arnText,
        lastUsed: nil,
        region: nil, tags: user.tags, groups: user.groupNames)
    }
    for group in snapshot.groups {
      try store(
        group.entity, kind: "group", in: id, trust: nil, boundary: nil, lastUsed: nil, region: nil, tags: [],
        groups: [])
    }
    for policy in snapshot.managedPolicies {
      try db.execute(
        sql: "INSERT OR IGNORE INTO snapshot_managed_policy VALUES(?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          id, policy.arnText ?? "", policy.name ?? "", try policy.defaultDocument.map(document),
          policy.defaultVersionID,
          policy.defaultVersionCreated?.seconds, policy.updated?.seconds,
        ])
    }
  }

  private func store(
    _ entity: EntityDetail, kind: String, in snapshot: Int64, trust: RawPolicy?, boundary: String?,
    lastUsed: Int64?,
    region: String?, tags: [Tag], groups: [String]
  ) throws {
    // Without its unique id nothing can be kept apart from its namesakes; the snapshot is marked as incomplete.
    guard let holder = entity.idText else { return }
    let tagText = JSONValue.object(tags.map { JSONValue.Member($0.key, .string($0.value)) }).canonicalText
    let groupText = JSONValue.array(groups.map { .string($0) }).canonicalText
    try db.execute(
      sql: "INSERT OR IGNORE INTO snapshot_principal VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        snapshot, holder, kind, entity.arnText ?? "", entity.name ?? "", entity.path ?? "/",
        entity.created?.seconds,
        try trust.map(document), boundary, lastUsed, region, tagText, groupText,
      ])
    for policy in entity.inlinePolicies {
      guard let text = policy.document else { continue }
      try db.execute(
        sql: "INSERT OR IGNORE INTO snapshot_inline_policy VALUES(?, ?, ?, ?)",
        arguments: [snapshot, holder, policy.name, try document(text)])
    }
    for policy in entity.attachedPolicies {
      try db.execute(
        sql: "INSERT OR IGNORE INTO snapshot_attachment VALUES(?, ?, ?, ?)",
        arguments: [snapshot, holder, policy.arnText, policy.name ?? ""])
    }
  }

  private func document(_ policy: RawPolicy) throws -> Int64 { try AnswerRows.document(policy, db) }

  private func remove(_ snapshot: Int64) throws {
    for table in [
      "snapshot_file", "snapshot_principal", "snapshot_attachment", "snapshot_inline_policy",
      "snapshot_managed_policy",
      "snapshot_instance_profile",
    ] {
      try db.execute(sql: "DELETE FROM \(table) WHERE snapshot = ?", arguments: [snapshot])
    }
    try db.execute(sql: "DELETE FROM snapshot WHERE id = ?", arguments: [snapshot])
  }
}
