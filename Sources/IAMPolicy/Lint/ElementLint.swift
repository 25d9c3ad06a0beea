/// Elements that a policy of a kind cannot have, or must have.
///
/// Sources: "Grammar of the IAM JSON policy language", IAM User Guide; "SCP syntax" and "RCP syntax", AWS Organizations User
/// Guide.
struct ElementLint {
  private let statement: Statement
  private let kind: PolicyKind

  init(_ statement: Statement, kind: PolicyKind) {
    self.statement = statement
    self.kind = kind
  }

  var findings: [LintFinding] {
    var findings: [LintFinding] = []
    func misplaced(_ element: String, _ sentence: String, _ remedy: String) {
      findings.append(
        LintFinding(.misplacedElement, in: statement, element: element, sentence, remedy: remedy))
    }
    // What is refused as a whole has been reported already, and may lack elements for that reason.
    guard statement.isUnderstood else { return sid }
    let named = if case .except? = statement.principals { "NotPrincipal" } else { "Principal" }
    if statement.principals != nil, !kind.hasPrincipals {
      misplaced(named, "\(named) stands in \(kind.name), which has none", "Remove it.")
    }
    if statement.principals == nil, kind.hasPrincipals {
      misplaced("Principal", "Principal is missing, which \(kind.name) must have", "Say who is meant.")
    }
    switch (statement.resources, kind) {
    case (nil, .identity), (nil, .boundary), (nil, .scp), (nil, .rcp):
      misplaced(
        "Resource", "Resource is missing, which \(kind.name) must have", "Say which resources are meant.")
    case (let clause?, .trust):
      misplaced(
        clause.element, "\(clause.element) stands in a trust policy, whose resource is the role itself",
        "Remove it.")
    default: break
    }
    if kind == .rcp { findings += resourceControl(named) }
    return findings + sid
  }

  private func resourceControl(_ named: String) -> [LintFinding] {
    var reasons: [(String, String, String)] = []
    if statement.effect == .allow {
      reasons.append(
        ("Effect", "A resource control policy of yours cannot allow", "Write what is to be denied."))
    }
    if case .except? = statement.actions {
      reasons.append(("NotAction", "A resource control policy has no NotAction", "List the actions."))
    }
    if named == "NotPrincipal" {
      reasons.append(
        ("NotPrincipal", "A resource control policy has no NotPrincipal", "Write * and except by conditions.")
      )
    } else if let principals = statement.principals?.principals, principals != [.everyone] {
      reasons.append(
        (
          "Principal", "A resource control policy is about every principal",
          "Write * and narrow by conditions."
        ))
    }
    if case .only(let patterns)? = statement.actions,
      patterns.contains(where: { $0.wildcardKind == .everything })
    {
      reasons.append(
        ("Action", "A resource control policy cannot be about * alone", "Name services, such as s3:*."))
    }
    return reasons.map { LintFinding(.misplacedElement, in: statement, element: $0.0, $0.1, remedy: $0.2) }
  }

  /// Source: "IAM JSON policy elements: Sid", IAM User Guide; some services take more in the policies of their resources.
  private var sid: [LintFinding] {
    guard let sid = statement.sid, kind != .resource else { return [] }
    let isPlain = sid.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
    }
    guard !isPlain else { return [] }
    return [
      LintFinding(
        .sidCharacters, in: statement, element: "Sid",
        "\(quoted(sid)) has other characters than the letters A to Z, a to z and digits",
        remedy: "Write it without spaces and signs.")
    ]
  }
}

extension PolicyKind {
  /// In AWS's words, with its article.
  var name: String {
    switch self {
    case .identity: "an identity-based policy"
    case .resource: "a resource-based policy"
    case .trust: "a trust policy"
    case .scp: "a service control policy"
    case .rcp: "a resource control policy"
    case .boundary: "a permissions boundary"
    }
  }
}
