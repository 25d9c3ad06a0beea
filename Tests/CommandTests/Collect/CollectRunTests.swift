import Foundation
import Testing

/// What the script that collects makes of odd answers of the CLI.
@Suite struct CollectRunTests {
  private static let few = [
    "--without", "organizations,sso,s3,cloudtrail,sqs,sns,lambda,secretsmanager,ecr,ec2",
  ]

  @Test("An answer is kept as the CLI gave it, on one line, with what was asked")
  func answer() throws {
    let folder = try TemporaryFolder()
    let stub = CommandLineStub(
      cases: #"""
        'kms list-keys') printf '{\n    "Keys": [\n        {\n            "KeyId": "k",\n            "KeyArn": "arn:k"\n        }\n    ]\n}\n' ;;
        'kms get-key-policy') printf '{\r\n    "Policy": "{\\n \\"a\\": \\"ü\\u0007\\\\\\"}"\r\n}\n' ;;
        """#)
    let outcome = try stub.collect(Self.few, in: folder)
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.output == "")
    let lines = try CollectedLine.all(in: folder)
    let line = try #require(lines.first { $0.command == "kms get-key-policy" })
    #expect(line.output == .object(["Policy": .text("{\n \"a\": \"ü\u{7}\\\"}")]))
    #expect(line.account == "111122223333")
    #expect(line.region == "eu-west-1")
    #expect(line.resource == "arn:k")
    #expect(line.parameters == ["key-id": "arn:k", "policy-name": "default"])
    #expect(line.complete)
    #expect(line.error == nil)
    // An answer without members is one that the CLI writes nothing for.
    let empty = CommandLineStub(cases: "'kms list-keys') ;;")
    #expect(try empty.collect(Self.few, in: folder, into: "empty").status == 0)
    let keys = try CollectedLine.all(in: folder, below: "empty").first { $0.command == "kms list-keys" }
    #expect(keys?.output == .object([:]))
  }

  @Test(
    "What goes wrong is written down, with the code and the text of the error",
    arguments: [
      (
        "fail AccessDeniedException 'User \"x\\\\y\" is not'$'\\n''allowed: no: \u{1B}[31m'",
        "AccessDeniedException", "User \"x\\\\y\" is not allowed: no:  [31m", false
      ),
      ("fail NotFoundException 'gone'", "NotFoundException", "gone", true),
      (
        "echo 'An error occurred (Throttling) when calling the X operation (reached max retries: 9): Rate: x' >&2; exit 254",
        "Throttling", "Rate: x", false
      ),
      (
        "printf '\\naws: [ERROR]: An error occurred (A.B) when calling the X operation: An error occurred (NotFoundException) when calling the Y operation: z\\n' >&2; exit 254",
        "A.B", "An error occurred (NotFoundException) when calling the Y operation: z", false
      ),
      (
        "echo 'Could not connect to the endpoint URL: \"https://x\"' >&2; exit 255", "CLIError",
        "Could not connect to the endpoint URL: \"https://x\"", false
      ),
      ("exit 255", "CLIError", "", false),
    ] as [(String, String, String, Bool)])
  func problems(command: String, code: String, message: String, complete: Bool) throws {
    let folder = try TemporaryFolder()
    let stub = CommandLineStub(
      cases: #"""
        'kms list-keys') printf '{\n    "Keys": [\n        {\n            "KeyArn": "arn:k"\n        }\n    ]\n}\n' ;;
        'kms get-key-policy') \#(command) ;;
        """#)
    let outcome = try stub.collect(Self.few, in: folder)
    let lines = try CollectedLine.all(in: folder)
    let line = try #require(lines.first { $0.command == "kms get-key-policy" })
    #expect(line.error == CollectedLine.Problem(code: code, message: message))
    #expect(line.output == nil)
    #expect(line.complete == complete)
    #expect(lines.contains { $0.command == "kms list-grants" }, "the rest is fetched")
    #expect(outcome.status == (complete ? 0 : 3))
    #expect(outcome.error.contains("1 111122223333 eu-west-1: kms get-key-policy: \(code)") == !complete)
    #expect(!outcome.error.contains("\u{1B}"))
  }

  @Test("Names are what the CLI said, whatever they hold, and are never commands or options")
  func hostileNames() throws {
    let folder = try TemporaryFolder()
    let stub = CommandLineStub(
      cases: #"""
        'kms list-keys') cat "$NAMES" ;;
        """#)
    let names = [
      "--endpoint-url=x", "$(touch gone)", "`touch gone`", "a b  c", "*", #"q"u\o/te"#, "'; touch gone; '",
    ]
    let json = names.map {
      let name = $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return "        {\n            \"KeyArn\": \"\(name)\"\n        }"
    }
    try folder.write("{\n    \"Keys\": [\n\(json.joined(separator: ",\n"))\n    ]\n}\n", to: "names")
    let outcome = try stub.collect(Self.few, in: folder, environment: ["NAMES": folder.path("names")])
    #expect(outcome.status == 0)
    let lines = try CollectedLine.all(in: folder).filter { $0.command == "kms get-key-policy" }
    #expect(lines.map(\.resource) == names)
    #expect(lines.map { $0.parameters["key-id"] } == names)
    #expect(!FileManager.default.fileExists(atPath: folder.path("gone")))
  }

  @Test("A Region with a name that is none is not asked, and makes no folder")
  func hostileRegion() throws {
    let folder = try TemporaryFolder()
    let stub = CommandLineStub(
      cases: #"""
        'ec2 describe-regions') printf '{\n    "Regions": [\n        {\n            "RegionName": "../../x"\n        },\n        {\n            "RegionName": "eu-west-1"\n        }\n    ]\n}\n' ;;
        """#)
    #expect(try stub.collect(Self.few, in: folder).status == 0)
    #expect(try Set(CollectedLine.all(in: folder).map(\.region)) == [nil, "eu-west-1"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == [
        "bin", "collect.sh", "collected",
      ])
  }

  @Test("A list with a page missing is incomplete, and one that cannot be understood is said to be")
  func lists() throws {
    let folder = try TemporaryFolder()
    let cut = CommandLineStub(
      cases: #"""
        'kms list-keys') printf '{\n    "Keys": [],\n    "NextToken": "x"\n}\n' ;;
        """#)
    #expect(try cut.collect(Self.few, in: folder).status == 3)
    let line = try CollectedLine.all(in: folder).first { $0.command == "kms list-keys" }
    #expect(line?.complete == false)
    #expect(line?.output != nil)
    let odd = CommandLineStub(cases: #"'kms list-keys') echo '{"Keys": [{"KeyArn": "arn:k"}]}' ;;"#)
    let outcome = try odd.collect(Self.few, in: folder, into: "odd")
    #expect(outcome.status == 3)
    #expect(outcome.error.contains("kms list-keys: the answer has an unknown form"))
  }

  @Test("All pages of a last-accessed report are fetched, each on a line")
  func lastAccessed() throws {
    let folder = try TemporaryFolder()
    let stub = CommandLineStub(
      cases: #"""
        'iam get-account-authorization-details') printf '{\n    "RoleDetailList": [\n        {\n            "Arn": "arn:aws:iam::111122223333:role/a"\n        }\n    ],\n    "Policies": [\n        {\n            "Arn": "arn:aws:iam::111122223333:policy/:role/b"\n        }\n    ]\n}\n' ;;
        'iam generate-service-last-accessed-details') printf '{\n    "JobId": "job"\n}\n' ;;
        'iam get-service-last-accessed-details')
          case "$*" in
          *--marker=two*) printf '{\n    "JobStatus": "COMPLETED",\n    "IsTruncated": false\n}\n' ;;
          *) printf '{\n    "JobStatus": "COMPLETED",\n    "IsTruncated": true,\n    "Marker": "two"\n}\n' ;;
          esac ;;
        """#)
    #expect(try stub.collect(Self.few + ["--last-accessed"], in: folder).status == 0)
    let lines = try CollectedLine.all(in: folder).filter {
      $0.command == "iam get-service-last-accessed-details"
    }
    #expect(lines.map(\.resource) == Array(repeating: "arn:aws:iam::111122223333:role/a", count: 2))
    #expect(lines.map { $0.parameters["marker"] } == [nil, "two"])
    #expect(!lines.contains { !$0.complete })
  }

  @Test(
    "The event history is one answer where it is short, and an answer for each whole day where it is long")
  func lookupEvents() throws {
    let folder = try TemporaryFolder()
    let short = CommandLineStub(cases: #"'cloudtrail lookup-events') printf '{\n    "Events": []\n}\n' ;;"#)
    #expect(try short.collect(Self.few + ["--lookup-events"], in: folder).status == 0)
    let one = try CollectedLine.all(in: folder).filter { $0.command == "cloudtrail lookup-events" }
    #expect(one.count == 1)
    #expect(one.first?.parameters["start-time"]?.hasSuffix("T00:00:00Z") == true)

    let long = CommandLineStub(
      cases: #"""
        'cloudtrail lookup-events')
          case "$*" in
          *--max-items*) printf '{\n    "Events": [],\n    "NextToken": "x"\n}\n' ;;
          *) printf '{\n    "Events": []\n}\n' ;;
          esac ;;
        """#)
    #expect(try long.collect(Self.few + ["--lookup-events"], in: folder, into: "long").status == 0)
    let days = try CollectedLine.all(in: folder, below: "long").filter {
      $0.command == "cloudtrail lookup-events"
    }
    #expect((88...90).contains(days.count))
    #expect(!days.contains { !$0.complete })
    let form = ISO8601DateFormatter()
    let spans = days.compactMap { line -> (Date, Date)? in
      guard let from = line.parameters["start-time"].flatMap(form.date(from:)),
        let to = line.parameters["end-time"].flatMap(form.date(from:))
      else { return nil }
      return (from, to)
    }
    #expect(spans.count == days.count)
    for (earlier, later) in zip(spans, spans.dropFirst()) {
      #expect(later.0.timeIntervalSince(earlier.1) == 1)
      #expect(later.0.timeIntervalSince(earlier.0) == 86_400)
    }
  }

  @Test("Without the CLI or with credentials that do not work, the script says so and leaves")
  func nothing() throws {
    let folder = try TemporaryFolder()
    let stub = CommandLineStub(
      cases: "'sts get-caller-identity') fail ExpiredToken 'The token has expired' ;;")
    let outcome = try stub.collect(in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.error == "collect-script: the credentials do not work: The token has expired\n")
    #expect(!FileManager.default.fileExists(atPath: folder.path("collected")))
    try FileManager.default.createDirectory(atPath: folder.path("tools"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("tools/tr"), withDestinationPath: "/usr/bin/tr")
    let bare = try RunningProgram(
      ["/bin/bash", "collect.sh"], in: folder, environment: ["PATH": folder.path("tools")]
    ).wait()
    #expect(bare.status == 1)
    #expect(bare.error.contains("there is no aws on PATH"), "\(bare.error)")
  }
}
