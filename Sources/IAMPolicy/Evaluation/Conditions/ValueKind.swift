/// What the values of a condition operator must be.
///
/// Source: "IAM JSON policy elements: Condition operators", IAM User Guide.
enum ValueKind {
  case number, date, boolean, base64, address, arn

  /// Nil for operators that compare texts, of which every text is a value.
  init?(_ comparison: ConditionOperator) {
    switch comparison {
    case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals, .numericGreaterThan,
      .numericGreaterThanEquals:
      self = .number
    case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals, .dateGreaterThan,
      .dateGreaterThanEquals:
      self = .date
    case .bool, .null: self = .boolean
    case .binaryEquals: self = .base64
    case .ipAddress, .notIpAddress: self = .address
    case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: self = .arn
    case .stringEquals, .stringNotEquals, .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase, .stringLike,
      .stringNotLike:
      return nil
    }
  }

  /// As in `is no number`.
  var name: String {
    switch self {
    case .number: "number"
    case .date: "date"
    case .boolean: "boolean"
    case .base64: "Base64"
    case .address: "address or range of addresses"
    case .arn: "ARN"
    }
  }

  /// A value of the policy that is one of this kind; what has a policy variable may become one.
  func accepts(_ template: VariableText) -> Bool {
    guard template.variable == nil else { return true }
    let pieces = template.literalPieces
    let text = pieces.map(\.text).joined()
    switch self {
    case .number: return DecimalNumber(text) != nil
    case .date: return ConditionDate(text) != nil
    case .boolean: return ["true", "false"].contains(text.lowercased())
    case .base64: return Base64.bytes(text) != nil
    case .address: return IPNetwork(text) != nil
    case .arn: return ARNPattern(pieces).isPattern
    }
  }

  /// True for a value that is one of this kind and may also fit.
  func canFit(_ template: VariableText) -> Bool {
    guard accepts(template) else { return false }
    return self != .arn || template.variable != nil || ARNPattern(template.literalPieces).isWhole
  }
}
