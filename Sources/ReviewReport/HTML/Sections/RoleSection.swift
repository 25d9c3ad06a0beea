import AccessReview

/// One role: its line, and what opens below it.
struct RoleSection {
  private let context: SectionContext
  private let position: Int
  private let role: RoleResult
  private let words: RoleWords

  private static let mostEntries = 40

  init(_ context: SectionContext, _ position: Int) {
    self.context = context
    self.position = position
    role = context.result.roles[position]
    words = RoleWords(role: role, phrases: context.phrases)
  }

  func render() -> String {
    let positions = role.findings.filter { context.result.findings.indices.contains($0) }
    var fields = context.findings(positions, in: position, level: 5)
    setLine(&fields, positions.map { context.result.findings[$0] })
    setFacts(&fields)
    setTrust(&fields)
    fields["weeks"] = .optional(weeks)
    fields["calls"] = .text(words.calls)
    fields["ungranted"] = .optional(ungranted)
    fields["passed"] = .optional(passed)
    RolePermissions(role: role, phrases: context.phrases).set(&fields)
    return RoleTemplate.main.render(fields)
  }

  private func setLine(_ fields: inout Fields, _ findings: [Finding]) {
    let worst = findings.first
    fields["anchor"] = .text(context.anchors.roles[position])
    fields["name"] = .text(role.name)
    fields["account"] = .text(role.accountID)
    fields["path"] = .optional(words.shownPath.isEmpty ? nil : words.shownPath)
    fields["owner"] = .optional(words.owner)
    fields["predicate"] = .text(words.predicate)
    fields["worst"] = .text(worst?.severity.rawValue ?? "")
    fields["score"] = .text("\(findings.map(\.score).max() ?? 0)")
    fields["unused"] = .text("\(role.counts.unused)")
    fields["used"] = .text(words.lastUse ?? "")
    fields["types"] = .text(Set(findings.map(\.type.rawValue)).sorted().joined(separator: " "))
    fields["lastUse"] = .optional(words.lastUse)
    fields["hasFindings"] = .flag(worst != nil)
    fields["findingCount"] = .number(findings.count)
    fields["findingNoun"] = .text(findings.count == 1 ? "finding" : "findings")
    let isCounted = !role.isAdministrator && !role.isServiceLinked && role.counts.total > 0
    fields["bar"] =
      isCounted
      ? .fields(["picture": .graphic(.bar(role.counts, scale: role.counts.total))]) : .flag(false)
    fields["share"] =
      isCounted
      ? .fields([
        "style": .text(role.counts.unused > 0 ? "loud" : "muted"),
        "n": .number(role.counts.unused), "base": .number(role.counts.total),
      ]) : .flag(false)
    fields["instead"] = .optional(
      isCounted
        ? nil
        : role.isServiceLinked
          ? "service-linked" : role.isAdministrator ? "holds nearly everything" : "is granted nothing")
  }

  private func setFacts(_ fields: inout Fields) {
    fields["arn"] = .fields(.arn(role.arn))
    fields["roleID"] = .text(role.roleID)
    fields["created"] = .optional(role.createdAt.map { Words.day($0) })
    fields["tags"] = .optional(
      role.tags.isEmpty ? nil : role.tags.map { "\($0.key) = \($0.value)" }.joined(separator: ", "))
    fields["boundary"] = .optional(role.boundaryARN.map { Fields.arn($0) })
    fields["organisation"] = .text(words.organisationLimit)
    var uses: [Fields] = []
    func add(_ name: String, _ at: String?, _ event: String? = nil) {
      if let at { uses.append(["name": .text(name), "at": .text(at), "event": .optional(event)]) }
    }
    add("Last call", role.lastUsedAt, role.lastUsedEventID)
    add("Last refused", role.lastDeniedAt)
    add("Last entered", role.lastEnteredAt)
    add("IAM’s last use", role.iamLastUsedAt)
    fields["uses"] = .list(uses)
  }

  private func setTrust(_ fields: inout Fields) {
    fields["hasTrust"] = .flag(!role.mayEnter.isEmpty)
    fields["mayEnter"] = .list(
      role.mayEnter.map {
        [
          "who": .text(Words.sentence($0.who)), "by": .text(RoleWords.name($0)),
          "keys": .texts($0.conditionKeys), "hasKeys": .flag(!$0.conditionKeys.isEmpty),
        ]
      })
    fields["seen"] = .text(context.phrases.seen)
    fields["hasEntries"] = .flag(!role.entries.isEmpty)
    fields["entries"] = .list(
      role.entries.prefix(Self.mostEntries).map {
        [
          "who": .fields(.arn(RoleWords.who($0))), "whom": .text(RoleWords.asWhom($0)), "api": .text($0.api),
          "times": .number($0.entries), "first": .text(Words.day($0.firstAt)),
          "last": .text(Words.day($0.lastAt)),
        ]
      })
    let more = role.entries.count - Self.mostEntries
    fields["moreEntries"] = .optional(
      more > 0 ? "And \(Words.count(more, "more")) who entered: the JSON report has all of them." : nil)
    fields["noEntry"] = .text(
      "No entry is recorded in \(Words.count(context.result.windowDays, "day"))"
        + (role.successfulCalls > 0 ? ", though sessions of this role made calls." : "."))
  }

  private var weeks: Fields? {
    guard let first = role.weeks.first else { return nil }
    let uses = role.weeks.map { Words.number($0.uses) }.joined(separator: ", ")
    let denied = role.weeks.map { Words.number($0.denied) }.joined(separator: ", ")
    return [
      "label": .text(
        """
        Calls of \(role.name) in each of \(Words.count(role.weeks.count, "week")) from \(first.firstDay): \(uses); \
        refused: \(denied)
        """),
      "picture": .graphic(.weeks(role.weeks)),
      "first": .text(first.firstDay),
      "end": .text(context.phrases.lastDay),
    ]
  }

  private var ungranted: Fields? {
    guard !role.usedWithoutGrant.isEmpty else { return nil }
    return [
      "rows": .list(
        role.usedWithoutGrant.map {
          [
            "action": .text($0.action), "uses": .number($0.uses), "last": .text(Words.day($0.lastUsedAt)),
            "source": .text(Words.plain($0.likelySource)), "event": .text($0.lastEventID ?? "not kept"),
          ]
        })
    ]
  }

  private var passed: Fields? {
    guard !role.passedRoles.isEmpty else { return nil }
    return [
      "rows": .list(
        role.passedRoles.map {
          [
            "arn": .fields(.arn($0.roleARN)), "call": .text("\($0.eventName) of \($0.eventSource)"),
            "times": .number($0.passes), "last": .text(Words.day($0.lastAt)),
            "event": .text($0.lastEventID ?? "not kept"),
          ]
        })
    ]
  }
}
