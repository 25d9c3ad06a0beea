import AccessReview
import ActionCatalog
import ArgumentParser
import IAMPolicy

/// `accessreview permissions`
struct PermissionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "permissions",
    abstract: "List what roles and users may do, and by which statements.",
    discussion: """
      Effective permissions: what identity policies grant (a user's groups included), within the permissions boundary and \
      the organisation's service and resource control policies, of the newest snapshot of each account. Without PRINCIPAL, \
      how much each role and user may do.

        accessreview permissions
        accessreview permissions shop-checkout
        accessreview permissions --action iam:PassRole --action 'sts:Assume*'
        accessreview permissions --format json > permissions.jsonl

      A permission is

        unconditional   granted without condition, and nothing narrows it
        conditional     only under conditions, of the Allow or of a layer that
                        must allow as well; the condition keys are named
        narrowed        a Deny takes a part away, or another layer allows a
                        part only
        unknown         something that is missing or not understood decides

      Conditions on who calls (aws:PrincipalArn, aws:PrincipalOrgID, …) are settled, for they are the same in every request. \
      Whether a single request is allowed, with the resource's own policy, is what `accessreview simulate` answers. For \
      programs, an object on each line, for each principal and action.
      """)

  @Argument(help: ArgumentHelp("Names, ARNs or unique ids of roles and users.", valueName: "principal"))
  var principals: [String] = []

  @Option(
    name: .customLong("action"),
    help: ArgumentHelp(
      "Only actions that this describes, such as s3:Get*; may be given several times.", valueName: "pattern"))
  var actions: [String] = []

  @Option(help: "\(SummaryFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
  var format: SummaryFormat = .text

  @OptionGroup var store: StoreOptions

  func run() throws {
    let patterns = try actions.map { text throws(UsageError) in
      if let pattern = ActionPattern(text) { return pattern }
      throw UsageError(
        problem: "'\(TextTable.cut(text))' describes no action",
        remedy: "Give a name or pattern such as s3:Get*.")
    }
    let all = try EffectivePermissions.all(in: try store.open(.read))
    guard !all.isEmpty else {
      throw UsageError(
        problem: "the store holds no snapshot of an account",
        remedy: "Import the output of `aws iam get-account-authorization-details` first.")
    }
    let chosen = try principals.isEmpty ? all : choose(from: all)
    switch format {
    case .json:
      var results = ResultStream()
      for principal in chosen {
        for permission in principal.permissions(patterns) {
          try results.line(JSONLine(permission, of: principal).closed)
        }
      }
      try results.flush()
    case .text where principals.isEmpty && patterns.isEmpty:
      Console.output(PermissionCounts(chosen).text)
    case .text:
      var results = ResultStream()
      var isFirst = true
      for principal in chosen {
        let list = PermissionList(principal, patterns)
        // Of many, only those that may do what was asked for.
        if principals.isEmpty, list.isEmpty { continue }
        if !isFirst { try results.line([]) }
        isFirst = false
        for line in list.lines { try results.line(line.utf8) }
      }
      try results.flush()
      if isFirst { Console.error("No role or user may do that.") }
    }
  }

  private func choose(from all: [EffectivePermissions]) throws -> [EffectivePermissions] {
    var chosen: [EffectivePermissions] = []
    for text in principals {
      let found = all.filter { [$0.id, $0.arn, $0.name].contains(text) }
      if found.isEmpty { throw UsageError(unknownPrincipal: text, among: Set(all.map(\.name)).sorted()) }
      for principal in found
      where !chosen.contains(where: { $0.id == principal.id && $0.account == principal.account }) {
        chosen.append(principal)
      }
    }
    return chosen
  }
}

extension UsageError {
  /// No role or user has a name.
  init(unknownPrincipal text: String, among names: [String]) {
    let near = NearNames(text.lowercased(), in: names).names
    self.init(
      problem: "no role or user of the newest snapshots has the name, ARN or id '\(TextTable.cut(text))'",
      remedy: near.isEmpty
        ? "See `accessreview permissions` for the roles and users that there are."
        : "Did you mean \(near.joined(separator: ", "))?")
  }
}
