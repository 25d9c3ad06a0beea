import Foundation

/// Numbers that look like chance and are the same every time.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// An event's record, with what decides into which file CloudTrail would put it.
struct Record {
  let account, region: String
  /// Seconds since 1970.
  let time: Int
  let json: String
}

/// Some days of two accounts, in which happens what tends to come out differently when files come in another order:
/// many events in one second, one name worn by two roles, a user with two names, calls that are recorded twice.
struct Story {
  static let accounts = ["111122223333", "444455556666"]
  static let regions = ["eu-west-1", "us-east-1"]
  /// 2026-10-28T00:00:00Z.
  static let start = 1_793_145_600
  static let days = 4
  static let month = "2026-10"
  static let takenAt = "2026-10-31T23:59:59Z"

  static let reader = Role(id: "AROAREADER00000000001", account: accounts[0], path: "/app/", name: "reader")
  static let deployOld = Role(id: "AROADEPLOYOLD00000001", account: accounts[0], path: "/ci/", name: "deploy")
  static let deployNew = Role(id: "AROADEPLOYNEW00000001", account: accounts[0], path: "/ci/", name: "deploy")
  static let worker = Role(id: "AROAWORKER00000000001", account: accounts[1], path: "/", name: "worker")
  static let idle = Role(id: "AROAIDLE0000000000001", account: accounts[1], path: "/", name: "idle")

  struct Role {
    let id, account, path, name: String
    var arn: String { "arn:aws:iam::\(account):role\(path)\(name)" }

    func session(_ name: String, started: Int) -> Value {
      [
        "type": "AssumedRole", "principalId": .text("\(id):\(name)"),
        "arn": .text("arn:aws:sts::\(account):assumed-role/\(self.name)/\(name)"),
        "accountId": .text(account),
        "accessKeyId": .text("ASIA\(id.dropFirst(4).prefix(8))\(name.uppercased())"),
        "sessionContext": [
          "sessionIssuer": [
            "type": "Role", "principalId": .text(id), "arn": .text(arn), "accountId": .text(account),
            "userName": .text(self.name),
          ],
          "attributes": ["creationDate": .text(Story.spelled(started)), "mfaAuthenticated": "false"],
        ],
      ]
    }
  }

  private(set) var records: [Record] = []
  private var dice: Dice
  private var number = 0

  /// - Parameter eventsInHour: events of each account, Region and hour.
  init(seed: UInt64, eventsInHour: Int = 5) {
    dice = Dice(seed)
    for hour in 0..<Story.days * 24 {
      for account in Story.accounts {
        for region in Story.regions {
          for _ in 0..<eventsInHour { happen(account, region, hour: hour) }
        }
      }
    }
    live()
  }

  static func spelled(_ time: Int) -> String {
    let date = Date(timeIntervalSince1970: TimeInterval(time))
    return date.formatted(.iso8601)
  }

  /// An event with everything that an event must have.
  static func event(
    _ number: Int, at time: Int, account: String, region: String, source: String, name: String,
    by identity: Value,
    _ more: [(String, Value)] = []
  ) -> Value {
    let digits = String(number, radix: 16)
    let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
    let event: Value = [
      "eventVersion": "1.11", "userIdentity": identity, "eventTime": .text(spelled(time)),
      "eventSource": .text(source + ".amazonaws.com"), "eventName": .text(name), "awsRegion": .text(region),
      "sourceIPAddress": "192.0.2.7", "userAgent": "aws-cli/2", "requestParameters": nil,
      "responseElements": nil,
      "eventID": .text(id), "readOnly": true, "eventType": "AwsApiCall", "managementEvent": true,
      "recipientAccountId": .text(account), "eventCategory": "Management",
    ]
    return event.with(more)
  }

