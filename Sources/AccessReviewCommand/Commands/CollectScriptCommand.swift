import ArgumentParser
import IAMIdentifiers

/// `accessreview collect-script`
struct CollectScriptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect-script",
    abstract: "Print a script for the AWS CLI that fetches what import reads.",
    discussion: """
      The script only reads. It needs bash, the AWS CLI and credentials, and writes every answer as a line of JSON to files \
      of a new folder, which is then imported. Read it before you run it:

        accessreview collect-script > collect.sh
        bash collect.sh collected
        accessreview import collected

      Many accounts, by profiles of the CLI, or by a role that each of them has; without --accounts, all of the organisation:

        accessreview collect-script --profiles audit-shop,audit-tools
        accessreview collect-script --assume AuditReader
        accessreview collect-script --assume AuditReader \\
          --accounts 111122223333,444455556666

      With --policy the IAM policy that the same script needs comes out instead.

      The parts that can be left out: \(CollectPart.leavable.map(\.rawValue).joined(separator: ", ")).
      """)

  @Option(
    help: ArgumentHelp("Profiles of the CLI, one for each account, parted by commas.", valueName: "names"))
  var profiles: String?

  @Option(
    help: ArgumentHelp(
      "The role to assume in each account, by name or path and name.", valueName: "role-name"))
  var assume: String?

  @Option(help: ArgumentHelp("The accounts to assume the role in, parted by commas.", valueName: "ids"))
  var accounts: String?

  @Option(
    help: ArgumentHelp(
      "The Regions to ask, parted by commas. Default: those enabled in each account.", valueName: "regions"))
  var regions: String?

  @Option(help: ArgumentHelp("Parts to leave out, parted by commas.", valueName: "parts"))
  var without: String?

  @Flag(
    help: """
      Fetch CloudTrail's event history too, management events of 90 days, for those who have no trail. Slow where much happens.
      """)
  var lookupEvents = false

  @Flag(
    help: "Fetch when each role last tried each service too: a report for every role, which takes its time.")
  var lastAccessed = false

  @Flag(help: "Print the IAM policy that the script needs.")
  var policy = false

  func validate() throws { _ = try script() }

  func run() throws {
    let script = try script()
    Console.output(policy ? CollectPolicy(for: script).json : script.text)
  }

  private func script() throws -> CollectScript {
    let regions = try list(regions, option: "--regions") { text in
      text.wholeMatch(of: /[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}/) == nil ? nil : text
    }
    let without = try list(without, option: "--without") { text in
      CollectPart.leavable.first { $0.rawValue == text }
    }
    var parts = Set(CollectPart.leavable).subtracting(without)
    if lookupEvents { parts.insert(.lookupEvents) }
    if lastAccessed { parts.insert(.lastAccessed) }
    if parts.isEmpty { throw ValidationError("--without leaves nothing to fetch.") }
    return CollectScript(accounts: try chosenAccounts(), regions: regions, parts: parts)
  }

  private func chosenAccounts() throws -> CollectScript.Accounts {
    let ids = try list(accounts, option: "--accounts") { AccountID($0) }
    if profiles != nil, assume != nil { throw ValidationError("Give --profiles or --assume, not both.") }
    if accounts != nil, assume == nil {
      throw ValidationError("--accounts wants --assume with the role's name.")
    }
    if let assume {
      // Source: IAM and STS quotas, which has the characters of names and paths. The policy quotes them as they are.
      guard assume.wholeMatch(of: /(?:[A-Za-z0-9+=,.@_-]+\/)*[A-Za-z0-9+=,.@_-]{1,64}/) != nil else {
        throw ValidationError("--assume wants a role's name, such as AuditReader; this is \(shown(assume)).")
      }
      return .role(assume, ids)
    }
    let names = try list(profiles, option: "--profiles") { text in
      text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? nil : text
    }
    return names.isEmpty ? .current : .profiles(names)
  }

  /// The parts of a list, each once, in their order.
  private func list<Element: Hashable>(
    _ text: String?, option: String, element: (String) -> Element?
  ) throws -> [Element] {
    guard let text else { return [] }
    var elements: [Element] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let piece = String(piece)
      guard !piece.isEmpty, let element = element(piece) else {
        throw ValidationError(
          "\(option) wants a list such as \(example(of: option)); \(shown(piece)) is none of it.")
      }
      if !elements.contains(element) { elements.append(element) }
    }
    return elements
  }

  private func example(of option: String) -> String {
    switch option {
    case "--regions": "eu-west-1,us-east-1"
    case "--without": "s3,kms"
    case "--accounts": "111122223333,444455556666"
    default: "audit-shop,audit-tools"
    }
  }

  private func shown(_ text: String) -> String { "'\(TerminalLine.escaped(TextTable.cut(text)))'" }
}

extension CollectPart {
  /// Those that are fetched unless they are left out.
  static var leavable: [CollectPart] { allCases.filter { !$0.isOnRequest } }
}
