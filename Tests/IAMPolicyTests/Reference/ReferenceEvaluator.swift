import IAMPolicy
import JSONText

/// A second evaluator of requests, written to be obvious and not fast, and sharing nothing with the first but the reading of JSON.
///
/// It decides with yes and no alone: of what nobody can say in a statement, or of a statement that is not understood, the caller says
/// whether it is so.
struct ReferenceEvaluator {
  let request: JSONValue
  /// The Sids of statements in which what is not known is taken to be so; in the others it is taken not to be.
  var applying: Set<String> = []
  /// Where the request is for a pattern: whether the resource that is meant lies where statements of such an effect take only a
  /// part away.
  var isWhereDenied = false
  var isWhereNotAllowed = false

  var action: String { (request["action"]?.string ?? "").lowercased() }
  var resource: String { request["resource"]?.string ?? "*" }
  var caller: ReferenceCaller {
    let texts = ReferenceMatching(request: request, hasVariables: false)
    return ReferenceCaller(request["principal"]?.string ?? "") { texts.values($0)?.first }
  }
  var owner: String? {
    if let account = request["resourceAccount"]?.string { return account }
    let parts = resource.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 5 && parts[4].count == 12 ? String(parts[4]) : caller.account
  }
  var hasBoundary: Bool { request["permissionsBoundaries"] != nil }

  /// In AWS's word.
  var decision: String {
    if action == "sts:getcalleridentity", caller.kind != .nobody { return "Allowed" }
    if action == "sts:getsessiontoken", caller.kind == .user || caller.kind == .root { return "Allowed" }
    if isDenied { return "ExplicitlyDenied" }
    return isAllowed ? "Allowed" : "ImplicitlyDenied"
  }

  // MARK: Layers

  private func policies(_ field: String) -> [JSONValue] {
    guard let value = request[field] else { return [] }
    return value.array ?? [value]
  }

  private func levels(_ field: String) -> [[JSONValue]] {
    (request[field]?.array ?? []).map { $0.array ?? [] }
  }

  private var areSCPsInForce: Bool { caller.account != nil && !caller.isServiceLinked }

  private var areRCPsInForce: Bool {
    if caller.isServiceLinked || action == "kms:retiregrant" { return false }
    if action.hasPrefix("sts:"), resource.contains(":role/aws-service-role/") { return false }
    // Of the services that the random requests are about.
    return ["s3", "kms", "sts", "sqs", "dynamodb"].contains { action.hasPrefix($0 + ":") }
  }

  private var isRepair: Bool {
    caller.kind == .root && caller.account == owner
      && ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"].contains(action)
  }

  private var isDenied: Bool {
    let hasNoIdentity = caller.account == nil || caller.kind == .root
    let own = hasNoIdentity ? [] : policies("identityPolicies")
    var statements: [(JSONValue, Place)] = []
    for policy in own + policies("permissionsBoundaries") + policies("sessionPolicy") {
      statements += ReferenceEvaluator.statements(policy).map { ($0, .caller) }
    }
    if !isRepair {
      for policy in policies("resourcePolicy") {
        statements += ReferenceEvaluator.statements(policy).map { ($0, .resource) }
      }
    }
    for policy in policies("endpointPolicies") {
      statements += ReferenceEvaluator.statements(policy).map { ($0, .endpoint) }
    }
    if areSCPsInForce {
      for policy in levels("serviceControlPolicies").flatMap({ $0 }) {
        statements += ReferenceEvaluator.statements(policy).map { ($0, .caller) }
      }
    }
    if areRCPsInForce {
      for policy in levels("resourceControlPolicies").flatMap({ $0 }) {
        statements += ReferenceEvaluator.statements(policy).map { ($0, .resource) }
      }
    }
    return statements.contains { applies($0.0, effect: "Deny", in: $0.1) != nil }
  }

  private var isAllowed: Bool {
    if areSCPsInForce {
      for level in levels("serviceControlPolicies") where !allows(level, .caller) { return false }
    }
    let endpoint = policies("endpointPolicies")
    if !endpoint.isEmpty, !allows(endpoint, .endpoint) { return false }
    if caller.kind == .root, action == "sts:assumerole" || action == "sts:assumeroot" { return false }
    if caller.kind == .nobody, action == "sts:getcalleridentity" { return false }
    if caller.kind == .root, caller.account == owner, action == "kms:retiregrant",
      resource.hasPrefix("arn:aws:kms:")
    {
      return true
    }
    // From the narrowest way in to the widest.
    let byGrant = bestGrant
    let named = max(byGrant, bestMatch)
    if caller.account == nil { return action != "sts:assumeroot" && named == .itself }
    let limits =
      (!hasBoundary || allows(policies("permissionsBoundaries"), .caller))
      && (request["sessionPolicy"] == nil || allows(policies("sessionPolicy"), .caller))
    let identity = hasIdentitySide && limits
    if action == "sts:assumeroot" { return identity }
    if caller.account != owner { return byGrant >= .role && limits || identity && named != .nobody }
    if named == .itself { return true }
    if named == .role, limits { return true }
    if needsResource { return identity && named != .nobody }
    return identity
  }

  private var hasIdentitySide: Bool {
    switch caller.kind {
    case .root: true
    case .federatedUser where request["sessionPolicy"] == nil: false
    default: allows(policies("identityPolicies"), .caller)
    }
  }

