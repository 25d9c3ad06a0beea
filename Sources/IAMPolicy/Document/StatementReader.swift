import JSONText

/// Reads one statement, noting what is odd; never fails.
struct StatementReader {
  let index: Int
  /// Whether `${…}` in resources is a policy variable.
  let hasVariables: Bool
  private(set) var sid: String?
  private(set) var problems: [PolicyProblem] = []
  private var effect = Statement.Effect.unknown
  private var actions: ActionClause?
  private var resources: ResourceClause?
  private var principals: PrincipalClause?
  private var conditions: [Condition] = []
  private var reason: String?
  /// Whether the statement names principals, as those of resources' policies do.
  private var namesPrincipals = false

  init(index: Int, hasVariables: Bool) {
    self.index = index
    self.hasVariables = hasVariables
  }

  func statement(obstacle: String?) -> Statement {
    Statement(
      index: index, sid: sid, effect: effect, actions: actions, resources: resources, principals: principals,
      conditions: conditions, notUnderstood: reason ?? obstacle,
      isDocumentAtFault: reason == nil && obstacle != nil)
  }

  mutating func read(_ json: JSONValue) {
    guard let members = json.members else {
      return refuse("Statement", "The statement is no JSON object")
    }
    namesPrincipals = members.contains { $0.name == "Principal" || $0.name == "NotPrincipal" }
    var seen: Set<String> = []
    for member in members {
      guard seen.insert(member.name).inserted else {
        refuse(member.name, "\(named(member.name)) occurs more than once in the statement")
        continue
      }
      read(member)
    }
    if seen.contains("Action"), seen.contains("NotAction") {
      refuse("NotAction", "The statement has both Action and NotAction")
      actions = nil
    } else if !seen.contains("Action"), !seen.contains("NotAction") {
      refuse("Action", "The statement has neither Action nor NotAction")
    }
    if seen.contains("Resource"), seen.contains("NotResource") {
      refuse("NotResource", "The statement has both Resource and NotResource")
      resources = nil
    }
    if seen.contains("Principal"), seen.contains("NotPrincipal") {
      refuse("NotPrincipal", "The statement has both Principal and NotPrincipal")
      principals = nil
    }
    if !seen.contains("Effect") { refuse("Effect", "The statement has no Effect") }
    // A name that occurs twice may be meant either way.
    if reason != nil, members.count != seen.count { (effect, actions) = (.unknown, nil) }
  }

  private mutating func read(_ member: JSONValue.Member) {
    switch member.name {
    case "Sid":
      sid = member.value.scalarText
      if sid == nil { refuse("Sid", "Sid is no text") }
    case "Effect":
      switch member.value.string {
      case "Allow": effect = .allow
      case "Deny": effect = .deny
      default: refuse("Effect", "Effect is neither Allow nor Deny")
      }
    case "Action": actions = patterns(member).map { .only($0) }
    case "NotAction": actions = patterns(member).map { .except($0) }
    case "Resource": resources = resourcePatterns(member).map { .only($0) }
    case "NotResource": resources = resourcePatterns(member).map { .except($0) }
    case "Principal": principals = principals(member).map { .only($0) }
    case "NotPrincipal": principals = principals(member).map { .except($0) }
    case "Condition": readCondition(member.value)
    default: refuse(member.name, "IAM knows no element \(named(member.name)) in a statement")
    }
  }

  /// The texts of an element that takes one value or a list.
  private mutating func texts(_ member: JSONValue.Member) -> [String]? {
    guard let texts = member.value.strings else {
      refuse(member.name, "\(member.name) is neither a text nor a list of texts")
      return nil
    }
    if texts.isEmpty {
      if member.name.hasPrefix("Not") {
        refuse(member.name, "\(member.name) is an empty list")
        return nil
      }
      note(
        .emptyList, member.name, "\(member.name) is an empty list, so the statement has no effect",
        "Remove the statement.")
    }
    return texts
  }

  private mutating func patterns(_ member: JSONValue.Member) -> [ActionPattern]? {
    guard let texts = texts(member) else { return nil }
    var patterns: [ActionPattern] = []
    for text in texts {
      guard let pattern = ActionPattern(text) else {
        refuse(member.name, "\(member.name) holds \(quoted(text)), which is no action", "Write service:Name.")
        return nil
      }
      patterns.append(pattern)
    }
    return patterns
  }

