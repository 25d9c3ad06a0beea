/// Everything that the store keeps of one review, so that its views can show it.
public struct ReviewRows: Sendable {
  public var asOf, windowStart, windowEnd: Int64
  public var catalogue, rules, storeHash: String
  /// JSON object.
  public var parameters: String
  /// The whole result as JSON, for reports.
  public var result: String
  public var actions: [Action] = []
  public var grantSets: [GrantSet] = []
  public var profiles: [Profile] = []
  public var roles: [Role] = []
  public var users: [User] = []
  public var verdicts: [RoleVerdict] = []
  public var ungranted: [UngrantedUse] = []
  public var dormant: [DormantRole] = []
  public var orphans: [Orphan] = []
  public var findings: [Finding] = []

  /// Made of its parts.
  public init(
    asOf: Int64, windowStart: Int64, windowEnd: Int64, catalogue: String, rules: String, storeHash: String,
    parameters: String, result: String
  ) {
    self.asOf = asOf
    self.windowStart = windowStart
    self.windowEnd = windowEnd
    self.catalogue = catalogue
    self.rules = rules
    self.storeHash = storeHash
    self.parameters = parameters
    self.result = result
  }
}