  private var needsResource: Bool {
    if action == "sts:assumerole" { return true }
    return action.hasPrefix("kms:") && resource.hasPrefix("arn:aws:kms:") && resource.contains(":key/")
  }

  private func allows(_ policies: [JSONValue], _ place: Place) -> Bool {
    policies.flatMap(ReferenceEvaluator.statements).contains {
      applies($0, effect: "Allow", in: place) != nil
    }
  }

  /// How closely a grant names the caller where it allows.
  private var bestGrant: ReferenceCaller.Match {
    var best = ReferenceCaller.Match.nobody
    let given = request["keyGrants"]
    for grant in given?.array ?? given?["Grants"]?.array ?? [] where action.hasPrefix("kms:") {
      let key = grant["KeyId"]?.string
      guard key == nil || key == resource || resource.hasSuffix(":key/\(key ?? "")") else { continue }
      let operations = (grant["Operations"]?.array ?? []).compactMap { $0.string?.lowercased() }
      if operations.contains(String(action.dropFirst(4))) {
        best = max(best, caller.match(kind: "AWS", name: grant["GranteePrincipal"]?.string ?? ""))
      }
      if action == "kms:retiregrant" {
        best = max(best, caller.match(kind: "AWS", name: grant["RetiringPrincipal"]?.string ?? ""))
      }
    }
    return best
  }

  /// How closely the resource's policies name the caller where they allow.
  private var bestMatch: ReferenceCaller.Match {
    var best = ReferenceCaller.Match.nobody
    for statement in policies("resourcePolicy").flatMap(ReferenceEvaluator.statements) {
      best = max(best, applies(statement, effect: "Allow", in: .resource) ?? .nobody)
    }
    return best
  }

  // MARK: Statements

  enum Place { case caller, resource, endpoint }

  static func statements(_ policy: JSONValue) -> [JSONValue] {
    guard let value = policy["Statement"] else { return [] }
    return (value.array ?? [value]).map { statement in
      // Every statement knows its document's version.
      .object(
        (statement.members ?? []) + [JSONValue.Member("version", policy["Version"] ?? .string("2008-10-17"))])
    }
  }

  /// How a statement of that effect takes in the caller; nil where it does not apply.
  private func applies(_ statement: JSONValue, effect: String, in place: Place) -> ReferenceCaller.Match? {
    guard statement["Effect"]?.string == effect else { return nil }
    let hasVariables = statement["version"]?.string == "2012-10-17"
    let texts = ReferenceMatching(request: request, hasVariables: hasVariables)
    if let actions = statement["Action"] {
      guard texts.list(actions).contains(where: { texts.isAction($0, action) }) else { return nil }
    } else if let actions = statement["NotAction"] {
      guard !texts.list(actions).contains(where: { texts.isAction($0, action) }) else { return nil }
    }
    let isSo = statement["Sid"]?.string.map(applying.contains) ?? false
    if statement["Condition"]?["StringMatches"] != nil { return isSo ? .itself : nil }
    let asked =
      place != .resource && ["s3:listallmybuckets", "ec2:describeinstances"].contains(action) ? "*" : resource
    if let resources = statement["Resource"] {
      switch share(texts.list(resources), asked, place, texts, isSo) {
      case .whole: break
      case .part where effect == "Deny" && isWhereDenied: break
      default: return nil
      }
    } else if let resources = statement["NotResource"] {
      switch share(texts.list(resources), asked, place, texts, isSo) {
      case .none: break
      case .part where effect == "Deny" && isWhereDenied: break
      case .part where effect == "Allow" && !isWhereNotAllowed: break
      default: return nil
      }
    }
    for (name, keys) in (statement["Condition"]?.members ?? []).map({ ($0.name, $0.value) }) {
      for key in keys.members ?? [] {
        let condition = ReferenceCondition(
          operation: name, key: key.name, wanted: texts.list(key.value), oddOnesFit: isSo)
        guard condition.holds(texts) else { return nil }
      }
    }
    if let principals = statement["Principal"] {
      let match = caller.bestMatch(in: principals)
      return match == .nobody ? nil : match
    }
    if let principals = statement["NotPrincipal"] {
      return caller.isExempt(by: principals) && !hasBoundary ? nil : .itself
    }
    return .itself
  }

  /// - Parameter isSo: what is taken of a pattern with a variable where none can stand.
  private func share(
    _ patterns: [String], _ asked: String, _ place: Place, _ texts: ReferenceMatching, _ isSo: Bool
  ) -> ReferenceMatching.Share {
    if place != .resource, patterns.contains(where: { isOfAllBuckets($0, asked) }) { return .whole }
    let shares = patterns.map { pattern in
      // Of the variables in the random requests none that stands behind the fifth colon follows one that stands before it.
      if texts.hasVariables, let variable = pattern.firstRange(of: "${aws:"),
        pattern[..<variable.lowerBound].count(where: { $0 == ":" }) < 5
      {
        return isSo ? ReferenceMatching.Share.whole : .none
      }
      return texts.share(pattern, of: asked)
    }
    return shares.contains(.whole) ? .whole : shares.contains(.part) ? .part : .none
  }

  /// S3's list of all buckets is also granted on the ARN of all buckets, in any partition.
  private func isOfAllBuckets(_ pattern: String, _ asked: String) -> Bool {
    guard action == "s3:listallmybuckets", asked == "*" else { return false }
    let parts = pattern.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 6 && parts[2] == "s3" && parts[5] == "*"
      && Set(parts[3...4]).isSubset(of: ["", "*"])
  }
}
