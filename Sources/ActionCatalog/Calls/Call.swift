/// What of an event decides which action its call needed.
public struct Call: Hashable, Sendable {
  /// As recorded: `s3.amazonaws.com`. The domain may be missing, and case counts for nothing.
  public var eventSource: String
  /// As recorded, with an API date if it has one.
  public var eventName: String
  /// As recorded; nil counts as an API call.
  public var eventType: String?
  /// As recorded, such as `Management`, `Data` or `Insight`.
  public var eventCategory: String?
  /// The parameters that `ActionCatalog.decidingParameters` asks for, as far as the call has them, by the names it gives.
  /// The values of a list are joined by line feeds; a list or an object stands as its JSON in one spelling.
  /// Nil where nobody knows what the call had: then whatever a parameter decides is conditional.
  public var parameters: [String: String]?
  /// The same of `additionalEventData`, by places without that word before them. Nil where it is unknown, unless
  /// `parameters` are known: then such data stand among them, under `additionalEventData.…`, or are not there.
  public var additionalEventData: [String: String]?
  /// The roles that the request holds at the call's `passRolePlaces`; nil where nobody looked.
  public var passedRoles: [PassedRole]?
  public var errorCode: String?
  public var errorMessage: String?

  /// Made of its parts.
  public init(
    eventSource: String, eventName: String, eventType: String? = nil, eventCategory: String? = nil,
    parameters: [String: String]? = [:], additionalEventData: [String: String]? = nil,
    passedRoles: [PassedRole]? = nil, errorCode: String? = nil, errorMessage: String? = nil
  ) {
    self.eventSource = eventSource
    self.eventName = eventName
    self.eventType = eventType
    self.eventCategory = eventCategory
    self.parameters = parameters
    self.additionalEventData = additionalEventData
    self.passedRoles = passedRoles
    self.errorCode = errorCode
    self.errorMessage = errorMessage
  }
}

/// A role that a call hands to a service.
public struct PassedRole: Hashable, Sendable {
  /// Where it stands, and whether as an ARN, a name or an instance profile.
  public let parameter: PassRoleParameter
  /// As it was written.
  public let value: String

  /// Made of its parts.
  public init(parameter: PassRoleParameter, value: String) {
    self.parameter = parameter
    self.value = value
  }
}
