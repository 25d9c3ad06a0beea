import ActionCatalog
import IAMIdentifiers

/// The smallest policy with which a script fetches everything: what its commands need, and nothing else.
struct CollectPolicy: Sendable {
  /// Actions that go together.
  struct Statement: Sendable {
    let sid: String
    let actions: [ActionName]
    /// ARNs, or `*`.
    let resources: [String]
  }

  let statements: [Statement]

  /// The policy that a script needs, by what the catalogue says of its commands.
  init(for script: CollectScript, catalog: ActionCatalog = .builtIn) {
    func actions(_ pieces: [String]) -> Set<ActionName> {
      Set(pieces.flatMap(CollectScript.commands(inPiece:)).flatMap { $0.actions(in: catalog) })
    }
    let organization = script.ordered.filter(\.isOfOrganization).map(\.rawValue)
    let everywhere = script.ordered.filter { !$0.isOfOrganization }.map(\.rawValue)
    var common = actions(script.frame + everywhere)
    var central = actions(organization)
    var entering: Set<ActionName> = []
    var roles = ["*"]
    if case .role(let name, let accounts) = script.accounts {
      let ids = accounts.isEmpty ? ["*"] : accounts.map(\.description)
      roles = ids.map { "arn:*:iam::\($0):role/\(name)" }
      entering = common.filter { $0.service == "sts" }
      common.subtract(entering)
      // The accounts are listed where the script begins, which is where the organisation is asked about.
      let listing = common.filter { $0.service == "organizations" }
      common.subtract(listing)
      if accounts.isEmpty { central.formUnion(listing) }
    }
    // Each account is asked whether it is the organisation's management account.
    if let asking = ActionName("organizations:DescribeOrganization"), central.remove(asking) != nil {
      common.insert(asking)
    }
    statements = [
      Statement(sid: "InEveryAccount", actions: common.sorted(), resources: ["*"]),
      Statement(sid: "InTheManagementAccount", actions: central.sorted(), resources: ["*"]),
      Statement(sid: "EnterTheAccounts", actions: entering.sorted(), resources: roles),
    ].filter { !$0.actions.isEmpty }
  }

  /// The document, as IAM takes it.
  var json: String {
    let statements = statements.map { statement in
      let actions = statement.actions.map { "        \"\($0)\"" }.joined(separator: ",\n")
      let resources = statement.resources.map { "        \"\($0)\"" }.joined(separator: ",\n")
      return """
            {
              "Sid": "\(statement.sid)",
              "Effect": "Allow",
              "Action": [
        \(actions)
              ],
              "Resource": [
        \(resources)
              ]
            }
        """
    }
    return """
      {
        "Version": "2012-10-17",
        "Statement": [
      \(statements.joined(separator: ",\n"))
        ]
      }

      """
  }
}

extension CollectCommand {
  /// What the command needs. The CLI spells operations in kebab case, and two services as no event does.
  func actions(in catalog: ActionCatalog) -> [ActionName] {
    let source =
      switch service {
      case "s3api": "s3"
      case "sso-admin": "sso"
      default: service
      }
    let name = operation.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return catalog.resolve(Call(eventSource: source + ".amazonaws.com", eventName: name)).actions
  }
}
