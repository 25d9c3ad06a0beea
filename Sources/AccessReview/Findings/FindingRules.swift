import ActionCatalog
import ContentHash
import EvidenceStore
import IAMIdentifiers
import IAMPolicy

/// Finds what somebody should decide.
struct FindingRules {
  let period: ReviewPeriod
  let catalog: CatalogUniverse

  func findings(
    roles: [ReviewedRole], orphans: [OrphanedPrincipal], recreated: [RecreatedRole], accounts: [AccountResult]
  ) -> [Finding] {
    let names = Dictionary(
      roles.map { ($0.result.roleID, $0.result) }, uniquingKeysWith: { first, _ in first })
    var drafts: [FindingDraft] = []
    for role in roles {
      drafts += SleepFindings(period: period).drafts(role)
      drafts += OverbroadFindings(catalog: catalog).drafts(role)
      drafts += UnusedFindings(period: period).drafts(role)
      drafts += UseFindings(period: period).drafts(role)
    }
    drafts += TrustFindings(names: names).drafts(orphans, recreated)
    drafts += accounts.flatMap(CoverageFindings(period: period).drafts)
    return FindingDraft.findings(drafts)
  }
}

/// A finding before alike ones are put together.
struct FindingDraft {
  var type: FindingType
  var severity: Severity
  var confidence: Confidence
  /// What alike findings of one type share: they are one decision.
  var group: String
  var role: RoleResult?
  var accountID: String?
  var subject: String
  /// The sentence for one role, and for several.
  var title: String
  var pluralTitle: (Int) -> String
  var why: String
  var pluralWhy: String?
  var remedy: String
  var pluralRemedy: ((Int) -> String)?
  var actions: [Finding.FindingAction] = []
  var evidence: [Finding.Evidence] = []

  /// The findings that the drafts come to, by id.
  static func findings(_ drafts: [FindingDraft]) -> [Finding] {
    Dictionary(grouping: drafts, by: \.key).map { merged($0.value) }.sorted { $0.id < $1.id }
  }

  /// One role may have findings of several types; only those of one type are one decision.
  private var key: String { "\(type.rawValue) \(group)" }

  private static func merged(_ drafts: [FindingDraft]) -> Finding {
    let sorted = drafts.sorted {
      ($0.role?.arn ?? "", $0.role?.roleID ?? "") < ($1.role?.arn ?? "", $1.role?.roleID ?? "")
    }
    let first = sorted[0]
    let worst = sorted.min { $0.severity.rank < $1.severity.rank } ?? first
    var actions: [Finding.FindingAction] = []
    var seen: Set<Finding.FindingAction> = []
    for action in sorted.flatMap(\.actions) where seen.insert(action).inserted { actions.append(action) }
    let members = sorted.dropFirst().compactMap { $0.role?.roleID }
    let sameAccount = Set(sorted.compactMap(\.accountID)).count == 1
    return Finding(
      id: "F-" + String(ContentHash(of: first.key).description.prefix(10)),
      type: first.type,
      severity: worst.severity, confidence: first.confidence,
      score: worst.severity.score + min(sorted.count, 99) + (worst.actions.isEmpty ? 0 : 1),
      accountID: sameAccount ? first.accountID : nil, roleID: first.role?.roleID, roleARN: first.role?.arn,
      subject: first.subject, title: sorted.count == 1 ? first.title : first.pluralTitle(sorted.count),
      why: sorted.count == 1 ? first.why : first.pluralWhy ?? first.why,
      remedy: sorted.count == 1 ? first.remedy : first.pluralRemedy?(sorted.count) ?? first.remedy,
      actions: actions.sorted { $0.action < $1.action },
      evidence: Array(sorted.flatMap(\.evidence).prefix(50)), members: members)
  }
}

extension Severity {
  /// 0 is the worst.
  var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }

  /// For ordering.
  var score: Int {
    switch self {
    case .critical: 1000
    case .high: 800
    case .medium: 500
    case .low: 200
    case .info: 50
    }
  }
}

/// Words that several findings use.
enum Words {
  static func roles(_ count: Int) -> String { count == 1 ? "1 role" : "\(count) roles" }
  static func permissions(_ count: Int) -> String { count == 1 ? "one permission" : "\(count) permissions" }

  /// A name without the number at its end: what alike roles share.
  static func stem(_ name: String) -> String {
    String(name.reversed().drop { $0.isNumber }.reversed())
  }
}
