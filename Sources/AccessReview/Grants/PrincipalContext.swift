import EvidenceStore
import IAMPolicy
import JSONText

/// The condition keys that follow from who calls. Source: "AWS global condition context keys", IAM User Guide.
struct PrincipalContext {
  /// Those that are the same in all requests of the principal.
  let ofAllRequests: RequestContext
  /// The same, and what holds unless a session was made otherwise: the tags of a role, which tags of the session outrank.
  let values: [String: [String]]
  /// Beginnings of names of which all keys are known.
  let completeGroups: [String]

  init(_ principal: SnapshotPrincipal, account: String, _ organisation: OrganisationLimits) {
    var values: [String: [String]] = [
      "aws:PrincipalArn": [principal.arn], "aws:PrincipalAccount": [account],
      "aws:PrincipalIsAWSService": ["false"], "aws:PrincipalServiceName": [],
      "aws:PrincipalServiceNamesList": [],
    ]
    let isUser = principal.kind == "user"
    if isUser {
      values["aws:userid"] = [principal.principalID]
      values["aws:username"] = [principal.name]
      values["aws:PrincipalType"] = ["User"]
    } else {
      values["aws:username"] = []
      values["aws:PrincipalType"] = ["AssumedRole"]
    }
    if let id = organisation.organisationID, organisation.isKnown, !organisation.isSilent(about: account) {
      values["aws:PrincipalOrgID"] = [id]
    }
    var tags: [String: [String]] = [:]
    for tag in (try? JSONValue(json: principal.tags))?.members ?? [] {
      tags["aws:PrincipalTag/\(tag.name)"] = [tag.value.string ?? ""]
    }
    // Tags of a session come beside those of a role; a user has no other tags than its own.
    completeGroups = isUser ? ["aws:PrincipalTag/"] : []
    self.values = values.merging(tags) { own, _ in own }
    ofAllRequests = RequestContext(
      isUser ? self.values : values, isComplete: false, completeGroups: completeGroups)
  }
}
