/// What can be wrong with a policy document. The raw value is the rule's id, which stays as it is.
public enum LintRule: String, Hashable, Sendable, CaseIterable, Comparable {
  case notAPolicy = "not-a-policy"
  case grammar
  case duplicateSid = "duplicate-sid"
  case emptyList = "empty-list"
  case noStatements = "no-statements"
  case malformedPrincipal = "malformed-principal"
  case notAnARN = "not-an-arn"
  case wildcardInService = "wildcard-in-service"
  case misplacedElement = "misplaced-element"
  case sidCharacters = "sid-characters"
  case documentCharacters = "document-characters"
  case sizeOverQuota = "size-over-quota"
  case variablesInOldVersion = "variables-in-old-version"
  case malformedVariable = "malformed-variable"
  case forAllValuesInAllow = "for-all-values-in-allow"
  case setOperatorOnSingleValue = "set-operator-on-single-value"
  case missingSetOperator = "missing-set-operator"
  case malformedConditionKey = "malformed-condition-key"
  case unknownGlobalKey = "unknown-global-key"
  case unknownServiceKey = "unknown-service-key"
  case operatorOfOtherType = "operator-of-other-type"
  case multiFactorKeyAbsent = "mfa-key-absent"
  case privateSourceAddress = "private-source-address"
  case hostBitsInRange = "host-bits-in-range"
  case conditionAlwaysMet = "condition-always-met"
  case conditionNeverMet = "condition-never-met"
  case invalidValue = "invalid-value"
  case variableNotAllowed = "variable-not-allowed"
  case wildcardWithoutLike = "wildcard-without-like"
  case notPrincipalWithAllow = "not-principal-with-allow"
  case notActionWithAllow = "not-action-with-allow"
  case everyonePrincipal = "everyone-as-principal"
  case foreignTrustAction = "foreign-trust-action"
  case trustActionMismatch = "trust-action-mismatch"
  case openIdentityProvider = "open-identity-provider"
  case everythingAllowed = "everything-allowed"
  case passRoleOnEverything = "pass-role-on-everything"
  case kmsAliasARN = "kms-alias-arn"
  case arnMatchesNothing = "arn-matches-nothing"
  case shadowedStatement = "shadowed-statement"
  case deniedStatement = "denied-statement"
  case redundantEntry = "redundant-entry"
  case checkLeftOut = "check-left-out"
  case unknownService = "unknown-service"
  case unknownAction = "unknown-action"
  case patternMatchesNothing = "pattern-matches-nothing"
  case needsEveryResource = "needs-every-resource"
  case resourceOfOtherKind = "resource-of-other-kind"

