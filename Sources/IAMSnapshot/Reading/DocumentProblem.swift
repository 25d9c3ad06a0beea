public import IAMIdentifiers
import IAMPolicy
import JSONText

/// Something in a document that could not be read as it should be, while the rest of the document was.
///
/// A problem costs the smallest part that it can: a date, a policy document, one role. What it cost is said by
/// the values beside it, which are nil, kept as text, or listed as unreadable.
public struct DocumentProblem: Hashable, Sendable {
  /// The kinds of problem, each with its way out.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case wrongType = "wrong-type"
    case malformedID = "malformed-id"
    case malformedName = "malformed-name"
    case malformedARN = "malformed-arn"
    case malformedAccountID = "malformed-account-id"
    case malformedDate = "malformed-date"
    case entryUnreadable = "entry-unreadable"
    case severalAccounts = "several-accounts"
    case policyNotJSON = "policy-not-json"
    case policyNotObject = "policy-not-object"
    case defaultVersionUnclear = "default-version-unclear"
    case selectorNotUnderstood = "selector-not-understood"
    case selectorsMissing = "selectors-missing"
    case levelEmpty = "level-empty"
    case notRecognised = "not-recognised"
    case pageFollows = "page-follows"
    case subjectMissing = "subject-missing"
    case policyNotAsked = "policy-not-asked"
    case callUnknown = "call-unknown"
    case callRefused = "call-refused"
    case answerMissing = "answer-missing"
    case referenceUnknown = "reference-unknown"
    case historyUnclear = "history-unclear"

    /// The way out, as a sentence.
    public var remedy: String {
      switch self {
      case .wrongType, .malformedDate, .entryUnreadable:
        "Export the document again and leave it unedited."
      case .malformedID, .malformedName, .malformedARN:
        "Export the document again, without scrubbing or rewriting its identifiers."
      case .malformedAccountID: "Write the account as its 12 digits, in quotes."
      case .severalAccounts: "Keep one file for each account."
      case .policyNotJSON, .policyNotObject:
        "Look at the policy in IAM; what it grants counts as unknown until it is exported whole."
      case .defaultVersionUnclear:
        "Export again; what the policy grants counts as unknown while its default version is unclear."
      case .selectorNotUnderstood:
        "Nothing needs doing; what only this selector records is not counted as recorded."
      case .selectorsMissing: "Export the output of get-event-selectors for this trail."
      case .levelEmpty: "Export the policies of every level; a level without a policy denies everything."
      case .pageFollows: "Import the other pages too, or export again without limiting the number of items."
      case .subjectMissing:
        "Write it as a line {\"accessreview\":1,\"command\":…,\"account\":…,\"region\":…,\"resource\":…,\"output\":…}, which names it."
      case .policyNotAsked: "Ask with --attribute-names Policy QueueArn CreatedTimestamp, or All."
      case .callUnknown: "Nothing needs doing; this version reads no output of that call."
      case .callRefused: "Give the collecting role the permission to call it, and collect again."
      case .answerMissing: "Collect again; the line has neither an output nor an error."
      case .referenceUnknown: "Write the id as it stands in the list that it belongs to."
      case .historyUnclear:
        "Ask again as `accessreview collect-script --lookup-events` does; until then it proves use, not its absence."
      case .notRecognised: "Leave out of the file what is no page of the export."
      }
    }
  }

  public let kind: Kind
  /// Where in the document, as a JSON path such as `$.RoleDetailList[3].Arn`.
  public let place: String
  /// What is wrong, as a sentence without a full stop.
  public let problem: String

  /// Made of its parts.
  public init(_ kind: Kind, at place: String, _ problem: String) {
    self.kind = kind
    self.place = place
    self.problem = problem
  }

  /// The stable, kebab-case name of the kind.
  public var code: String { kind.rawValue }
  /// The way out, as a sentence.
  public var remedy: String { kind.remedy }
}

/// Why a document of a known kind could not be read at all.
public struct SnapshotError: DescribedError, Hashable {
  public let code: String
  public let problem: String
  public let place: String?
  public let remedy: String

  /// The bytes are not JSON.
  init(_ error: JSONError) {
    code = error.code
    problem = error.problem
    place = error.place
    remedy = error.remedy
  }

  /// The document has the marks of its kind and nothing in it that can be used.
  init(broken problem: String, at place: String) {
    code = "document-broken"
    self.problem = problem
    self.place = place
    remedy = "Export the document again and leave it unedited."
  }
}
