import IAMIdentifiers
import IAMPolicy
import JSONText

extension DocumentReader {
  /// Reads a call's output. What does not say of whom it speaks is reported and left out.
  mutating func answers(of call: CollectedCall, _ output: JSONValue, _ context: CallContext, at place: String)
    -> [CallAnswer]
  {
    if let needed = call.neededMember, member(needed, of: output) == nil {
      report(
        .entryUnreadable, at: place, "it is said to be the output of \(call.rawValue), and has no \(needed)")
      return []
    }
    let claimsMore = self.claimsMore(output)
    if claimsMore, context.isComplete == nil {
      report(.pageFollows, at: place, "it says that another page follows")
    }
    var context = context
    context.isComplete = (context.isComplete ?? true) && !claimsMore
    switch call.subject {
    case .resourcePolicies: return resourcePolicies(of: call, output, context, at: place)
    case .keyGrants: return keyGrants(output, context, at: place)
    case .credentialReport: return credentialReport(output, context, at: place)
    case .organisation:
      context.region = nil
      context.resource = organisationID(of: call, output, context)
      context.account = context.account ?? OrganisationIdentity.managementAccount(in: output)
    case .lastAccessed:
      context.region = nil
      context.takenAt = context.takenAt ?? time("JobCompletionDate", of: output, at: place)
      context.account = context.resource.flatMap { ARN($0) }?.accountID ?? context.account
    case .identityCenter:
      if call == .permissionSet {
        context.resource = output["PermissionSet"]?["PermissionSetArn"]?.string ?? context.resource
      }
    case .snapshot, .trail, .events, .inventory: break
    }
    if call.needsResource, context.resource == nil {
      reportSubjectMissing(call, at: place)
      return []
    }
    let content = RawPolicy(canonicalText: output.canonicalText, isJSON: true)
    return [answer(call, context, resource: context.resource, .given(content))]
  }

  func answer(
    _ call: CollectedCall, _ context: CallContext, resource: String?, account: AccountID? = nil,
    region: String? = nil, _ outcome: CallAnswer.Outcome
  ) -> CallAnswer {
    CallAnswer(
      call: call, account: account ?? context.account, region: region ?? context.region, resource: resource,
      filter: context.filter, takenAt: context.takenAt, isComplete: context.isComplete ?? true,
      outcome: outcome)
  }

  mutating func reportSubjectMissing(_ call: CollectedCall, at place: String) {
    report(.subjectMissing, at: place, "output of \(call.rawValue) does not say what it is about")
  }

  func claimsMore(_ output: JSONValue) -> Bool {
    if output["Truncated"]?.bool == true || output["IsTruncated"]?.bool == true { return true }
    return ["NextToken", "NextMarker", "Marker"].contains { output[$0]?.string?.isEmpty == false }
  }

  /// The id of the part of an organisation that an answer is about: ARNs end with it.
  ///
  /// Source: "Resource types defined by AWS Organizations", Service Authorization Reference.
  private func organisationID(of call: CollectedCall, _ output: JSONValue, _ context: CallContext) -> String?
  {
    if call == .policy, let id = output["Policy"]?["PolicySummary"]?["Id"]?.string { return id }
    guard call.needsResource else { return nil }
    return context.resource.map { text in
      ARN(text).map { String($0.resourceName) } ?? text.split(separator: "/").last.map(String.init) ?? text
    }
  }

  // MARK: - Grants of keys

  /// One answer for each key; grants name their key.
  private mutating func keyGrants(_ output: JSONValue, _ context: CallContext, at place: String)
    -> [CallAnswer]
  {
    var byKey: [String: [JSONValue]] = [:]
    for (index, grant) in list("Grants", of: output, at: place).enumerated() {
      guard let key = grant["KeyId"]?.string ?? context.resource else {
        report(.entryUnreadable, at: "\(place).Grants[\(index)]", "the grant names no key")
        continue
      }
      byKey[key, default: []].append(grant)
    }
    if byKey.isEmpty, let resource = context.resource { byKey[resource] = [] }
    guard !byKey.isEmpty else {
      reportSubjectMissing(.keyGrants, at: place)
      return []
    }
    return byKey.sorted { $0.key < $1.key }.compactMap { key, grants in
      guard let arn = resourceARN(.keyPolicy, key, context) else {
        reportSubjectMissing(.keyGrants, at: place)
        return nil
      }
      let sorted = grants.sorted { $0.canonicalText < $1.canonicalText }
      let content = JSONValue.object([.init("Grants", .array(sorted))]).canonicalText
      return answer(
        .keyGrants, context, resource: arn.description, account: arn.accountID, region: String(arn.region),
        .given(RawPolicy(canonicalText: content, isJSON: true)))
    }
  }
}
