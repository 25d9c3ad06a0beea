import IAMIdentifiers
import IAMPolicy
import JSONText

extension CollectedCall {
  /// Tells which call a raw output is of, by its form; nil where it is none of those that answers are read of.
  ///
  /// Snapshots and trails are told by their own readers. `list-accounts-for-parent` has the form of `list-accounts`, and
  /// `list-policies-for-target` that of `list-policies`: nothing in them tells for whom they are.
  init?(rawOutput json: JSONValue) {
    guard json.members != nil,
      let call = CollectedCall.organisation(json) ?? .policy(json) ?? .report(json) ?? .identityCenter(json)
    else { return nil }
    self = call
  }

  private static func first(_ name: String, _ json: JSONValue) -> JSONValue? { json[name]?.array?.first }

  private static func organisation(_ json: JSONValue) -> CollectedCall? {
    if json["Organization"]?["Id"] != nil { return .organization }
    if first("Roots", json)?["Id"] != nil { return .roots }
    if let unit = first("OrganizationalUnits", json), unit["Id"] != nil { return .unitsOfParent }
    if let account = first("Accounts", json), account["Id"] != nil,
      account["Arn"]?.string?.contains(":organizations:") == true
    {
      return .accounts
    }
    if let policy = first("Policies", json), policy["Id"] != nil, policy["Type"] != nil { return .policies }
    if json["Policy"]?["PolicySummary"] != nil { return .policy }
    if first("Targets", json)?["TargetId"] != nil { return .targetsOfPolicy }
    for (name, call) in [("Parents", CollectedCall.parents), ("Children", .children)] {
      if let item = first(name, json), item["Id"] != nil, item["Type"] != nil { return call }
    }
    return nil
  }

  private static func policy(_ json: JSONValue) -> CollectedCall? {
    if json["Policy"]?.string != nil {
      if json["RevisionId"] != nil { return .functionPolicy }
      return json["PolicyName"] != nil ? .keyPolicy : .bucketPolicy
    }
    if let attributes = json["Attributes"] {
      if attributes["QueueArn"] != nil { return .queueAttributes }
      if attributes["TopicArn"] != nil, attributes["SubscriptionArn"] == nil { return .topicAttributes }
    }
    if json["ARN"]?.string?.contains(":secretsmanager:") == true {
      let others = json.members?.contains { !["ARN", "Name", "ResourcePolicy"].contains($0.name) }
      return json["ResourcePolicy"] != nil || others == false ? .secretPolicy : nil
    }
    if json["policyText"] != nil, json["registryId"] != nil {
      return json["repositoryName"] != nil ? .repositoryPolicy : .registryPolicy
    }
    if json["VpcEndpoints"]?.array != nil { return .endpoints }
    if let grants = json["Grants"]?.array {
      return grants.isEmpty
        ? (json["Truncated"] != nil ? .keyGrants : nil)
        : grants[0]["GrantId"] != nil ? .keyGrants : nil
    }
    return nil
  }

  private static func report(_ json: JSONValue) -> CollectedCall? {
    if json["Content"] != nil, json["ReportFormat"] != nil { return .credentialReport }
    guard json["JobStatus"] != nil else { return nil }
    if json["ServicesLastAccessed"] != nil { return .lastAccessed }
    return json["EntityDetailsList"] != nil ? .lastAccessedEntities : nil
  }

  private static func identityCenter(_ json: JSONValue) -> CollectedCall? {
    if first("Instances", json)?["InstanceArn"] != nil { return .identityCenterInstances }
    if first("PermissionSets", json)?.string != nil { return .permissionSets }
    if json["PermissionSet"]?["PermissionSetArn"] != nil { return .permissionSet }
    if json["InlinePolicy"]?.string != nil { return .permissionSetInlinePolicy }
    if json["AttachedManagedPolicies"]?.array != nil { return .permissionSetManagedPolicies }
    return first("AccountAssignments", json)?["PermissionSetArn"] != nil ? .accountAssignments : nil
  }

  /// The member of the output without which it is none of this call; nil where the output may lack it.
  var neededMember: String? {
    switch self {
    case .organization: "Organization"
    case .roots: "Roots"
    case .unitsOfParent: "OrganizationalUnits"
    case .accounts, .accountsOfParent: "Accounts"
    case .policies, .policiesOfTarget: "Policies"
    case .policy, .bucketPolicy, .keyPolicy, .functionPolicy: "Policy"
    case .targetsOfPolicy: "Targets"
    case .parents: "Parents"
    case .children: "Children"
    case .keyGrants: "Grants"
    case .topicAttributes: "Attributes"
    case .repositoryPolicy, .registryPolicy: "policyText"
    case .endpoints: "VpcEndpoints"
    case .credentialReport: "Content"
    case .lastAccessed: "ServicesLastAccessed"
    case .lastAccessedEntities: "EntityDetailsList"
    case .identityCenterInstances: "Instances"
    case .permissionSets: "PermissionSets"
    case .permissionSet: "PermissionSet"
    case .permissionSetManagedPolicies: "AttachedManagedPolicies"
    case .accountAssignments: "AccountAssignments"
    default: nil
    }
  }
}

/// What is known of a call beside its output.
struct CallContext {
  var account: AccountID?
  var region: String?
  /// As it was given: an ARN, a name, an id.
  var resource: String?
  var filter: String?
  var takenAt: UTCTime?
  /// What the wrapping says; nil where there is none.
  var isComplete: Bool?
}
