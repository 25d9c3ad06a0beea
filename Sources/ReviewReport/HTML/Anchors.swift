import AccessReview

/// The addresses of roles and findings inside the document: unique, and fit to stand in a link.
struct Anchors {
  /// The anchors of the roles, by their positions in the review.
  let roles: [String]
  /// The anchors of the findings' full texts, by their positions in the review.
  let findings: [String]
  private let positionsByID: [String: Int]

  init(_ result: ReviewResult) {
    var nameCounts: [String: Int] = [:]
    for role in result.roles { nameCounts[Self.slug(role.name), default: 0] += 1 }
    var taken: Set<String> = []
    roles = result.roles.map { role in
      let name = Self.slug(role.name)
      let isUnique = nameCounts[name] == 1 && !name.isEmpty && name == role.name
      return Self.unique("role-" + (isUnique ? name : Self.slug(role.roleID)), &taken)
    }
    findings = result.findings.map { Self.unique("finding-" + Self.slug($0.id), &taken) }
    positionsByID = Dictionary(
      result.roles.enumerated().map { ($0.element.roleID, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The position of the role with an id.
  func position(of roleID: String?) -> Int? { roleID.flatMap { positionsByID[$0] } }

  private static func unique(_ wanted: String, _ taken: inout Set<String>) -> String {
    var anchor = wanted
    var number = 2
    while !taken.insert(anchor).inserted {
      anchor = "\(wanted)-\(number)"
      number += 1
    }
    return anchor
  }

  /// Letters, digits and what else the names of roles may hold; all else becomes a hyphen.
  ///
  /// Source: "IAM and AWS STS quotas", IAM User Guide: names of roles are of letters, digits and `+=,.@-_`.
  private static func slug(_ text: String) -> String {
    String(
      decoding: text.utf8.prefix(128).map { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          byte
        default: "+=,.@-_".utf8.contains(byte) ? byte : UInt8(ascii: "-")
        }
      }, as: UTF8.self)
  }
}
