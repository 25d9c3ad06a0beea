import IAMPolicy
import PolicyAlgebra

/// A policy file and what was found in it.
struct LintedFile {
  let path: String
  /// Nil where the file holds no policy, and nobody said what it should be.
  let kind: PolicyKind?
  let findings: [LintFinding]
  private let places: ElementPlaces
  /// Where the file stops being a policy.
  private let mistake: Int?

  /// - Parameter kind: nil where it is to be guessed.
  init(_ file: PolicyFile, as kind: PolicyKind?, _ catalog: CatalogLint) {
    path = file.path
    let kind = kind ?? PolicyKind(guessing: file.document)
    self.kind = kind
    let own = PolicyLint(
      file.document, json: file.enclosed.json, kind: kind, writtenCharacters: file.writtenCharacters
    ).findings
    findings = (own + catalog.findings(in: file.document)).sorted(by: LintFinding.precedes)
    mistake = nil
    places = ElementPlaces(
      findings.isEmpty ? [] : file.bytes, path: file.enclosed.wasText ? nil : file.enclosed.path)
  }

  /// A file that could be opened and holds no policy.
  init(_ error: PolicyFileError, as kind: PolicyKind?) {
    path = error.path
    self.kind = kind
    findings = [
      LintFinding(
        .notAPolicy, in: nil, element: "Document", error.problem.sentenceCased, remedy: error.remedy)
    ]
    mistake = error.byteOffset
    places = ElementPlaces(error.byteOffset == nil ? [] : error.bytes, path: nil)
  }

  func place(of finding: LintFinding) -> ElementPlaces.Place {
    mistake.map(places.place) ?? places.place(of: finding)
  }

  /// Findings for a person, two lines each.
  var text: String {
    findings.map { finding in
      let name = path == "-" ? "standard input" : path
      let statement = finding.statementIndex.map { "statement \($0 + 1), " } ?? ""
      let place = place(of: finding)
      let column = place.column.map { ":\($0)" } ?? ""
      let lines = [
        "\(name):\(place.line)\(column): \(finding.severity.rawValue): \(finding.sentence) "
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
    line.member("kind", kind?.rawValue)
    line.member(
      "findings",
      findings.map { finding in
        let place = place(of: finding)
        var line = JSONLine()
        line.member("rule", finding.rule.rawValue)
        line.member("severity", finding.severity.rawValue)
        line.member("statementIndex", finding.statementIndex)
        line.member("sid", finding.sid)
        line.member("element", finding.element)
        line.member("line", place.line)
        line.member("column", place.column)
        line.member("problem", finding.sentence)
        line.member("remedy", finding.remedy)
        return line
      })
    return line
  }
}

extension String {
  /// With a capital letter first, where it begins with a small one of ASCII.
  fileprivate var sentenceCased: String {
    guard let first = utf8.first, (0x61...0x7A).contains(first) else { return self }
    return prefix(1).uppercased() + dropFirst()
  }
}
