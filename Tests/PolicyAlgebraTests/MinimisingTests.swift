import ActionCatalog
import IAMIdentifiers
import IAMPolicy
import PolicyAlgebra
import Testing

/// The program's own catalogue.
struct BuiltInUniverse: ActionUniverse {
  private let catalog = ActionCatalog.builtIn

  var services: [String] { catalog.services }
  var count: Int { catalog.count }
  func name(at index: Int) -> ActionName { catalog.name(at: index) }
  func index(of action: ActionName) -> Int? { catalog.index(of: action) }
  func indices(ofService service: String) -> Range<Int> { catalog.indices(ofService: service) }
  func supportsResourceLevelPermissions(at index: Int) -> Bool {
    catalog.entry(at: index).supportsResourceLevelPermissions
  }

  static let space = ActionSpace(BuiltInUniverse())
}

/// The same numbers each time.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite("Shortest lists of patterns")
struct MinimisingTests {
  private let space = BuiltInUniverse.space

  private func patterns(_ texts: String...) -> [String] {
    space.minimise(space.expand(texts.compactMap { ActionPattern($0) })).map(\.description)
  }

  @Test("What expands to everything is *, to a service its wildcard, to nothing nothing")
  func extremes() {
    #expect(space.minimise(space.everything).map(\.description) == ["*"])
    #expect(space.minimise(ActionSet(capacity: space.count)).isEmpty)
    #expect(patterns("s3:*", "sqs:*") == ["s3:*", "sqs:*"])
    #expect(patterns("sts:AssumeRole") == ["sts:AssumeRole"])
    #expect(ActionSpace(FixtureUniverse([])).minimise(ActionSet(capacity: 0)).isEmpty)
  }

