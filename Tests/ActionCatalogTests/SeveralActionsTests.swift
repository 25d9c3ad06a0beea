import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("Calls that need several actions")
struct SeveralActionsTests {
  let catalog = ActionCatalog.builtIn

  func resolve(_ source: String, _ name: String, _ parameters: [String: String]?) -> Resolution {
    catalog.resolve(
      Call(
        eventSource: "\(source).amazonaws.com", eventName: name, eventType: "AwsApiCall",
        parameters: parameters))
  }

  @Test("Unknown parameters leave their actions conditional, with the place that decides")
  func unknown() {
    let resolution = resolve("s3", "GetObject", nil)
    #expect(resolution.actions.map(\.description) == ["s3:GetObject"])
    let version = resolution.conditional.first { $0.action.description == "s3:GetObjectVersion" }
    #expect(version?.parameter == "versionId")
    let session = resolve("sts", "AssumeRole", nil).conditional.first {
      $0.action.description == "sts:TagSession"
    }
    #expect(session?.parameter == "tags")
  }

  @Test("Parameters that are known and not there need nothing")
  func absent() {
    #expect(!resolve("s3", "GetObject", [:]).conditionalActions.contains { $0.name == "GetObjectVersion" })
    #expect(resolve("sts", "AssumeRole", ["roleArn": "x"]).conditional.isEmpty)
    let tagged = resolve("sts", "AssumeRole", ["tags": "[…]"])
    #expect(tagged.actions.map(\.description) == ["sts:AssumeRole", "sts:TagSession"])
    #expect(!tagged.conditionalActions.contains { $0.description == "sts:TagSession" })
  }

  @Test("A transaction needs the actions of its items alone; where nothing tells, each is possible")
  func transactions() {
    let put = resolve("dynamodb", "TransactWriteItems", ["transactItems[].put": "{…}"])
    #expect(put.actions.map(\.description) == ["dynamodb:PutItem"])
    #expect(put.conditional.isEmpty)
    for parameters in [nil, [:]] as [[String: String]?] {
      let open = resolve("dynamodb", "TransactWriteItems", parameters)
      #expect(open.actions.isEmpty)
      #expect(open.conditional.count == 4)
      #expect(open.conditional.allSatisfy { $0.parameter?.contains("Items[].") == true })
    }
  }

  @Test("A statement with a hidden text may be any, one with a verb is that")
  func statements() {
    let hidden = resolve("dynamodb", "ExecuteStatement", ["statement": "HIDDEN_DUE_TO_SECURITY_REASONS"])
    #expect(hidden.actions.isEmpty && hidden.conditional.count == 4)
    #expect(hidden.conditional.allSatisfy { $0.parameter == "statement" })
    let select = resolve("dynamodb", "ExecuteStatement", ["statement": "\n -- all\n select * from t"])
    #expect(select.actions.map(\.description) == ["dynamodb:PartiQLSelect"])
    #expect(select.conditional.isEmpty)
  }

  @Test("Tags of every EC2 call are asked for, but of none that only reads")
  func everyCall() {
    let run = resolve("ec2", "RunInstances", nil)
    #expect(run.conditionalActions.contains { $0.description == "ec2:CreateTags" })
    let describe = resolve("ec2", "DescribeInstances", nil)
    #expect(describe.conditional.isEmpty)
    let tagged = resolve("ec2", "RunInstances", ["tagSpecificationSet": "{…}"])
    #expect(tagged.actions.map(\.description) == ["ec2:RunInstances", "ec2:CreateTags"])
  }

  @Test("A role that is passed needs iam:PassRole, one that is not there does not, and an unknown one may")
  func passRole() {
    var call = Call(eventSource: "lambda.amazonaws.com", eventName: "CreateFunction20150331", parameters: [:])
    let place = PassRoleParameter(place: "role", kind: .roleARN)
    #expect(catalog.resolve(call).passRolePlaces == [place])
    let open = catalog.resolve(call).conditional.first { $0.action.description == "iam:PassRole" }
    #expect(open?.parameter == "role")
    call.passedRoles = []
    #expect(!catalog.resolve(call).conditionalActions.contains { $0.description == "iam:PassRole" })
    #expect(catalog.resolve(call).actions.map(\.description) == ["lambda:CreateFunction"])
    call.passedRoles = [PassedRole(parameter: place, value: "arn:aws:iam::111122223333:role/a")]
    #expect(catalog.resolve(call).actions.map(\.description) == ["lambda:CreateFunction", "iam:PassRole"])
    #expect(!catalog.resolve(call).conditionalActions.contains { $0.description == "iam:PassRole" })
  }

  @Test("A call that is none has no places for roles")
  func noCall() {
    let event = Call(
      eventSource: "lambda.amazonaws.com", eventName: "CreateFunction", eventType: "AwsServiceEvent")
    #expect(catalog.resolve(event).passRolePlaces.isEmpty)
    #expect(catalog.resolve(event).conditional.isEmpty)
  }

  @Test(
    "Sources are read with and without their domain, in any case",
    arguments: ["s3", "S3", "s3.amazonaws.com", "S3.AmazonAWS.com", "s3.amazonaws.com.cn"])
  func sources(_ source: String) {
    let call = Call(eventSource: source, eventName: "getbucketPOLICY")
    #expect(catalog.resolve(call).actions.map(\.description) == ["s3:GetBucketPolicy"])
  }

  @Test(
    "Types of events that nobody knows are calls",
    arguments: ["Rds Data Service", "AwsSomethingNew", "", String(repeating: "x", count: 1000)])
  func types(_ type: String) {
    let call = Call(eventSource: "rdsdataapi.amazonaws.com", eventName: "ExecuteStatement", eventType: type)
    #expect(catalog.resolve(call).actions.map(\.description) == ["rds-data:ExecuteStatement"])
  }
}
