import IAMPolicy

/// Findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), which code hosts and editors read.
struct SARIFLog {
  private var results: [JSONLine] = []
  private var isComplete = true

  /// Adds the findings in a file.
  mutating func add(_ file: LintedFile) {
    for finding in file.findings { results.append(SARIFLog.result(finding, in: file)) }
  }

  /// Notes that a file could not be read.
  mutating func noteFailure() { isComplete = false }

  var json: JSONLine {
    var driver = JSONLine()
    driver.member("name", "accessreview")
    driver.member("version", AccessReviewCommand.configuration.version)
    driver.member("rules", LintRule.allCases.map(SARIFLog.rule))
    var tool = JSONLine()
    tool.member("driver", driver)
    var invocation = JSONLine()
    invocation.member("executionSuccessful", isComplete)
    var run = JSONLine()
    run.member("tool", tool)
    run.member("invocations", [invocation])
    run.member("columnKind", "unicodeCodePoints")
    run.member("results", results)
    var log = JSONLine()
    log.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    log.member("version", "2.1.0")
    log.member("runs", [run])
    return log
  }

  private static func text(_ text: String) -> JSONLine {
    var line = JSONLine()
    line.member("text", text)
    return line
  }

  private static func rule(_ rule: LintRule) -> JSONLine {
    var configuration = JSONLine()
    configuration.member("level", rule.severity.rawValue)
    var line = JSONLine()
    line.member("id", rule.rawValue)
    line.member("shortDescription", text(rule.title + "."))
    line.member("defaultConfiguration", configuration)
    return line
  }

  private static func result(_ finding: LintFinding, in file: LintedFile) -> JSONLine {
    var region = JSONLine()
    let place = file.place(of: finding)
    region.member("startLine", place.line)
    if let column = place.column { region.member("startColumn", column) }
    var artifact = JSONLine()
    artifact.member("uri", uri(file.path))
    var physical = JSONLine()
    physical.member("artifactLocation", artifact)
    physical.member("region", region)
    var logical = JSONLine()
    let statement = finding.statementIndex.map { "Statement[\($0)]" }
    logical.member(
      "fullyQualifiedName", [statement, finding.element].compactMap { $0 }.joined(separator: "."))
    var location = JSONLine()
    location.member("physicalLocation", physical)
    location.member("logicalLocations", [logical])
    var line = JSONLine()
    line.member("ruleId", finding.rule.rawValue)
    if let place = LintRule.allCases.firstIndex(of: finding.rule) { line.member("ruleIndex", place) }
    line.member("level", finding.severity.rawValue)
    line.member("message", text("\(finding.sentence). \(finding.remedy)"))
    line.member("locations", [location])
    return line
  }

  /// A path as a reference of RFC 3986: relative where the path is.
  private static func uri(_ path: String) -> String {
    guard path != "-" else { return "stdin" }
    var text = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hexadecimal = String(byte, radix: 16, uppercase: true)
        text += "%" + (hexadecimal.utf8.count < 2 ? "0" : "") + hexadecimal
      }
    }
    return text
  }
}
