import AccessReview
import Foundation

/// A review in a few lines.
struct ReviewSummary {
  let result: ReviewResult

  var text: String {
    let totals = result.totals
    let permissions = totals.permissions
    var lines = [
      "Review of \(result.month ?? result.asOfAt): \(totals.roles) roles, as far as seen in \(result.windowDays) days"
        + " to \(result.windowEndAt.prefix(10))",
      "",
      "  \(permissions.total) permissions: \(permissions.used) used, \(permissions.usedByFailedCallsOnly) by failed calls only,"
        + " \(permissions.attemptedOnly) attempted only,",
      "    \(permissions.unused) unused, \(permissions.unobservable) unobservable,"
        + " \(permissions.notEnoughEvidence) without enough evidence",
      "  \(totals.dormantRoles) dormant and \(totals.neverUsedRoles) never used roles;"
        + " \(totals.orphanedPrincipals) ids of principals that are gone in trust policies",
      "  \(result.findings.count) findings",
    ]
    for account in result.accounts where account.coveredDays < result.windowDays {
      lines.append("  \(account.accountID): \(account.coveredDays) of \(result.windowDays) days are covered")
    }
    for account in result.accounts {
      if let snapshot = account.snapshot, !snapshot.isComplete {
        lines.append("  \(account.accountID): the snapshot is incomplete")
      } else if account.snapshot == nil {
        lines.append(
          "  \(account.accountID): no snapshot was imported, so nothing is known of what is granted")
      }
    }
    lines.append("")
    lines.append(
      "Next: accessreview report\(result.month.map { " --month \($0)" } ?? "") --output report.html")
    return lines.map(TerminalLine.escaped).joined(separator: "\n") + "\n"
  }

  func json() throws -> String {
    struct Summary: Encodable {
      let asOfAt, windowStartAt, windowEndAt, catalogue, rules, storeHash: String
      let month: String?
      let findings: Int
      let totals: ReviewTotals
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let summary = Summary(
      asOfAt: result.asOfAt, windowStartAt: result.windowStartAt, windowEndAt: result.windowEndAt,
      catalogue: result.catalogue, rules: result.rules, storeHash: result.storeHash, month: result.month,
      findings: result.findings.count, totals: result.totals)
    return String(decoding: try encoder.encode(summary), as: UTF8.self) + "\n"
  }
}
