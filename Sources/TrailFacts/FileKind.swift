/// What an imported file is, told by its content.
public enum FileKind: String, Sendable, CaseIterable {
  case trail
  case digest
  case insight
  case snapshot
  case trailConfiguration = "trail-configuration"
  case organisation
  case resourcePolicies = "resource-policies"
  case keyGrants = "key-grants"
  case credentialReport = "credential-report"
  case lastAccessed = "last-accessed"
  case identityCenter = "identity-center"
  /// Several of these in one file, as a collecting script writes them; trail events may be among them.
  case collection
  /// A log that lies beside trails in the same bucket: Config, load balancers, flow logs and the like.
  case neighbour
  case unknown
}
