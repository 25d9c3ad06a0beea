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
      : condition.values.prefix(ConditionLint.mostValues).compactMap(value)
  }

  /// More values than fit into any document that AWS takes are not looked at one by one.
  private static let mostValues = 5_000

  private func value(_ text: String) -> LintFinding? {
    if !condition.comparison.takesVariables, condition.templates.contains(where: { $0.variable != nil }),
      text.contains("${")
    {
      return finding(
        .variableNotAllowed, "\(quoted(text)) holds a policy variable, which \(shown) does not take",
        "Write the value, or compare as text.")
    }
    guard let type = type, !type.accepts(text) else { return nil }
    return finding(
      .invalidValue, "\(quoted(text)) is no \(type.name), as \(shown) wants", "Write \(type.example).")
  }

  private struct ValueType {
    let name, example: String
    let accepts: (String) -> Bool
  }

  private var type: ValueType? {
    let name = condition.comparison.rawValue
    switch condition.comparison {
    case .bool:
      return ValueType(name: "boolean", example: "true or false") {
        ["true", "false"].contains($0.lowercased())
      }
    case .null:
      return ValueType(name: "boolean", example: "true or false") {
        ["true", "false"].contains($0.lowercased())
      }
    case .binaryEquals:
      return ValueType(name: "Base64", example: "the bytes in Base64") { Base64.bytes($0) != nil }
    case .ipAddress, .notIpAddress:
      return ValueType(
        name: "address or range of addresses", example: "it like 203.0.113.0/24 or 2001:db8::/32"
      ) {
        IPNetwork($0) != nil
      }
    case _ where name.hasPrefix("Numeric"):
      return ValueType(name: "number", example: "a decimal number") { DecimalNumber($0) != nil }
    case _ where name.hasPrefix("Date"):
      return ValueType(name: "date", example: "it like 2026-10-31T23:59:59Z") { ConditionDate($0) != nil }
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike:
      return ValueType(name: "ARN", example: "six segments, such as arn:aws:iam::111122223333:role/*") {
        ConditionLint.isARN($0)
      }
    default: return nil
    }
  }

  /// An ARN, perhaps with wildcards and policy variables, or `*` alone.
  private static func isARN(_ text: String) -> Bool {
    if !text.isEmpty, text.utf8.allSatisfy({ $0 == UInt8(ascii: "*") }) { return true }
    // A variable may hold any number of segments.
    if text.contains("${") { return true }
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 && (parts[0] == "arn" || parts[0].contains("*") || parts[0].contains("?"))
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
