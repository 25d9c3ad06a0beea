public import IAMIdentifiers
public import JSONText

/// A call of the AWS CLI whose output can be imported, as raw output or in the form that a collecting script wraps it in.
public enum CollectedCall: String, Hashable, Sendable, CaseIterable {
  case accountAuthorizationDetails = "iam get-account-authorization-details"
  case describeTrails = "cloudtrail describe-trails"
  case trail = "cloudtrail get-trail"
  case eventSelectors = "cloudtrail get-event-selectors"
  case trailStatus = "cloudtrail get-trail-status"
  case eventHistory = "cloudtrail lookup-events"

  case organization = "organizations describe-organization"
  case roots = "organizations list-roots"
  case unitsOfParent = "organizations list-organizational-units-for-parent"
  case accounts = "organizations list-accounts"
  case accountsOfParent = "organizations list-accounts-for-parent"
  case policies = "organizations list-policies"
  case policy = "organizations describe-policy"
  case targetsOfPolicy = "organizations list-targets-for-policy"
  case policiesOfTarget = "organizations list-policies-for-target"
  case parents = "organizations list-parents"
  case children = "organizations list-children"

  case bucketPolicy = "s3api get-bucket-policy"
  case keyPolicy = "kms get-key-policy"
  case keyGrants = "kms list-grants"
  case queueAttributes = "sqs get-queue-attributes"
  case topicAttributes = "sns get-topic-attributes"
  case functionPolicy = "lambda get-policy"
  case secretPolicy = "secretsmanager get-resource-policy"
  case repositoryPolicy = "ecr get-repository-policy"
  case registryPolicy = "ecr get-registry-policy"
  case endpoints = "ec2 describe-vpc-endpoints"

  case credentialReport = "iam get-credential-report"
  case lastAccessed = "iam get-service-last-accessed-details"
  case lastAccessedEntities = "iam get-service-last-accessed-details-with-entities"

  case identityCenterInstances = "sso-admin list-instances"
  case permissionSets = "sso-admin list-permission-sets"
  case permissionSet = "sso-admin describe-permission-set"
  case permissionSetInlinePolicy = "sso-admin get-inline-policy-for-permission-set"
  case permissionSetManagedPolicies = "sso-admin list-managed-policies-in-permission-set"
  case permissionSetBoundary = "sso-admin get-permissions-boundary-for-permission-set"
  case permissionSetCustomerPolicies =
    "sso-admin list-customer-managed-policy-references-in-permission-set"
  case permissionSetAccounts = "sso-admin list-accounts-for-provisioned-permission-set"
  case accountAssignments = "sso-admin list-account-assignments"

  case callerIdentity = "sts get-caller-identity"
  case regions = "ec2 describe-regions"
  case buckets = "s3api list-buckets"
  case bucketLocation = "s3api get-bucket-location"
  case keys = "kms list-keys"
  case key = "kms describe-key"
  case queues = "sqs list-queues"
  case topics = "sns list-topics"
  case functions = "lambda list-functions"
  case secrets = "secretsmanager list-secrets"
  case repositories = "ecr describe-repositories"
  case credentialReportOrder = "iam generate-credential-report"
  case lastAccessedOrder = "iam generate-service-last-accessed-details"

  /// What calls are about.
  public enum Subject: String, Hashable, Sendable, CaseIterable {
    case snapshot
    case trail
    case events
    case organisation
    case resourcePolicies = "resource-policies"
    case keyGrants = "key-grants"
    case credentialReport = "credential-report"
    case lastAccessed = "last-accessed"
    case identityCenter = "identity-center"
    /// By these a collecting script finds out what to ask for. Of their output nothing but the Regions is kept, as it holds
    /// more than anybody needs (functions' environments among it); that they were refused is kept.
    case inventory
  }

