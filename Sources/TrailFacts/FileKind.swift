/// What an imported file is, told by its content.
public enum FileKind: String, Sendable, CaseIterable {
  case trail
  case digest
  case insight
  case snapshot
  case trailConfiguration = "trail-configuration"
  case organisation
  /// A log that lies beside trails in the same bucket: Config, load balancers, flow logs and the like.
  case neighbour
  case unknown
}
