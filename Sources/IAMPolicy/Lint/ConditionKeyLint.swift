/// Condition keys that no request has, and operators that do not fit the type of their key.
///
/// Sources: "AWS global condition context keys" and "IAM policy validation check reference", IAM User Guide.
struct ConditionKeyLint {
  private let condition: Condition
  private let statement: Statement

  init(_ condition: Condition, in statement: Statement) {
    self.condition = condition
    self.statement = statement
  }

  var findings: [LintFinding] {
    guard condition.key.contains(":") else {
      return [
        finding(
          .malformedConditionKey, "\(quoted(condition.key)) has no prefix, and is the key of no request",
          "Write the key with its prefix, such as aws:\(ConditionKeyLint.spelling(condition.key)).")
      ]
    }
    guard GlobalConditionKey.isNamedAsOne(condition.key) else { return [] }
    guard let key = GlobalConditionKey(condition.key) else { return [unknown] }
    if GlobalConditionKey.tags.contains(where: { condition.isAbout($0 + "/") }) {
      return [tagKeyMissing]
    }
    guard let type = key.type, !fits(type) else { return [] }
    return [
      finding(
        .operatorOfOtherType,
        "\(quoted(condition.operatorText)) does not fit \(quoted(condition.key)), \(type.name)",
        "Compare it with \(type.operators).")
    ]
  }

  private func finding(_ rule: LintRule, _ sentence: String, _ remedy: String) -> LintFinding {
    LintFinding(rule, in: statement, element: "Condition", sentence, remedy: remedy)
  }

  private var tagKeyMissing: LintFinding {
    finding(
      .malformedConditionKey, "\(quoted(condition.key)) lacks the key of a tag",
      "Write it after a slash, such as aws:ResourceTag/team.")
  }

  private var unknown: LintFinding {
    if GlobalConditionKey.tags.contains(where: condition.isAbout) { return tagKeyMissing }
    return finding(
      .unknownGlobalKey, "AWS lists no global condition key \(quoted(condition.key))",
      "Correct it; a key that requests lack makes the condition fail, or hold for all of them.")
  }

  /// A name that may be meant, without anything odd in it.
  private static func spelling(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    return isPlain && name.utf8.count < 40 ? name : "SourceIp"
  }

  /// Whether the comparison can come out as meant.
  private func fits(_ type: GlobalConditionKey.ValueType) -> Bool {
    let name = condition.comparison.rawValue
    if condition.comparison == .null { return true }
    if name.hasPrefix("String") {
      switch type {
      // As texts, two spellings of a moment differ.
      case .date: return name.hasSuffix("Like")
      // A range is compared as the text it is.
      case .address: return !condition.values.contains { $0.contains("/") }
      case .text, .arn, .boolean, .number: return true
      }
    }
    switch type {
    case .text: return false
    case .arn: return name.hasPrefix("Arn")
    case .boolean: return condition.comparison == .bool
    case .number: return name.hasPrefix("Numeric")
    case .date:
      return name.hasPrefix("Date") || name.hasPrefix("Numeric") && condition.isAbout("aws:EpochTime")
    case .address: return condition.comparison == .ipAddress || condition.comparison == .notIpAddress
    }
  }
}

extension GlobalConditionKey.ValueType {
  fileprivate var name: String {
    switch self {
    case .text: "which is a text"
    case .arn: "which is an ARN"
    case .boolean: "which is true or false"
    case .number: "which is a number"
    case .date: "which is a date"
    case .address: "which is an address"
    }
  }

  fileprivate var operators: String {
    switch self {
    case .text: "StringEquals or StringLike"
    case .arn: "ArnEquals or ArnLike"
    case .boolean: "Bool"
    case .number: "NumericLessThan or another numeric operator"
    case .date: "DateLessThan or another operator on dates"
    case .address: "IpAddress or NotIpAddress"
    }
  }
}
