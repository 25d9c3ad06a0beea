public import IAMIdentifiers

/// Why the catalogue cannot read something that it was given.
public enum CatalogError: DescribedError, Hashable {
  /// The text is not JSON, or nested deeper than anything that AWS writes.
  case notJSON(reason: String, byteOffset: Int)
  /// The text is longer than anything of its kind.
  case tooLarge(bytes: Int, limit: Int)
  /// The JSON is something else than the service reference of one service.
  case notAServiceReference(reason: String, place: String?)
  /// The list of services, whose addresses lead to the files that are wanted.
  case serviceIndex(services: Int)
  /// The bytes are no overlay that this program has written.
  case notAnOverlay(reason: String, line: Int)
  /// One service twice.
  case repeatedService(String)

  public var code: String {
    switch self {
    case .notJSON: "not-json"
    case .tooLarge: "too-large"
    case .notAServiceReference: "not-a-service-reference"
    case .serviceIndex: "service-reference-index"
    case .notAnOverlay: "not-an-overlay"
    case .repeatedService: "repeated-service"
    }
  }

  public var problem: String {
    switch self {
    case .notJSON(let reason, _): "The text is not JSON that can be read: \(reason)"
    case .tooLarge(let bytes, let limit): "The text has \(bytes) bytes, and at most \(limit) are read"
    case .notAServiceReference(let reason, _): "This is no service reference of one service: \(reason)"
    case .serviceIndex(let services):
      "This is the list of \(services) services, not the service reference of one of them"
    case .notAnOverlay(let reason, _): "These bytes are no stored overlay: \(reason)"
    case .repeatedService(let service): "The service \(service) is there twice"
    }
  }

  public var place: String? {
    switch self {
    case .notJSON(_, let byteOffset): "byte \(byteOffset)"
    case .notAServiceReference(_, let place): place
    case .notAnOverlay(_, let line): "line \(line)"
    case .tooLarge, .serviceIndex, .repeatedService: nil
    }
  }

  public var remedy: String {
    switch self {
    case .notJSON: "Give the file as AWS wrote it; it may be cut off or edited by hand."
    case .tooLarge: "Give one record's parameters, or the file of one service."
    case .notAServiceReference:
      "Give a service's JSON file, as \"Simplified AWS service information for programmatic access\" describes it."
    case .serviceIndex: "Download the files that its addresses lead to, and give those."
    case .notAnOverlay: "Import the service reference again."
    case .repeatedService: "Give one file for each service."
    }
  }
}
