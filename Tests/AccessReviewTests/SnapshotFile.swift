/// A snapshot of a world's account, shaped like the output of `get-account-authorization-details`.
struct SnapshotFile {
  let world: World
  let snapshot: JSON

  var document: JSON {
    let without = Set(snapshot["without"]?.strings ?? [])
    let account = snapshot["account"]?.string ?? world.account
    let roles = world.roles.filter {
      !without.contains($0.id) && $0.account == account && $0.json["gone"] == nil
    }
    var document: [String: JSON] = [
      "RoleDetailList": .array(roles.map(role)), "GroupDetailList": [],
      "UserDetailList": .array((world.json["users"]?.array ?? []).map(user)),
      "Policies": .array(
        (world.json["managed"]?.object ?? [:]).sorted { $0.key < $1.key }.compactMap {
          managed($0.key, $0.value)
        }),
    ]
    if snapshot["incomplete"] != nil {
      document["IsTruncated"] = true
      document["Marker"] = "more"
    }
    return .object(document)
  }

  private func role(_ role: RoleCase) -> JSON {
    var inline = role.json["policies"]?.object ?? [:]
    if let actions = role.json["allow"] {
      inline["inline"] = [["Effect": "Allow", "Action": actions, "Resource": "*"]]
    }
    var detail: [String: JSON] = [
      "RoleName": .string(role.name), "RoleId": .string(role.id), "Arn": .string(role.arn),
      "Path": .string(role.path),
      "CreateDate": role.json["created"] ?? "2025-01-01T00:00:00Z",
      "AssumeRolePolicyDocument": Self.policy(
        role.json["trust"] ?? [
          ["Effect": "Allow", "Principal": ["Service": "ec2.amazonaws.com"], "Action": "sts:AssumeRole"]
        ]),
      "RolePolicyList": .array(
        inline.sorted { $0.key < $1.key }.map {
          ["PolicyName": .string($0.key), "PolicyDocument": Self.policy($0.value)]
        }),
      "AttachedManagedPolicies": .array(
        (role.json["attached"]?.strings ?? []).map {
          [
            "PolicyArn": .string($0),
            "PolicyName": .string($0.split(separator: "/").last.map(String.init) ?? $0),
          ]
        }), "InstanceProfileList": .array((role.json["profiles"]?.strings ?? []).map { profile($0, role) }),
      "Tags": [],
    ]
    if let used = role.json["lastUsed"] {
      detail["RoleLastUsed"] = used == .null ? [:] : ["LastUsedDate": used, "Region": "us-east-1"]
    } else {
      detail["RoleLastUsed"] = [:]
    }
    if let boundary = role.json["boundary"] {
      detail["PermissionsBoundary"] = [
        "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary,
      ]
    }
    return .object(detail)
  }

  private func profile(_ name: String, _ role: RoleCase) -> JSON {
    [
      "InstanceProfileName": .string(name), "InstanceProfileId": "AIPAEXAMPLE", "Path": "/",
      "Arn": .string("arn:\(world.partition):iam::\(role.account):instance-profile/\(name)"),
      "CreateDate": "2025-01-01T00:00:00Z",
      "Roles": [
        ["RoleName": .string(role.name), "RoleId": .string(role.id), "Arn": .string(role.arn), "Path": "/"]
      ],
    ]
  }

  private func user(_ user: JSON) -> JSON {
    [
      "UserName": user["name"] ?? "", "UserId": user["id"] ?? "", "Path": "/",
      "Arn": .string("arn:\(world.partition):iam::\(world.account):user/\(user["name"]?.string ?? "")"),
      "CreateDate": "2025-01-01T00:00:00Z", "GroupList": [], "AttachedManagedPolicies": [],
    ]
  }

  private func managed(_ arn: String, _ value: JSON) -> JSON? {
    guard let document = value["document"] else { return nil }
    return [
      "PolicyName": .string(arn.split(separator: "/").last.map(String.init) ?? arn), "Arn": .string(arn),
      "Path": "/",
      "PolicyId": "ANPAEXAMPLE", "DefaultVersionId": "v1", "CreateDate": "2025-01-01T00:00:00Z",
      "PolicyVersionList": [
        [
          "VersionId": "v1", "IsDefaultVersion": true,
          "CreateDate": value["created"] ?? "2025-01-01T00:00:00Z",
          "Document": Self.policy(document),
        ]
      ],
    ]
  }

  /// A list of statements as a document; everything else as it is.
  private static func policy(_ json: JSON) -> JSON {
    guard case .array = json else { return json }
    return ["Version": "2012-10-17", "Statement": json]
  }
}
