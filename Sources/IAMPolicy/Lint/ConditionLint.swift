/// Conditions that cannot hold, or that hold when they should not.
///
/// Sources: "IAM JSON policy elements: Condition operators" and "Single-valued vs. multivalued context keys", IAM User Guide.
struct ConditionLint {
  private let condition: Condition
  private let statement: Statement

  init(_ condition: Condition, in statement: Statement) {
    self.condition = condition
    self.statement = statement
  }

  var findings: [LintFinding] { setOperators + values + wildcards }

  private func finding(_ rule: LintRule, _ sentence: String, _ remedy: String) -> LintFinding {
    LintFinding(rule, in: statement, element: "Condition", sentence, remedy: remedy)
  }

  private var shown: String { "\(quoted(condition.operatorText)) on \(quoted(condition.key))" }

  // MARK: - Set operators

  private var setOperators: [LintFinding] {
    let global = GlobalConditionKey(condition.key)
    guard let qualifier = condition.qualifier else {
      guard let global, global.isMultivalued, condition.comparison != .null else { return [] }
      return [
        finding(
          .missingSetOperator, "\(shown) compares a key of several values as if it had one",
          "Write ForAnyValue: or ForAllValues: before the operator.")
      ]
    }
    var findings: [LintFinding] = []
    if let global, !global.isMultivalued {
      findings.append(
        finding(
          .setOperatorOnSingleValue,
          "\(shown) uses a set operator on a key of one value"
            + (qualifier == .forAllValues ? ", and holds where the request lacks the key" : ""),
          "Remove \(qualifier == .forAllValues ? "ForAllValues" : "ForAnyValue"): before the operator."))
    }
    if qualifier == .forAllValues, statement.effect == .allow, !statement.asksForPresence(of: condition.key) {
      // Which tags a request may bring is commonly limited so, and one without tags is then meant to pass.
      let isUsual = condition.isAbout("aws:TagKeys")
      findings.append(
        LintFinding(
          .forAllValuesInAllow, severity: isUsual ? .note : nil, in: statement, element: "Condition",
          "\(shown) holds for requests that lack the key, which the statement then allows",
          remedy: "Add \"Null\": {\"\(condition.key.prefix(100))\": \"false\"}, or use ForAnyValue."))
    }
    return findings
  }

  // MARK: - Values

  private var values: [LintFinding] {
    condition.values.isEmpty
      ? [
        finding(
          .invalidValue, "\(shown) has no values",
          "Give a value, or remove the condition.")
      ]
      : zip(condition.values, condition.templates).prefix(ConditionLint.mostValues).compactMap(value)
  }

  /// More values than fit into any document that AWS takes are not looked at one by one.
  private static let mostValues = 5_000

  private func value(_ text: String, _ template: VariableText) -> LintFinding? {
    if !condition.comparison.takesVariables, template.variable != nil {
      return finding(
        .variableNotAllowed, "\(quoted(text)) holds a policy variable, which \(shown) does not take",
        "Write the value, or compare as text.")
    }
    guard let kind = ValueKind(condition.comparison), !kind.canFit(template) else { return nil }
    return finding(
      .invalidValue, "\(quoted(text)) is no \(kind.name), as \(shown) wants", "Write \(kind.example).")
  }

  /// Source: "IAM policy validation check reference", section on wildcards without a like operator, IAM User Guide.
  private var wildcards: [LintFinding] {
    switch condition.comparison {
    case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase: break
    default: return []
    }
    guard
      let text = condition.values.first(where: { value in
        value.contains("*") && !value.contains("${*}")
      })
    else { return [] }
    let like = condition.comparison.isNegated ? "StringNotLike" : "StringLike"
    return [
      finding(
        .wildcardWithoutLike, "\(quoted(text)) is compared character by character by \(shown), the * as well",
        "Use \(like) where a wildcard is meant.")
    ]
  }
}

extension ValueKind {
  /// What to write, after `Write`.
  fileprivate var example: String {
    switch self {
    case .number: "a decimal number"
    case .date: "it like 2026-10-31T23:59:59Z"
    case .boolean: "true or false"
    case .base64: "the bytes in Base64"
    case .address: "it like 203.0.113.0/24 or 2001:db8::/32"
    case .arn: "six segments, such as arn:aws:iam::111122223333:role/*"
    }
  }
}
