import Testing

@testable import AccessReview
@testable import ReviewReport

/// Tables and sheets for the terminal.
struct TerminalTests {
  private func all(_ review: ReviewResult, _ style: TerminalStyle) -> String {
    RolesTable(review, style).render()
      + review.roles.map { RoleSheet($0, in: review, style).render() }.joined()
  }

  @Test("No line is wider than the terminal", arguments: [80, 84, 92, 100, 160])
  func linesFit(_ width: Int) {
    let style = TerminalStyle(hasColor: false, isUnicode: true, width: width)
    for line in all(ReviewSamples.full, style).split(separator: "\n") {
      #expect(TerminalText(String(line), style).width <= width, "\(line)")
    }
  }

  @Test("Hostile names cannot move the cursor, colour or turn the line")
  func nothingGetsThrough() {
    let text = all(ReviewSamples.full, .plain)
    let isHarmless = text.unicodeScalars.allSatisfy {
      $0 == "\n" || ![.control, .format].contains($0.properties.generalCategory)
    }
    #expect(isHarmless)
    #expect(text.contains(#"\u{1B}[2J"#))
  }

  @Test("Without Unicode only ASCII is written")
  func asciiOnly() {
    let style = TerminalStyle(hasColor: false, isUnicode: false, width: 100)
    #expect(all(ReviewSamples.full, style).utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    #expect(
      TerminalBar(style: style).legend(columns: 100)[0].hasPrefix(
        "= used  - by failed calls only  ? attempted only"))
  }

  @Test("Colour adds only colour")
  func colourIsOnlyColour() {
    let coloured = all(ReviewSamples.full, TerminalStyle(hasColor: true, isUnicode: true, width: 100))
    let stripped = coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(coloured != stripped)
    #expect(stripped == all(ReviewSamples.full, .plain))
  }

  @Test("The table shows each role's line as the design has it")
  func tableLine() {
    let lines = RolesTable(ReviewSamples.full, .plain).render().split(separator: "\n")
    #expect(lines[0] == "Review of October 2026: 11 roles, as far as seen in 90 days to 2026-10-31. By risk.")
    #expect(
      lines[3].hasPrefix(
        "platform/platform-automation   111122223333  ▄▄▄▄▄▄▖▖████████     4 of 8   2026-10-31  high, 2"))
  }

  @Test("A shortened table says how to see the rest")
  func limit() {
    let text = RolesTable(ReviewSamples.full, .plain, limit: 2).render()
    #expect(text.contains("2 of 11 roles shown; accessreview roles --all, or a pipe, shows every one."))
    #expect(!text.contains("github-deployer"))
  }

  @Test("Reviews without roles have no table")
  func emptyTable() {
    let text = RolesTable(ReviewSamples.empty, .plain).render()
    #expect(text == "Review: 0 roles, as far as seen in 90 days to 2026-10-31. By risk.\n")
  }

  @Test(
    "A bar has exactly its cells, and one at least for each verdict that occurs",
    arguments: [
      [1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], [10_000, 1, 0, 1, 0, 0], [3, 0, 0, 896, 219, 535],
    ])
  func barCells(_ numbers: [Int]) {
    var counts = VerdictCounts()
    for (verdict, number) in zip(Verdict.allCases, numbers) { counts[verdict] = number }
    let cells = TerminalBar.cells(counts, of: 16)
    #expect(cells.total == 16)
    for verdict in Verdict.allCases { #expect((cells[verdict] > 0) == (counts[verdict] > 0)) }
  }

  @Test("Wide characters take two columns, marks none, and cutting keeps to the width")
  func widths() {
    #expect(TerminalText("東京", .plain).width == 4)
    #expect(TerminalText("e\u{301}", .plain).width == 1)
    #expect(TerminalText("東京都", .plain).cut(to: 4).text == "東…")
    #expect(TerminalText(Hostile.long, .plain).lines(of: 80).allSatisfy { $0.count <= 80 })
    #expect(TerminalText("", .plain).lines(of: 80) == [""])
  }
}
