/// What the script fetches of one service; it can be left out, or is only there where it is asked for.
enum CollectPart: String, CaseIterable, Sendable {
  case iam
  case lastAccessed = "last-accessed"
  case organizations, sso, s3, cloudtrail, kms, sqs, sns, lambda, secretsmanager, ecr, ec2
  case lookupEvents = "lookup-events"

  /// How often a part is asked in one account.
  enum Reach {
    /// Once, for all Regions.
    case account
    /// In each Region.
    case region
  }

  var reach: Reach {
    switch self {
    case .iam, .lastAccessed, .organizations, .s3: .account
    default: .region
    }
  }

  /// Whether only the management account and delegated administrators may ask.
  var isOfOrganization: Bool { self == .organizations || self == .sso }

  /// Whether the part takes so long that it is fetched only where an option asks for it.
  var isOnRequest: Bool { self == .lastAccessed || self == .lookupEvents }

  /// The function of the script that fetches it.
  var function: String { "collect_" + rawValue.replacing("-", with: "_") }
}
