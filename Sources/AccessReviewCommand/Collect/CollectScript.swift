import CCollectScript
import IAMIdentifiers

/// A script for the AWS CLI that fetches what the importer reads, made of the pieces of `CCollectScript`.
struct CollectScript: Sendable {
  /// From which accounts it fetches.
  enum Accounts: Sendable {
    /// That of the credentials which the CLI finds.
    case current
    /// One with each profile of the CLI's configuration.
    case profiles([String])
    /// Those in which a role of that name can be assumed: the given ones, or all of the organisation.
    case role(String, [AccountID])
  }

  let accounts: Accounts
  /// Region names; empty for those that are enabled in each account.
  let regions: [String]
  let parts: Set<CollectPart>

  /// The script.
  var text: String {
    var pieces = [piece("head"), settings, piece("answers"), piece("accounts"), piece(entrance)]
    pieces += ordered.map { piece($0.rawValue) }
    pieces += [list, piece("main")]
    return pieces.joined(separator: "\n")
  }

  /// The CLI's commands in pieces of that name, such as `kms list-keys`, as often as they stand there.
  static func commands(inPiece name: String) -> [CollectCommand] {
    text(ofPiece: name).matches(of: /\b(?:ask|call|aws) ([a-z0-9-]+) ([a-z0-9]+(?:-[a-z0-9]+)+)/).map {
      CollectCommand(service: String($0.output.1), operation: String($0.output.2))
    }
  }

  /// The names of the pieces that every script has, whichever parts it fetches.
  var frame: [String] { ["answers", "accounts", entrance, "main"] }

  /// The parts in the order in which they are fetched.
  var ordered: [CollectPart] { CollectPart.allCases.filter(parts.contains) }

  private var entrance: String {
    switch accounts {
    case .current: "single"
    case .profiles: "profiles"
    case .role: "roles"
    }
  }

  private var settings: String {
    var lines = ["# What was asked for."]
    switch accounts {
    case .current: break
    case .profiles(let names): lines.append("only_profiles=\(quoted(names.joined(separator: "\n")))")
    case .role(let name, let accounts):
      lines.append("assumed_role=\(quoted(name))")
      lines.append("only_accounts=\(quoted(accounts.map(\.description).joined(separator: " ")))")
    }
    lines.append("only_regions=\(quoted(regions.joined(separator: " ")))")
    lines.append("# Regions that are asked at the same time.")
    lines.append("at_once=4")
    return lines.joined(separator: "\n") + "\n"
  }

  private var list: String {
    func function(_ name: String, _ parts: [CollectPart], _ argument: String) -> String {
      let calls = parts.map { "  \($0.function)\(argument)\n" }
      return "\(name)() {\n\(calls.isEmpty ? "  :\n" : calls.joined())}\n"
    }
    let global = ordered.filter { $0.reach == .account }
    let regional = ordered.filter { $0.reach == .region }
    return "# What is fetched, in this order.\n"
      + function("collect_organisation", global.filter(\.isOfOrganization), "")
      + function("collect_globally", global.filter { !$0.isOfOrganization }, "")
      + function("collect_in_region", regional, " \"$1\"")
  }

  private func piece(_ name: String) -> String { Self.text(ofPiece: name) }

  private static func text(ofPiece name: String) -> String {
    let piece = collect_script_piece(name)
    return String(decoding: UnsafeBufferPointer(start: piece.bytes, count: piece.length), as: UTF8.self)
  }

  /// The text as one word of the shell.
  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}

/// A command of the AWS CLI.
struct CollectCommand: Hashable, Sendable {
  /// As the CLI names it, such as `s3api`.
  let service: String
  /// As the CLI names it, such as `list-buckets`.
  let operation: String
}
