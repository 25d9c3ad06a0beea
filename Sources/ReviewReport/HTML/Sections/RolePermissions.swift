import AccessReview

/// What a role is granted, what it used of it, what may go and what is not known.
struct RolePermissions {
  let role: RoleResult
  let phrases: Phrases

  /// Above this, services of which nothing was used share a row.
  private static let mostServices = 24
  /// Longest lists; the JSON report has the rest.
  private static let mostSeen = 200
  private static let mostActions = 250
  private static let mostReasons = 60
  private static let mostActionsOfReason = 40

  func set(_ fields: inout Fields) {
    fields["granted"] = role.isServiceLinked ? .flag(false) : .fields(granted)
    fields["removals"] = .optional(removals)
    let unknown = self.unknown
    fields["hasUnknown"] = .flag(!unknown.isEmpty)
    fields["unknown"] = .list(unknown)
    fields["nothingUnknown"] = .text(
      role.isServiceLinked
        ? "AWS keeps its policies, and nothing is said of them here."
        : role.isAdministrator
          ? "What was not used is not judged one by one."
          : role.counts.total == 0 ? "Nothing is granted." : "Every granted action has a verdict.")
  }

  // MARK: Services

  private var granted: Fields {
    let columns = Verdict.allCases.filter { role.counts[$0] > 0 }
    let longest = role.services.map(\.counts.total).max() ?? 0
    let scale = max(8, longest)
    var rows: [Fields] = []
    var folded: [ServiceResult] = []
    for service in role.services {
      let touched = service.counts.used + service.counts.usedByFailedCallsOnly + service.counts.attemptedOnly
      if role.services.count > Self.mostServices, touched == 0 {
        folded.append(service)
      } else {
        rows.append(row(service, columns, scale))
      }
    }
    if folded.count == 1 { rows += folded.map { row($0, columns, scale) } }
    if folded.count > 1 { rows.append(row(folded, columns)) }
    var fields: Fields = [
      "caption": .text("Granted actions by service and verdict, \(phrases.seen); one scale for all bars"),
      "hasServices": .flag(!rows.isEmpty),
      "services": .list(rows),
      "columns": .list(columns.map { ["key": .text("\($0.position)"), "label": .text($0.label)] }),
      "total": .number(role.counts.total),
      "sums": .texts(columns.map { Words.number(role.counts[$0]) }),
      "sentence": .optional(sentence),
    ]
    setSeen(&fields)
    return fields
  }

  private var sentence: String? {
    if role.isAdministrator {
      return "It holds (nearly) every action, so a bar would say nothing; below is what it used or tried."
    }
    return role.counts.total == 0 ? "It is granted nothing, as far as its policies are known." : nil
  }

  private func row(_ service: ServiceResult, _ columns: [Verdict], _ scale: Int) -> Fields {
    [
      "name": .text(service.service), "folded": .flag(false), "names": .flag(false),
      "hasBar": .flag(!role.isAdministrator),
      "picture": .graphic(.bar(service.counts, scale: scale)),
      "total": .number(service.counts.total),
      "cells": .list(cells(service.counts, columns)),
    ]
  }

  private func row(_ services: [ServiceResult], _ columns: [Verdict]) -> Fields {
    var counts = VerdictCounts()
    for service in services { counts += service.counts }
    return [
      "name": .flag(false), "folded": .text("\(Words.number(services.count)) services, not used"),
      "names": .text(services.map(\.service).joined(separator: ", ")),
      "hasBar": .flag(false), "total": .number(counts.total), "cells": .list(cells(counts, columns)),
    ]
  }

  private func cells(_ counts: VerdictCounts, _ columns: [Verdict]) -> [Fields] {
    columns.map { ["cell": .fields(.cell(counts[$0], isLoud: $0 == .unused))] }
  }

  private func setSeen(_ fields: inout Fields) {
    let seen = role.permissions.filter {
      $0.verdict == .used || $0.verdict == .usedByFailedCallsOnly || $0.verdict == .attemptedOnly
    }
    fields["hasSeen"] = .flag(!seen.isEmpty)
    fields["seenSummary"] = .text(
      "\(Words.count(seen.count, "action")) that it called, with the last event of each")
    fields["permissions"] = .list(
      seen.prefix(Self.mostSeen).map {
        [
          "action": .text($0.action), "level": .text(Words.plain($0.accessLevel)),
          "verdict": .text($0.verdict.label), "uses": .number($0.uses), "denials": .number($0.denials),
          "last": .text(($0.lastUsedAt ?? $0.lastAttemptAt).map { Words.day($0) } ?? "not kept"),
          "event": .text($0.lastEventID ?? "not kept"),
        ]
      })
    fields["morePermissions"] = .optional(more(seen.count - Self.mostSeen))
  }

  private func more(_ count: Int) -> String? {
    count > 0 ? "and \(Words.number(count)) more, which the JSON report lists" : nil
  }

  // MARK: What may go

  private var removals: Fields? {
    guard role.counts.unused > 0, !role.isAdministrator, !role.isServiceLinked else { return nil }
    var left = Self.mostActions
    let policies = RemovablePolicy.all(of: role).map { policy -> Fields in
      let statements = policy.statements.map { statement -> Fields in
        let shown = statement.actions.prefix(max(0, left))
        left -= shown.count
        return [
          "heading": .text(statement.heading), "actions": .texts(Array(shown)),
          "moreActions": .optional(more(statement.actions.count - shown.count)),
        ]
      }
      return [
        "kind": .text(policy.kind), "policyName": .text(policy.name),
        "arn": .optional(policy.arn.map { Fields.arn($0) }), "hash": .text(policy.sha256),
        "statements": .list(statements),
      ]
    }
    let loose = RemovablePolicy.withoutStatement(of: role)
    return [
      "intro": .text(
        """
        \(Words.number(role.counts.unused)) of \(Words.count(role.counts.total, "granted action")): nobody used \
        \(role.counts.unused == 1 ? "it" : "them"), \(phrases.seen).
        """),
      "policies": .list(policies),
      "loose": .optional(loose.isEmpty ? nil : Words.list(loose, atMost: 60)),
      "command": .text(Commands.show(role.name)),
    ]
  }

  // MARK: What is not known

  private var unknown: [Fields] {
    var lines: [Fields] = []
    let reasons = UnknownReason.all(of: role)
    for reason in reasons.prefix(Self.mostReasons) {
      let rest = reason.actions.count - Self.mostActionsOfReason
      let shown = reason.actions.prefix(Self.mostActionsOfReason).joined(separator: ", ")
      lines.append(
        line(
          actions: shown + (rest > 0 ? " and \(Words.number(rest)) more" : ""), verdict: reason.verdict.label,
          text: reason.reason))
    }
    let rest = reasons.dropFirst(Self.mostReasons).reduce(0) { $0 + $1.actions.count }
    if let more = more(rest) { lines.append(line(text: Words.sentence(more) + ".")) }
    for reason in role.unknownGrants { lines.append(line(text: reason)) }
    return lines
  }

  private func line(actions: String? = nil, verdict: String? = nil, text: String) -> Fields {
    [
      "actions": .optional(actions), "count": .optional(verdict),
      "reason": .fields(["isListed": .flag(actions != nil), "text": .text(text)]),
    ]
  }
}
