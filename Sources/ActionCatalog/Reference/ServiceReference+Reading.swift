import IAMIdentifiers
import JSONText

extension ServiceReference {
  /// The longest file that is read, in bytes: several times what the largest services have.
  public static let longestFile = 16 << 20

  /// Reads the JSON file of one service.
  ///
  /// Members that this does not know are passed over: AWS adds some with each version of the form.
  /// - Parameter bytes: the file in UTF-8.
  /// - Throws: `CatalogError`: no JSON, the list of services, or a file in which what is needed has another form, with its
  ///   place.
  public init(json bytes: some Collection<UInt8>) throws(CatalogError) {
    let document = try JSONValue(bytes, limit: Self.longestFile)
    if let items = document.array {
      let isIndex = !items.isEmpty && items.allSatisfy { $0["service"] != nil && $0["url"] != nil }
      if isIndex { throw .serviceIndex(services: items.count) }
      // A list of one service's reference is what some tools keep.
      guard items.count == 1, let only = items.first else {
        throw .notAServiceReference(reason: "it is a list of \(items.count) values", place: nil)
      }
      try self.init(document: only)
    } else {
      try self.init(document: document)
    }
  }

  private init(document: JSONValue) throws(CatalogError) {
    guard case .object = document else {
      throw .notAServiceReference(reason: "it is \(document.kind)", place: nil)
    }
    guard let name = document["Name"]?.string else {
      throw .notAServiceReference(reason: "a service's prefix is missing", place: "Name")
    }
    guard ActionName("\(name):A") != nil else {
      throw .notAServiceReference(reason: "no service prefix is written like this", place: "Name")
    }
    guard let items = document["Actions"]?.array else {
      throw .notAServiceReference(reason: "a list of actions is missing", place: "Actions")
    }
    var actions: [Action] = []
    for (number, item) in items.enumerated() {
      actions.append(try Self.action(item, of: name, place: "Actions[\(number)]"))
    }
    var operations: [Operation] = []
    for (number, item) in try Self.list(document, "Operations", "Operations").enumerated() {
      operations.append(try Self.operation(item, of: name, place: "Operations[\(number)]"))
    }
    self.init(
      service: name, version: document["Version"]?.string ?? "", actions: actions, operations: operations)
  }

  private static func action(
    _ item: JSONValue, of service: String, place: String
  ) throws(CatalogError) -> Action {
    let name = try self.name(item, service, place)
    var types: [String] = []
    for resource in try list(item, "Resources", "\(place).Resources") {
      guard let type = resource["Name"]?.string, type.isWord else {
        throw .notAServiceReference(reason: "a resource has no name", place: "\(place).Resources")
      }
      types.append(type)
    }
    let support = item["SupportedBy"]
    return Action(
      name: name, accessLevels: levels(item["Annotations"]?["Properties"]), resourceTypes: types,
      supportsLastAccessed: support?["IAM Action Last Accessed"]?.bool,
      supportsPolicyGeneration: support?["IAM Access Analyzer Policy Generation"]?.bool)
  }

  private static func operation(
    _ item: JSONValue, of service: String, place: String
  ) throws(CatalogError) -> Operation {
    guard let name = item["Name"]?.string, name.isWord else {
      throw .notAServiceReference(reason: "an operation has no name", place: "\(place).Name")
    }
    var actions: [ActionName] = []
    let inside = "\(place).AuthorizedActions"
    for (number, action) in try list(item, "AuthorizedActions", inside).enumerated() {
      let prefix = action["Service"]?.string ?? service
      actions.append(try self.name(action, prefix, "\(inside)[\(number)]"))
    }
    return Operation(name: name, authorizedActions: actions)
  }

  private static func name(_ item: JSONValue, _ service: String, _ place: String) throws(CatalogError)
    -> ActionName
  {
    guard let name = item["Name"]?.string, let action = ActionName("\(service.lowercased()):\(name)") else {
      throw .notAServiceReference(reason: "an action has no name that is one", place: "\(place).Name")
    }
    return action
  }

  /// The items of a member that may be missing.
  private static func list(_ item: JSONValue, _ name: String, _ place: String) throws(CatalogError)
    -> [JSONValue]
  {
    guard let value = item[name] else { return [] }
    if case .null = value { return [] }
    guard let items = value.array else {
      throw .notAServiceReference(reason: "a list is wanted, and this is \(value.kind)", place: place)
    }
    return items
  }

  /// An action that neither lists nor writes nor manages is one that reads.
  private static func levels(_ properties: JSONValue?) -> AccessLevels? {
    guard let properties, case .object = properties else { return nil }
    var levels: AccessLevels = []
    if properties["IsList"]?.bool == true { levels.insert(.list) }
    if properties["IsWrite"]?.bool == true { levels.insert(.write) }
    if properties["IsTaggingOnly"]?.bool == true { levels.insert(.tagging) }
    if properties["IsPermissionManagement"]?.bool == true { levels.insert(.permissionsManagement) }
    return levels.isEmpty ? .read : levels
  }
}

extension String {
  /// Whether the text is one word of ASCII, as the names of operations and resource types are.
  var isWord: Bool {
    !isEmpty && utf8.count <= 256 && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}
