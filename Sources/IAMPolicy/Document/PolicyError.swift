public import IAMIdentifiers
public import JSONText

/// Why a text is no policy document.
public enum PolicyError: DescribedError, Hashable {
  case notJSON(JSONError)
  /// The JSON is something else, such as a list or an object without `Statement`.
  case notAPolicy(reason: String)

  public var code: String {
    switch self {
    case .notJSON: "policy-not-json"
    case .notAPolicy: "not-a-policy"
    }
  }

  public var problem: String {
    switch self {
    case .notJSON(let error): "The policy document is not JSON: \(error.problem)"
    case .notAPolicy(let reason): reason
    }
  }

  public var place: String? {
    switch self {
    case .notJSON(let error): error.place
    case .notAPolicy: nil
    }
  }

  public var remedy: String {
    switch self {
    case .notJSON:
      "Export the policy again; documents of the raw IAM API are URL-encoded and must be decoded before."
    case .notAPolicy: "Give the document itself: an object with Version and Statement."
    }
  }
}

/// Something in a policy document that IAM would refuse, or that does not do what it seems to.
public struct PolicyProblem: Hashable, Sendable {
  /// What the problem comes to.
  public enum Kind: Hashable, Sendable {
    /// IAM refuses the document; nobody can say what the statement would do.
    case refused
    case duplicateSid, emptyList, noStatements, malformedPrincipal, notAnARN, wildcardInService
  }

  public let kind: Kind
  /// The statement's place in the document, counted from 0; nil for the document as a whole.
  public let statementIndex: Int?
  /// The element in AWS's words, such as `Action` or `Condition`.
  public let element: String
  /// What is wrong, as a sentence without a full stop.
  public let sentence: String
  /// The way out, as a sentence.
  public let remedy: String

  /// Made of its parts.
  public init(
    kind: Kind = .refused, statementIndex: Int?, element: String, sentence: String, remedy: String
  ) {
    self.kind = kind
    self.statementIndex = statementIndex
    self.element = element
    self.sentence = sentence
    self.remedy = remedy
  }
}
