import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("AWS's service reference")
struct ServiceReferenceTests {
  /// The form that "Simplified AWS service information for programmatic access" shows.
  static let storage = """
    {
      "Name": "s3",
      "Actions": [
        {"Name": "GetObject", "ActionConditionKeys": ["s3:authType"],
         "Annotations": {"Properties": {"IsList": false, "IsPermissionManagement": false, "IsTaggingOnly": false,
           "IsWrite": false}},
         "Resources": [{"Name": "object"}, {"Name": "accesspointobject"}],
         "SupportedBy": {"IAM Access Analyzer Policy Generation": false, "IAM Action Last Accessed": true}},
        {"Name": "PutBucketAcl", "Annotations": {"Properties": {"IsList": false, "IsPermissionManagement": true,
           "IsTaggingOnly": false, "IsWrite": true}}, "Resources": [{"Name": "bucket"}]},
        {"Name": "FoldObject", "Annotations": {"Properties": {"IsWrite": true}}},
        {"Name": "ListBucket"}
      ],
      "ConditionKeys": [{"Name": "s3:authType", "Types": ["String"]}],
      "Operations": [
        {"Name": "GetObject", "SDK": [{"Name": "s3", "Method": "get_object", "Package": "Boto3"}],
         "AuthorizedActions": [{"Name": "GetObject", "Service": "s3"}, {"Name": "GetObjectLegalHold", "Service": "s3"},
           {"Name": "Decrypt", "Service": "kms"}]},
        {"Name": "ListObjectsV3", "AuthorizedActions": [{"Name": "ListBucket", "Service": "s3"}]},
        {"Name": "NotMapped"}
      ],
      "Resources": [{"Name": "bucket", "ARNFormats": ["arn:${Partition}:s3:::${BucketName}"]}],
      "Version": "v1.4", "SomethingNew": {"a": [1, null]}
    }
    """

  @Test("A file of the documented form is read")
  func form() throws {
    let reference = try ServiceReference(json: Self.storage.utf8)
    #expect(reference.service == "s3" && reference.version == "v1.4")
    #expect(
      reference.actions.map(\.name.description) == [
        "s3:FoldObject", "s3:GetObject", "s3:ListBucket", "s3:PutBucketAcl",
      ])
    #expect(reference.actions.map(\.accessLevels) == [.write, .read, nil, [.permissionsManagement, .write]])
    let get = try #require(reference.actions.first { $0.name.name == "GetObject" })
    #expect(get.resourceTypes == ["accesspointobject", "object"])
    #expect(get.supportsLastAccessed == true && get.supportsPolicyGeneration == false)
    #expect(reference.operations.map(\.name) == ["GetObject", "ListObjectsV3", "NotMapped"])
    #expect(
      reference.operations[0].authorizedActions.map(\.description) == [
        "kms:Decrypt", "s3:GetObject", "s3:GetObjectLegalHold",
      ])
    #expect(reference.operations[2].authorizedActions.isEmpty)
  }

  @Test("A list of one is that one; the list of services says what to download")
  func lists() throws {
    #expect(
      try ServiceReference(json: "[\(Self.storage)]".utf8) == ServiceReference(json: Self.storage.utf8))
    let index = #"[{"service": "s3", "url": "…"}, {"service": "dynamodb", "url": "…"}]"#
    let error = #expect(throws: CatalogError.self) { try ServiceReference(json: index.utf8) }
    #expect(error == .serviceIndex(services: 2))
    #expect(error?.remedy.isEmpty == false)
  }

  @Test(
    "Another form is an error with its place",
    arguments: [
      ("{}", "Name"), (#"{"Name": 1}"#, "Name"), (#"{"Name": "a b", "Actions": []}"#, "Name"),
      (#"{"Name": "s3"}"#, "Actions"), (#"{"Name": "s3", "Actions": {}}"#, "Actions"),
      (#"{"Name": "s3", "Actions": [{}]}"#, "Actions[0].Name"),
      (#"{"Name": "s3", "Actions": [{"Name": "A"}, {"Name": "Get*"}]}"#, "Actions[1].Name"),
      (#"{"Name": "s3", "Actions": [{"Name": "A", "Resources": 1}]}"#, "Actions[0].Resources"),
      (
        #"{"Name": "s3", "Actions": [{"Name": "A", "Resources": [{"Name": "a\tb"}]}]}"#,
        "Actions[0].Resources"
      ),
      (#"{"Name": "s3", "Actions": [], "Operations": 1}"#, "Operations"),
      (#"{"Name": "s3", "Actions": [], "Operations": [{"Name": ""}]}"#, "Operations[0].Name"),
      (
        #"{"Name": "s3", "Actions": [], "Operations": [{"Name": "A", "AuthorizedActions": [{"Service": "s3"}]}]}"#,
        "Operations[0].AuthorizedActions[0].Name"
      ),
    ])
  func otherForms(_ json: String, _ place: String) {
    let error = #expect(throws: CatalogError.self) { try ServiceReference(json: json.utf8) }
    #expect(error?.place == place)
    #expect(error?.code == "not-a-service-reference" && error?.remedy.isEmpty == false)
  }

  @Test(
    "What is no reference at all is an error",
    arguments: ["", "[]", "1", "null", "[1]", "{\"Name\"", String(repeating: "[", count: 50_000), "\u{FEFF}"])
  func hostile(_ json: String) {
    #expect(throws: CatalogError.self) { try ServiceReference(json: json.utf8) }
  }

  @Test("Names that are twice count once, in any case; actions of others not at all")
  func parts() throws {
    let names = ["s3:B", "s3:a", "S3:b", "ec2:A"].compactMap { ActionName($0) }
    let reference = ServiceReference(
      service: "S3", actions: names.map { ServiceReference.Action(name: $0) },
      operations: [
        ServiceReference.Operation(name: "X", authorizedActions: []),
        ServiceReference.Operation(name: "x", authorizedActions: names),
        ServiceReference.Operation(name: "x\ty", authorizedActions: names),
      ])
    #expect(reference.service == "s3")
    #expect(reference.actions.map(\.name.description) == ["s3:a", "s3:B"])
    #expect(reference.operations.map(\.name) == ["X"])
  }
}