  /// What the call is about.
  public var subject: Subject {
    switch self {
    case .accountAuthorizationDetails: .snapshot
    case .describeTrails, .trail, .eventSelectors, .trailStatus: .trail
    case .eventHistory: .events
    case .organization, .roots, .unitsOfParent, .accounts, .accountsOfParent, .policies, .policy,
      .targetsOfPolicy, .policiesOfTarget, .parents, .children:
      .organisation
    case .bucketPolicy, .keyPolicy, .queueAttributes, .topicAttributes, .functionPolicy, .secretPolicy,
      .repositoryPolicy, .registryPolicy, .endpoints:
      .resourcePolicies
    case .keyGrants: .keyGrants
    case .credentialReport: .credentialReport
    case .lastAccessed, .lastAccessedEntities: .lastAccessed
    case .identityCenterInstances, .permissionSets, .permissionSet, .permissionSetInlinePolicy,
      .permissionSetManagedPolicies, .permissionSetBoundary, .permissionSetCustomerPolicies,
      .permissionSetAccounts, .accountAssignments:
      .identityCenter
    case .callerIdentity, .regions, .buckets, .bucketLocation, .keys, .key, .queues, .topics, .functions,
      .secrets, .repositories, .credentialReportOrder, .lastAccessedOrder:
      .inventory
    }
  }

  /// The kind of resource whose policy the call gives, as the store spells it; nil where it gives none.
  public var resourceKind: String? {
    switch self {
    case .bucketPolicy: "s3-bucket"
    case .keyPolicy: "kms-key"
    case .queueAttributes: "sqs-queue"
    case .topicAttributes: "sns-topic"
    case .functionPolicy: "lambda-function"
    case .secretPolicy: "secretsmanager-secret"
    case .repositoryPolicy: "ecr-repository"
    case .registryPolicy: "ecr-registry"
    case .endpoints: "vpc-endpoint"
    default: nil
    }
  }

  /// Whether an answer is about one thing, which the wrapped form names as its resource.
  var needsResource: Bool {
    switch self {
    case .unitsOfParent, .accountsOfParent, .policy, .targetsOfPolicy, .policiesOfTarget, .parents, .children,
      .bucketPolicy, .keyPolicy, .keyGrants, .queueAttributes, .topicAttributes, .functionPolicy,
      .secretPolicy, .repositoryPolicy, .lastAccessed, .lastAccessedEntities, .permissionSet,
      .permissionSetInlinePolicy, .permissionSetManagedPolicies, .permissionSetBoundary,
      .permissionSetCustomerPolicies, .permissionSetAccounts:
      true
    default: false
    }
  }

  /// Finds the call in a command line, of which the first two words count; further words are options.
  init?(command: String) {
    let words = command.split(separator: " ").drop { $0 == "aws" }
    self.init(rawValue: words.prefix(2).joined(separator: " "))
  }
}

/// What a call answered: a fact of the store.
public struct CallAnswer: Hashable, Sendable {
  /// What came back.
  public enum Outcome: Hashable, Sendable {
    /// The policy, where the call gives the policy of a resource; of the event history the time that was asked for, and of
    /// Regions the enabled ones; else the whole output. All as canonical JSON.
    case given(RawPolicy)
    /// There is none, or what was asked for does not exist; with AWS's error code where it is one that says so.
    case none(code: String)
    /// The call failed, so nothing is known.
    case refused(code: String)
  }

  public let call: CollectedCall
  /// The account that was asked, or that owns the resource; nil where nothing tells.
  public let account: AccountID?
  /// Nil where nothing tells; empty for what has no Region.
  public let region: String?
  /// The ARN of what was asked about, or its id for parts of an organisation; nil where the answer is about the account.
  public let resource: String?
  /// What the list was filtered by, such as a type of policy or the account of assignments; nil where it was not, or nothing
  /// tells.
  public let filter: String?
  /// When it was asked; nil where nothing tells.
  public let takenAt: UTCTime?
  /// False where a page is known to be missing.
  public let isComplete: Bool
  public let outcome: Outcome

  /// Made of its parts.
  public init(
    call: CollectedCall, account: AccountID?, region: String?, resource: String?, filter: String? = nil,
    takenAt: UTCTime?, isComplete: Bool, outcome: Outcome
  ) {
    self.call = call
    self.account = account
    self.region = region
    self.resource = resource
    self.filter = filter
    self.takenAt = takenAt
    self.isComplete = isComplete
    self.outcome = outcome
  }

  /// The output as JSON; nil where there is none, or it is no JSON.
  public var output: JSONValue? {
    guard case .given(let content) = outcome, content.isJSON else { return nil }
    return try? JSONValue(json: content.canonicalText)
  }
}
