import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("Which actions a call needed")
struct ResolvingTests {
  let catalog = ActionCatalog.builtIn

  @Test("The cases are read, and there are enough of them")
  func casesAreRead() { #expect(CallCase.all.count >= 120) }

  @Test(
    "A call needs the actions that its case says, by the rule that its case says", arguments: CallCase.all)
  func resolves(_ item: CallCase) {
    let resolution = catalog.resolve(item.call)
    #expect(resolution.actions.map(\.description) == item.actions)
    #expect(resolution.rule.rawValue == item.rule)
    #expect(resolution.isEndpointObservation == item.endpoint ?? false)
    if let visibility = item.visibility {
      let primary = resolution.actions.first.flatMap { catalog.entry(for: $0) }
      #expect(primary?.visibility.rawValue == visibility)
    }
    if let conditional = item.conditional {
      let found = resolution.conditionalActions.map(\.description)
      #expect(Set(conditional).isSubset(of: found), "\(found)")
    }
  }

  @Test("Every action of a resolved call is in the catalogue", arguments: CallCase.all)
  func resolvesToKnownActions(_ item: CallCase) {
    let resolution = catalog.resolve(item.call)
    for action in resolution.actions + resolution.conditionalActions {
      #expect(catalog.entry(for: action) != nil)
    }
    #expect(Set(resolution.actions).isDisjoint(with: resolution.conditionalActions))
  }

  @Test(
    "A case of a mapped call that gives parameters gives one that decides",
    arguments: CallCase.all.filter { $0.rule == "override" && $0.parameters?.isEmpty == false })
  func asksForParameters(_ item: CallCase) {
    let asked = catalog.decidingParameters(eventSource: item.source, eventName: item.name)
    let given = (item.parameters ?? [:]).keys
    #expect(asked.isEmpty || given.contains { asked.contains($0) })
  }

  @Test(
    "Hostile names map to nothing and harm nothing",
    arguments: [
      "", " ", "\u{0}", "Get\u{0}Object", "*", "Get*", "s3:GetObject", "Ünïcode", "20150331", "v2", "V2",
      "Batch",
      "_2015_03_31", String(repeating: "A", count: 10240), String(repeating: "1", count: 255),
      "Get\tObject", "GetObject\n", "ies", "s",
    ])
  func hostileNames(_ name: String) {
    for source in [
      "s3.amazonaws.com", "", "\u{0}", ".amazonaws.com", name, String(repeating: "s3", count: 5120),
    ] {
      let resolution = catalog.resolve(Call(eventSource: source, eventName: name, parameters: ["": name]))
      #expect(resolution.rule == .unmapped)
      #expect(resolution.actions.isEmpty)
      _ = catalog.decidingParameters(eventSource: source, eventName: name)
      #expect(catalog.passRoleParameters(eventSource: source, eventName: name).isEmpty)
    }
  }

  @Test("An unknown source has no prefixes, a known one has them even for an unknown call")
  func prefixes() {
    #expect(catalog.resolve(Call(eventSource: "nobody.amazonaws.com", eventName: "Get")).prefixes.isEmpty)
    #expect(
      catalog.resolve(Call(eventSource: "monitoring.amazonaws.com", eventName: "Nothing")).prefixes == [
        "cloudwatch"
      ])
    #expect(catalog.prefixes(ofEventSource: "S3.amazonaws.com") == ["s3"])
  }

  @Test(
    "Endpoint observations are marked under both spellings", arguments: ["AwsVpceEvent", "AwsVpceEvents"])
  func endpointObservations(_ type: String) {
    let call = Call(eventSource: "kms.amazonaws.com", eventName: "Decrypt", eventType: type)
    #expect(catalog.resolve(call).isEndpointObservation)
  }

  @Test("A message that names another action counts only on a denied call")
  func messageOfAnotherFailure() {
    let message = "The role is not authorized to perform: ec2:CreateNetworkInterface"
    let call = Call(
      eventSource: "lambda.amazonaws.com", eventName: "CreateFunction20150331",
      errorCode: "InvalidParameterValueException",
      errorMessage: message)
    #expect(catalog.resolve(call).actions.map(\.description) == ["lambda:CreateFunction"])
  }

  @Test("Dependent actions are conditional")
  func dependents() {
    let resolution = catalog.resolve(Call(eventSource: "ec2.amazonaws.com", eventName: "RunInstances"))
    #expect(resolution.conditionalActions.map(\.description).contains("iam:PassRole"))
  }

  @Test(
    "A call that may pass a role that no parameter names may have needed to, unless it passed a named one")
  func unnamedRoles() {
    func resolve(_ roles: [PassedRole]) -> Resolution {
      var call = Call(
        eventSource: "ecs.amazonaws.com", eventName: "RunTask", parameters: ["taskDefinition": "web:7"])
      call.passedRoles = roles
      return catalog.resolve(call)
    }
    let unnamed = resolve([])
    #expect(!unnamed.actions.map(\.description).contains("iam:PassRole"))
    #expect(unnamed.conditionalActions.map(\.description).contains("iam:PassRole"))
    let places = catalog.passRoleParameters(eventSource: "ecs.amazonaws.com", eventName: "RunTask")
    let named = resolve(
      places.prefix(1).map { PassedRole(parameter: $0, value: "arn:aws:iam::111122223333:role/t") })
    #expect(named.actions.map(\.description).contains("iam:PassRole"))
    #expect(!named.conditionalActions.map(\.description).contains("iam:PassRole"))
  }

  @Test(
    "A denial's message names the action in every form that AWS writes",
    arguments: [
      (
        "User: arn:aws:iam::111122223333:user/a is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:…",
        "kms:Decrypt"
      ),
      (
        "User: arn:aws:iam::111122223333:user/a is not authorized to perform: iam:GetRole with an explicit deny in a service control policy",
        "iam:GetRole"
      ),
      ("User: anonymous is not authorized to perform: es:ESHttpGet", "es:ESHttpGet"),
      ("User a is not authorized to perform action: \"ssm:GetParameter\".", "ssm:GetParameter"),
      ("not authorized to perform [ec2:CreateTags]", "ec2:CreateTags"),
      (
        "Access denied because no identity-based policy allows the s3:ListAllMyBuckets action",
        "s3:ListAllMyBuckets"
      ),
      ("is not authorized to perform: sts:AssumeRole.", "sts:AssumeRole"),
    ])
  func denialMessages(_ message: String, _ action: String) {
    #expect(catalog.actionNamed(inDenialMessage: message)?.description == action)
  }

  @Test(
    "A message that names no action gives none",
    arguments: [
      "", "Access Denied",
      "You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6X",
      "is not authorized to perform: ", "is not authorized to perform: s3:*", "not authorized to perform: :",
      String(repeating: "not authorized to perform", count: 2000),
    ])
  func messagesWithoutAction(_ message: String) {
    #expect(catalog.actionNamed(inDenialMessage: message) == nil)
  }
}
