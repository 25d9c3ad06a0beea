public import JSONText

/// A policy document where the AWS CLI and other tools put it: by itself, or inside an answer.
public struct EnclosedDocument: Hashable, Sendable {
  /// The document as JSON.
  public let json: JSONValue
  /// The members on the way to it; empty where the whole value is the document.
  public let path: [String]
  /// Whether it stood there as text, which may have been percent-encoded.
  public let wasText: Bool

  /// Where a document may lie, the first that there is.
  ///
  /// Sources: "GetPolicyVersion", "GetRolePolicy", "GetRole", IAM API Reference; "GetBucketPolicy", Amazon S3 API
  /// Reference; "DescribePolicy", AWS Organizations API Reference.
  private static let paths = [
    ["PolicyVersion", "Document"], ["PolicyDocument"], ["AssumeRolePolicyDocument"],
    ["Role", "AssumeRolePolicyDocument"], ["Document"], ["document"], ["Policy", "Content"], ["Policy"],
  ]

  /// Finds the document; what holds none is taken to be one itself, so that the mistake shows when it is read.
  ///
  /// - Throws: `PolicyError` where a text stands in the document's place that is no JSON, percent-decoded or not.
  public init(in json: JSONValue) throws(PolicyError) {
    var found = json
    var path: [String] = []
    if json["Statement"] == nil {
      for names in EnclosedDocument.paths {
        var value: JSONValue? = json
        for name in names { value = value?[name] }
        guard let value, value.members != nil || value.string != nil else { continue }
        (found, path) = (value, names)
        break
      }
    }
    self.path = path
    guard let text = found.string else {
      (self.json, wasText) = (found, false)
      return
    }
    wasText = true
    // JSON first: a document in plain text may contain percent signs of its own.
    do { self.json = try JSONValue(json: text) } catch {
      guard let decoded = text.percentDecoded, let inner = try? JSONValue(json: decoded) else {
        throw .notJSON(error)
      }
      self.json = inner
    }
  }
}
