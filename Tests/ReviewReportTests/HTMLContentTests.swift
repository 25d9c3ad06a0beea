import Testing

@testable import AccessReview
@testable import ReviewReport

/// What the document says.
struct HTMLContentTests {
  private let full = ReviewSamples.full

  private func text(_ review: ReviewResult) -> String {
    Markup(HTMLReport(review).render()).text
      .split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  @Test("The figures of the first screen are the totals, and the roles add up to them")
  func sumsAreTotals() {
    let text = text(full)
    let counts = full.totals.permissions
    for verdict in Verdict.allCases { #expect(text.contains("\(counts[verdict]) \(verdict.label)")) }
    #expect(text.contains("\(counts.unused) of \(counts.total) "))
    #expect(text.contains("All \(counts.total) granted permissions"))
    var sum = VerdictCounts()
    for role in full.roles where !role.isAdministrator && !role.isServiceLinked { sum += role.counts }
    #expect(sum == counts)
    #expect(full.unknowns.reduce(0) { $0 + $1.permissions } == counts.unobservable + counts.notEnoughEvidence)
  }

  @Test("The evidence comes before the numbers, and its gaps are loud")
  func evidenceComesFirst() throws {
    let document = HTMLReport(full).render()
    let evidence = try #require(document.firstRange(of: #"<div class="evidence">"#))
    let figures = try #require(document.firstRange(of: #"<dl class="figures">"#))
    #expect(evidence.lowerBound < figures.lowerBound)
    #expect(document.contains("<b>Logging in 777788889999 was stopped from 2026-09-14 to 2026-09-18.</b>"))
    #expect(
      document.contains("<b>No IAM snapshot of 999900001111 was imported: its roles are not known.</b>"))
    #expect(text(full).contains("85 of 90 days are 94.4 %; 95 % are needed"))
  }

  @Test("What is assumed stands before the numbers, in the parameters and in the command that makes it again")
  func assumption() throws {
    var review = full
    review.assumedRecorded = ["data:AWS::S3::Object", "management-read"]
    let role = try #require(review.roles.firstIndex { !$0.permissions.isEmpty && !$0.isServiceLinked })
    review.roles[role].permissions[0].basis = "assumed"
    let words = "data events of AWS::S3::Object and management events that read"
    let document = HTMLReport(review).render()
    let loud = try #require(
      document.firstRange(of: "<b>Assumed, not proven, to have been recorded: \(words)."))
    let figures = try #require(document.firstRange(of: #"<dl class="figures">"#))
    #expect(loud.lowerBound < figures.lowerBound)
    #expect(text(review).contains("One verdict rests on that."))
    #expect(document.contains("<dt>Assumed to be recorded</dt><dd>\(words)</dd>"))
    #expect(document.contains("--assume-recorded AWS::S3::Object --assume-recorded management-read"))
    let style = TerminalStyle(hasColor: false, isUnicode: true, width: 120)
    #expect(RoleSheet(review.roles[role], in: review, style).render().contains("Assumed, not proven"))
    #expect(RolesTable(review, style).render().contains("Assumed, not proven"))
    #expect(!HTMLReport(full).render().contains("Assumed"))
  }

  @Test("Evidence stands in the document: event ids, hashes of statements and snapshots, the store's hash")
  func evidenceIsThere() {
    let text = text(full)
    for role in full.roles.prefix(3) {
      for permission in role.permissions {
        if let event = permission.lastEventID { #expect(text.contains(event)) }
        #expect(text.contains(permission.action))
      }
      #expect(text.contains(role.roleID))
    }
    #expect(text.contains(full.storeHash))
    for account in full.accounts { if let hash = account.snapshot?.sha256 { #expect(text.contains(hash)) } }
    for finding in full.findings.dropLast() { #expect(text.contains(finding.id)) }
    for orphan in full.orphans { #expect(text.contains(orphan.principalID)) }
  }

  @Test("Roles have addresses by name, or by id where a name is worn twice or is odd")
  func anchors() {
    let anchors = Anchors(full).roles
    #expect(anchors[0] == "role-security-audit")
    #expect(anchors.contains("role-AROA00000000000DEPL01") && anchors.contains("role-AROA00000000000DEPL02"))
    #expect(!anchors.contains("role-deploy-0"))
    #expect(anchors[3] == "role-AROAHOSTILE0000000001")
    var twins = full
    twins.roles = [full.roles[0], full.roles[0], full.roles[0]]
    #expect(Set(Anchors(twins).roles).count == 3)
  }

  @Test("A finding of many roles stands in full once, and is named by the others")
  func sharedFindings() {
    let document = HTMLReport(full).render()
    #expect(document.ranges(of: #"id="finding-F-0003""#).count == 1)
    #expect(document.contains("Decided together, in one place"))
  }

  @Test("Administrators and service-linked roles get a sentence instead of a bar")
  func countedApart() {
    let text = text(full)
    #expect(text.contains("Counted apart are 1 administrator role, which holds (nearly) every action"))
    #expect(text.contains("and 1 service-linked role."))
    #expect(text.contains("One role holds (nearly) every action."))
    #expect(text.contains("used 2 actions, as far as seen in 90 days"))
  }

  @Test("A review of nothing says so, in every section")
  func emptyReview() {
    let text = text(ReviewSamples.empty)
    #expect(text.contains("No role is known: no IAM snapshot was imported."))
    #expect(text.contains("Nothing was imported: no account is known."))
    #expect(text.contains("There is nothing to decide: no role is known."))
    #expect(text.contains("No permission is known, so there is nothing to judge."))
    #expect(text.contains("No event is in the store"))
    #expect(!text.contains("What changed"))
  }

  @Test("Without enough days nothing is called unused, and the first sentence says it")
  func nothingCovered() {
    var review = full
    for index in review.accounts.indices {
      review.accounts[index].coveredDays = 0
      review.accounts[index].days = []
      review.accounts[index].gaps = []
    }
    #expect(text(review).contains("Nothing is called unused: too little was recorded to judge 11 roles."))
    #expect(text(review).contains("0 of 90 days are 0 %; 95 % are needed"))
    #expect(text(review).contains("no day is known"))
  }

  @Test("Many accounts show only those with gaps on the first screen, and all at the end")
  func manyAccounts() {
    var review = full
    review.accounts = (0..<40).map { AccountSamples.account("\(100_000_000_000 + $0)") } + [full.accounts[2]]
    let text = text(review)
    #expect(text.contains("40 more accounts stand at the end; all their days are covered."))
    #expect(text.contains("100000000039"))
  }

  @Test("Windows of no days and numbers that are none do no harm")
  func oddParameters() {
    var review = full
    review.windowDays = 0
    review.minimumCoverage = .nan
    review.month = "2026-99"
    #expect(Markup(HTMLReport(review).render()).problems.isEmpty)
    review.month = "October"
    #expect(text(review).contains("Access review, October"))
  }

  @Test("As far as seen, in how many days, is said wherever something is called unused")
  func wording() {
    let text = text(full)
    #expect(
      text.contains("In October, 4 of 11 roles held permissions that nobody used, as far as seen in 90 days"))
    #expect(text.contains("used 3 of its 8 permissions; nobody used 4, as far as seen in 90 days."))
    #expect(text.contains("4 of 8 granted actions: nobody used them, as far as seen in 90 days."))
  }
}
