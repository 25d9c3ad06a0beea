import ActionCatalog
import Foundation
import IAMIdentifiers
import Testing

@testable import AccessReviewCommand

/// What the script that collects says, and the policy for it.
@Suite struct CollectScriptTests {
  private static let whole = CollectScript(
    accounts: .role("Reader", []), regions: [], parts: Set(CollectPart.allCases))

  @Test(
    "The policy of a part names what its commands need, and nothing else",
    arguments: [
      (.iam, ["GenerateCredentialReport", "GetAccountAuthorizationDetails", "GetCredentialReport"]),
      (
        .lastAccessed,
        [
          "iam:GenerateServiceLastAccessedDetails", "iam:GetAccountAuthorizationDetails",
          "iam:GetServiceLastAccessedDetails",
        ]
      ),
      (
        .organizations,
        [
          "DescribeOrganization", "DescribePolicy", "ListAccounts", "ListAccountsForParent",
          "ListOrganizationalUnitsForParent", "ListPolicies", "ListPoliciesForTarget", "ListRoots",
          "ListTargetsForPolicy",
        ]
      ),
      (
        .sso,
        [
          "DescribePermissionSet", "GetInlinePolicyForPermissionSet",
          "GetPermissionsBoundaryForPermissionSet", "ListAccountAssignments",
          "ListAccountsForProvisionedPermissionSet", "ListCustomerManagedPolicyReferencesInPermissionSet",
          "ListInstances", "ListManagedPoliciesInPermissionSet", "ListPermissionSets",
        ]
      ),
      (.s3, ["GetBucketLocation", "GetBucketPolicy", "ListAllMyBuckets"]),
      (.cloudtrail, ["DescribeTrails", "GetEventSelectors", "GetTrailStatus"]),
      (.kms, ["DescribeKey", "GetKeyPolicy", "ListGrants", "ListKeys"]),
      (.sqs, ["GetQueueAttributes", "ListQueues"]), (.sns, ["GetTopicAttributes", "ListTopics"]),
      (.lambda, ["GetPolicy", "ListFunctions"]), (.secretsmanager, ["GetResourcePolicy", "ListSecrets"]),
      (.ecr, ["DescribeRepositories", "GetRegistryPolicy", "GetRepositoryPolicy"]),
      (.ec2, ["DescribeVpcEndpoints"]), (.lookupEvents, ["cloudtrail:LookupEvents"]),
    ] as [(CollectPart, [String])])
  func actions(part: CollectPart, names: [String]) {
    let script = CollectScript(accounts: .current, regions: [], parts: [part])
    let actions = CollectPolicy(for: script).statements.flatMap(\.actions).map(\.description)
    let expected = names.map { $0.contains(":") ? $0 : "\(part.rawValue):\($0)" }
    #expect(actions.filter { $0 != "ec2:DescribeRegions" } == expected)
    #expect(actions.contains("ec2:DescribeRegions"))
  }