  private mutating func resourcePatterns(_ member: JSONValue.Member) -> [ResourcePattern]? {
    guard let texts = texts(member) else { return nil }
    return texts.map { text in
      let pattern = ResourcePattern(text, variables: hasVariables)
      if pattern.hasWildcardInService {
        note(
          .wildcardInService, member.name,
          "\(quoted(text)) has a wildcard in the service segment, where it is plain text",
          "Name the service.")
      } else if !pattern.isEverything, !text.hasPrefix("arn:"), !pattern.hasVariables, !isOfOwnAPI(text) {
        note(.notAnARN, member.name, "\(quoted(text)) is neither an ARN nor *", "Write the resource's ARN.")
      }
      return pattern
    }
  }

  /// API Gateway completes these to the ARNs of the API whose policy it is.
  ///
  /// Source: "API Gateway resource policy examples", Amazon API Gateway Developer Guide.
  private func isOfOwnAPI(_ text: String) -> Bool { namesPrincipals && text.hasPrefix("execute-api:/") }

  private mutating func principals(_ member: JSONValue.Member) -> [Principal]? {
    if member.value.string == "*" { return [.everyone] }
    guard let kinds = member.value.members else {
      refuse(member.name, "\(member.name) is neither * nor an object of principals")
      return nil
    }
    var seen: Set<String> = []
    var principals: [Principal] = []
    for kind in kinds {
      guard seen.insert(kind.name).inserted else {
        refuse(member.name, "\(quoted(kind.name)) occurs more than once in \(member.name)")
        continue
      }
      if !["AWS", "Service", "Federated", "CanonicalUser"].contains(kind.name) {
        refuse(member.name, "\(quoted(kind.name)) is no kind of principal")
      }
      guard let texts = kind.value.scalarTexts else {
        refuse(member.name, "\(quoted(kind.name)) is neither a text nor a list of texts")
        continue
      }
      principals += texts.map { Principal(type: kind.name, text: $0) }
    }
    for case .malformed(let text) in principals {
      note(
        .malformedPrincipal, member.name, "\(quoted(text)) names no principal that IAM knows",
        "Name a principal's ARN; wildcards belong in a condition on aws:PrincipalArn.")
    }
    return principals
  }

  private mutating func readCondition(_ value: JSONValue) {
    guard let operators = value.members else {
      return refuse("Condition", "Condition is no object of operators")
    }
    var seen: Set<String> = []
    for member in operators {
      guard seen.insert(member.name).inserted else {
        refuse("Condition", "\(quoted(member.name)) occurs more than once in Condition")
        continue
      }
      guard let (comparison, qualifier, ifExists) = ConditionOperator.parse(member.name) else {
        refuse("Condition", "\(quoted(member.name)) is no condition operator")
        continue
      }
      guard let keys = member.value.members else {
        refuse("Condition", "\(quoted(member.name)) holds no object of condition keys")
        continue
      }
      var seenKeys: Set<String> = []
      for key in keys {
        guard seenKeys.insert(key.name.lowercased()).inserted else {
          refuse(
            "Condition", "The key \(quoted(key.name)) occurs more than once under \(quoted(member.name))")
          continue
        }
        guard let values = key.value.scalarTexts else {
          refuse("Condition", "The values of \(quoted(key.name)) are no texts, numbers or booleans")
          continue
        }
        conditions.append(
          Condition(
            operatorText: member.name, comparison: comparison, qualifier: qualifier, ifExists: ifExists,
            key: key.name, values: values, variables: hasVariables))
      }
    }
  }

  /// Notes a problem that leaves the statement understood.
  mutating func note(
    _ kind: PolicyProblem.Kind, _ element: String, _ sentence: String, _ remedy: String
  ) {
    problems.append(
      PolicyProblem(
        kind: kind, statementIndex: index, element: element, sentence: sentence, remedy: remedy))
  }

  /// Notes a problem after which nobody can say what the statement does.
  private mutating func refuse(
    _ element: String, _ sentence: String,
    _ remedy: String = "Compare the statement with the IAM policy grammar; IAM refuses this one."
  ) {
    reason = reason ?? sentence
    note(.refused, element, sentence, remedy)
  }
}

/// A name of a document inside a sentence, in quotes and short; whoever writes it escapes it.
func named(_ text: String) -> String { "\"\(cut(text))\"" }

/// The beginning of a text, which may be of any length, for sentences.
func cut(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let end = scalars.index(scalars.startIndex, offsetBy: 64, limitedBy: scalars.endIndex),
    end != scalars.endIndex
  else { return text }
  return String(scalars[..<end]) + "…"
}

/// A text of a document inside a sentence: short, and without control characters.
package func quoted(_ text: String) -> String {
  let shown = text.unicodeScalars.prefix(100).map { scalar in
    scalar.properties.generalCategory == .control ? "\u{FFFD}" : Character(scalar)
  }
  return "“\(String(shown))\(text.unicodeScalars.count > 100 ? "…" : "")”"
}
