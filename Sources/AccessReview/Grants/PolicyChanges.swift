import EvidenceStore

/// When policies were put, attached or changed, as far as the trail shows.
struct PolicyChanges {
  private var puts: [String: Int64] = [:]
  private var attachments: [String: Int64] = [:]
  private var boundaries: [String: Int64] = [:]
  private var defaults: [String: Int64] = [:]

  /// - Parameter events: all that are known, also those after the review's moment: the snapshot may be younger than it.
  init(_ events: [LifecycleEvent]) {
    for event in events {
      let arn = event.parameters["policyArn"] ?? ""
      if event.eventName == "SetDefaultPolicyVersion" { defaults[arn] = event.time }
      guard let role = event.parameters["roleName"] else { continue }
      let holder = "\(event.account) \(role)"
      switch event.eventName {
      case "PutRolePolicy": puts["\(holder) \(event.parameters["policyName"] ?? "")"] = event.time
      case "AttachRolePolicy": attachments["\(holder) \(arn)"] = event.time
      case "PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary": boundaries[holder] = event.time
      default: break
      }
    }
  }

  func put(policy: String, role: String, account: String) -> Int64? { puts["\(account) \(role) \(policy)"] }
  func attached(policy: String, role: String, account: String) -> Int64? {
    attachments["\(account) \(role) \(policy)"]
  }
  func bounded(role: String, account: String) -> Int64? { boundaries["\(account) \(role)"] }
  func defaulted(policy: String) -> Int64? { defaults[policy] }
}
