import Foundation
import Testing

/// Decisions on requests of principals in the store.
@Suite struct SimulatePrincipalTests {
  private static func importedStory() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeDocuments()
    #expect(
      try Program.importing("iam", "org", in: folder, options: ["--taken-at", "2026-10-31T00:00:00Z"]).status
        == 0)
    return folder
  }

  @Test("A role of the store is found by name, ARN and id, and decided on by what was imported")
  func principal() throws {
    let folder = try Self.importedStory()
    for name in [Story.reader.name, Story.reader.arn, Story.reader.id] {
      let outcome = try Program.run(
        [
          "simulate", "--principal", name, "--action", "s3:GetObject", "--resource", "arn:aws:s3:::b/k",
          "--format", "json",
        ],
        in: folder)
      #expect(outcome.status == 0)
      let answer = try SimulateTests.answer(outcome.output)
      #expect(answer.decision == "Allowed" && answer.explanation.dependsOn == nil, "\(outcome.output)")
      #expect(outcome.output.contains(#""layer":"resource control policies","standing":"not-imported""#))
      #expect(outcome.output.contains(#""layer":"service control policies","standing":"known""#))
    }
    let denied = try Program.run(
      "simulate", "--principal", Story.reader.name, "--action", "sns:Publish", in: folder)
    #expect(denied.output.hasPrefix("ExplicitlyDenied: sns:Publish on *\n"))
    #expect(denied.output.contains("service control policies, level 1: deny explicitly"))
    #expect(denied.output.contains("What is known of the policies:"))
  }

  /// A line as a collecting script writes it, about a resource of the reader's account.
  private static func collected(
    _ command: String, _ resource: String, _ output: Value, isComplete: Bool = true, error: Value = .null
  ) -> String {
    let line: Value = .object([
      ("accessreview", 1), ("command", .text(command)), ("account", .text(Story.reader.account)),
      ("region", "us-east-1"), ("resource", resource.isEmpty ? .null : .text(resource)),
      ("parameters", .object([])),
      ("takenAt", .text(Story.takenAt)), ("complete", .flag(isComplete)), ("error", error),
      ("output", output),
    ])
    return line.json + "\n"
  }

  private static func policy(_ effect: String, _ action: String, _ principal: Value) -> Value {
    [
      "Version": "2012-10-17",
      "Statement": [
        ["Effect": .text(effect), "Principal": principal, "Action": .text(action), "Resource": "*"]
      ],
    ]
  }

  @Test("Policies of resources and grants of keys decide as they were imported, and what was not is said")
  func resources() throws {
    let folder = try Self.importedStory()
    let account = Story.reader.account
    let keys = "arn:aws:kms:us-east-1:\(account):key/"
    let reader: Value = ["AWS": .text(Story.reader.arn)]
    try folder.write(
      Self.collected(
        "s3api get-bucket-policy", "closed", ["Policy": .text(Self.policy("Deny", "s3:GetObject", "*").json)])
        + Self.collected(
          "kms get-key-policy", keys + "1",
          ["Policy": .text(Self.policy("Allow", "kms:Decrypt", reader).json)])
        + Self.collected(
          "kms get-key-policy", keys + "2",
          ["Policy": .text(Self.policy("Allow", "kms:Encrypt", reader).json)])
        + Self.collected(
          "kms list-grants", keys + "2",
          [
            "Grants": [
              [
                "GrantId": "g", "KeyId": .text(keys + "2"), "GranteePrincipal": .text(Story.reader.arn),
                "Operations": ["Decrypt"],
              ]
            ]
          ]), to: "resources.jsonl")
    let imported = try Program.importing("resources.jsonl", in: folder)
    #expect(imported.status == 0, "\(imported.error)")
    func decide(_ action: String, _ resource: String) throws -> (decision: String, output: String) {
      let outcome = try Program.run(
        [
          "simulate", "--principal", Story.reader.name, "--action", action, "--resource", resource,
          "--format",
          "json",
        ], in: folder)
      return (try SimulateTests.answer(outcome.output).decision, outcome.output)
    }
    let closed = try decide("s3:GetObject", "arn:aws:s3:::closed/k")
    #expect(closed.decision == "ExplicitlyDenied", "\(closed.output)")
    #expect(closed.output.contains(#""layer":"resource-based policy","standing":"known""#))
    let named = try decide("kms:Decrypt", keys + "1")
    #expect(named.decision == "Allowed", "\(named.output)")
    #expect(named.output.contains(#""layer":"KMS grants","standing":"not-imported""#))
    let granted = try decide("kms:Decrypt", keys + "2")
    #expect(
      granted.decision == "Allowed" && granted.output.contains(#""layer":"KMS grants","standing":"known""#))
    let neither = try decide("kms:Sign", keys + "2")
    #expect(neither.decision == "ImplicitlyDenied")
    let unknown = try decide("kms:Decrypt", keys + "3")
    #expect(unknown.decision == "ImplicitlyDenied" && unknown.output.contains("dependsOn"))
  }

  @Test("Resource control policies limit access to the resources of their accounts")
  func resourceControl() throws {
    let folder = try TemporaryFolder()
    try folder.writeDocuments()
    let all: Value = [
      "Version": "2012-10-17",
      "Statement": [["Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"]],
    ]
    let own: Value = [
      "Version": "2012-10-17", "Statement": [["Effect": "Allow", "Action": "*", "Resource": "*"]],
    ]
    try folder.write(
      .object([
        ("organizationId", "o-exampleorg"), ("managementAccountId", "999999999999"),
        ("accounts", .object([(Story.reader.account, .list([.list([own])]))])),
        (
          "resourceControlPolicies",
          .object([
            (
              Story.reader.account,
              .list([.list([all]), .list([all, Self.policy("Deny", "s3:GetObject", "*")])])
            )
          ])
        ),
      ]), to: "organisation.json")
    #expect(
      try Program.importing(
        "iam", "organisation.json", in: folder, options: ["--taken-at", "2026-10-31T00:00:00Z"]
      ).status == 0)
    let outcome = try Program.run(
      [
        "simulate", "--principal", Story.reader.name, "--action", "s3:GetObject", "--resource",
        "arn:aws:s3:::b/k", "--format", "json",
      ], in: folder)
    #expect(try SimulateTests.answer(outcome.output).decision == "ExplicitlyDenied", "\(outcome.output)")
    #expect(outcome.output.contains(#""layer":"resource control policies","standing":"known""#))
  }

  @Test("A role's trust policy decides who may assume it")
  func trust() throws {
    let folder = try Self.importedStory()
    let outcome = try Program.run(
      "simulate", "--principal", Story.worker.name, "--action", "sts:AssumeRole", "--resource",
      Story.deployNew.arn,
      "--format", "json", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("trust policy of \(Story.deployNew.arn)"))
  }

  @Test("Keys that are not given are unknown, and those that follow from the principal are set")
  func context() throws {
    let folder = try TemporaryFolder()
    let document: Value = [
      "Version": "2012-10-17",
      "Statement": [
        [
          "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
          "Condition": [
            "StringEquals": ["aws:PrincipalAccount": .text(Story.reader.account)],
            "ArnEquals": ["aws:PrincipalArn": .text(Story.reader.arn)],
            "IpAddress": ["aws:SourceIp": "203.0.113.0/24"],
          ],
        ]
      ],
    ]
    try folder.write(
      Story.snapshotPage(roles: [Story.detail(Story.reader, actions: [], document: document)]), to: "iam.json"
    )
    #expect(try Program.importing("iam.json", in: folder).status == 0)
    let asked = [
      "simulate", "--principal", Story.reader.name, "--action", "s3:GetObject", "--format", "json",
    ]
    func decision(_ more: String...) throws -> SimulateTests.Answer {
      try SimulateTests.answer(try Program.run(asked + more, in: folder).output)
    }
    #expect(try decision().explanation.dependsOn == ["aws:SourceIp"])
    #expect(try decision("--context", "AWS:sourceip=203.0.113.7").decision == "Allowed")
    let elsewhere = try decision("--context", "aws:SourceIp=198.51.100.1")
    #expect(elsewhere.decision == "ImplicitlyDenied" && elsewhere.explanation.dependsOn == nil)
  }

  @Test("A name that nobody has is an error that names what is near, and there must be a store")
  func unknown() throws {
    let folder = try Self.importedStory()
    let outcome = try Program.run(
      "simulate", "--principal", Story.reader.name + "x", "--action", "s3:GetObject", in: folder)
    #expect(outcome.status == 2 && outcome.error.contains(Story.reader.name))
    let without = try Program.run(
      "simulate", "--principal", "x", "--action", "s3:GetObject", in: try TemporaryFolder())
    #expect(without.status == 1 && without.output == "")
  }

  // MARK: - What was not imported

  private static func decide(
    _ action: String, _ resource: String, in folder: TemporaryFolder, _ more: String...
  ) throws -> (answer: SimulateTests.Answer, output: String) {
    let outcome = try Program.run(
      [
        "simulate", "--principal", Story.reader.name, "--action", action, "--resource", resource, "--format",
        "json",
      ] + more, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    return (try SimulateTests.answer(outcome.output), outcome.output)
  }

  private static func endpoint(_ id: String, _ members: (String, Value)...) -> Value {
    .object(
      [
        ("VpcEndpointId", .text(id)), ("OwnerId", .text(Story.reader.account)),
        ("ServiceName", "com.amazonaws.us-east-1.s3"),
      ] + members)
  }

  @Test("The policy of the endpoint that a request names decides, and of others only their number is said")
  func endpoints() throws {
    let folder = try Self.importedStory()
    let object = "arn:aws:s3:::b/k"
    let none = try Self.decide("s3:GetObject", object, in: folder)
    #expect(none.output.contains(#""layer":"VPC endpoint policy","standing":"not-imported""#))
    let all = Self.policy("Allow", "*", "*")
    let narrow: Value = [
      "Statement": [
        ["Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*"]
      ]
    ]
    try folder.write(
      Self.collected(
        "ec2 describe-vpc-endpoints", "",
        [
          "VpcEndpoints": [
            Self.endpoint("vpce-0a", ("PolicyDocument", .text(all.json))),
            Self.endpoint("vpce-0b", ("PolicyDocument", .text(narrow.json))), Self.endpoint("vpce-0c"),
          ]
        ]), to: "endpoints.jsonl")
    let imported = try Program.importing("endpoints.jsonl", in: folder)
    #expect(imported.status == 0, "\(imported.error)")
    let unnamed = try Self.decide("s3:GetObject", object, in: folder)
    #expect(unnamed.answer.decision == "Allowed" && unnamed.answer.explanation.dependsOn == nil)
    #expect(unnamed.answer.mayChange?.contains("VPC endpoint policy") == true)
    #expect(unnamed.output.contains(#""standing":"not-named","note":"3 endpoints are known: name"#))
    func through(_ id: String) throws -> (answer: SimulateTests.Answer, output: String) {
      try Self.decide("s3:GetObject", object, in: folder, "--context", "AWS:SourceVpce=\(id)")
    }
    for (id, decision, standing) in [
      ("vpce-0a", "Allowed", "known"), ("vpce-0b", "ImplicitlyDenied", "known"),
      ("vpce-0c", "Allowed", "none"), ("", "Allowed", "none"),
    ] {
      let (answer, output) = try through(id)
      #expect(answer.decision == decision && answer.explanation.dependsOn == nil, "\(output)")
      #expect(answer.mayChange?.contains("VPC endpoint policy") == false, "\(output)")
      #expect(output.contains(#""layer":"VPC endpoint policy","standing":"\#(standing)""#), "\(output)")
    }
    let (answer, output) = try through("vpce-0f")
    #expect(answer.decision == "ImplicitlyDenied")
    #expect(answer.explanation.dependsOn == ["VPC endpoint policy: vpce-0f was not imported"])
    #expect(output.contains("vpce-0f was not imported; known are vpce-0a, vpce-0b, vpce-0c"))
    for texts in [["eni-1"], ["vpce-0a", "vpce-0b"]] {
      let outcome = try Program.run(
        ["simulate", "--principal", Story.reader.name, "--action", "s3:GetObject"]
          + texts.flatMap { ["--context", "aws:SourceVpce=\($0)"] }, in: folder)
      #expect(outcome.status == 2 && outcome.error.contains("is no VPC endpoint"))
    }
  }

  @Test("Where grants of a key are missing, a denial depends on them, and what is allowed does not")
  func missingGrants() throws {
    let folder = try Self.importedStory()
    let key = "arn:aws:kms:us-east-1:\(Story.reader.account):key/"
    let policy = Self.policy("Allow", "kms:Encrypt", ["AWS": .text(Story.reader.arn)])
    let grant: Value = [
      "GrantId": "g", "KeyId": .text(key + "cut"), "GranteePrincipal": .text(Story.reader.arn),
      "Operations": ["Sign"],
    ]
    var lines = ""
    for name in ["cut", "refused", "never"] {
      lines += Self.collected("kms get-key-policy", key + name, ["Policy": .text(policy.json)])
    }
    lines += Self.collected("kms list-grants", key + "cut", ["Grants": [grant]], isComplete: false)
    lines += Self.collected(
      "kms list-grants", key + "refused", .null, error: ["code": "AccessDeniedException", "message": "no"])
    try folder.write(lines, to: "keys.jsonl")
    _ = try Program.importing("keys.jsonl", in: folder)
    for (name, standing) in [("cut", "incomplete"), ("refused", "incomplete"), ("never", "not-imported")] {
      let (denied, output) = try Self.decide("kms:Decrypt", key + name, in: folder)
      #expect(denied.decision == "ImplicitlyDenied" && denied.mayChange == ["KMS grants"], "\(output)")
      #expect((denied.explanation.dependsOn != nil) == (standing == "incomplete"), "\(output)")
      #expect(output.contains(#""layer":"KMS grants","standing":"\#(standing)""#), "\(output)")
      let (allowed, more) = try Self.decide("kms:Encrypt", key + name, in: folder)
      #expect(allowed.decision == "Allowed" && allowed.explanation.dependsOn == nil, "\(more)")
      #expect(allowed.mayChange?.contains("KMS grants") == false, "\(more)")
    }
    #expect(try Self.decide("kms:Sign", key + "cut", in: folder).answer.decision == "Allowed")
  }

  @Test("What was not imported and could turn the decision round is said")
  func mayChange() throws {
    let folder = try Self.importedStory()
    let (allowed, _) = try Self.decide("s3:GetObject", "arn:aws:s3:::b/k", in: folder)
    #expect(
      allowed.mayChange == [
        "session policies", "VPC endpoint policy", "resource-based policy", "resource control policies",
      ])
    let (denied, output) = try Self.decide("s3:DeleteBucket", "arn:aws:s3:::b", in: folder)
    #expect(denied.decision == "ImplicitlyDenied", "\(output)")
    #expect(denied.mayChange == ["resource-based policy"], "\(output)")
    let (explicit, _) = try Self.decide("sns:Publish", "*", in: folder)
    #expect(explicit.decision == "ExplicitlyDenied" && explicit.mayChange == [])
    let text = try Program.run(
      "simulate", "--principal", Story.reader.name, "--action", "s3:DeleteBucket", "--resource",
      "arn:aws:s3:::b", in: folder
    ).output
    #expect(text.hasPrefix("ImplicitlyDenied, as far as imported: s3:DeleteBucket on arn:aws:s3:::b\n"))
    #expect(text.contains("What is not known of these may change the decision: resource-based policy.\n"))
  }

  @Test("A request for a pattern is about all that it describes")
  func pattern() throws {
    let folder = try Self.importedStory()
    let narrow: Value = [
      "Version": "2012-10-17",
      "Statement": [
        ["Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b/private/*"]
      ],
    ]
    try folder.write(
      Self.collected("s3api get-bucket-policy", "b", ["Policy": .text(narrow.json)]), to: "bucket.jsonl")
    #expect(try Program.importing("bucket.jsonl", in: folder).status == 0)
    let part = try Self.decide("s3:GetObject", "arn:aws:s3:::b/*", in: folder).answer
    #expect(part.decision == "ImplicitlyDenied")
    #expect(
      part.explanation.dependsOn == [
        "policy of arn:aws:s3:::b, statement 1: It names a part of the resources only"
      ])
    let other = try Self.decide("s3:GetObject", "arn:aws:s3:::b/p/*", in: folder).answer
    #expect(other.decision == "Allowed")
    let all = try Self.decide("s3:GetObject", "arn:aws:s3:::b/private/x?", in: folder).answer
    #expect(all.decision == "ExplicitlyDenied")
  }
}
