import Testing

@testable import AccessReview

@Suite("Which findings are one decision")
struct FindingDraftTests {
  private static func draft(_ type: FindingType, _ group: String) -> FindingDraft {
    FindingDraft(
      type: type, severity: .high, confidence: .certain, group: group, role: nil, accountID: "111122223333",
      subject: group, title: "One.", pluralTitle: { "\($0) of them." }, why: "It is one.",
      pluralWhy: "They are several.", remedy: "Delete it.", pluralRemedy: { "Delete the \($0)." })
  }

  @Test("Findings of different types about one role stay apart")
  func types() {
    let findings = FindingDraft.findings([
      Self.draft(.passRoleAny, "AROAEXAMPLE"), Self.draft(.attemptedDenied, "AROAEXAMPLE"),
    ])
    #expect(Set(findings.map(\.type)) == [.passRoleAny, .attemptedDenied])
    #expect(findings.allSatisfy { $0.title == "One." })
  }

  @Test("Alike findings of one type are one, and its sentences speak of several")
  func merged() throws {
    let findings = FindingDraft.findings([Self.draft(.dormantRole, "job"), Self.draft(.dormantRole, "job")])
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    #expect(finding.title == "2 of them.")
    #expect(finding.why == "They are several.")
    #expect(finding.remedy == "Delete the 2.")
  }
}
