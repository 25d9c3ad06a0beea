public import IAMIdentifiers

/// An action that a call may have needed, and what would tell.
public struct ConditionalAction: Hashable, Sendable {
  public let action: ActionName
  /// The place of the parameter that decides, as `Call.parameters` names it, or `eventCategory`: the first where several may.
  /// Nil where nothing that is recorded decides.
  public let parameter: String?

  /// Made of its parts.
  public init(_ action: ActionName, parameter: String? = nil) {
    self.action = action
    self.parameter = parameter
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
    /// AWS's service reference, which lies over this catalogue, names the actions of the operation.
    case serviceReference = "service-reference"
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

  /// What the call needed, the primary one first, then those required beside it; empty where none was, or none is
  /// certain (`rule` and `conditional` tell which).
  public let actions: [ActionName]
  /// What it may have needed beside them.
  public let conditional: [ConditionalAction]
  public let rule: Rule
  /// The service prefixes that the event source stands for; empty where the source is unknown.
  public let prefixes: [String]
  /// The call was seen at a VPC endpoint: no use beside the one that its service records, and no proof of one.
  public let isEndpointObservation: Bool
  /// Where the call's parameters may hold a role that it passes. Of a call that a service made for somebody
  /// (`invokedBy`), a role found there says nothing of who made the first call: that is for the caller to decide.
  public let passRolePlaces: [PassRoleParameter]

  /// Made of its parts.
  public init(
    actions: [ActionName], conditional: [ConditionalAction], rule: Rule, prefixes: [String],
    isEndpointObservation: Bool, passRolePlaces: [PassRoleParameter] = []
  ) {
    self.actions = actions
    self.conditional = conditional
    self.rule = rule
    self.prefixes = prefixes
    self.isEndpointObservation = isEndpointObservation
    self.passRolePlaces = passRolePlaces
  }

  /// The conditional actions without what decides them.
  public var conditionalActions: [ActionName] { conditional.map(\.action) }
}
