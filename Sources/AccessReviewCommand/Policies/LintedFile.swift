import IAMPolicy
import PolicyAlgebra

/// A policy file and what was found in it.
struct LintedFile {
  let path: String
  let kind: PolicyKind
  let findings: [LintFinding]
  private let lines: StatementLines

  /// - Parameter kind: nil where it is to be guessed.
  init(_ file: PolicyFile, as kind: PolicyKind?, _ catalog: CatalogLint) {
    path = file.path
    self.kind = kind ?? PolicyKind(guessing: file.document)
    let own = PolicyLint(file.document, json: file.enclosed.json, kind: self.kind).findings
    findings = (own + catalog.findings(in: file.document)).sorted(by: LintFinding.precedes)
    lines = findings.isEmpty ? StatementLines() : StatementLines(file)
  }

  func line(of finding: LintFinding) -> Int { lines.line(ofStatement: finding.statementIndex) }

  /// Findings for a person, two lines each.
  var text: String {
    findings.map { finding in
      let name = path == "-" ? "standard input" : path
      let statement = finding.statementIndex.map { "statement \($0 + 1), " } ?? ""
      let lines = [
        "\(name):\(line(of: finding)): \(finding.severity.rawValue): \(finding.sentence) "
          + "(\(statement)\(finding.element)) [\(finding.rule.rawValue)]",
        "  \(finding.remedy)",
      ]
      return lines.map { TerminalLine.escaped($0) + "\n" }.joined()
    }.joined()
  }

  /// The line for programs.
  var json: JSONLine {
    var line = JSONLine()
    line.member("file", path)
    line.member("kind", kind.rawValue)
    line.member(
      "findings",
      findings.map { finding in
        var line = JSONLine()
        line.member("rule", finding.rule.rawValue)
        line.member("severity", finding.severity.rawValue)
        line.member("statementIndex", finding.statementIndex)
        line.member("sid", finding.sid)
        line.member("element", finding.element)
        line.member("line", self.line(of: finding))
        line.member("problem", finding.sentence)
        line.member("remedy", finding.remedy)
        return line
      })
    return line
  }
}

extension StatementLines {
  fileprivate init() { lines = [] }
}
