import IAMIdentifiers

/// The table of actions that an overlay makes of the embedded one.
///
/// It is a table of the same form, so that everything else works on it as on the embedded one.
enum OverlaidActions {
  static func table(_ overlay: CatalogOverlay) -> [UInt8] {
    let services = Dictionary(
      uniqueKeysWithValues: overlay.services.map { ($0.reference.service, OverlaidService($0)) })
    var text: [UInt8] = []
    text.reserveCapacity(Table.actions.bytes.count + 4096)
    var prefix = ""
    var service: OverlaidService?
    Table.actions.forEachLine { line, _ in
      let cell = line.cell(0)
      if !cell.elementsEqual(prefix.utf8) {
        service?.writeNew(to: &text)
        prefix = String(decoding: cell, as: UTF8.self)
        service = services[prefix]
      }
      if let service { service.write(line, to: &text) } else { text += line.bytes }
      text.append(0x0A)
    }
    service?.writeNew(to: &text)
    for (_, service) in services.sorted(by: { $0.key < $1.key }) where !service.isKnown {
      service.writeNew(to: &text)
    }
    return text
  }
}

/// A service while its lines are written.
private final class OverlaidService {
  private let service: CatalogOverlay.Service
  private let actions: [String: ServiceReference.Action]
  private var written: Set<String> = []
  /// Whether the embedded table has the service.
  private(set) var isKnown = false

  init(_ service: CatalogOverlay.Service) {
    self.service = service
    actions = Dictionary(
      service.reference.actions.map { ($0.name.name.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Writes a line of the embedded table, with what the reference says instead.
  func write(_ line: TableLine, to text: inout [UInt8]) {
    isKnown = true
    let name = line.text(1)
    var cells = (0..<10).map(line.text)
    if let action = actions[name.lowercased()] {
      written.insert(name.lowercased())
      if let levels = action.accessLevels { cells[2] = levels.letters }
      cells[3].removeAll { $0 == "r" || $0 == "n" }
      if !action.resourceTypes.isEmpty || service.isWhollyListed {
        let required = Set(cells[6].split(separator: " ").filter { $0.hasSuffix("*") }.map { $0.dropLast() })
        cells[6] = action.resourceTypes.filter(\.isWord).map { required.contains($0[...]) ? "\($0)*" : $0 }
          .joined(separator: " ")
      }
    } else if service.isWhollyListed, !cells[3].contains("r") {
      cells[3].removeAll { $0 == "n" }
      cells[3] += "r"
    }
    text += cells.joined(separator: "\t").utf8
  }

  /// Writes the actions that the embedded table lacks. Nothing proves how their calls are recorded.
  func writeNew(to text: inout [UInt8]) {
    for action in service.reference.actions where !written.contains(action.name.name.lowercased()) {
      let cells = [
        service.reference.service, String(action.name.name), action.accessLevels?.letters ?? "", "", "u", "-",
        action.resourceTypes.filter(\.isWord).joined(separator: " "), "", "", "",
      ]
      text += cells.joined(separator: "\t").utf8
      text.append(0x0A)
    }
  }
}

extension AccessLevels {
  /// The levels as the table writes them.
  fileprivate var letters: String {
    [(AccessLevels.list, "l"), (.permissionsManagement, "p"), (.read, "r"), (.tagging, "t"), (.write, "w")]
      .filter { contains($0.0) }.map(\.1).joined()
  }
}
