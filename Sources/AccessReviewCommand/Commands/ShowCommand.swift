import AccessReview
import ArgumentParser
import ReviewReport

/// `accessreview show ROLE`
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one role: who may enter it, what it is granted and used, and what is not known.",
    discussion: """
      ROLE is a name, an ARN or a RoleId (AROA…). A name that several roles wear is listed with their RoleIds.

        accessreview show platform-automation
      """)

  @Argument(help: "Name, ARN or RoleId of the role.")
  var role: String

  @OptionGroup var period: PeriodOptions
  @OptionGroup var store: StoreOptions

  func run() throws {
    let result = try StoredReview(store: store, period: period).result()
    let known = result.recreatedRoles.filter { $0.arn == role || $0.arn.hasSuffix("/\(role)") }
    let found = result.roles.filter { $0.roleID == role || $0.arn == role || $0.name == role }
    let old = known.map(\.oldRoleID).filter { id in !found.contains { $0.roleID == id } }
    guard found.count + (found.contains { $0.roleID == role } ? 0 : old.count) == 1, let only = found.first
    else {
      throw found.isEmpty && old.isEmpty ? unknown(in: result) : ambiguous(found, old, known)
    }
    Console.output(RoleSheet(only, in: result, .ofConsole).render())
  }

  private func ambiguous(_ roles: [RoleResult], _ old: [String], _ recreated: [RecreatedRole]) -> UsageError {
    let living = roles.map { "\($0.roleID)  \($0.arn)" }
    let gone = recreated.filter { old.contains($0.oldRoleID) }.map { "\($0.oldRoleID)  \($0.arn)  (gone)" }
    return UsageError(
      problem: "'\(role)' names several roles",
      remedy: "Name one by its RoleId:\n  \((living + gone).sorted().joined(separator: "\n  "))")
  }

  private func unknown(in result: ReviewResult) -> UsageError {
    let near = result.roles.filter { $0.name.lowercased().contains(role.lowercased()) }.prefix(5).map(\.name)
    return UsageError(
      problem: "no role of the review has the name, ARN or RoleId '\(role)'",
      remedy: near.isEmpty
        ? "See `accessreview roles --all` for those that it has."
        : "Did you mean \(near.joined(separator: ", "))?")
  }
}
