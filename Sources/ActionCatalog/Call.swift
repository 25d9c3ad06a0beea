public import IAMIdentifiers

/// What of an event decides which action its call needed.
public struct Call: Hashable, Sendable {
  /// As recorded: `s3.amazonaws.com`.
  public var eventSource: String
  /// As recorded, with an API date if it has one.
  public var eventName: String
  /// As recorded; nil counts as an API call.
  public var eventType: String?
  /// As recorded, such as `Management`, `Data` or `Insight`.
  public var eventCategory: String?
  /// The parameters that `ActionCatalog.decidingParameters` asks for, as far as the call has them, by the names it gives.
  /// The values of a list are joined by line feeds; a parameter that is no string stands as its JSON.
  public var parameters: [String: String]
  public var errorCode: String?
  public var errorMessage: String?

  /// Made of its parts.
  public init(
    eventSource: String, eventName: String, eventType: String? = nil, eventCategory: String? = nil,
    parameters: [String: String] = [:], errorCode: String? = nil, errorMessage: String? = nil
  ) {
    self.eventSource = eventSource
    self.eventName = eventName
    self.eventType = eventType
    self.eventCategory = eventCategory
    self.parameters = parameters
    self.errorCode = errorCode
    self.errorMessage = errorMessage
  }
}

/// The actions that a call needed.
public struct Resolution: Hashable, Sendable {
  /// How the actions were found, the first rule that answers deciding.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// AWS's denial named the action: no table outranks that.
    case denialMessage = "denial-message"
    /// Events of this type are no calls.
    case eventType = "event-type"
    /// The mapping has a row for the call.
    case override
    /// An action is called like the call.
    case sameName = "same-name"
    /// An action is called like the call without its API date.
    case datedName = "dated-name"
    /// An action is called like the call without its version, or like its single form.
    case family
    /// Nothing is known: the call counts as untranslated.
    case unmapped
    /// A call that anyone may make: unsigned, or authorised by something other than IAM.
    case noActionNeeded = "no-action-needed"
  }

  /// What the call needed, the primary one first; empty where none was, or none is known (`rule` tells which).
  public let actions: [ActionName]
  /// What it may have needed beside them, which its parameters would tell.
  public let conditional: [ActionName]
  public let rule: Rule
  /// The service prefixes that the event source stands for; empty where the source is unknown.
  public let prefixes: [String]
  /// The call was seen at a VPC endpoint: no use beside the one that its service records, and no proof of one.
  public let isEndpointObservation: Bool

  /// Made of its parts.
  public init(
    actions: [ActionName], conditional: [ActionName], rule: Rule, prefixes: [String],
    isEndpointObservation: Bool
  ) {
    self.actions = actions
    self.conditional = conditional
    self.rule = rule
    self.prefixes = prefixes
    self.isEndpointObservation = isEndpointObservation
  }
}
