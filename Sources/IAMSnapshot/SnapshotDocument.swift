public import IAMPolicy

/// A document about an account or an organisation, told by its content; file names play no part.
public enum SnapshotDocument: Hashable, Sendable {
  /// A page of `aws iam get-account-authorization-details`.
  case accountPage(AccountPage)
  /// Output of `describe-trails`, `get-event-selectors`, `get-trail-status`, or these in one object.
  case trailConfiguration(TrailConfiguration)
  /// Service control policies by account and level, in the compact form.
  case organisationPolicies(OrganisationPolicies)
}

/// What was read from one JSON value.
public struct SnapshotReading: Hashable, Sendable {
  /// One document, or one for each item of an array; never empty.
  public let documents: [SnapshotDocument]
  /// What could not be read, in the order of the document.
  public let problems: [DocumentProblem]
}

extension SnapshotDocument {
  private enum Kind {
    case accountPage, trailConfiguration, organisationPolicies

    init?(of json: JSONValue) {
      if AccountPage.isRecognised(in: json) {
        self = .accountPage
      } else if OrganisationPolicies.isRecognised(in: json) {
        self = .organisationPolicies
      } else if TrailConfiguration.isRecognised(in: json) {
        self = .trailConfiguration
      } else {
        return nil
      }
    }
  }

  /// Reads a JSON value of any kind known here, or an array of such values.
  ///
  /// - Returns: nil where the value is none of these kinds.
  /// - Throws: `SnapshotError` where it is, and nothing in it can be used.
  public static func recognise(_ json: JSONValue) throws(SnapshotError) -> SnapshotReading? {
    var reader = DocumentReader()
    guard let items = json.array else {
      guard let document = try read(json, at: "$", &reader) else { return nil }
      return SnapshotReading(documents: [document], problems: reader.problems)
    }
    guard items.contains(where: { Kind(of: $0) != nil }) else { return nil }
    var documents: [SnapshotDocument] = []
    var broken: SnapshotError?
    for (index, item) in items.enumerated() {
      let place = "$[\(index)]"
      do throws(SnapshotError) {
        if let document = try read(item, at: place, &reader) {
          documents.append(document)
        } else {
          reader.report(.notRecognised, at: place, "this item is no document of a known kind")
        }
      } catch {
        broken = broken ?? error
        reader.report(.entryUnreadable, at: error.place ?? place, error.problem)
      }
    }
    if documents.isEmpty, let broken { throw broken }
    return SnapshotReading(documents: documents, problems: reader.problems)
  }

  /// Reads one JSON value from its bytes; see `recognise(_:)`.
  ///
  /// - Throws: also where the bytes are not JSON.
  public static func recognise(bytes: some Collection<UInt8>) throws(SnapshotError) -> SnapshotReading? {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(json: bytes)
    } catch {
      throw SnapshotError(error)
    }
    return try recognise(json)
  }

  private static func read(_ json: JSONValue, at place: String, _ reader: inout DocumentReader)
    throws(SnapshotError) -> SnapshotDocument?
  {
    switch Kind(of: json) {
    case .accountPage: .accountPage(try AccountPage.read(json, at: place, &reader))
    case .trailConfiguration: .trailConfiguration(try TrailConfiguration.read(json, at: place, &reader))
    case .organisationPolicies: .organisationPolicies(try OrganisationPolicies.read(json, at: place, &reader))
    case nil: nil
    }
  }
}
