import ActionCatalog
public import EvidenceStore
import IAMIdentifiers
import IAMPolicy
import IAMSnapshot
import PolicyAlgebra

/// How a review is to be made.
public struct ReviewRequest: Sendable {
  public var period: ReviewPeriod
  /// Percent of the window's days that must be covered before anything is called unused.
  public var minimumCoverage: Double
  /// What is taken to be recorded though no imported selectors tell.
  public var assumed: AssumedRecording

  /// `minimumCoverage` is in percent of the days of the window.
  public init(
    period: ReviewPeriod, minimumCoverage: Double = 95, assumed: AssumedRecording = .nothing
  ) {
    self.period = period
    self.minimumCoverage = minimumCoverage
    self.assumed = assumed
  }
}

/// A review that was made: what reports show, and the rows that the store keeps of it.
public struct MadeReview: Sendable {
  public let result: ReviewResult
  let rows: ReviewRows
}

/// Computes a review out of the facts in a store. Nothing that it says rests on anything but them.
public struct ReviewEngine {
  /// Names the rules by which verdicts are found.
  public static let rules = "1"

  private let request: ReviewRequest

  /// A review that has not begun.
  public init(_ request: ReviewRequest) { self.request = request }

  /// The period that is reviewed where nobody says which: the newest month that the trail reaches the end of.
  ///
  /// - Returns: nil where the store holds no events.
  public static func defaultPeriod(of store: EvidenceStore, days: Int) throws(StoreError) -> ReviewPeriod? {
    let newest = try store.reading { try $0.newestEvent() }
    return newest.map { ReviewPeriod(month: ReviewMonth(endedBy: UTCTime(seconds: $0).day), days: days) }
  }

  /// Makes the review and stores it in the place of an earlier one of the same moment.
  public func run(on store: EvidenceStore) throws(StoreError) -> MadeReview {
    let review = try store.reading { try make($0) }
    try store.save(review.rows)
    return review
  }

  /// Makes the review without storing it.
  func make(_ reader: EvidenceReader) throws -> MadeReview {
    let catalog = try StoredCatalog.catalog(reader.catalogueOverlay())
    let evidence = try ReviewEvidence(reader, request: request, catalog: catalog)
    var roles: [ReviewedRole] = []
    var users: [PrincipalGrants] = []
    let universe = CatalogUniverse(catalog)
    let space = ActionSpace(universe)
    var grantReader = GrantReader(space, organisation: evidence.organisation, changes: evidence.changes)
    for content in evidence.contents {
      let reviewer = RoleReviewer(evidence: evidence, content: content, catalog: universe, space: space)
      for principal in content.principals where principal.kind == "role" {
        roles.append(try reviewer.review(grantReader.grants(of: principal, in: content)))
      }
      for principal in content.principals where principal.kind == "user" {
        users.append(grantReader.grants(of: principal, in: content))
      }
    }
    return try ReviewAssembly(evidence: evidence, roles: roles, users: users, catalog: universe).assemble()
  }
}
