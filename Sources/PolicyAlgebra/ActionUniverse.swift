public import IAMIdentifiers

/// All actions that are known, sorted by their names in lower case, so that the actions of a service are one range.
public protocol ActionUniverse: Sendable {
  /// The service prefixes in lower case, in the order of their actions.
  var services: [String] { get }
  /// How many actions there are.
  var count: Int { get }
  /// The action at a place from 0 up to `count`, spelled as AWS spells it.
  func name(at index: Int) -> ActionName
  /// The place of an action, whatever the case; nil for actions that are not known.
  func index(of action: ActionName) -> Int?
  /// The places of a service's actions; an empty range for services that are not known.
  ///
  /// - Parameter ofService: the service prefix in lower case.
  func indices(ofService: String) -> Range<Int>
  /// False for actions that can only be granted on every resource.
  ///
  /// Source: "Actions, resources, and condition keys for AWS services", Service Authorization Reference: an action
  /// whose column "Resource types" is empty needs `"Resource": "*"`.
  func supportsResourceLevelPermissions(at index: Int) -> Bool
}
