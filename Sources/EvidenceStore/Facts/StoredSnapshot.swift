import GRDB
import IAMPolicy
import JSONText

/// A snapshot of an account's principals and policies, as stored.
public struct StoredSnapshot: Hashable, Sendable {
  public let id: Int64
  public let account: String
  /// Seconds since 1970.
  public let takenAt: Int64
  /// `declared`, or `content`.
  public let takenBasis: String
  public let isComplete: Bool
  /// Reasons why it is not complete.
  public let missing: [String]
  public let contentSHA256: String
}

/// A principal in a snapshot, with what it is granted.
public struct SnapshotPrincipal: Hashable, Sendable {
  /// A policy that is part of the principal.
  public struct Inline: Hashable, Sendable {
    public let name: String
    public let document: PolicyText
  }
  /// A managed policy that is attached.
  public struct Attachment: Hashable, Sendable {
    public let arn, name: String
  }

  public let principalID, kind, arn, name, path: String
  public let createdAt: Int64?
  public let trust: PolicyText?
  public let boundaryARN: String?
  public let lastUsedAt: Int64?
  public let lastUsedRegion: String?
  /// Canonical JSON: an object of keys and values.
  public let tags: String
  /// Names of the groups that a user is in.
  public let groups: [String]
  public let inline: [Inline]
  public let attachments: [Attachment]
}

/// A policy's text and hash.
public struct PolicyText: Hashable, Sendable {
  public let text: String
  public let isJSON: Bool
  /// In lower-case hexadecimal.
  public let sha256: String

  /// Made of its parts.
  public init(text: String, isJSON: Bool, sha256: String) {
    self.text = text
    self.isJSON = isJSON
    self.sha256 = sha256
  }
}

/// A managed policy in a snapshot.
public struct SnapshotManagedPolicy: Hashable, Sendable {
  public let arn, name: String
  public let document: PolicyText?
  public let versionCreatedAt: Int64?
}

/// An instance profile and the role in it.
public struct SnapshotInstanceProfile: Hashable, Sendable {
  public let arn, name, roleID: String
}

/// What a snapshot holds.
public struct SnapshotContent: Hashable, Sendable {
  public let snapshot: StoredSnapshot
  /// Roles, users and groups, by id.
  public let principals: [SnapshotPrincipal]
  public let managedPolicies: [String: SnapshotManagedPolicy]
  public let instanceProfiles: [SnapshotInstanceProfile]
}

enum SnapshotRows {
  static func all(_ db: Database) throws -> [StoredSnapshot] {
    try Row.fetchAll(
      db, sql: "SELECT *, lower(hex(content_sha256)) AS hash FROM snapshot ORDER BY account, taken_at, hash"
    )
    .map { row in
      let missing: String = row["missing"]
      return StoredSnapshot(
        id: row["id"], account: row["account"], takenAt: row["taken_at"], takenBasis: row["taken_basis"],
        isComplete: row["is_complete"], missing: missing.split(separator: "\n").map(String.init),
        contentSHA256: row["hash"])
    }
  }

  static func content(of snapshot: StoredSnapshot, _ db: Database) throws -> SnapshotContent {
    let policies = Dictionary(
      try Row.fetchAll(
        db,
        sql: """
          SELECT m.policy_arn, m.policy_name, m.version_created, d.text, d.is_json, lower(hex(d.sha256)) AS hash
          FROM snapshot_managed_policy m LEFT JOIN document d ON d.id = m.document WHERE m.snapshot = ?
          """, arguments: [snapshot.id]
      ).map { row -> (String, SnapshotManagedPolicy) in
        let arn: String = row["policy_arn"]
        return (
          arn,
          SnapshotManagedPolicy(
            arn: arn, name: row["policy_name"], document: policy(row),
            versionCreatedAt: row["version_created"])
        )
      }, uniquingKeysWith: { first, _ in first })
    var inline: [String: [SnapshotPrincipal.Inline]] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT i.holder_id, i.policy_name, d.text, d.is_json, lower(hex(d.sha256)) AS hash
        FROM snapshot_inline_policy i JOIN document d ON d.id = i.document WHERE i.snapshot = ?
        ORDER BY i.holder_id, i.policy_name
        """, arguments: [snapshot.id])
    {
      guard let document = policy(row) else { continue }
      inline[row["holder_id"], default: []].append(.init(name: row["policy_name"], document: document))
    }
    var attachments: [String: [SnapshotPrincipal.Attachment]] = [:]
    for row in try Row.fetchAll(
      db,
      sql:
        "SELECT holder_id, policy_arn, policy_name FROM snapshot_attachment WHERE snapshot = ? ORDER BY 1, 2",
      arguments: [snapshot.id])
    {
      attachments[row["holder_id"], default: []].append(
        .init(arn: row["policy_arn"], name: row["policy_name"]))
    }
    let principals = try Row.fetchAll(
      db,
      sql: """
        SELECT p.*, d.text, d.is_json, lower(hex(d.sha256)) AS hash
        FROM snapshot_principal p LEFT JOIN document d ON d.id = p.trust WHERE p.snapshot = ?
        ORDER BY p.kind, p.unique_id
        """, arguments: [snapshot.id]
    ).map { row -> SnapshotPrincipal in
      let id: String = row["unique_id"]
      let groups = (try? JSONValue(json: row["groups"] as String))?.array ?? []
      return SnapshotPrincipal(
        principalID: id, kind: row["kind"], arn: row["arn"], name: row["name"], path: row["path"],
        createdAt: row["created"], trust: policy(row), boundaryARN: row["boundary_arn"],
        lastUsedAt: row["last_used"],
        lastUsedRegion: row["last_used_region"], tags: row["tags"],
        groups: groups.compactMap(\.string), inline: inline[id] ?? [],
        attachments: attachments[id] ?? [])
    }
    let profiles = try Row.fetchAll(
      db, sql: "SELECT arn, name, role_id FROM snapshot_instance_profile WHERE snapshot = ? ORDER BY 1, 3",
      arguments: [snapshot.id]
    ).map { SnapshotInstanceProfile(arn: $0["arn"], name: $0["name"], roleID: $0["role_id"]) }
    return SnapshotContent(
      snapshot: snapshot, principals: principals, managedPolicies: policies, instanceProfiles: profiles)
  }

  private static func policy(_ row: Row) -> PolicyText? {
    guard let text: String = row["text"] else { return nil }
    return PolicyText(text: text, isJSON: row["is_json"], sha256: row["hash"])
  }
}