  private mutating func add(
    at time: Int, _ account: String, _ region: String, _ source: String, _ name: String, by identity: Value,
    _ more: [(String, Value)] = []
  ) {
    // Ids come in no order, so that the lowest of a second is not the first of its file.
    number += 1
    let id = (number &* 7919) % 1_000_003
    let event = Story.event(
      id, at: time, account: account, region: region, source: source, name: name, by: identity, more)
    records.append(Record(account: account, region: region, time: time, json: event.json))
  }

  private mutating func happen(_ account: String, _ region: String, hour: Int) {
    // Few seconds of the hour, so that many events share one.
    let time = Story.start + hour * 3_600 + 600 * Int.random(in: 0..<6, using: &dice)
    let isFirst = account == Story.accounts[0]
    let deploy = hour < 30 ? Story.deployOld : Story.deployNew
    let role = isFirst ? (Bool.random(using: &dice) ? Story.reader : deploy) : Story.worker
    let session = role.session("s\(Int.random(in: 0..<3, using: &dice))", started: time - time % 7_200)
    switch Int.random(in: 0..<16, using: &dice) {
    case 0: add(at: time, account, region, "s3", "ListBuckets", by: session)
    case 1: add(at: time, account, region, "ec2", "DescribeInstances", by: session)
    case 2:
      add(
        at: time, account, region, "ec2", "DescribeInstances", by: session,
        [
          ("errorCode", "Client.UnauthorizedOperation"),
          ("errorMessage", "You are not authorized to perform this operation."),
        ])
    case 3:
      add(
        at: time, account, region, "ec2", "DescribeSubnets", by: session,
        [("errorCode", "Client.DryRunOperation")])
    case 4:
      add(
        at: time, account, region, "dynamodb", "DescribeTable", by: session,
        [("errorCode", "ResourceNotFoundException")])
    case 5:
      add(
        at: time, account, region, "lambda", "CreateFunction20150331", by: session,
        [("readOnly", false), ("requestParameters", ["functionName": "f", "role": .text(Story.worker.arn)])])
    case 6:
      add(
        at: time, account, region, "s3", "GetObject", by: session,
        [
          ("eventCategory", "Data"), ("managementEvent", false),
          ("requestParameters", ["bucketName": "data", "key": "a/b/\(time).csv"]),
          (
            "resources",
            [
              ["type": "AWS::S3::Object", "ARN": "arn:aws:s3:::data/a/b/\(time).csv"],
              ["type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::data", "accountId": .text(account)],
            ]
          ),
        ])
    case 7: sharedCall(time, region)
    case 8: endpointOnly(time, account, region, session)
    case 9: enter(time, account, region)
    case 10:
      let name = Bool.random(using: &dice) ? "ana" : "ana.lima"
      add(
        at: time, account, region, "sts", "GetCallerIdentity",
        by: [
          "type": "IAMUser", "principalId": "AIDAANA00000000000001", "accountId": .text(Story.accounts[0]),
          "arn": .text("arn:aws:iam::\(Story.accounts[0]):user/\(name)"), "userName": .text(name),
          "accessKeyId": "AKIAANA",
        ])
    case 11:
      add(
        at: time, account, region, "iam", "ListRoles",
        by: [
          "type": "Root", "principalId": .text(account), "accountId": .text(account),
          "arn": "arn:aws:iam::\(account):root",
        ])
    case 12:
      add(
        at: time, account, region, "kms", "GenerateDataKey",
        by: session.with([("invokedBy", "s3.amazonaws.com")]),
        [("requestParameters", ["keyId": "alias/data"]), ("sourceIPAddress", "s3.amazonaws.com")])
    case 13:
      add(
        at: time, account, region, "sqs", "ListQueues", by: session,
        [
          ("errorCode", "AccessDenied"),
          (
            "errorMessage",
            "User: x is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action"
          ),
        ])
    case 14:
      add(
        at: time, account, region, "s3", "GetObject",
        by: ["type": "AWSAccount", "principalId": "", "accountId": "anonymous"],
        [("eventCategory", "Data"), ("managementEvent", false)])
    default: add(at: time, account, region, "cloudformation", "ListStacks", by: session)
    }
  }

