/// Conditions that are spelled well and say something else than was meant.
struct ConditionTrapLint {
  private let condition: Condition
  private let statement: Statement

  init(_ condition: Condition, in statement: Statement) {
    self.condition = condition
    self.statement = statement
  }

  var findings: [LintFinding] { multiFactor + ranges + always + never }

  private func finding(
    _ rule: LintRule, _ sentence: String, _ remedy: String, _ severity: LintRule.Severity? = nil
  ) -> LintFinding {
    LintFinding(rule, severity: severity, in: statement, element: "Condition", sentence, remedy: remedy)
  }

  private var shown: String { "\(quoted(condition.operatorText)) on \(quoted(condition.key))" }

  private func isOnly(_ value: String) -> Bool {
    !condition.values.isEmpty && condition.values.allSatisfy { $0.lowercased() == value }
  }

  /// Requests with the access keys of a user lack the key altogether.
  ///
  /// Source: "AWS global condition context keys", section "aws:MultiFactorAuthPresent", IAM User Guide.
  private var multiFactor: [LintFinding] {
    guard condition.isAbout("aws:MultiFactorAuthPresent"), condition.comparison == .bool else { return [] }
    if statement.effect == .allow, condition.ifExists, isOnly("true"),
      !statement.asksForPresence(of: condition.key)
    {
      return [
        finding(
          .multiFactorKeyAbsent,
          "\(shown) holds for requests with long-term access keys, which are without MFA",
          "Write Bool.")
      ]
    }
    guard statement.effect == .deny, !condition.ifExists, isOnly("false") else { return [] }
    return [
      finding(
        .multiFactorKeyAbsent,
        "\(shown) does not hold for requests with long-term access keys, which are then not denied",
        "Write BoolIfExists.")
    ]
  }

  // MARK: - Ranges of addresses

  /// Values that are looked at one by one.
  private static let mostValues = 5_000

  private var ranges: [LintFinding] {
    guard condition.comparison == .ipAddress || condition.comparison == .notIpAddress else { return [] }
    let values = condition.values.prefix(ConditionTrapLint.mostValues)
    let networks = values.compactMap { text in IPNetwork(text).map { (text, $0) } }
    var findings = networks.filter { $0.1.hasHostBits }.map { text, _ in
      finding(
        .hostBitsInRange, "\(quoted(text)) has bits set after its prefix, which do not count",
        "Write the range's first address, or a longer prefix.")
    }
    if condition.isAbout("aws:SourceIp"), let inner = networks.first(where: { $0.1.isPrivate }) {
      // Beside public ranges they do no harm.
      let isMixed = networks.contains { !$0.1.isPrivate }
      findings.append(
        finding(
          .privateSourceAddress,
          "\(quoted(inner.0)) is private, and aws:SourceIp is the address that AWS sees, a public one",
          "Name public addresses; requests through a VPC endpoint have aws:VpcSourceIp and aws:SourceVpc.",
          isMixed ? .note : nil))
    }
    return findings
  }

  // MARK: - Always and never

  private var always: [LintFinding] {
    guard condition.comparison == .bool || condition.comparison == .null else { return [] }
    let values = Set(condition.values.map { $0.lowercased() })
    guard values.isSuperset(of: ["true", "false"]) else { return [] }
    return [
      finding(
        .conditionAlwaysMet,
        condition.comparison == .null
          ? "\(shown) holds whether the key is there or not" : "\(shown) holds for true and false alike",
        "Write one value, or remove the condition.")
    ]
  }

  private var never: [LintFinding] {
    if let other = laterBound {
      return [
        finding(
          .conditionNeverMet,
          "\(shown) is not met by any moment that meets \(quoted(other.operatorText)) on the same key",
          "Exchange the two dates, or correct one.")
      ]
    }
    guard isAbsence else { return [] }
    let others = statement.conditions.filter {
      $0.isAbout(condition.key) && $0.comparison != .null && !$0.comparison.isNegated && !$0.ifExists
    }
    if let all = others.first(where: { $0.qualifier == .forAllValues }) {
      guard statement.effect == .allow else { return [] }
      return [
        finding(
          .forAllValuesInAllow,
          "\(shown) lets only requests without the key pass, whatever \(quoted(all.operatorText)) lists",
          "Write \"false\".", .warning)
      ]
    }
    guard let other = others.first else { return [] }
    return [
      finding(
        .conditionNeverMet,
        "\(shown) wants the key to be absent, and \(quoted(other.operatorText)) wants it to have a value",
        "Write \"false\", or remove one of the two.")
    ]
  }

  /// Whether the condition holds only where the key is absent.
  private var isAbsence: Bool { condition.comparison == .null && isOnly("true") }

  /// For a lower bound of a moment: the upper bound on the same key, where no moment lies between.
  private var laterBound: Condition? {
    guard condition.comparison == .dateGreaterThan || condition.comparison == .dateGreaterThanEquals,
      condition.qualifier == nil, !condition.ifExists,
      let earliest = ConditionTrapLint.moments(condition)?.min()
    else { return nil }
    return statement.conditions.first { other in
      guard other.comparison == .dateLessThan || other.comparison == .dateLessThanEquals,
        other.isAbout(condition.key),
        other.qualifier == nil, !other.ifExists, let latest = ConditionTrapLint.moments(other)?.max()
      else { return false }
      return latest < earliest
    }
  }

  /// Nil where a value is no date, or there are too many.
  private static func moments(_ condition: Condition) -> [ConditionDate]? {
    guard condition.values.count <= mostValues else { return nil }
    let moments = condition.values.compactMap { ConditionDate($0) }
    return moments.count == condition.values.count ? moments : nil
  }
}
