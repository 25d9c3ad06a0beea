import AccessReview

/// Principals that are gone but still trusted, and names worn again.
struct TrustAndOrphans {
  private let context: SectionContext

  init(_ context: SectionContext) { self.context = context }

  func render() -> String {
    let orphans = context.result.orphans
    var fields = context.findings(context.homeless(FindingType.trust), level: 4)
    fields["intro"] = .text(intro)
    fields["hasOrphans"] = .flag(!orphans.isEmpty)
    fields["orphans"] = .list(orphans.map(row))
    fields["recreated"] = .optional(recreated)
    return TrustTemplate.main.render(fields)
  }

  private var intro: String {
    let result = context.result
    let ids = result.totals.orphanedPrincipals
    if result.orphans.isEmpty {
      return result.roles.isEmpty
        ? "No trust policy is known." : "No trust policy names the id of a principal that is gone."
    }
    let places = result.orphans.count
    return """
      \(Words.spelledCount(ids, "id")) of principals that are gone \(ids == 1 ? "stands" : "stand") in trust \
      policies, in \(Words.count(places, "place")). AWS shows an id instead of a name once the principal behind it \
      is deleted; creating one of that name again does not mend the trust.
      """
  }

  private func row(_ orphan: OrphanedPrincipal) -> Fields {
    let trusting = context.anchors.position(of: orphan.inRoleID)
    let statement =
      "statement \(orphan.statement)" + (orphan.sid.map { " (\($0))" } ?? "") + ", \(orphan.element)"
    let arn = trusting == nil ? orphan.inRoleARN : nil
    return [
      "trustingRole": .optional(trusting.map(context.link)),
      "trustingARN": .optional(arn.map { Fields.arn($0) }),
      "trustingAccount": .optional(trusting == nil && arn == nil ? orphan.accountID : nil),
      "place": .text("\(orphan.accountID), \(Words.plain(orphan.policyKind)), \(statement)"),
      "id": .text(orphan.principalID),
      "state": .text("\(Words.plain(orphan.principalKind)), \(state(orphan))"),
      "was": .optional(orphan.resolvedARN.map { Fields.arn($0) }),
      "candidates": .list(
        orphan.resolvedARN == nil ? orphan.candidateARNs.prefix(6).map { Fields.arn($0) } : []),
      "how": .text(how(orphan)),
      "evidence": .optional(orphan.evidenceID),
    ]
  }

  private func state(_ orphan: OrphanedPrincipal) -> String {
    if orphan.state == "gone" { return "gone" }
    let home = orphan.homeAccountID.map { " of \($0)" } ?? ""
    return "perhaps gone: no complete snapshot\(home) could tell"
  }

  private func how(_ orphan: OrphanedPrincipal) -> String {
    var sentence =
      switch orphan.resolution {
      case "observed": "Observed: the trail shows calls of it."
      case "created": "Created: the trail shows how it was made."
      case "snapshot": "An earlier snapshot names it."
      case "inferred": "Inferred: no other principal fits."
      case "candidates":
        "\(Words.spelledCount(orphan.candidateARNs.count, "principal")) could have been it; nothing tells which."
      case "unknown": "Nothing imported shows it. A snapshot from before it was deleted might."
      default: Words.sentence(Words.plain(orphan.resolution)) + "."
      }
    if let entered = orphan.lastEnteredAt { sentence += " It last entered on \(Words.day(entered))." }
    if let namesake = orphan.namesakePrincipalID {
      sentence += " \(namesake) wears its name now, and this trust does not let it in."
    }
    if !orphan.homeImported, let home = orphan.homeAccountID {
      sentence += " Nothing of \(home) was imported."
    }
    return sentence
  }

  private var recreated: Fields? {
    let recreated = context.result.recreatedRoles
    guard !recreated.isEmpty else { return nil }
    return [
      "intro": .text(
        """
        \(Words.spelledCount(recreated.count, "role")) \(recreated.count == 1 ? "was" : "were") deleted and created \
        again under the same name. Old and new are kept apart here: what the old one did is not held for or against \
        the new one.
        """),
      "rows": .list(
        recreated.map { role in
          let link = context.anchors.position(of: role.newRoleID).map {
            ["anchor": .text(context.anchors.roles[$0]), "name": .text(role.newRoleID)] as Fields
          }
          return [
            "arn": .fields(.arn(role.arn)), "old": .text(role.oldRoleID), "new": .text(role.newRoleID),
            "role": .optional(link), "since": .optional(role.newCreatedAt.map { Words.day($0) }),
          ]
        }),
    ]
  }
}
