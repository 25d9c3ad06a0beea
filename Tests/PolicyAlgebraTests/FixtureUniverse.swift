import IAMIdentifiers
import PolicyAlgebra

/// A small catalogue for the tests: 40 actions of ten services.
struct FixtureUniverse: ActionUniverse {
  let names: [ActionName]
  private let withoutResources: Set<ActionName>

  init(_ texts: [String], withoutResources: [String] = []) {
    names = texts.compactMap { ActionName($0) }.sorted()
    self.withoutResources = Set(withoutResources.compactMap { ActionName($0) })
  }

  /// In the order of their actions.
  var services: [String] {
    names.reduce(into: []) { services, name in
      let service = name.service.lowercased()
      if services.last != service { services.append(service) }
    }
  }

  static let small = FixtureUniverse(
    [
      "apigateway:GET", "apigateway:POST", "cloudtrail:LookupEvents", "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:ListTables", "dynamodb:PutItem", "dynamodb:Query", "ec2:DescribeInstances",
      "ec2:RunInstances",
      "ec2:StopInstances", "ec2:TerminateInstances", "iam:AttachRolePolicy", "iam:CreateRole",
      "iam:DeleteRole",
      "iam:GetRole", "iam:ListRoles", "iam:PassRole", "iam:PutRolePolicy", "kms:CreateKey", "kms:Decrypt",
      "kms:ListKeys", "kms:ScheduleKeyDeletion", "lambda:InvokeFunction", "lambda:ListFunctions",
      "lambda:UpdateFunctionCode", "logs:CreateLogGroup", "logs:PutLogEvents", "s3-object-lambda:GetObject",
      "s3:DeleteObject", "s3:GetBucketPolicy", "s3:GetObject", "s3:GetObjectTagging", "s3:ListAllMyBuckets",
      "s3:ListBucket", "s3:PutBucketPolicy", "s3:PutObject", "sts:AssumeRole", "sts:GetCallerIdentity",
      "sts:TagSession",
    ],
    withoutResources: [
      "cloudtrail:LookupEvents", "dynamodb:ListTables", "ec2:DescribeInstances", "iam:ListRoles",
      "kms:CreateKey",
      "kms:ListKeys", "lambda:ListFunctions", "s3:ListAllMyBuckets", "sts:GetCallerIdentity",
    ])

  /// As many actions as AWS has, a hundred to a service; every fifth knows no resources.
  static let large: FixtureUniverse = {
    let texts = (0..<22_000).map { number in "service\(1000 + number / 100):Action\(number)Thing" }
    let single = texts.enumerated().filter { $0.offset.isMultiple(of: 5) }.map(\.element)
    return FixtureUniverse(texts, withoutResources: single)
  }()

  var count: Int { names.count }
  func name(at index: Int) -> ActionName { names[index] }
  func index(of action: ActionName) -> Int? {
    let place = firstPlace { $0 >= action }
    return place < names.count && names[place] == action ? place : nil
  }
  func indices(ofService service: String) -> Range<Int> {
    let first = firstPlace { $0.lowercased >= service + ":" }
    let last = firstPlace { $0.lowercased >= service + ";" }
    return first..<last
  }
  func supportsResourceLevelPermissions(at index: Int) -> Bool { !withoutResources.contains(names[index]) }

  /// The first place of which something holds that holds of all later ones too.
  private func firstPlace(where holds: (ActionName) -> Bool) -> Int {
    var (low, high) = (0, names.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(names[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
