import IAMIdentifiers
import IAMPolicy
import JSONText

extension DocumentReader {
  /// Reads the policy, or the policies, of resources.
  mutating func resourcePolicies(
    of call: CollectedCall, _ output: JSONValue, _ context: CallContext, at place: String
  ) -> [CallAnswer] {
    if call == .endpoints {
      return objects("VpcEndpoints", of: output, at: place) { $0.endpoint($1, context, at: $2) }
    }
    guard let arn = arn(of: call, output, context) else {
      reportSubjectMissing(call, at: place)
      return []
    }
    let outcome: CallAnswer.Outcome
    if let policy = policyText(of: call, output, isWrapped: context.resource != nil, at: place) {
      outcome = .given(policy)
    } else if call == .queueAttributes, context.resource == nil,
      output["Attributes"]?["CreatedTimestamp"] == nil
    {
      // Attributes that were not asked for are absent too.
      report(.policyNotAsked, at: place, "the queue's policy was not among the attributes asked for")
      return []
    } else {
      outcome = .none(code: "")
    }
    // Neither a bucket's ARN nor its policy tells its account and Region.
    return [
      answer(
        call, context, resource: arn.description, account: arn.accountID,
        region: arn.region.isEmpty ? nil : String(arn.region), outcome)
    ]
  }

  private mutating func policyText(
    of call: CollectedCall, _ output: JSONValue, isWrapped: Bool, at place: String
  ) -> RawPolicy? {
    let holder: JSONValue?
    let name: String
    switch call {
    case .queueAttributes, .topicAttributes: (holder, name) = (output["Attributes"], "Policy")
    case .secretPolicy: (holder, name) = (output, "ResourcePolicy")
    case .repositoryPolicy, .registryPolicy: (holder, name) = (output, "policyText")
    default: (holder, name) = (output, "Policy")
    }
    guard let holder, let document = member(name, of: holder), document.string != "" else { return nil }
    return policy(document, at: holder == output ? "\(place).\(name)" : "\(place).Attributes.\(name)")
  }

  /// The ARN of the resource: as the output has it, else as the context names it.
  private func arn(of call: CollectedCall, _ output: JSONValue, _ context: CallContext) -> ARN? {
    let own: String? =
      switch call {
      case .queueAttributes: output["Attributes"]?["QueueArn"]?.string
      case .topicAttributes: output["Attributes"]?["TopicArn"]?.string
      case .secretPolicy: output["ARN"]?.string
      case .functionPolicy: context.resource == nil ? functionARN(in: output) : nil
      default: nil
      }
    if let arn = own.flatMap({ ARN($0) }) { return arn }
    var context = context
    if call == .repositoryPolicy || call == .registryPolicy {
      // A registry has no ARN of its own; its policy speaks for the repositories in it.
      context.resource =
        call == .registryPolicy ? "*" : context.resource ?? output["repositoryName"]?.string
      context.account = output["registryId"]?.string.flatMap { AccountID($0) } ?? context.account
    }
    return context.resource.flatMap { resourceARN(call, $0, context) }
  }

  /// The function that all statements of its policy name as their resource, as Lambda writes them.
  private func functionARN(in output: JSONValue) -> String? {
    guard let text = output["Policy"]?.string, let policy = try? JSONValue(json: text) else { return nil }
    let resources = Set((policy["Statement"]?.array ?? []).map { $0["Resource"]?.string })
    guard resources.count == 1, let only = resources.first, let arn = only.flatMap({ ARN($0) }),
      arn.service == "lambda", arn.resourceType == "function"
    else { return nil }
    return arn.description
  }

  /// The ARN of a resource that is given by ARN, or by the name or id that the call takes.
  ///
  /// Source: the resource types of each service, Service Authorization Reference.
  func resourceARN(_ call: CollectedCall, _ text: String, _ context: CallContext) -> ARN? {
    if let arn = ARN(text) { return arn }
    guard !text.isEmpty else { return nil }
    let region = context.region ?? ""
    let partition =
      region.hasPrefix("cn-") ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
    if call == .bucketPolicy { return ARN("arn:\(partition):s3:::\(text)") }
    guard let account = context.account, !region.isEmpty else { return nil }
    let resource: (service: String, path: String)? =
      switch call {
      case .keyPolicy, .keyGrants: ("kms", text.hasPrefix("alias/") ? text : "key/\(text)")
      case .queueAttributes: text.split(separator: "/").last.map { ("sqs", String($0)) }
      case .topicAttributes: ("sns", text)
      case .functionPolicy: ("lambda", "function:\(text)")
      case .repositoryPolicy, .registryPolicy: ("ecr", "repository/\(text)")
      case .endpoints: ("ec2", "vpc-endpoint/\(text)")
      default: nil
      }
    return resource.flatMap { ARN("arn:\(partition):\($0.service):\(region):\(account):\($0.path)") }
  }

  // MARK: - Endpoints

  private mutating func endpoint(_ json: JSONValue, _ context: CallContext, at place: String) -> CallAnswer? {
    var context = context
    context.account = json["OwnerId"]?.string.flatMap { AccountID($0) } ?? context.account
    context.region = region(ofEndpoint: json) ?? context.region
    guard let id = text("VpcEndpointId", of: json, at: place),
      let arn = resourceARN(.endpoints, id, context)
    else {
      report(.subjectMissing, at: place, "the endpoint does not tell its id, its Region and its owner")
      return nil
    }
    let document = member("PolicyDocument", of: json)
    let outcome: CallAnswer.Outcome =
      if let document, document.string != "" {
        .given(policy(document, at: "\(place).PolicyDocument"))
      } else {
        .none(code: "")
      }
    return answer(
      .endpoints, context, resource: arn.description, account: arn.accountID, region: String(arn.region),
      outcome)
  }

  /// The Region of an endpoint: that of its DNS names, which the endpoint itself has there; else that of the service,
  /// which lies in the same one but for services that let endpoints of other Regions in.
  ///
  /// Source: "AWS services that integrate with AWS PrivateLink" and "Access an AWS service using an interface VPC
  /// endpoint", AWS PrivateLink Guide.
  private func region(ofEndpoint json: JSONValue) -> String? {
    let entries = json["DnsEntries"]?.array ?? []
    let names = entries.compactMap { $0["DnsName"]?.string } + [json["ServiceName"]?.string].compactMap { $0 }
    for name in names {
      if let label = name.split(separator: ".").first(where: { isRegion($0) }) { return String(label) }
    }
    return nil
  }

  /// Whether a label has the form of a Region, such as `eu-central-1` or `us-gov-west-1`.
  private func isRegion(_ label: Substring) -> Bool {
    let parts = label.split(separator: "-", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), parts[0].count == 2, let number = parts.last else { return false }
    return number.count <= 2 && Int(number) != nil
      && parts.dropLast().allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }
  }
}
