/// One key of a condition operator in a statement's `Condition`.
///
/// Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
public struct Condition: Hashable, Sendable {
  /// What stands before the operator, for keys of several values.
  public enum Qualifier: Hashable, Sendable {
    case forAllValues, forAnyValue
  }

  /// The operator as it was written, with qualifier and `IfExists`.
  public let operatorText: String
  public let comparison: ConditionOperator
  public let qualifier: Qualifier?
  /// True where the operator ends in `IfExists`: the condition holds if the key is absent.
  public let ifExists: Bool
  /// The condition key as it was written; keys are compared without regard to case.
  public let key: String
  /// The values as text, numbers and booleans too. One of them must fit, or none for a negated operator.
  public let values: [String]
  /// The values with their policy variables taken apart.
  let templates: [VariableText]

  init(
    operatorText: String, comparison: ConditionOperator, qualifier: Qualifier?, ifExists: Bool, key: String,
    values: [String], variables: Bool
  ) {
    self.operatorText = operatorText
    self.comparison = comparison
    self.qualifier = qualifier
    self.ifExists = ifExists
    self.key = key
    self.values = values
    // Searching for a text takes long, and most values hold no variable.
    templates = values.map {
      VariableText($0, variables: variables && $0.utf8.contains(UInt8(ascii: "$")))
    }
  }

  /// True if the condition is about that key, whatever the case.
  public func isAbout(_ key: String) -> Bool { self.key.lowercased() == key.lowercased() }
}

/// What a condition operator compares, without qualifier and `IfExists`. The raw value is AWS's spelling.
public enum ConditionOperator: String, CaseIterable, Hashable, Sendable {
  case stringEquals = "StringEquals"
  case stringNotEquals = "StringNotEquals"
  case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
  case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
  case stringLike = "StringLike"
  case stringNotLike = "StringNotLike"
  case numericEquals = "NumericEquals"
  case numericNotEquals = "NumericNotEquals"
  case numericLessThan = "NumericLessThan"
  case numericLessThanEquals = "NumericLessThanEquals"
  case numericGreaterThan = "NumericGreaterThan"
  case numericGreaterThanEquals = "NumericGreaterThanEquals"
  case dateEquals = "DateEquals"
  case dateNotEquals = "DateNotEquals"
  case dateLessThan = "DateLessThan"
  case dateLessThanEquals = "DateLessThanEquals"
  case dateGreaterThan = "DateGreaterThan"
  case dateGreaterThanEquals = "DateGreaterThanEquals"
  case bool = "Bool"
  case binaryEquals = "BinaryEquals"
  case ipAddress = "IpAddress"
  case notIpAddress = "NotIpAddress"
  case arnEquals = "ArnEquals"
  case arnLike = "ArnLike"
  case arnNotEquals = "ArnNotEquals"
  case arnNotLike = "ArnNotLike"
  case null = "Null"

  /// True for operators that hold where no value fits, and so also where the key is absent.
  public var isNegated: Bool {
    switch self {
    case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals, .dateNotEquals,
      .notIpAddress, .arnNotEquals, .arnNotLike:
      true
    default: false
    }
  }

  /// True for operators whose values may hold policy variables: those of texts and of ARNs.
  ///
  /// Source: "IAM policy elements: Variables and tags", section "Condition element", IAM User Guide.
  var takesVariables: Bool { rawValue.hasPrefix("String") || rawValue.hasPrefix("Arn") }

  /// Takes an operator apart; nil where IAM knows no such operator.
  static func parse(_ text: String) -> (ConditionOperator, Condition.Qualifier?, ifExists: Bool)? {
    var rest = Substring(text.lowercased())
    var qualifier: Condition.Qualifier?
    if rest.hasPrefix("forallvalues:") {
      qualifier = .forAllValues
    } else if rest.hasPrefix("foranyvalue:") {
      qualifier = .forAnyValue
    }
    if qualifier != nil { rest = rest.drop { $0 != ":" }.dropFirst() }
    let ifExists = rest.hasSuffix("ifexists")
    if ifExists { rest = rest.dropLast("ifexists".count) }
    guard let comparison = allCases.first(where: { $0.rawValue.lowercased() == rest }) else { return nil }
    // Whether a key exists cannot itself depend on whether it exists.
    guard comparison != .null || !ifExists else { return nil }
    return (comparison, qualifier, ifExists)
  }
}
