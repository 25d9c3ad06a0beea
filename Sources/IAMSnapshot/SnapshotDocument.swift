public import IAMIdentifiers
public import JSONText

/// A document about an account or an organisation, told by its content; file names play no part.
public enum SnapshotDocument: Hashable, Sendable {
  /// A page of `aws iam get-account-authorization-details`.
  case accountPage(AccountPage)
  /// Output of `describe-trails`, `get-event-selectors`, `get-trail-status`, or these in one object.
  case trailConfiguration(TrailConfiguration)
  /// Policies of an organisation by account and level.
  case organisationPolicies(OrganisationPolicies)
  /// The answer of any other call.
  case answer(CallAnswer)
  /// A document of the first two kinds that a collecting script wrapped.
  indirect case collected(CollectedDocument)
}

/// What the wrapping of a document says of it.
public struct CollectedDocument: Hashable, Sendable {
  public let call: CollectedCall
  public let account: AccountID?
  /// The resource that was asked about, as it was given.
  public let resource: String?
  public let takenAt: UTCTime?
  public let document: SnapshotDocument
  /// The output, for documents that are stored as they are.
  public let output: JSONValue
}

/// What was read from one JSON value.
public struct SnapshotReading: Hashable, Sendable {
  /// One document, or some for each item of an array; none where nothing says what they are about.
  public let documents: [SnapshotDocument]
  /// What could not be read, in the order of the document.
  public let problems: [DocumentProblem]
  /// What it is about, also where nothing of it is kept; sorted, each once.
  public let subjects: [CollectedCall.Subject]

  init(
    _ documents: [SnapshotDocument], _ reader: DocumentReader,
    _ subjects: some Sequence<CollectedCall.Subject>
  ) {
    self.documents = documents
    problems = reader.problems + reader.refusals
    self.subjects = Set(subjects).sorted { $0.rawValue < $1.rawValue }
  }
}

extension SnapshotDocument {
  private enum Kind {
    case wrapped, accountPage, trailConfiguration, organisationPolicies
    case answer(CollectedCall)

    init?(of json: JSONValue) {
      if CollectedLine.isRecognised(in: json) {
        self = .wrapped
      } else if AccountPage.isRecognised(in: json) {
        self = .accountPage
      } else if OrganisationPolicies.isRecognised(in: json) {
        self = .organisationPolicies
      } else if TrailConfiguration.isRecognised(in: json) {
        self = .trailConfiguration
      } else if let call = CollectedCall(rawOutput: json) {
        self = .answer(call)
      } else {
        return nil
      }
    }
  }

  /// What a value is about; of a line that names an unknown call nobody knows.
  private static func subject(of json: JSONValue) -> CollectedCall.Subject? {
    switch Kind(of: json) {
    case .wrapped: json["command"]?.string.flatMap { CollectedCall(command: $0) }?.subject ?? .inventory
    case .accountPage: .snapshot
    case .trailConfiguration: .trail
    case .organisationPolicies: .organisation
    case .answer(let call): call.subject
    case nil: nil
    }
  }

  /// Reads a JSON value of any kind known here, or an array of such values.
  ///
  /// - Returns: nil where the value is none of these kinds.
  /// - Throws: `SnapshotError` where it is, and nothing in it can be used.
  public static func recognise(_ json: JSONValue) throws(SnapshotError) -> SnapshotReading? {
    var reader = DocumentReader()
    guard let items = json.array else {
      guard Kind(of: json) != nil else { return nil }
      let documents = try read(json, at: "$", &reader)
      return SnapshotReading(documents, reader, [subject(of: json)].compactMap { $0 })
    }
    guard items.contains(where: { Kind(of: $0) != nil }) else { return nil }
    var documents: [SnapshotDocument] = []
    var broken: SnapshotError?
    for (index, item) in items.enumerated() {
      let place = "$[\(index)]"
      do throws(SnapshotError) {
        if Kind(of: item) != nil {
          documents += try read(item, at: place, &reader)
        } else {
          reader.report(.notRecognised, at: place, "this item is no document of a known kind")
        }
      } catch {
        broken = broken ?? error
        reader.report(.entryUnreadable, at: error.place ?? place, error.problem)
      }
    }
    if documents.isEmpty, let broken { throw broken }
    return SnapshotReading(documents, reader, items.compactMap(subject(of:)))
  }

  /// Reads a document from its bytes: JSON (`recognise(_:)`), or a credential report as it is.
  ///
  /// - Throws: also where the bytes are neither.
  public static func recognise(bytes: some Collection<UInt8>) throws(SnapshotError) -> SnapshotReading? {
    if CredentialReportUser.isRecognised(in: bytes) {
      var reader = DocumentReader()
      let answers = reader.credentialReport(csv: Array(bytes), CallContext(), at: "the report")
      return SnapshotReading(answers.map { .answer($0) }, reader, [.credentialReport])
    }
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(json: bytes)
    } catch {
      throw SnapshotError(error)
    }
    return try recognise(json)
  }

  private static func read(_ json: JSONValue, at place: String, _ reader: inout DocumentReader)
    throws(SnapshotError) -> [SnapshotDocument]
  {
    switch Kind(of: json) {
    case .wrapped: try CollectedLine.read(json, at: place, &reader)
    case .accountPage: [.accountPage(try AccountPage.read(json, at: place, &reader))]
    case .trailConfiguration: [.trailConfiguration(try TrailConfiguration.read(json, at: place, &reader))]
    case .organisationPolicies:
      [.organisationPolicies(try OrganisationPolicies.read(json, at: place, &reader))]
    case .answer(let call): reader.answers(of: call, json, CallContext(), at: place).map { .answer($0) }
    case nil: []
    }
  }
}
