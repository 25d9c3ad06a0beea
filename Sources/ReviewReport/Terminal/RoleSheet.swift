public import AccessReview

/// One role with all that a review says of it, for the terminal.
public struct RoleSheet: Sendable {
  private let role: RoleResult
  private let result: ReviewResult
  private let style: TerminalStyle

  /// The sheet of a role of a review, as wide and colourful as the style allows.
  public init(_ role: RoleResult, in result: ReviewResult, _ style: TerminalStyle) {
    self.role = role
    self.result = result
    self.style = style
  }

  /// The sheet, with a newline at its end.
  public func render() -> String {
    var sheet = SheetLines(style)
    let phrases = Phrases(result)
    let words = RoleWords(role: role, phrases: phrases)
    sheet.sentence(bold: role.name, words.predicate)
    addFacts(&sheet, words)
    addTrust(&sheet)
    addServices(&sheet, phrases)
    addUse(&sheet, words)
    addFindings(&sheet)
    addRemovals(&sheet)
    addAssumption(&sheet, phrases)
    addUnknown(&sheet)
    return sheet.text
  }

  private func addFacts(_ sheet: inout SheetLines, _ words: RoleWords) {
    sheet.heading("The role")
    sheet.fact("ARN", role.arn)
    sheet.fact("RoleId", role.roleID)
    let age = role.createdAt.map { Words.day($0) } ?? "not known"
    sheet.fact("Created", age)
    sheet.fact("Owner", words.owner ?? "nobody named")
    let boundary = role.boundaryARN.map { "Permissions boundary \($0)." } ?? "No permissions boundary."
    sheet.fact("Limits", "\(boundary) \(words.organisationLimit)")
  }

  private func addTrust(_ sheet: inout SheetLines) {
    sheet.heading("Who may enter, and who did")
    if role.mayEnter.isEmpty { sheet.line("nobody, as far as its trust policy is known") }
    for statement in role.mayEnter {
      sheet.pair(statement.who, RoleWords.name(statement))
      if !statement.conditionKeys.isEmpty {
        sheet.line("only with \(Words.list(statement.conditionKeys))", indent: 6)
      }
    }
    for entry in role.entries {
      sheet.line(
        """
        \(RoleWords.who(entry)): \(Words.count(entry.entries, "time")) by \(entry.api), last \
        \(Words.day(entry.lastAt)); as whom: \(RoleWords.asWhom(entry))
        """, indent: 6)
    }
    if role.entries.isEmpty {
      let days = Words.count(result.windowDays, "day")
      sheet.line(
        role.successfulCalls > 0
          ? "not in \(days); no entry is recorded, its sessions are seen" : "not in \(days)", indent: 6)
    }
  }

  private func addServices(_ sheet: inout SheetLines, _ phrases: Phrases) {
    if role.isServiceLinked { return }
    sheet.heading("Granted against used, \(phrases.seen)")
    if role.isAdministrator {
      sheet.line("It holds (nearly) every action; below is what it used or tried.")
    } else if role.counts.total == 0 {
      sheet.line("Nothing is granted, as far as its policies are known.")
    }
    if !role.services.isEmpty { sheet.services(role) }
  }

  private func addUse(_ sheet: inout SheetLines, _ words: RoleWords) {
    sheet.blank()
    let columns = TerminalBar(style: style).columns(role.weeks.map(\.uses))
    sheet.raw("Use by week", columns, then: words.calls)
    for use in role.usedWithoutGrant {
      sheet.line(
        """
        used without a grant: \(use.action), \(Words.count(use.uses, "time")), last \(Words.day(use.lastUsedAt)); \
        likely \(Words.plain(use.likelySource)); event \(use.lastEventID ?? "not kept")
        """)
    }
    for pass in role.passedRoles {
      sheet.line(
        """
        passed \(pass.roleARN) with \(pass.eventName), \(Words.count(pass.passes, "time")), last \
        \(Words.day(pass.lastAt)); event \(pass.lastEventID ?? "not kept")
        """)
    }
  }

  private func addFindings(_ sheet: inout SheetLines) {
    let findings = role.findings.filter { result.findings.indices.contains($0) }.map { result.findings[$0] }
    sheet.heading("Findings")
    if findings.isEmpty { sheet.line("none") }
    for (position, finding) in findings.enumerated() {
      if position > 0 { sheet.blank() }
      sheet.finding(finding)
    }
  }

  private func addRemovals(_ sheet: inout SheetLines) {
    guard role.counts.unused > 0, !role.isAdministrator, !role.isServiceLinked else { return }
    sheet.heading(
      "What may go: \(Words.number(role.counts.unused)) of \(Words.count(role.counts.total, "granted action"))"
    )
    for policy in RemovablePolicy.all(of: role) {
      sheet.line("\(policy.kind) \(policy.arn ?? policy.name)")
      for statement in policy.statements {
        sheet.line(statement.heading, indent: 4)
        for action in statement.actions { sheet.line("− \(action)", indent: 6, .loud) }
      }
    }
    for action in RemovablePolicy.withoutStatement(of: role) {
      sheet.line("− \(action), of which no statement is known", indent: 6, .loud)
    }
  }

  private func addAssumption(_ sheet: inout SheetLines, _ phrases: Phrases) {
    let judged = role.permissions.filter { $0.basis == "assumed" }
    guard let assumed = phrases.assumed, !judged.isEmpty else { return }
    sheet.line("Assumed, not proven, to have been recorded: \(assumed). On that rests what is said of:")
    sheet.line(Words.list(judged.map(\.action), atMost: 40), indent: 4)
  }

  private func addUnknown(_ sheet: inout SheetLines) {
    let reasons = UnknownReason.all(of: role)
    guard !reasons.isEmpty || !role.unknownGrants.isEmpty else {
      sheet.heading(
        "What is not known: \(role.counts.total > 0 ? "every granted action has a verdict" : "nothing").")
      return
    }
    sheet.heading("What is not known")
    for reason in reasons {
      sheet.line("\(Words.list(reason.actions, atMost: 40)) (\(reason.verdict.label)): \(reason.reason)")
    }
    for reason in role.unknownGrants { sheet.line(reason) }
  }
}
