import Foundation
import Testing

@testable import AccessReview
@testable import ReviewReport

/// The review as JSON.
struct JSONReportTests {
  @Test("What is written is read back as the same")
  func roundTrip() throws {
    let text = try JSONReport(ReviewSamples.full).render()
    let back = try JSONDecoder().decode(ReviewResult.self, from: Data(text.utf8))
    #expect(try JSONReport(back).render() == text)
    #expect(text.hasSuffix("}\n"))
  }

  @Test("Keys are sorted, slashes are not escaped, and the same review gives the same bytes")
  func isStable() throws {
    let text = try JSONReport(ReviewSamples.full).render()
    #expect(try JSONReport(ReviewSamples.full).render() == text)
    #expect(text.contains("arn:aws:iam::111122223333:role/ci/github-deployer"))
    let accounts = try #require(text.firstRange(of: "\"accounts\""))
    let windowDays = try #require(text.firstRange(of: "\"windowDays\""))
    #expect(accounts.lowerBound < windowDays.lowerBound)
  }

  @Test("A review of nothing is JSON too")
  func empty() throws {
    let text = try JSONReport(ReviewSamples.empty).render()
    #expect(try JSONDecoder().decode(ReviewResult.self, from: Data(text.utf8)).roles.isEmpty)
  }
}