  @Test("Every command is of an operation that the catalogue knows, and only reads")
  func reads() throws {
    let pieces = Self.whole.frame + ["single", "profiles"] + CollectPart.allCases.map(\.rawValue)
    for command in pieces.flatMap(CollectScript.commands(inPiece:)) {
      let verb = try #require(command.operation.split(separator: "-").first)
      // IAM calls it generating when it makes a report; nothing but the report comes of it.
      #expect(
        ["get", "list", "describe", "lookup", "generate", "assume"].contains(verb), "\(command)")
      if command.operation == "get-caller-identity" { continue }
      let actions = command.actions(in: .builtIn)
      #expect(!actions.isEmpty, "\(command)")
      for action in actions where action.description != "sts:AssumeRole" {
        let levels = try #require(ActionCatalog.builtIn.entry(for: action)).accessLevels
        #expect(levels.isSubset(of: [.read, .list]), "\(action)")
      }
    }
  }

  @Test("Whoever enters roles needs that in its own account only, for those roles only")
  func entering() {
    let accounts = ["111122223333", "444455556666"].compactMap { AccountID($0) }
    let few = CollectPolicy(
      for: CollectScript(accounts: .role("a/Reader", accounts), regions: [], parts: [.ec2]))
    #expect(few.statements.map(\.sid) == ["InEveryAccount", "EnterTheAccounts"])
    #expect(
      few.statements.last?.resources == accounts.map { "arn:*:iam::\($0):role/a/Reader" })
    let all = CollectPolicy(for: CollectScript(accounts: .role("Reader", []), regions: [], parts: [.ec2]))
    #expect(all.statements.map(\.sid) == ["InEveryAccount", "InTheManagementAccount", "EnterTheAccounts"])
    #expect(all.statements[1].actions.map(\.description) == ["organizations:ListAccounts"])
    #expect(all.statements[2].actions.map(\.description) == ["sts:AssumeRole"])
    #expect(all.statements[2].resources == ["arn:*:iam::*:role/Reader"])
  }

  @Test(
    "Every account is asked whether it is the organisation's management account, which needs a permission there"
  )
  func asking() throws {
    let script = CollectScript(accounts: .role("Reader", []), regions: [], parts: [.organizations])
    let policy = CollectPolicy(for: script)
    let everywhere = try #require(policy.statements.first { $0.sid == "InEveryAccount" })
    #expect(everywhere.actions.map(\.description).contains("organizations:DescribeOrganization"))
    #expect(policy.statements.flatMap(\.actions).count(where: { $0.name == "DescribeOrganization" }) == 1)
  }

  @Test("Every function of the script is called, and every call goes through the one that keeps the answer")
  func functions() {
    let text = Self.whole.text
    let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }.joined(
      separator: "\n")
    for match in text.matches(of: /(?m)^([a-z_]+)\(\)/) {
      let name = String(match.output.1)
      let word = code.ranges(of: name).filter { range in
        let before = range.lowerBound == code.startIndex ? "\n" : code[code.index(before: range.lowerBound)]
        let after = range.upperBound == code.endIndex ? "\n" : code[range.upperBound]
        return !before.isLetter && before != "_" && !after.isLetter && after != "_"
      }
      #expect(word.count > 1, "\(name) is never called")
    }
    // Beside the functions that add credentials, only roles are entered without it: their secrets are not to be kept.
    let direct = CollectPart.allCases.flatMap { part in
      CollectScript(accounts: .current, regions: [], parts: [part]).text.matches(
        of: /\baws [a-z0-9]+ [a-z-]+/)
    }
    #expect(direct.isEmpty)
  }

  @Test("Whatever is left out, the shell understands the script", arguments: CollectPart.allCases)
  func leftOut(part: CollectPart) throws {
    let folder = try TemporaryFolder()
    for parts in [Set(CollectPart.allCases).subtracting([part]), [part]] {
      let script = CollectScript(accounts: .profiles(["it's", "$(touch x) `y`"]), regions: [], parts: parts)
      try folder.write(script.text, to: "script.sh")
      let outcome = try RunningProgram(["bash", "-n", "script.sh"], in: folder).wait()
      #expect(outcome.status == 0)
      #expect(outcome.error == "")
    }
  }

  @Test("The script is clean to ShellCheck, where that is installed")
  func shellcheck() throws {
    let folder = try TemporaryFolder()
    guard try RunningProgram(["sh", "-c", "command -v shellcheck"], in: folder).wait().status == 0 else {
      return
    }
    for accounts: CollectScript.Accounts in [.current, .profiles(["a", "b"]), .role("Reader", [])] {
      let script = CollectScript(accounts: accounts, regions: [], parts: Set(CollectPart.allCases))
      try folder.write(script.text, to: "script.sh")
      let outcome = try RunningProgram(["shellcheck", "script.sh"], in: folder).wait()
      #expect(outcome.output == "")
      #expect(outcome.status == 0)
    }
  }
}