  /// A call into another account: a record in each.
  private mutating func sharedCall(_ time: Int, _ region: String) {
    let shared = "11111111-0000-4000-8000-" + String(String(number + 1_000_000_000_000).suffix(12))
    let parameters: Value = ["bucketName": "shared"]
    let owner: Value = [
      "type": "AWSAccount", "principalId": .text("\(Story.reader.id):s1"),
      "accountId": .text(Story.reader.account),
    ]
    var sides: [(String, Value, String)] = [
      (Story.accounts[0], Story.reader.session("s1", started: time - time % 7_200), "AwsApiCall"),
      (Story.accounts[1], owner, "AwsApiCall"),
    ]
    if Bool.random(using: &dice) { sides.append((Story.accounts[0], sides[0].1, "AwsVpceEvent")) }
    sides.shuffle(using: &dice)
    for (account, identity, type) in sides {
      add(
        at: time, account, region, "s3", "GetBucketLocation", by: identity,
        [
          ("sharedEventID", .text(shared)), ("requestParameters", parameters), ("eventType", .text(type)),
          ("eventCategory", type == "AwsApiCall" ? "Management" : "NetworkActivity"),
        ])
    }
  }

  private mutating func endpointOnly(_ time: Int, _ account: String, _ region: String, _ identity: Value) {
    let shared = "22222222-0000-4000-8000-" + String(String(number + 1_000_000_000_000).suffix(12))
    add(
      at: time, account, region, "secretsmanager", "DescribeSecret", by: identity,
      [("eventType", "AwsVpceEvent"), ("eventCategory", "NetworkActivity"), ("sharedEventID", .text(shared))])
  }

  /// One role enters another, or a service does.
  private mutating func enter(_ time: Int, _ account: String, _ region: String) {
    let target = account == Story.accounts[0] ? Story.reader : Story.worker
    let caller: Value =
      Bool.random(using: &dice)
      ? Story.deployNew.session("s0", started: time)
      : ["type": "AWSService", "invokedBy": "ec2.amazonaws.com"]
    add(
      at: time, account, region, "sts", "AssumeRole", by: caller,
      [
        ("requestParameters", ["roleArn": .text(target.arn), "roleSessionName": "s\(time % 3)"]),
        (
          "responseElements",
          [
            "assumedRoleUser": [
              "assumedRoleId": .text("\(target.id):s\(time % 3)"), "arn": "arn:aws:sts::1:assumed-role/x/y",
            ],
            "credentials": ["accessKeyId": .text("ASIA\(time)")],
          ]
        ),
      ])
  }

  /// A role that is deleted and made again; the trail of an account that is stopped and started.
  private mutating func live() {
    let (account, region) = (Story.accounts[0], "us-east-1")
    let admin: Value = [
      "type": "Root", "principalId": .text(account), "accountId": .text(account),
      "arn": "arn:aws:iam::\(account):root",
    ]
    let change = Story.start + 30 * 3_600
    add(
      at: change - 1, account, region, "iam", "DeleteRole", by: admin,
      [("readOnly", false), ("requestParameters", ["roleName": "deploy"])])
    add(
      at: change - 1, account, region, "iam", "CreateRole", by: admin,
      [
        ("readOnly", false), ("requestParameters", ["roleName": "deploy", "path": "/ci/"]),
        (
          "responseElements",
          [
            "role": [
              "roleId": .text(Story.deployNew.id), "arn": .text(Story.deployNew.arn), "roleName": "deploy",
            ]
          ]
        ),
      ])
    for (name, offset) in [("StopLogging", 0), ("StartLogging", 900)] {
      add(
        at: change + offset, Story.accounts[1], region, "cloudtrail", name, by: admin,
        [("readOnly", false), ("requestParameters", ["name": "account-trail"])])
    }
  }
}