  @Test(
    "A pattern comes back as it was: with all that its actions share, so that the least comes in tomorrow",
    arguments: ["iam:Get*", "iam:List*", "ec2:Describe*", "s3:Get*", "kms:GenerateDataKey*", "iam:*Role"])
  func returns(text: String) { #expect(patterns(text) == [text]) }

  @Test("Wildcards may stand around a word, and before a whole name")
  func around() throws {
    let names = [
      "x:CreateThing", "x:DeleteThing", "x:GetThingStatus", "x:ListThings", "x:TagResource",
      "x:UntagResource",
      "x:CreateOther", "x:ListOthers", "x:GetOther", "x:StopOther",
    ]
    let space = ActionSpace(FixtureUniverse(names))
    let set = space.expand(["x:*Thing*", "x:*TagResource"].compactMap { ActionPattern($0) })
    #expect(space.minimise(set).map(\.description) == ["x:*TagResource", "x:*Thing*"])
  }

  @Test("A list is no longer than the one whose patterns the set was made of", arguments: 1...40)
  func noLonger(seed: UInt64) {
    var dice = Dice(state: seed)
    let services = ["iam", "s3", "route53", "evidently", "lambda", "dynamodb"]
    let service = services[Int(seed) % services.count]
    let range = space.universe.indices(ofService: service)
    let patterns = (0..<4).compactMap { _ -> ActionPattern? in
      let name = space.universe.name(at: Int.random(in: range, using: &dice)).name
      let words = name.split(separator: /(?=[A-Z])/)
      let word = words[Int.random(in: 0..<words.count, using: &dice)]
      return word.count > 2 ? ActionPattern("\(service):*\(word)*") : nil
    }
    let set = space.expand(patterns)
    let list = space.minimise(set)
    #expect(space.expand(list) == set && list.count <= max(patterns.count, 1))
  }

  @Test(
    "Any set of actions of a service comes back exactly",
    arguments: ["s3", "iam", "ec2", "sqs", "lambda", "apigateway", "kms"])
  func services(service: String) {
    var dice = Dice(state: UInt64(service.utf8.count) &* 977)
    let range = space.universe.indices(ofService: service)
    for share in [3, 50, 97] {
      var set = ActionSet(capacity: space.count)
      for place in range where Int.random(in: 0..<100, using: &dice) < share { set.insert(place) }
      let patterns = space.minimise(set)
      #expect(space.expand(patterns) == set)
      #expect(patterns.count <= set.count)
      let names = space.minimise(set, wildcards: false)
      #expect(space.expand(names) == set && names.allSatisfy(\.isLiteral) && names.count == set.count)
    }
  }

  @Test("Sets over the whole catalogue come back exactly")
  func wholeCatalogue() {
    var dice = Dice(state: 42)
    var set = space.everything
    set.subtract(space.expand([ActionPattern("iam:*"), ActionPattern("*:Delete*")].compactMap { $0 }))
    #expect(space.expand(space.minimise(set)) == set)
    for _ in 0..<3 {
      var random = ActionSet(capacity: space.count)
      for _ in 0..<200 { random.insert(Int.random(in: 0..<space.count, using: &dice)) }
      #expect(space.expand(space.minimise(random)) == random)
    }
  }

  @Test("Names that differ by case only, or hold other signs, are no obstacle")
  func oddNames() {
    let odd = ActionSpace(FixtureUniverse(["a:getX", "a:GetY", "a:get-Z.1", "a:Put_", "b:X", "b:x2"]))
    for bits in 0..<64 {
      var set = ActionSet(capacity: odd.count)
      for place in 0..<odd.count where bits & (1 << place) != 0 { set.insert(place) }
      #expect(odd.expand(odd.minimise(set)) == set)
    }
  }

  @Test("Set operations take microseconds")
  func speed() {
    let left = space.expand([ActionPattern("ec2:*")].compactMap { $0 })
    let right = space.everything
    let took = ContinuousClock().measure {
      for _ in 0..<1_000 { _ = left.union(right).subtracting(left).isEmpty }
    }
    // Generous, for debug builds on busy machines.
    #expect(took < .seconds(5))
  }
}

@Suite("Actions of a document")
struct PolicyExpansionTests {
  private static func expansion(_ statements: String) throws -> (actions: [String], PolicyExpansion) {
    let space = ActionSpace(FixtureUniverse.small)
    let document = try PolicyDocument(text: #"{"Version":"2012-10-17","Statement":"# + statements + "}")
    let expansion = PolicyExpansion(document, in: space)
    return (space.names(expansion.actions).map(\.description), expansion)
  }

  @Test(
    "Allowed is what a statement is about, less what is denied whatever the request",
    arguments: [
      (
        #"{"Effect":"Allow","Action":"dynamodb:*Item","Resource":"arn:aws:x"}"#,
        "dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem"
      ),
      (#"{"Effect":"Deny","Action":"*","Resource":"*"}"#, ""),
      (
        #"[{"Effect":"Allow","Action":"lambda:*","Resource":"*"},{"Effect":"Deny","NotAction":"lambda:L*","Resource":"*"}]"#,
        "lambda:ListFunctions"
      ),
      (
        #"[{"Effect":"Allow","Action":"apigateway:*","Resource":"*"},{"Effect":"Deny","Action":"apigateway:GET","Resource":"arn:aws:x:::y"}]"#,
        "apigateway:GET apigateway:POST"
      ),
      (
        #"[{"Effect":"Allow","Action":"apigateway:*","Resource":"*"},{"Effect":"Deny","Action":"apigateway:GET","NotResource":"arn:aws:x:::y"}]"#,
        "apigateway:GET apigateway:POST"
      ),
      (
        #"[{"Effect":"Allow","Action":"apigateway:*","Resource":"*"},{"Effect":"Deny","Action":"APIGateway:get","Resource":"*"}]"#,
        "apigateway:POST"
      ),
      (
        #"[{"Effect":"Allow","Action":"apigateway:*","Resource":"*"},{"Effect":"Deny","Action":"apigateway:GET","Resource":"*","Condition":{"Bool":{"a:b":"true"}}}]"#,
        "apigateway:GET apigateway:POST"
      ),
      (
        #"[{"Effect":"Allow","Principal":"*","Action":"apigateway:*"},{"Effect":"Deny","Principal":"*","Action":"apigateway:GET"}]"#,
        "apigateway:POST"
      ),
      (
        #"[{"Effect":"Allow","Principal":"*","Action":"apigateway:*"},{"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"apigateway:GET"}]"#,
        "apigateway:GET apigateway:POST"
      ),
    ])
  func actions(statements: String, actions: String) throws {
    #expect(try Self.expansion(statements).actions.joined(separator: " ") == actions)
  }

  @Test("Unknown actions that are spelled out are listed, unless they are denied")
  func unknown() throws {
    let (actions, expansion) = try Self.expansion(
      #"[{"Effect":"Allow","Action":["zz:B","zz:A","ZZ:a","s3:Nothing","s3:None*","aa:C"],"Resource":"*"},{"Effect":"Deny","Action":"aa:*","Resource":"*"}]"#
    )
    #expect(actions.isEmpty)
    #expect(expansion.unknown.map(\.description) == ["s3:Nothing", "ZZ:a", "zz:B"])
  }

  @Test("What is not understood is told")
  func obstacles() throws {
    let (actions, expansion) = try Self.expansion(
      #"[{"Effect":"Allow","Action":"apigateway:GET","Resource":"*","Odd":1},{"Effect":"Allow","Action":"a b","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Odd":1}]"#
    )
    #expect(actions == ["apigateway:GET"])
    #expect(expansion.obstacles.map(\.statementIndex) == [0, 1, 2])
  }
}

@Suite("Names and resources in policies")
struct CatalogLintTests {
  private static func rules(_ statement: String) throws -> [String] {
    let document = try PolicyDocument(text: #"{"Version":"2012-10-17","Statement":["# + statement + "]}")
    return CatalogLint(.builtIn, space: BuiltInUniverse.space).findings(in: document).map {
      "\($0.rule.rawValue): \($0.remedy)"
    }
  }

  @Test(
    "A name that does not exist is told, with what is near",
    arguments: [
      (#""s3:GetObjct""#, "unknown-action", "s3:GetObject"),
      (#""monitoring:GetMetricData""#, "unknown-service", "cloudwatch"),
      (#""sqss:*""#, "unknown-service", "sqs"), (#""s3:Zzz*""#, "pattern-matches-nothing", "Correct"),
    ])
  func names(action: String, rule: String, near: String) throws {
    let found = try Self.rules(#"{"Effect":"Deny","Action":\#(action),"Resource":"*"}"#)
    #expect(found.count == 1)
    #expect(found[0].hasPrefix(rule) && found[0].contains(near))
  }

  @Test("Thousands of names that do not exist are all told, at once")
  func manyNames() throws {
    let names = (0..<5_000).map { "\"s3:Got\($0)\",\"none\($0):X\"" }.joined(separator: ",")
    let took = try ContinuousClock().measure {
      let found = try Self.rules(#"{"Effect":"Allow","Action":["# + names + #"],"Resource":"*"}"#)
      #expect(found.count == 10_000)
    }
    // Generous, for debug builds on busy machines.
    #expect(took < .seconds(30))
  }

  @Test(
    "Actions and resources that have nothing to do with each other are told",
    arguments: [
      ("s3:GetObject", "arn:aws:s3:::b", "resource-of-other-kind"), ("s3:GetObject", "arn:aws:s3:::b/*", ""),
      ("s3:GetObject", "arn:aws:s3:::b*", ""),
      ("s3:ListBucket", "arn:aws:s3:::b/*", "resource-of-other-kind"),
      ("s3:ListBucket", "arn:aws:s3:::b", ""), ("s3:ListBucket", "arn:aws:s3:eu-west-1:1:accesspoint/a", ""),
      ("s3:GetObject", "arn:aws:sqs:eu-west-1:111122223333:q", "resource-of-other-kind"),
      ("iam:GetRole", "arn:aws:iam::1:user/x", "resource-of-other-kind"),
      ("iam:GetRole", "arn:aws:iam::1:*", ""),
      ("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q", ""),
      ("s3:ListAllMyBuckets", "arn:aws:s3:::*", ""),
      ("s3:ListAllMyBuckets", "arn:aws:s3:::b", "needs-every-resource"),
      ("sts:AssumeRole", "arn:aws:iam::1:role/r", ""),
      ("s3:*", "arn:aws:s3:::b", ""), ("s3:GetObject", "arn:aws:s3:::${aws:username}", ""),
      ("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:layer:x", "resource-of-other-kind"),
      ("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:f", "resource-of-other-kind"),
      ("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:f:*", ""),
      ("ec2:StartInstances", "arn:aws:ec2:*:111122223333:volume/vol-1", "resource-of-other-kind"),
      ("ec2:StartInstances", "arn:aws:ec2:*:111122223333:*", ""),
      ("ec2:RunInstances", "arn:aws:ec2:*::image/ami-*", ""),
      ("dynamodb:Query", "arn:aws:dynamodb:*:*:table:t", "resource-of-other-kind"),
      ("dynamodb:Query", "arn:aws:dynamodb:*:*:table/t/index/*", ""),
      ("ssm:GetParameter", "arn:aws:ssm:eu-west-1:111122223333:/app/x", "resource-of-other-kind"),
      ("ssm:GetParameter", "arn:aws:ssm:eu-west-1:111122223333:parameter/app/x", ""),
      ("logs:CreateLogStream", "arn:aws:logs:*:*:/aws/lambda/x", "resource-of-other-kind"),
      ("logs:PutLogEvents", "arn:aws:logs:*:*:log-group:/aws/lambda/*:*", ""),
      ("s3:Get*", "arn:aws:sqs:eu-west-1:111122223333:q", "resource-of-other-kind"),
      ("s3:Get*", "arn:aws:s3:::b", ""), ("iam:*", "arn:aws:iam::111122223333:role/x", ""),
      ("sqs:*", "arn:aws:sns:eu-west-1:111122223333:t", "resource-of-other-kind"),
      ("kms:List*", "arn:aws:kms:*:*:key/*", ""),
      ("cloudtrail:Describe*", "arn:aws:cloudtrail:*:*:trail/*", "resource-of-other-kind"),
      ("sts:Get*", "arn:aws:iam::*:role/x", "resource-of-other-kind"),
      ("ec2:DescribeRegi*", "arn:aws:ec2:*:*:instance/*", "needs-every-resource"),
    ])
  func resources(action: String, resource: String, rule: String) throws {
    let found = try Self.rules(#"{"Effect":"Allow","Action":"\#(action)","Resource":"\#(resource)"}"#)
    #expect(found.map { String($0.prefix { $0 != ":" }) } == (rule.isEmpty ? [] : [rule]))
  }

  @Test(
    "A condition key that no service has is told, whatever the case and whatever stands for a name",
    arguments: [
      ("s3:prefix", true), ("S3:PREFIX", true), ("s3:nosuchkey", false), ("s3:ExistingObjectTag/team", true),
      ("s3:ExistingObjectTag/", false), ("iam:PassedToService", true), ("iam:PassToService", false),
      ("aws:SourceIp", true), ("token.actions.githubusercontent.com:sub", true),
      ("odd.example.com:sub", true),
      ("ec2:ResourceTag/x/y:z", true),
    ])
  func conditionKeys(key: String, isKnown: Bool) throws {
    let found = try Self.rules(
      #"{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"\#(key)":"x"}}}"#)
    #expect(found.map { String($0.prefix { $0 != ":" }) } == (isKnown ? [] : ["unknown-service-key"]))
  }

  @Test("Of too many resources some are not compared, which is said; long ones may be anything")
  func hostileResources() throws {
    func found(_ count: Int, _ more: String = "") throws -> [String] {
      let resources = (0..<count).map { "\"arn:aws:sqs:*:*:\($0)*a*a*a*\"" }.joined(separator: ",") + more
      return try Self.rules(#"{"Effect":"Allow","Action":"s3:*","Resource":[\#(resources)]}"#)
        .map { String($0.prefix { $0 != ":" }) }
    }
    #expect(try found(10) == ["resource-of-other-kind"])
    #expect(try found(20_000) == ["check-left-out"])
    #expect(try found(10, ",\"arn:aws:sqs:*:*:\(String(repeating: "*a", count: 4_000))\"") == [])
  }
}
