import IAMIdentifiers

/// The stored form of an overlay: lines of cells parted by tabs, in one agreed order, so that equal overlays have equal
/// bytes, and so one hash.
extension CatalogOverlay {
  private static let headline = "# overlay of the action catalogue, form 1"

  /// The overlay as bytes to be stored; `init(bytes:)` reads them again.
  public var bytes: [UInt8] {
    var lines = [Self.headline, "date\t\(date)"]
    for service in services {
      let reference = service.reference
      let version = String(reference.version.map { $0.isNewline || $0 == "\t" ? " " : $0 })
      lines.append("service\t\(reference.service)\t\(version)\t\(service.isWhollyListed ? "whole" : "part")")
      for action in reference.actions {
        let levels = action.accessLevels.map { String($0.rawValue) } ?? "-"
        lines.append(
          [
            "action", String(action.name.name), levels, Self.text(action.supportsLastAccessed),
            Self.text(action.supportsPolicyGeneration), action.resourceTypes.joined(separator: " "),
          ].joined(separator: "\t"))
      }
      for operation in reference.operations {
        let actions = operation.authorizedActions.map(\.description).joined(separator: " ")
        lines.append("operation\t\(operation.name)\t\(actions)")
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Reads what `bytes` wrote.
  /// - Throws: `CatalogError.notAnOverlay` with the line that is none of an overlay's.
  public init(bytes: some Collection<UInt8>) throws(CatalogError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .notAnOverlay(reason: "they are not UTF-8", line: 1)
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.popLast() == "", lines.count >= 2, lines[0] == Self.headline, lines[1].hasPrefix("date\t")
    else {
      throw .notAnOverlay(reason: "they do not begin or end like one", line: 1)
    }
    var open: OpenService?
    var services: [Service] = []
    for (number, line) in lines.enumerated().dropFirst(2) {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if cells[0] == "service", cells.count == 4, ActionName("\(cells[1]):A") != nil {
        if let open { services.append(open.service) }
        open = OpenService(name: cells[1], version: cells[2], isWhole: cells[3] == "whole")
      } else if open?.add(cells) != true {
        throw .notAnOverlay(reason: "the line is none of a service's", line: number + 1)
      }
    }
    if let open { services.append(open.service) }
    try self.init(date: String(lines[1].dropFirst(5)), services: services)
  }

  private static func text(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "-" }
}

/// A service whose lines are being read.
private struct OpenService {
  let name, version: String
  let isWhole: Bool
  var actions: [ServiceReference.Action] = []
  var operations: [ServiceReference.Operation] = []

  init(name: String, version: String, isWhole: Bool) {
    (self.name, self.version, self.isWhole) = (name, version, isWhole)
  }

  var service: CatalogOverlay.Service {
    CatalogOverlay.Service(
      ServiceReference(service: name, version: version, actions: actions, operations: operations),
      isWhollyListed: isWhole)
  }

  /// Adds an action or operation; false for any other line.
  mutating func add(_ cells: [String]) -> Bool {
    switch (cells[0], cells.count) {
    case ("action", 6):
      guard let action = ActionName("\(name):\(cells[1])") else { return false }
      let types = cells[5].split(separator: " ").map(String.init)
      guard types.allSatisfy(\.isWord) else { return false }
      let levels = cells[2] == "-" ? nil : UInt8(cells[2]).map { AccessLevels(rawValue: $0) }
      guard cells[2] == "-" || levels != nil else { return false }
      actions.append(
        ServiceReference.Action(
          name: action, accessLevels: levels, resourceTypes: types, supportsLastAccessed: Self.bool(cells[3]),
          supportsPolicyGeneration: Self.bool(cells[4])))
    case ("operation", 3):
      let names = cells[2].split(separator: " ")
      let authorized = names.compactMap { ActionName($0) }
      guard cells[1].isWord, authorized.count == names.count else { return false }
      operations.append(ServiceReference.Operation(name: cells[1], authorizedActions: authorized))
    default: return false
    }
    return true
  }

  private static func bool(_ cell: String) -> Bool? {
    switch cell {
    case "yes": true
    case "no": false
    default: nil
    }
  }
}
