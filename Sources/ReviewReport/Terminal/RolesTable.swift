public import AccessReview

/// The roles of a review as a table for the terminal, by risk.
public struct RolesTable: Sendable {
  private let result: ReviewResult
  private let style: TerminalStyle
  private let limit: Int?

  /// - Parameter limit: how many roles are shown; nil for all.
  public init(_ result: ReviewResult, _ style: TerminalStyle, limit: Int? = nil) {
    self.result = result
    self.style = style
    self.limit = limit.map { max(0, $0) }
  }

  /// The table, with a newline at its end.
  public func render() -> String {
    let phrases = Phrases(result)
    let shown = Array(result.roles.prefix(limit ?? result.roles.count))
    let review = result.month.map { "Review of \(Words.month($0))" } ?? "Review"
    var lines = [
      "\(review): \(Words.count(result.roles.count, "role")), \(phrases.seen) to \(phrases.lastDay). By risk."
    ].flatMap { TerminalText($0, style).lines(of: style.width) }
    if !shown.isEmpty {
      lines.append("")
      let columns = Columns(style, shown)
      lines.append(columns.head)
      lines += shown.map { columns.row($0, result) }
      lines.append("")
      lines += TerminalBar(style: style).legend(columns: style.width)
    }
    if shown.count < result.roles.count {
      lines += text(
        """
        \(Words.number(shown.count)) of \(Words.count(result.roles.count, "role")) shown; accessreview roles --all, \
        or a pipe, shows every one.
        """)
    }
    lines += phrases.assumption.map(text) ?? []
    for account in result.accounts { lines += phrases.shortfall(account).map(text) ?? [] }
    return lines.map { $0 + "\n" }.joined()
  }

  private func text(_ text: String) -> [String] { TerminalText(text, style).lines(of: style.width) }
}

/// The columns of the table: what is too narrow for the bar goes without it.
private struct Columns {
  let style: TerminalStyle
  let name: Int
  let bar: Int
  let unused: Int

  init(_ style: TerminalStyle, _ roles: [RoleResult]) {
    self.style = style
    bar = style.width >= 92 ? 16 : style.width >= 84 ? 8 : 0
    unused = max(11, roles.map { Self.share($0).count }.max() ?? 0)
    let others = 12 + 2 + bar + unused + 3 + 10 + 2 + 13
    let longest = roles.map { TerminalText(Self.fullName($0), style).width }.max() ?? 0
    name = max(12, min(longest, style.width - others - 2))
  }

  private static func fullName(_ role: RoleResult) -> String {
    role.path.drop { $0 == "/" } + role.name
  }

  private static func isCounted(_ role: RoleResult) -> Bool {
    !role.isAdministrator && !role.isServiceLinked && role.counts.total > 0
  }

  private static func share(_ role: RoleResult) -> String {
    isCounted(role) ? "\(Words.number(role.counts.unused)) of \(Words.number(role.counts.total))" : "–"
  }

  var head: String {
    func cell(_ text: String, _ width: Int, isRight: Bool = false) -> String {
      TerminalText(text, style).padded(to: width, isRight: isRight, .faint)
    }
    let barHead = bar > 0 ? cell(bar > 10 ? "By verdict" : "Verdict", bar) : ""
    return cell("Role", name) + "  " + cell("Account", 12) + "  " + barHead
      + cell("Unused", unused, isRight: true)
      + "   " + cell("Last used", 10) + "  " + TerminalText("Worst finding", style).with(.faint)
  }

  func row(_ role: RoleResult, _ result: ReviewResult) -> String {
    let words = RoleWords(role: role, phrases: Phrases(result))
    let isCounted = Self.isCounted(role)
    let share = Self.share(role)
    let findings = role.findings.filter { result.findings.indices.contains($0) }
    let worst = findings.first.map {
      "\(result.findings[$0].severity.rawValue), \(Words.number(findings.count))"
    }
    return shownName(role) + "  " + TerminalText(role.accountID, style).padded(to: 12) + "  "
      + (bar > 0 ? shownBar(role, isCounted) : "")
      + TerminalText(share, style).padded(
        to: unused, isRight: true, role.counts.unused > 0 && isCounted ? .loud : .none)
      + "   " + TerminalText(words.lastUse ?? "never", style).padded(to: 10) + "  "
      + TerminalText(worst ?? "none", style).cut(to: 13).text
  }

  private func shownBar(_ role: RoleResult, _ isCounted: Bool) -> String {
    if isCounted { return TerminalBar(style: style).share(role.counts, cells: bar) }
    let text =
      role.isServiceLinked ? "service-linked" : role.isAdministrator ? "holds everything" : "holds nothing"
    return TerminalText(text, style).padded(to: bar, .faint)
  }

  /// The name is bold, its path faint; where both are too long the path goes first.
  private func shownName(_ role: RoleResult) -> String {
    let shown = TerminalText(role.name, style).cut(to: name)
    let path = TerminalText(String(role.path.drop { $0 == "/" }), style)
    let room = name - shown.width
    let head = path.width <= room ? path : room >= 4 ? path.cut(to: room) : TerminalText("", style)
    return head.with(.faint) + shown.with(.bold) + String(repeating: " ", count: max(0, room - head.width))
  }
}
