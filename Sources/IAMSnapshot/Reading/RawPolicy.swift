import IAMPolicy
import JSONText

/// A policy document as it was found, before anybody asks what it grants.
public struct RawPolicy: Hashable, Sendable {
  /// The canonical text of the JSON document (see `JSONValue.canonicalText`); where the document is not JSON,
  /// the text as it was written.
  public let canonicalText: String
  /// False where the document could not be read as JSON: what it grants or denies is unknown.
  public let isJSON: Bool

  /// Made of its parts.
  public init(canonicalText: String, isJSON: Bool) {
    self.canonicalText = canonicalText
    self.isJSON = isJSON
  }

  /// Reads a document given as a JSON object, as JSON in a string, or percent-encoded in a string.
  ///
  /// IAM's API gives documents percent-encoded (RFC 3986); the AWS CLI decodes them.
  /// Source: "GetAccountAuthorizationDetails", IAM API Reference.
  init(document: JSONValue) {
    guard let text = document.string else {
      self.init(canonicalText: document.canonicalText, isJSON: true)
      return
    }
    // JSON first: a document in plain text may contain percent signs of its own.
    if let value = try? JSONValue(json: text) {
      self.init(canonicalText: value.canonicalText, isJSON: true)
    } else if let decoded = text.percentDecoded, let value = try? JSONValue(json: decoded) {
      self.init(canonicalText: value.canonicalText, isJSON: true)
    } else {
      self.init(canonicalText: text, isJSON: false)
    }
  }
}

extension DocumentReader {
  /// The policy document in a member; nil where there is none.
  mutating func policy(_ name: String, of value: JSONValue, at place: String) -> RawPolicy? {
    guard let document = member(name, of: value) else { return nil }
    return policy(document, at: "\(place).\(name)")
  }

  mutating func policy(_ document: JSONValue, at place: String) -> RawPolicy {
    let policy = RawPolicy(document: document)
    if !policy.isJSON {
      report(
        .policyNotJSON, at: place, "the policy document is not JSON, neither as it stands nor percent-decoded"
      )
    } else if !policy.canonicalText.hasPrefix("{") {
      report(.policyNotObject, at: place, "the policy document is JSON but no object")
    }
    return policy
  }
}
