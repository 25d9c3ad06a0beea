import Foundation

/// A program named aws, for the script that collects: a shell script that answers by what it is asked.
struct CommandLineStub {
  /// What it does: a `case` of the shell over `SERVICE OPERATION`, in which `$*` holds all arguments.
  let cases: String

  /// Writes the script with these options, runs it with the stub in the place of the CLI, and gives what came of it.
  func collect(
    _ options: [String] = [], in folder: TemporaryFolder, into name: String = "collected",
    environment: [String: String] = [:]
  ) throws -> Outcome {
    try folder.write(Program.run(["collect-script"] + options, in: folder).output, to: "collect.sh")
    let stub = """
      #!/bin/bash
      fail() { printf '%s' "An error occurred ($1) when calling the X operation: $2" >&2; exit 254; }
      printf '%s\\n' "$*" >>"$CALLS"
      case $1 in --profile=*) profile=${1#*=}; shift ;; esac
      case "$1 $2" in
      \(cases)
      'sts get-caller-identity') printf '{\\n    "UserId": "x",\\n    "Account": "111122223333",\\n    "Arn": "arn:aws:iam::111122223333:user/x"\\n}\\n' ;;
      'ec2 describe-regions') printf '{\\n    "Regions": [\\n        {\\n            "RegionName": "eu-west-1"\\n        }\\n    ]\\n}\\n' ;;
      'organizations describe-organization') fail AWSOrganizationsNotInUseException 'none' ;;
      'iam generate-credential-report') printf '{\\n    "State": "COMPLETE"\\n}\\n' ;;
      'configure get') exit 1 ;;
      *) printf '{}\\n' ;;
      esac
      """
    let path = try folder.write(stub, to: "bin/aws")
    try folder.setPermissions(0o755, of: "bin/aws")
    var variables = environment
    variables["CALLS"] = try folder.scratch().appendingPathComponent("calls").path
    variables["PATH"] =
      (path as NSString).deletingLastPathComponent + ":"
      + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    return try RunningProgram(["bash", "collect.sh", name], in: folder, environment: variables).wait()
  }
}

/// A line that the script wrote.
struct CollectedLine: Decodable {
  struct Problem: Decodable, Equatable {
    let code, message: String
  }

  let command: String
  let account, region, resource: String?
  let parameters: [String: String]
  let complete: Bool
  let error: Problem?
  let output: Answer?

  /// All lines below a folder, with the file each stands in.
  static func all(in folder: TemporaryFolder, below name: String = "collected") throws -> [CollectedLine] {
    let files = FileManager.default.enumerator(atPath: folder.path(name))?.allObjects as? [String] ?? []
    return try files.filter { $0.hasSuffix(".jsonl") }.sorted().flatMap { file in
      try folder.data(name + "/" + file).split(separator: UInt8(ascii: "\n")).map {
        try JSONDecoder().decode(CollectedLine.self, from: $0)
      }
    }
  }
}

/// JSON as it was read.
indirect enum Answer: Decodable, Equatable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([Answer])
  case object([String: Answer])
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([Answer].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: Answer].self))
    }
  }
}
