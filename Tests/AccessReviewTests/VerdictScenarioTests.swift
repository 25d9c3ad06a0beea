import AccessReview
import Testing

@Suite("Verdicts, world by world")
struct VerdictScenarioTests {
  @Test(
    "Verdicts are what an expert of IAM and CloudTrail would say",
    arguments: try World.load("verdicts.json") + World.load("history.json"))
  func verdicts(world: World) throws {
    let review = try world.review()
    for role in world.roles {
      let result = review.roles.first { $0.roleID == role.id }
      let why = role.json["why"]?.string ?? ""
      for (action, value) in role.expected.sorted(by: { $0.key < $1.key }) {
        let found = result?.permissions.first { $0.action.lowercased() == action.lowercased() }
        let text = found.map { "\($0.verdict.rawValue) \($0.reasonCode.rawValue)" } ?? "not-granted"
        let expected = value.string ?? ""
        #expect(
          text == expected || text.hasPrefix(expected + " "),
          "\(role.name) \(action): \(found?.reason ?? "") [\(why)]")
      }
      for (action, part) in role.json["because"]?.object ?? [:] {
        let reason = result?.permissions.first { $0.action == action }?.reason ?? ""
        #expect(reason.contains(part.string ?? ""), "\(role.name) \(action)")
      }
      if world.json["assumed"] != nil {
        let resting = result?.permissions.filter { $0.basis == "assumed" }.map(\.action)
        #expect(resting ?? [] == role.json["assumed"]?.strings ?? [], "\(role.name) [\(why)]")
      }
      if let dormancy = role.json["dormancy"]?.string {
        #expect(result?.dormancy?.rawValue ?? "none" == dormancy, "\(role.name) [\(why)]")
      }
      if let ungranted = role.json["ungranted"]?.strings {
        #expect(
          result?.usedWithoutGrant.map { "\($0.action) \($0.likelySource)" } == ungranted,
          "\(role.name) [\(why)]")
      }
      if let uses = role.json["uses"]?.number {
        #expect((result?.successfulCalls ?? -1) + (result?.failedCalls ?? 0) == uses, "\(role.name) [\(why)]")
      }
      if let passed = role.json["passed"]?.strings {
        #expect(result?.passedRoles.map(\.roleARN) == passed, "\(role.name)")
      }
      if let scps = role.json["isLimitedByOrganisation"]?.bool {
        #expect(result?.isLimitedByOrganisation == scps)
      }
    }
    if let expected = world.json["orphans"]?.strings {
      let found = review.orphans.map {
        "\($0.principalID) \($0.state) \($0.resolution) \($0.resolvedARN ?? "-")"
      }
      #expect(found == expected)
    }
    if let expected = world.json["recreated"]?.strings {
      #expect(review.recreatedRoles.map { "\($0.oldRoleID) \($0.newRoleID)" } == expected)
    }
    if let expected = world.json["coveredDays"]?.number {
      #expect(review.accounts.first { $0.accountID == world.account }?.coveredDays == expected)
    }
    if let expected = world.json["kinds"]?.object {
      let kinds = review.accounts.first { $0.accountID == world.account }?.kindsRecorded ?? []
      for (kind, value) in expected {
        let found = kinds.first { $0.kind == kind }.map { "\($0.scope); \($0.coveredDays) days" }
        #expect(found == value.string, "\(kind)")
      }
    }
    if let expected = world.json["gapCauses"]?.strings {
      #expect(review.accounts.first { $0.accountID == world.account }?.gaps.map(\.cause) == expected)
    }
  }
}
