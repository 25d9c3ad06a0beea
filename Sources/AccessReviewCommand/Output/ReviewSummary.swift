import AccessReview
import Foundation

/// A review in a few lines.
struct ReviewSummary {
  let result: ReviewResult

  var text: String {
    let totals = result.totals
    let permissions = totals.permissions
    var lines = [
      "Review of \(result.month ?? result.asOfAt): \(count(totals.roles, "role")),"
        + " as far as seen in \(count(result.windowDays, "day")) to \(result.windowEndAt.prefix(10))",
      "",
      "  \(count(permissions.total, "permission")): \(permissions.used) used,"
        + " \(permissions.usedByFailedCallsOnly) by failed calls only, \(permissions.attemptedOnly) attempted only,",
      "    \(permissions.unused) unused, \(permissions.unobservable) unobservable,"
        + " \(permissions.notEnoughEvidence) without enough evidence",
      "  \(count(totals.dormantRoles, "dormant role")), \(count(totals.neverUsedRoles, "role")) never used;"
        + " \(count(totals.orphanedPrincipals, "id")) of principals that are gone in trust policies",
      "  \(count(result.findings.count, "finding"))",
    ]
    if let assumed = result.assumedRecorded {
      let judged = result.roles.reduce(0) { $0 + $1.permissions.count { $0.basis == "assumed" } }
      lines.append(
        "  assumed to be recorded: \(assumed.joined(separator: ", ")); \(count(judged, "verdict"))"
          + " \(judged == 1 ? "rests" : "rest") on it")
    }
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

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  func json() throws -> String {
    struct Summary: Encodable {
      let asOfAt, windowStartAt, windowEndAt, catalogue, rules, storeHash: String
      let month: String?
      let assumedRecorded: [String]?
      let findings: Int
      let totals: ReviewTotals
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let summary = Summary(
      asOfAt: result.asOfAt, windowStartAt: result.windowStartAt, windowEndAt: result.windowEndAt,
      catalogue: result.catalogue, rules: result.rules, storeHash: result.storeHash, month: result.month,
      assumedRecorded: result.assumedRecorded, findings: result.findings.count, totals: result.totals)
    return String(decoding: try encoder.encode(summary), as: UTF8.self) + "\n"
  }
}
