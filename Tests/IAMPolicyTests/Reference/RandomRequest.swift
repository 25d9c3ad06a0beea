import IAMPolicy
import JSONText

/// Numbers that are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Writes requests at random, of few names so that they meet often.
struct RandomRequest {
  var numbers: SeededNumbers
  private var unknowns = 0
  /// How many in a hundred statements are not understood.
  private let unknownShare: Int

  init(seed: UInt64, unknownShare: Int = 0) {
    numbers = SeededNumbers(seed: seed)
    self.unknownShare = unknownShare
  }

  /// The Sids of the statements that are not understood, as far as they have been written.
  var unknownSids: [String] { (0..<unknowns).map { "unknown\($0)" } }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int(numbers.next() % UInt64(values.count))]
  }

  /// True so many times in a hundred.
  mutating func chance(_ share: Int) -> Bool { numbers.next() % 100 < UInt64(share) }

  mutating func some(_ values: [String], upTo count: Int) -> JSONValue {
    if chance(50) { return .string(pick(values)) }
    return .array((0...Int(numbers.next() % UInt64(count))).map { _ in .string(pick(values)) })
  }

  private static let accounts = ["111122223333", "444455556666"]
  private static let callers = [
    "arn:aws:iam::111122223333:user/Ana", "arn:aws:iam::111122223333:user/team/Bob",
    "arn:aws:iam::444455556666:user/Ana", "arn:aws:iam::111122223333:role/Reader",
    "arn:aws:sts::111122223333:assumed-role/Reader/monday",
    "arn:aws:sts::444455556666:assumed-role/Reader/monday",
    "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForConfig/x",
    "arn:aws:sts::111122223333:federated-user/Guest", "arn:aws:iam::111122223333:root",
    "arn:aws:iam::444455556666:root", "s3.amazonaws.com", "*",
    "arn:aws:iam::111122223333:oidc-provider/example.com",
    "arn:aws-us-gov:sts::111122223333:assumed-role/Reader/monday", "arn:aws-us-gov:iam::111122223333:root",
  ]
  private static let named = [
    "arn:aws:iam::111122223333:user/Ana", "arn:aws:iam::111122223333:user/team/Bob",
    "arn:aws:iam::444455556666:user/Ana", "arn:aws:iam::111122223333:role/Reader",
    "arn:aws:iam::111122223333:role/team/Reader", "arn:aws:sts::111122223333:assumed-role/Reader/monday",
    "arn:aws:sts::111122223333:assumed-role/Reader/tuesday", "arn:aws:sts::111122223333:federated-user/Guest",
    "arn:aws:iam::111122223333:root", "111122223333", "arn:aws:iam::444455556666:root", "444455556666",
    "AROACKCEVSQ6C2EXAMPLE", "AIDACKCEVSQ6C2EXAMPLE", "arn:aws-us-gov:iam::111122223333:root",
    "arn:aws-us-gov:iam::111122223333:role/Reader",
  ]
  private static let actions = [
    "s3:GetObject", "s3:PutObject", "s3:PutBucketPolicy", "s3:ListAllMyBuckets", "ec2:DescribeInstances",
    "kms:Decrypt", "kms:RetireGrant", "sts:AssumeRole", "sqs:SendMessage", "sns:Publish", "dynamodb:GetItem",
    "sts:AssumeRoot", "sts:GetCallerIdentity",
  ]
  private static let actionPatterns =
    actions + [
      "*", "*:*", "s3:*", "S3:get*", "s3:?etObject", "s3:*Object", "kms:*", "kms:?e*t", "sts:Assume*",
      "sqs:*",
      "dynamodb:*Item", "s3:*e*t*",
    ]
  private static let resources = [
    "arn:aws:s3:::reports/2026/q1.csv", "arn:aws:s3:::reports/Ana/x", "arn:aws:s3:::reports",
    "arn:aws:s3:::reports/a:b", "arn:aws:kms:eu-west-1:111122223333:key/k1",
    "arn:aws:kms:eu-west-1:444455556666:key/k1", "arn:aws:iam::111122223333:role/Reader",
    "arn:aws:iam::444455556666:role/Shared",
    "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    "arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:sqs:eu-west-1:444455556666:q",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders", "*", "arn:aws:s3:::reports/*",
    "arn:aws:s3:::reports/?na/*", "arn:aws:s3:::reports/2026/q?.csv", "arn:aws:s3:::re*.csv",
    "arn:aws:kms:eu-west-1:111122223333:key/*", "arn:aws:sqs:*:111122223333:q",
  ]
  private static let resourcePatterns =
    resources + [
      "*", "*", "arn:aws:s3:::reports/*", "arn:aws:s3:::rep*", "arn:aws:s3:::*.csv",
      "arn:aws:s3:::reports/?na/*",
      "arn:aws:s3:::reports/${aws:username}/*", "arn:aws:s3:::reports/${aws:PrincipalTag/team, 'Ana'}/x",
      "arn:aws:s3:::reports/${*}", "arn:aws:*:::reports/*", "arn:aws:s3:*",
      "arn:aws:kms:*:111122223333:key/*",
      "arn:aws:kms:*:key/k?", "arn:aws:sqs:eu-*1:111122223333:?", "arn:aws:sqs:eu*q", "arn:aws:iam::*:role/*",
      "arn:aws-cn:s3:::*", "arn:aws:dynamodb:*:table/orders", "arn:aws:s3:::re*orts/*/q?.csv",
    ]

  /// With a variable where none can stand.
  private static let misplaced = [
    "${aws:username}", "arn:aws:s3::${aws:username}:reports/*", "arn:${aws:username}:sqs:*:*:q",
    "arn:aws:kms:*:${aws:PrincipalTag/team, 'x'}:key/*",
  ]

  // MARK: Policies

  enum Layer { case caller, resource, endpoint, resourceControl }

  mutating func statement(_ layer: Layer, effect: String? = nil) -> JSONValue {
    let effect = effect ?? (chance(30) ? "Deny" : "Allow")
    var members = [JSONValue.Member("Effect", .string(effect))]
    members.append(
      .init(chance(15) ? "NotAction" : "Action", some(RandomRequest.actionPatterns, upTo: 4)))
    let isUnknown = chance(unknownShare)
    let fault = isUnknown ? Int(numbers.next() % 3) : nil
    var resources = some(RandomRequest.resourcePatterns, upTo: 4)
    if fault == 1 {
      resources = .array([.string(pick(RandomRequest.misplaced))] + (resources.array ?? [resources]))
    }
    members.append(.init(chance(15) ? "NotResource" : "Resource", resources))
    switch layer {
    case .caller: break
    case .resourceControl: if !chance(30) { members.append(.init("Principal", .string("*"))) }
    case .resource, .endpoint:
      let isExcept = effect == "Deny" && chance(25)
      members.append(.init(isExcept ? "NotPrincipal" : "Principal", principals()))
    }
    if let fault {
      members.append(.init("Sid", .string("unknown\(unknowns)")))
      switch fault {
      case 0: members.append(.init("Condition", .object([.init("StringMatches", .object([]))])))
      case 1: break
      default: members.append(.init("Condition", oddCondition()))
      }
      unknowns += 1
    } else if chance(40) {
      members.append(.init("Condition", condition()))
    }
    return .object(members)
  }

  private mutating func principals() -> JSONValue {
    if chance(20) { return .string("*") }
    if chance(15) { return .object([.init("Service", .string("s3.amazonaws.com"))]) }
    if chance(10) {
      return .object([.init("Federated", .string("arn:aws:iam::111122223333:oidc-provider/example.com"))])
    }
    return .object([.init("AWS", some(RandomRequest.named, upTo: 4))])
  }

  mutating func policy(_ layer: Layer) -> JSONValue {
    let statements = (0...Int(numbers.next() % 3)).map { _ in statement(layer) }
    var members = [JSONValue.Member("Statement", statements.count == 1 ? statements[0] : .array(statements))]
    if !chance(15) {
      members.append(.init("Version", .string(pick(["2012-10-17", "2012-10-17", "2008-10-17"]))))
    }
    return .object(members)
  }

  private static let everything = JSONValue.object([
    .init("Version", .string("2012-10-17")),
    .init(
      "Statement",
      .object([
        .init("Effect", .string("Allow")), .init("Action", .string("*")), .init("Resource", .string("*")),
      ])),
  ])

  private mutating func policies(_ layer: Layer, upTo count: Int, full: Int = 0) -> JSONValue {
    var items = (0..<Int(numbers.next() % UInt64(count + 1))).map { _ in policy(layer) }
    if chance(full) { items.append(RandomRequest.everything) }
    return .array(items)
  }

  private mutating func levels(_ layer: Layer, full: Int) -> JSONValue {
    .array((0..<Int(numbers.next() % 3)).map { _ in policies(layer, upTo: 1, full: full) })
  }

  /// A whole request.
  mutating func request() -> JSONValue {
    let caller = pick(RandomRequest.callers)
    let action = pick(RandomRequest.actions)
    let resource =
      action == "sts:AssumeRoot" && chance(80)
      ? "arn:aws:iam::444455556666:root" : pick(RandomRequest.resources)
    var members: [JSONValue.Member] = [
      .init("principal", .string(caller)), .init("action", .string(action)),
      .init("resource", .string(resource)), .init("context", context(of: caller)),
      .init("identityPolicies", policies(.caller, upTo: 3, full: 25)),
    ]
    if resource.contains(":s3:") {
      members.append(.init("resourceAccount", .string(pick(RandomRequest.accounts))))
    }
    if chance(60) { members.append(.init("resourcePolicy", policies(.resource, upTo: 2))) }
    let hasBoundary = caller.contains(":user/") || caller.contains("role/Reader")
    if hasBoundary, chance(25) {
      members.append(.init("permissionsBoundaries", policies(.caller, upTo: 2, full: 40)))
    }
    if caller.contains("assumed-role") || caller.contains("federated-user"), chance(40) {
      members.append(.init("sessionPolicy", policies(.caller, upTo: 2, full: 40)))
    }
    if chance(25) { members.append(.init("serviceControlPolicies", levels(.caller, full: 80))) }
    if chance(25) { members.append(.init("resourceControlPolicies", levels(.resourceControl, full: 0))) }
    if chance(15) { members.append(.init("endpointPolicies", policies(.endpoint, upTo: 2, full: 50))) }
    if chance(20) {
      var grant: [JSONValue.Member] = [
        .init("GranteePrincipal", .string(pick(RandomRequest.named))),
        .init("Operations", .array([.string(pick(["Decrypt", "RetireGrant", "Encrypt"]))])),
      ]
      if chance(50) { grant.append(.init("RetiringPrincipal", .string(pick(RandomRequest.named)))) }
      if chance(40) {
        let keys = [
          "arn:aws:kms:eu-west-1:111122223333:key/k1", "arn:aws:kms:eu-west-1:444455556666:key/k1", "k1",
          "k2",
        ]
        grant.append(.init("KeyId", .string(pick(keys))))
      }
      let grants = JSONValue.array([.object(grant)])
      members.append(.init("keyGrants", chance(20) ? .object([.init("Grants", grants)]) : grants))
    }
    return .object(members)
  }
}
