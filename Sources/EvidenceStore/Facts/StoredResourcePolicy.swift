import ContentHash
import GRDB
public import IAMPolicy
import IAMSnapshot

/// What is known of a resource's own policy at one time.
public struct StoredResourcePolicy: Hashable, Sendable {
  /// What the newest answer says.
  public enum State: Hashable, Sendable {
    case policy(PolicyText)
    /// The resource has none, or is gone.
    case none
    /// Nobody knows: the call was refused, or answers of one time differ. Why, without a full stop.
    case unknown(reason: String)
  }

  /// Such as `s3-bucket`; see the view `resource_policies`.
  public let kind: String
  public let resourceARN: String
  /// Nil where nothing tells, as for a bucket whose account nobody named.
  public let account, region: String?
  /// Seconds since 1970; nil where nothing tells.
  public let takenAt: Int64?
  public let state: State
}

/// The grants of a KMS key at one time.
public struct StoredKeyGrants: Hashable, Sendable {
  public let keyARN: String
  /// Seconds since 1970; nil where nothing tells.
  public let takenAt: Int64?
  /// False where grants are missing, or the call was refused: then others than these may be in force.
  public let isComplete: Bool
  public let grants: [KeyGrant]
}

extension EvidenceReader {
  /// The policy of a resource: by the newest answer at or before a time, else the earliest after it. A refused call takes
  /// nothing away from what another one told.
  ///
  /// - Parameters:
  ///   - arn: as AWS writes it: a bucket's, not an object's; a key's, not an alias's; a function's, with a qualifier where
  ///     the policy is of a version or an alias; `…:repository/*` for the policy of an ECR registry.
  ///   - asOf: seconds since 1970.
  /// - Returns: nil where it was never asked for: then nothing is known of it.
  public func resourcePolicy(of arn: String, asOf: Int64 = .max) throws -> StoredResourcePolicy? {
    try AnswerRows.resourcePolicies(asOf: asOf, resource: arn, db).first
  }

  /// The policies of all resources of which something is known, endpoints among them, sorted by ARN and kind.
  ///
  /// - Parameter kind: such as `vpc-endpoint`; nil for all.
  public func resourcePolicies(kind: String? = nil, asOf: Int64 = .max) throws -> [StoredResourcePolicy] {
    try AnswerRows.resourcePolicies(asOf: asOf, resource: nil, db).filter { kind == nil || $0.kind == kind }
  }

  /// The grants of a key, chosen as `resourcePolicy(of:asOf:)` chooses; nil where they were never asked for.
  public func keyGrants(of keyARN: String, asOf: Int64 = .max) throws -> StoredKeyGrants? {
    try AnswerRows.keyGrants(asOf: asOf, resource: keyARN, db).first
  }

  /// The grants of all keys of which something is known, by ARN.
  public func keyGrants(asOf: Int64 = .max) throws -> [StoredKeyGrants] {
    try AnswerRows.keyGrants(asOf: asOf, resource: nil, db)
  }
}

extension AnswerRows {
  private static func grouped(_ answers: [CallAnswer]) -> [[CallAnswer]] {
    Dictionary(grouping: answers) { "\($0.resource ?? "") \($0.call.rawValue)" }
      .sorted { $0.key < $1.key }.map(\.value)
  }

  fileprivate static func resourcePolicies(asOf: Int64, resource: String?, _ db: Database) throws
    -> [StoredResourcePolicy]
  {
    grouped(try answers(.resourcePolicies, resource: resource, db)).compactMap { group in
      let chosen = choose(group, asOf: asOf)
      guard let first = chosen.first, let kind = first.call.resourceKind, let arn = first.resource else {
        return nil
      }
      let state: StoredResourcePolicy.State
      if Set(chosen.map(\.outcome)).count > 1 {
        state = .unknown(reason: "different policies are of the same time")
      } else {
        switch first.outcome {
        case .given(let policy):
          state = .policy(
            PolicyText(
              text: policy.canonicalText, isJSON: policy.isJSON,
              sha256: ContentHash(of: policy.canonicalText).description))
        case .none: state = .none
        case .refused(let code): state = .unknown(reason: "the call was refused with \(code)")
        }
      }
      return StoredResourcePolicy(
        kind: kind, resourceARN: arn, account: first.account?.description, region: first.region,
        takenAt: first.takenAt?.seconds, state: state)
    }
  }

  fileprivate static func keyGrants(asOf: Int64, resource: String?, _ db: Database) throws
    -> [StoredKeyGrants]
  {
    grouped(try answers(.keyGrants, resource: resource, db)).compactMap { group in
      let chosen = choose(group, asOf: asOf)
      guard let first = chosen.first, let arn = first.resource else { return nil }
      var grants: [KeyGrant] = []
      for grant in chosen.flatMap(\.keyGrants) where !grants.contains(grant) { grants.append(grant) }
      // One whole list, with the pages before it if there are any.
      let whole = chosen.filter { answer in
        if case .refused = answer.outcome { false } else { answer.isComplete }
      }
      return StoredKeyGrants(
        keyARN: arn, takenAt: first.takenAt?.seconds, isComplete: whole.count == 1,
        grants: grants.sorted { $0.id < $1.id })
    }
  }
}
