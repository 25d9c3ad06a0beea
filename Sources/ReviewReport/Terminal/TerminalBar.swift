import AccessReview

/// Bars of verdicts made of characters.
struct TerminalBar {
  let style: TerminalStyle

  /// The character of a verdict.
  func mark(_ verdict: Verdict) -> String {
    let marks = style.isUnicode ? ["▄", "▖", "┄", "█", "░", "·"] : ["=", "-", "?", "#", ":", "."]
    return marks.indices.contains(verdict.position) ? marks[verdict.position] : " "
  }

  /// A bar of exactly so many cells, in which every verdict that occurs has one at least.
  func share(_ counts: VerdictCounts, cells: Int) -> String {
    draw(Self.cells(counts, of: cells))
  }

  /// A bar with a cell for each permission, or fewer where the longest has more than the room.
  func scaled(_ counts: VerdictCounts, longest: Int, room: Int) -> String {
    guard longest > room, longest > 0 else { return draw(counts) }
    let present = Verdict.allCases.filter { counts[$0] > 0 }.count
    return draw(Self.cells(counts, of: max(counts.total * room / longest, present)))
  }

  /// "▄ used  ▖ by failed calls only  …", in as many lines as it needs.
  func legend(_ verdicts: [Verdict] = Verdict.allCases, columns: Int) -> [String] {
    var lines: [String] = []
    var length = 0
    for verdict in verdicts {
      let item = drawn(1, verdict) + " " + verdict.label
      let width = verdict.label.count + 2
      if let last = lines.indices.last, length + 2 + width <= columns {
        lines[last] += "  " + item
        length += 2 + width
      } else {
        lines.append(item)
        length = width
      }
    }
    return lines
  }

  /// A column for each value, by eighths.
  func columns(_ values: [Int]) -> String {
    let most = max(values.max() ?? 0, 1)
    let marks =
      style.isUnicode ? ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] : ["_", ".", ".", "-", "-", "+", "+", "#"]
    return values.map { value in
      guard value > 0 else { return " " }
      return marks[min(7, Int(Double(value) * 7.99 / Double(most)))]
    }.joined()
  }

  private func draw(_ cells: VerdictCounts) -> String {
    Verdict.allCases.map { drawn(cells[$0], $0) }.joined()
  }

  private func drawn(_ count: Int, _ verdict: Verdict) -> String {
    let cells = String(repeating: mark(verdict), count: max(0, count))
    return TerminalText(cells, style).coloured(verdict)
  }

  /// Cells for each verdict, by the largest remainders, none of those that occur without one.
  static func cells(_ counts: VerdictCounts, of cells: Int) -> VerdictCounts {
    let present = Verdict.allCases.filter { counts[$0] > 0 }
    guard counts.total > 0, cells >= present.count else { return VerdictCounts() }
    var result = VerdictCounts()
    for verdict in present { result[verdict] = 1 }
    // The cells that are left go one by one to whoever lacks most of its share.
    for _ in present.count..<max(cells, present.count) {
      let lacking = present.max { left, right in
        let (a, b) = (lack(left), lack(right))
        return a == b ? left.position > right.position : a < b
      }
      if let lacking { result[lacking] += 1 }
    }
    func lack(_ verdict: Verdict) -> Double {
      Double(counts[verdict]) * Double(cells) / Double(counts.total) - Double(result[verdict])
    }
    return result
  }
}

extension TerminalText {
  /// In the colour of a verdict: loud where unused, faint where there is no verdict.
  func coloured(_ verdict: Verdict) -> String {
    switch verdict {
    case .unused: with(.loud)
    case .unobservable, .notEnoughEvidence: with(.faint)
    default: with(.none)
    }
  }
}