  /// How bad it is.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// AWS refuses it, or a part of the policy certainly does nothing.
    case error
    /// It probably does not do what was meant, or opens more than it should.
    case warning
    /// It could be put better.
    case note
  }

  public var severity: Severity { description.severity }

  /// What the rule finds, as a short sentence without a full stop.
  public var title: String { description.title }

  /// The table of rules.
  private var description: (severity: Severity, title: String) {
    switch self {
    case .notAPolicy: (.error, "The file holds no JSON, or no policy document")
    case .grammar: (.error, "IAM refuses the document")
    case .duplicateSid: (.error, "Two statements have one Sid")
    case .emptyList: (.error, "A list is empty")
    case .noStatements: (.error, "There are no statements")
    case .malformedPrincipal: (.error, "A principal is none that IAM knows")
    case .notAnARN: (.error, "A resource is neither an ARN nor *")
    case .wildcardInService: (.error, "A wildcard stands in the service segment of an ARN")
    case .misplacedElement: (.error, "A policy of this kind has no such element, or lacks one")
    case .sidCharacters: (.error, "A Sid has other characters than letters and digits")
    case .documentCharacters: (.error, "The document has characters that IAM does not take")
    case .sizeOverQuota: (.error, "The document is larger than the quota")
    case .variablesInOldVersion: (.warning, "A policy variable stands in a version that has none")
    case .malformedVariable: (.error, "A policy variable is not spelled as one")
    case .forAllValuesInAllow: (.warning, "ForAllValues allows requests without the key")
    case .setOperatorOnSingleValue: (.warning, "A set operator is used on a key of one value")
    case .missingSetOperator: (.warning, "A key of several values is compared without a set operator")
    case .malformedConditionKey: (.error, "A condition key lacks its prefix, or the key of a tag")
    case .unknownGlobalKey: (.warning, "AWS lists no such global condition key")
    case .unknownServiceKey: (.warning, "The service has no condition key of this name")
    case .operatorOfOtherType: (.warning, "An operator does not fit the type of a global condition key")
    case .multiFactorKeyAbsent: (.warning, "A condition on MFA forgets requests with long-term access keys")
    case .privateSourceAddress: (.warning, "A private address is compared with aws:SourceIp")
    case .hostBitsInRange: (.note, "A range of addresses has bits set after its prefix")
    case .conditionAlwaysMet: (.warning, "A condition holds for every value of its key")
    case .conditionNeverMet: (.error, "Two conditions exclude each other")
    case .invalidValue: (.error, "A value of a condition is not of the operator's type")
    case .variableNotAllowed: (.error, "A policy variable stands where none is allowed")
    case .wildcardWithoutLike: (.warning, "A wildcard stands under an operator that takes none")
    case .notPrincipalWithAllow: (.error, "NotPrincipal stands beside Allow")
    case .notActionWithAllow: (.warning, "NotAction stands beside Allow")
    case .everyonePrincipal: (.warning, "Everyone is allowed, and no condition narrows it")
    case .foreignTrustAction: (.error, "A trust policy is about an action that assumes no role")
    case .trustActionMismatch: (.error, "A principal cannot assume a role by the actions of its statement")
    case .openIdentityProvider: (.warning, "Whoever has a token of an identity provider may assume the role")
    case .everythingAllowed: (.warning, "Every action is allowed on every resource")
    case .passRoleOnEverything: (.warning, "Every role may be passed to every service")
    case .kmsAliasARN: (.error, "A KMS statement names a key by its alias")
    case .arnMatchesNothing: (.error, "An ARN matches nothing")
    case .shadowedStatement: (.note, "Another statement says the same and more")
    case .deniedStatement: (.warning, "What a statement allows is denied by another")
    case .redundantEntry: (.note, "Another entry of the list says the same and more")
    case .checkLeftOut: (.note, "A check was left out, because the document is out of all proportion")
    case .unknownService: (.error, "No service has this prefix")
    case .unknownAction: (.error, "No action has this name")
    case .patternMatchesNothing: (.warning, "No action fits a pattern")
    case .needsEveryResource: (.warning, "An action needs * as its resource")
    case .resourceOfOtherKind: (.error, "None of the resources is of a kind that the action knows")
    }
  }

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// In the order of the table.
  public static func < (left: LintRule, right: LintRule) -> Bool { left.order < right.order }
}

/// Something that a rule found.
public struct LintFinding: Hashable, Sendable {
  public let rule: LintRule
  /// The rule's, or less where the case is less clear.
  public let severity: LintRule.Severity
  /// The statement's place in the document, counted from 0; nil for the document as a whole.
  public let statementIndex: Int?
  public let sid: String?
  /// The element in AWS's words, such as `Action`.
  public let element: String
  /// What is wrong, as a sentence without a full stop.
  public let sentence: String
  /// The way out, as a sentence.
  public let remedy: String

  /// Made of its parts.
  public init(
    _ rule: LintRule, severity: LintRule.Severity? = nil, in statement: Statement?, element: String,
    _ sentence: String, remedy: String
  ) {
    self.init(
      rule, severity: severity, statementIndex: statement?.index, sid: statement?.sid, element: element,
      sentence, remedy: remedy)
  }

  init(
    _ rule: LintRule, severity: LintRule.Severity?, statementIndex: Int?, sid: String?, element: String,
    _ sentence: String, remedy: String
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.statementIndex = statementIndex
    self.sid = sid
    self.element = element
    self.sentence = sentence
    self.remedy = remedy
  }

  /// In the order of the document, then of the rules.
  public static func precedes(_ left: LintFinding, _ right: LintFinding) -> Bool {
    (left.statementIndex ?? -1, left.rule, left.element, left.sentence) < (
      right.statementIndex ?? -1, right.rule, right.element, right.sentence
    )
  }
}
