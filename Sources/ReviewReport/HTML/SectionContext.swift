import AccessReview

/// What every section of the document needs: the review, its addresses, and where each finding stands in full.
struct SectionContext {
  let result: ReviewResult
  let phrases: Phrases
  let anchors: Anchors
  /// The role in whose section a finding stands in full; findings of no role stand in the sections after.
  let homes: [Int: Int]

  init(_ result: ReviewResult) {
    self.result = result
    phrases = Phrases(result)
    anchors = Anchors(result)
    var homes: [Int: Int] = [:]
    for (position, role) in result.roles.enumerated() {
      for finding in role.findings where result.findings.indices.contains(finding) {
        if homes[finding] == nil || result.findings[finding].roleID == role.roleID {
          homes[finding] = position
        }
      }
    }
    self.homes = homes
  }

  /// A link to a role.
  func link(_ position: Int) -> Fields {
    ["anchor": .text(anchors.roles[position]), "name": .text(result.roles[position].name)]
  }

  /// The worst findings come first; those of one score in the order of the review.
  var byScore: [Int] {
    result.findings.indices.sorted {
      let (left, right) = (result.findings[$0].score, result.findings[$1].score)
      return left == right ? $0 < $1 : left > right
    }
  }

  /// Findings that stand in no role's section.
  func homeless(_ types: Set<FindingType>) -> [Int] {
    byScore.filter { homes[$0] == nil && types.contains(result.findings[$0].type) }
  }
}

extension FindingType {
  /// Types that the section about trust shows.
  static let trust: Set<FindingType> = [.orphanedPrincipal, .recreatedRole]
  /// Types that the section about the evidence shows.
  static let evidence: Set<FindingType> = [.coverageGap]
  /// Types of grants that are too broad.
  static let broad: Set<FindingType> = [
    .adminEquivalent, .wildcardAction, .allowNotAction, .passRoleAny,
  ]
  /// All the rest that can be without a role.
  static let other = Set(FindingType.allCases).subtracting(trust).subtracting(evidence)
}
