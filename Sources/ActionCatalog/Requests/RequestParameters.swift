import JSONText

extension ActionCatalog {
  /// The longest `requestParameters` that are read, in bytes: ten times what CloudTrail records before it leaves them out.
  /// Source: "CloudTrail record contents", AWS CloudTrail User Guide.
  public static let longestParameters = 1 << 20

  /// A call with what of its JSON decides which actions it needed: the parameters that the mapping asks for, and the roles
  /// that it passes.
  ///
  /// - Parameters:
  ///   - requestParameters: the record's field of that name, in UTF-8: an object, or `null` where the call had none. Nil where
  ///     it is unknown. Parameters that CloudTrail left out as too large (`{"omitted": true}`) are unknown too.
  ///   - additionalEventData: the record's field of that name, likewise.
  /// - Throws: `CatalogError` for what is no JSON object, or is too large or too deep to be one of a record.
  public func call(
    eventSource: String, eventName: String, eventType: String? = nil, eventCategory: String? = nil,
    requestParameters: [UInt8]?, additionalEventData: [UInt8]? = nil, errorCode: String? = nil,
    errorMessage: String? = nil
  ) throws(CatalogError) -> Call {
    var call = Call(
      eventSource: eventSource, eventName: eventName, eventType: eventType, eventCategory: eventCategory,
      parameters: nil, errorCode: errorCode, errorMessage: errorMessage)
    let places = decidingParameters(eventSource: eventSource, eventName: eventName)
    if let requestParameters, let request = try Self.object(requestParameters) {
      let own = places.filter { !$0.hasPrefix(Condition.Term.additional) }
      call.parameters = request.texts(at: own)
      call.passedRoles = passRoleParameters(eventSource: eventSource, eventName: eventName).flatMap { place in
        request.values(at: place.place).map { PassedRole(parameter: place, value: $0) }
      }
    }
    if let additionalEventData, let additional = try Self.object(additionalEventData) {
      let own = places.filter { $0.hasPrefix(Condition.Term.additional) }
      call.additionalEventData = additional.texts(
        at: own.map { String($0.dropFirst(Condition.Term.additional.count)) })
    } else if call.parameters != nil, additionalEventData == nil {
      // The field is left out of records that have no such data.
      call.additionalEventData = [:]
    }
    return call
  }

  /// The object of a field; an empty one for `null`, nil for one that CloudTrail left out.
  private static func object(_ bytes: [UInt8]) throws(CatalogError) -> ParameterText? {
    let value = try JSONValue(bytes, limit: longestParameters)
    switch value {
    case .null: return ParameterText(value: .object([]))
    case .object:
      if value["omitted"]?.bool == true { return nil }
      return ParameterText(value: value)
    default: throw .notJSON(reason: "an object is wanted, and this is \(value.kind)", byteOffset: 0)
    }
  }
}

/// A JSON object of parameters, as the texts that conditions compare.
private struct ParameterText {
  let value: JSONValue

  /// What stands at places, as `Call.parameters` wants it.
  func texts(at places: [String]) -> [String: String] {
    var found: [String: String] = [:]
    for text in places {
      let place = Place(text)
      let values = place.values(in: value).map(written)
      guard let first = values.first else { continue }
      // Lists are joined by line feeds, so that a value of several lines must become one of one line.
      found[text] = place.isOfMany ? values.map(Self.onOneLine).joined(separator: "\n") : first
    }
    return found
  }

  /// The strings at a place, each once.
  func values(at place: String) -> [String] {
    var found: [String] = []
    for case .string(let text) in Place(place).values(in: value) where !found.contains(text) {
      found.append(text)
    }
    return found
  }

  private func written(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array, .object: value.canonicalText
    }
  }

  private static func onOneLine(_ value: String) -> String {
    var value = value
    return value.withUTF8 { bytes in
      let rest = Condition.Term.withoutOpening(bytes)
      return String(decoding: rest.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
    }
  }
}

extension JSONValue {
  /// Reads a text of at most `limit` bytes.
  init(_ bytes: some Collection<UInt8>, limit: Int) throws(CatalogError) {
    guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
    do { self = try JSONValue(json: bytes) } catch {
      throw .notJSON(reason: error.problem, byteOffset: error.byteOffset)
    }
  }
}
