/// Policy variables that are spelled so that they are plain text, or no variable at all.
///
/// Sources: "IAM policy elements: Variables and tags" and "IAM policy validation check reference", IAM User Guide.
struct VariableLint {
  private let statement: Statement

  init(_ statement: Statement) { self.statement = statement }

  var findings: [LintFinding] {
    var texts: [(element: String, text: String)] = []
    if let clause = statement.resources {
      texts += clause.patterns.map { (clause.element, $0.description) }
    }
    for condition in statement.conditions where condition.comparison.takesVariables {
      texts += condition.values.map { ("Condition", $0) }
    }
    return texts.compactMap { element, text in
      guard let (fault, remedy) = VariableLint.fault(text) else { return nil }
      return LintFinding(
        .malformedVariable, in: statement, element: element, "\(quoted(text)) has \(fault)", remedy: remedy)
    }
  }

  /// What is wrong with the first variable that is wrong.
  private static func fault(_ text: String) -> (String, String)? {
    let bytes = Array(text.utf8)
    let lastBrace = bytes.lastIndex(of: UInt8(ascii: "}")) ?? -1
    var at = 0
    while at + 1 < bytes.count {
      guard bytes[at] == UInt8(ascii: "$"), bytes[at + 1] == UInt8(ascii: "{") else {
        at += 1
        continue
      }
      guard at < lastBrace, let end = bytes[at...].firstIndex(of: UInt8(ascii: "}")) else {
        return ("a policy variable without its closing brace", "Write } behind the variable's name.")
      }
      if let fault = fault(inside: bytes[(at + 2)..<end]) { return fault }
      at = end + 1
    }
    return nil
  }

  private static let blank = UInt8(ascii: " ")

  private static func fault(inside bytes: ArraySlice<UInt8>) -> (String, String)? {
    if bytes.count == 1, let only = bytes.first, "*?$".utf8.contains(only) { return nil }
    let comma = bytes.firstIndex(of: UInt8(ascii: ",")) ?? bytes.endIndex
    let name = bytes[..<comma]
    if name.allSatisfy({ $0 == blank }) {
      return ("a policy variable without a name", "Write a condition key between the braces.")
    }
    // Keys of tags may hold blanks, but neither the prefix nor its ends.
    let prefix = name.prefix { $0 != UInt8(ascii: "/") }
    if prefix.contains(blank) || name.last == blank {
      return ("a blank in a policy variable", "Write the condition key without it.")
    }
    if name.contains(UInt8(ascii: "$")) || name.contains(UInt8(ascii: "{")) {
      return ("a policy variable inside another", "Close the first one before the second begins.")
    }
    guard comma < bytes.endIndex else { return nil }
    var text = bytes[(comma + 1)...].drop { $0 == blank }
    while text.last == blank { text = text.dropLast() }
    let quote = UInt8(ascii: "'")
    guard text.count < 2 || text.first != quote || text.last != quote else { return nil }
    return (
      "a policy variable whose default is not in single quotes", "Write ${key, 'text'}."
    )
  }
}
