public import JSONText

/// A policy document: an identity policy, boundary, service control policy, trust policy or resource policy.
///
/// Whatever IAM accepts is accepted: single values and lists, no `Version`, numbers and booleans as condition values.
/// A statement that is not understood stays in the list, marked as such.
/// Source: "Grammar of the IAM JSON policy language", IAM User Guide.
public struct PolicyDocument: Hashable, Sendable {
  /// The version that holds where none is written.
  public static let oldVersion = "2008-10-17"
  /// The version in which `${…}` is a policy variable.
  public static let currentVersion = "2012-10-17"

  /// `2012-10-17` or `2008-10-17`, or what else was written.
  public let version: String
  public let id: String?
  /// In the document's order.
  public let statements: [Statement]
  /// All that IAM would refuse or that has no effect, in the document's order.
  public let problems: [PolicyProblem]

  /// Stands for a document of which nothing is known but that it exists: it may allow or deny anything.
  ///
  /// - Parameter reason: why, without a full stop, such as `The document is missing`.
  public init(unknownBecause reason: String) {
    (version, id, problems) = (PolicyDocument.currentVersion, nil, [])
    statements = [
      Statement(
        index: 0, sid: nil, effect: .unknown, actions: nil, resources: nil, principals: nil, conditions: [],
        notUnderstood: reason, isDocumentAtFault: true)
    ]
  }

  /// True where every statement is understood.
  public var isUnderstood: Bool { statements.allSatisfy(\.isUnderstood) }

  /// - Throws: `PolicyError` where the text is no JSON or no policy.
  public init(text: String) throws(PolicyError) {
    let json: JSONValue
    do { json = try JSONValue(json: text) } catch { throw .notJSON(error) }
    try self.init(json: json)
  }

  /// - Throws: `PolicyError` where the value is no object, or has no `Statement` of an object or list.
  public init(json: JSONValue) throws(PolicyError) {
    guard let members = json.members else {
      throw .notAPolicy(reason: "The policy document is no JSON object")
    }
    guard members.contains(where: { $0.name == "Statement" }) else {
      throw .notAPolicy(reason: "The policy document has no Statement")
    }
    var reader = DocumentReader()
    try reader.read(members)
    version = reader.version
    id = reader.id
    statements = reader.statements
    problems = reader.problems
  }
}

/// Reads the members of the document itself.
private struct DocumentReader {
  var version = PolicyDocument.oldVersion
  var id: String?
  var statements: [Statement] = []
  var problems: [PolicyProblem] = []
  /// What makes the document as a whole, and so every statement in it, not understood.
  private var obstacle: String?

  mutating func read(_ members: [JSONValue.Member]) throws(PolicyError) {
    var seen: Set<String> = []
    var items: [JSONValue] = []
    for member in members {
      if !seen.insert(member.name).inserted {
        obstruct(member.name, "\(named(member.name)) occurs more than once in the document")
      }
      switch member.name {
      case "Version":
        version = member.value.scalarText ?? ""
        if version != PolicyDocument.oldVersion, version != PolicyDocument.currentVersion {
          obstruct(
            "Version", "Version is neither \(PolicyDocument.currentVersion) nor \(PolicyDocument.oldVersion)")
        }
      case "Id": id = member.value.scalarText
      case "Statement": items += try DocumentReader.items(of: member.value)
      default: obstruct(member.name, "IAM knows no element \(named(member.name)) in a policy document")
      }
    }
    if items.isEmpty {
      problems.append(
        PolicyProblem(
          kind: .noStatements, statementIndex: nil, element: "Statement",
          sentence: "The document has no statements and grants nothing",
          remedy: "Add a statement or remove the policy."))
    }
    readStatements(items)
  }

  private static func items(of value: JSONValue) throws(PolicyError) -> [JSONValue] {
    switch value {
    case .array(let items): return items
    case .object: return [value]
    default: throw .notAPolicy(reason: "Statement is neither an object nor a list of objects")
    }
  }

  private mutating func readStatements(_ items: [JSONValue]) {
    var sids: Set<String> = []
    for (index, item) in items.enumerated() {
      var reader = StatementReader(index: index, hasVariables: version == PolicyDocument.currentVersion)
      reader.read(item)
      if let sid = reader.sid, !sid.isEmpty, !sids.insert(sid).inserted {
        reader.note(
          .duplicateSid, "Sid", "Another statement of the document has the same Sid",
          "Give every statement its own Sid.")
      }
      problems += reader.problems
      statements.append(reader.statement(obstacle: obstacle))
    }
  }

  private mutating func obstruct(_ element: String, _ sentence: String) {
    obstacle = obstacle ?? sentence
    problems.append(
      PolicyProblem(
        statementIndex: nil, element: element, sentence: sentence,
        remedy: "Compare the document with the IAM policy grammar; IAM refuses this one."))
  }
}

extension JSONValue {
  /// A string, number or boolean as text; nil for everything else.
  var scalarText: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    default: nil
    }
  }

  /// One value or a list of values; nil where one of them is an object, a list or null.
  var scalarTexts: [String]? {
    guard case .array(let items) = self else { return scalarText.map { [$0] } }
    var texts: [String] = []
    for item in items {
      guard let text = item.scalarText else { return nil }
      texts.append(text)
    }
    return texts
  }

  /// One string or a list of strings; nil for everything else.
  var strings: [String]? {
    guard case .array(let items) = self else { return string.map { [$0] } }
    let texts = items.compactMap(\.string)
    return texts.count == items.count ? texts : nil
  }
}
