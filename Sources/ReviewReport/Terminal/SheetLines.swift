import AccessReview

/// The lines of a sheet as they grow. All foreign text goes through ``TerminalText`` here.
struct SheetLines {
  private let style: TerminalStyle
  private var lines: [String] = []

  init(_ style: TerminalStyle) { self.style = style }

  var text: String { lines.map { $0 + "\n" }.joined() }

  mutating func blank() { lines.append("") }

  mutating func heading(_ text: String) {
    blank()
    for line in TerminalText(text, style).lines(of: style.width) {
      lines.append(TerminalText(line, style).with(.bold))
    }
  }

  /// A sentence that begins with a name.
  mutating func sentence(bold name: String, _ rest: String) {
    let name = TerminalText(name, style).text
    let wrapped = TerminalText("\(name) \(rest)", style).lines(of: style.width)
    for (position, line) in wrapped.enumerated() {
      guard position == 0, line.hasPrefix(name) else {
        lines.append(line)
        continue
      }
      lines.append(TerminalText(name, style).with(.bold) + String(line.dropFirst(name.count)))
    }
  }

  mutating func line(_ text: String, indent: Int = 2, _ emphasis: TerminalEmphasis = .none) {
    for line in TerminalText(text, style).lines(of: style.width - indent) {
      lines.append(space(indent) + TerminalText(line, style).with(emphasis))
    }
  }

  /// A name and a text beside it.
  mutating func fact(_ name: String, _ text: String, indent: Int = 2) {
    let wrapped = TerminalText(text, style).lines(of: style.width - indent - 10)
    for (position, line) in wrapped.enumerated() {
      let head = TerminalText(position == 0 ? name : "", style).padded(to: 10, .faint)
      lines.append(space(indent) + head + line)
    }
  }

  /// Two texts on a line, or below one another where they do not fit.
  mutating func pair(_ left: String, _ right: String) {
    let (left, right) = (TerminalText(left, style), TerminalText(right, style))
    if left.width + right.width + 6 <= style.width, left.width <= 64 {
      lines.append(
        "  " + left.padded(to: max(left.width + 2, min(66, style.width - right.width - 2)))
          + right.with(.faint))
    } else {
      line(left.text)
      line(right.text, indent: 6, .faint)
    }
  }

  /// A heading, a drawing beside it, and a sentence after it or below it.
  mutating func raw(_ name: String, _ drawing: String, then text: String) {
    let head = TerminalText(name, style).with(.bold) + "   " + drawing
    let used = name.count + 3 + drawing.count + 3
    let wrapped = TerminalText(text, style).lines(of: max(24, style.width - used))
    if style.width - used >= 24 {
      lines.append(head + "   " + (wrapped.first ?? ""))
      for line in wrapped.dropFirst() { lines.append(space(used) + line) }
    } else {
      lines.append(head)
      line(text)
    }
  }

  mutating func finding(_ finding: Finding) {
    let severity = TerminalText(finding.severity.rawValue, style)
    let isSevere = finding.severity == .critical || finding.severity == .high
    let wrapped = TerminalText(finding.title, style).lines(of: style.width - 12)
    for (position, line) in wrapped.enumerated() {
      let head = position == 0 ? severity.padded(to: 10, isSevere ? .bold : .faint) : space(10)
      lines.append("  " + head + line)
    }
    fact("Why", finding.why, indent: 12)
    for (position, evidence) in finding.evidence.enumerated() {
      let id = evidence.id.isEmpty ? "" : " [\(evidence.kind) \(evidence.id)]"
      fact(position == 0 ? "Evidence" : "", evidence.text + id, indent: 12)
    }
    fact("Do", finding.remedy, indent: 12)
  }

  /// Granted actions by service: a bar, and the counts of the verdicts that occur.
  mutating func services(_ role: RoleResult) {
    let bar = TerminalBar(style: style)
    let verdicts = Verdict.allCases.filter { role.counts[$0] > 0 }
    let longest = role.services.map(\.counts.total).max() ?? 0
    let titles = ["granted"] + verdicts.map { Self.short($0) }
    let columns = titles.map { max($0.count + 2, 7) }
    let left = style.width - 2 - columns.reduce(0, +)
    let nameWidth = max(8, min(18, left))
    let room = max(0, min(16, left - nameWidth))
    let hasBar = room >= 6 && !role.isAdministrator
    let barWidth = hasBar ? room : 0
    func row(_ name: String, _ counts: VerdictCounts, _ drawing: String, _ drawn: Int) -> String {
      var line = "  " + TerminalText(name, style).padded(to: nameWidth)
      if hasBar { line += drawing + space(barWidth - drawn) }
      line += TerminalText(Words.number(counts.total), style).padded(to: columns[0], isRight: true)
      for (position, verdict) in verdicts.enumerated() {
        let emphasis: TerminalEmphasis =
          counts[verdict] == 0 ? .faint : verdict == .unused ? .loud : .none
        line += TerminalText(Words.number(counts[verdict]), style)
          .padded(to: columns[position + 1], isRight: true, emphasis)
      }
      return line
    }
    var head = "  " + TerminalText("Service", style).padded(to: nameWidth + barWidth, .faint)
    for (title, width) in zip(titles, columns) {
      head += TerminalText(title, style).padded(to: width, isRight: true, .faint)
    }
    lines.append(head)
    for service in role.services {
      let drawing = bar.scaled(service.counts, longest: longest, room: max(1, barWidth))
      let plain = TerminalBar(
        style: TerminalStyle(hasColor: false, isUnicode: style.isUnicode, width: style.width)
      )
      .scaled(service.counts, longest: longest, room: max(1, barWidth))
      lines.append(row(service.service, service.counts, drawing, plain.count))
    }
    lines.append(row("All", role.counts, "", 0))
    if hasBar, !verdicts.isEmpty { lines += bar.legend(verdicts, columns: style.width - 2).map { "  " + $0 } }
  }

  private static func short(_ verdict: Verdict) -> String {
    switch verdict {
    case .usedByFailedCallsOnly: "failed"
    case .attemptedOnly: "attempted"
    case .unobservable: "unseen"
    case .notEnoughEvidence: "too little"
    default: verdict.label
    }
  }

  private func space(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
