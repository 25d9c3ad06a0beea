import ActionCatalog

/// What a call needed and why, for a person.
struct CallAnswer {
  private let source, name: String
  private let resolution: Resolution
  private let places: [String]
  private let catalog: ActionCatalog

  /// - Parameter parameters: what is known of the call's parameters, by place; none given, nothing is known.
  init(source: String, name: String, parameters: [String: String], _ catalog: ActionCatalog) {
    self.source = source
    self.name = name
    self.catalog = catalog
    var call = Call(
      eventSource: source, eventName: name, parameters: parameters.isEmpty ? nil : parameters)
    if !parameters.isEmpty {
      call.passedRoles = catalog.passRoleParameters(eventSource: source, eventName: name).compactMap {
        place in
        parameters[place.place].map { PassedRole(parameter: place, value: $0) }
      }
    }
    resolution = catalog.resolve(call)
    places = catalog.decidingParameters(eventSource: source, eventName: name)
  }

  /// A few lines, each with its label.
  var text: String {
    var rows: [(String, [String])] = [("Call", ["\(name) of \(source)"])]
    if !resolution.actions.isEmpty { rows.append(("Needs", resolution.actions.map(\.description))) }
    if !resolution.conditional.isEmpty { rows.append(("May need", resolution.conditional.map(Self.spelled))) }
    rows.append(("Because", [reason]))
    let evidence = catalog.mappingEvidence(eventSource: source, eventName: name)
    if !evidence.isEmpty, resolution.rule != .denialMessage, resolution.rule != .eventType {
      rows.append(("", evidence.map { "source: \($0)" }))
    }
    if resolution.rule == .unmapped { rows += advice }
    if let entry = resolution.actions.first.flatMap({ catalog.entry(for: $0) }) {
      rows.append(("Recorded", recording(entry)))
    }
    let deciding =
      places + resolution.passRolePlaces.map { "\($0.place) (\(Self.spelled($0.kind)) that is passed)" }
    if !deciding.isEmpty { rows.append(("Decided by", deciding)) }
    var lines: [String] = []
    for (label, values) in rows {
      for (index, value) in values.enumerated() {
        let head = index == 0 ? label : ""
        lines.append(
          head + String(repeating: " ", count: 12 - head.count) + TerminalLine.escaped(TextTable.cut(value)))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func spelled(_ conditional: ConditionalAction) -> String {
    conditional.action.description + (conditional.parameter.map { "  (\($0) would tell)" } ?? "")
  }

  private static func spelled(_ kind: PassRoleParameter.Kind) -> String {
    kind.rawValue.split(separator: "-").map { $0 == "arn" ? "ARN" : String($0) }.joined(separator: " ")
  }

  private var reason: String {
    switch resolution.rule {
    case .denialMessage: "the denial's message names it (denial-message)"
    case .eventType: "events of this type are no calls (event-type)"
    case .override: "the mapping has a row for this call (override)"
    case .serviceReference: "AWS's service reference lists it for this operation (service-reference)"
    case .sameName: "an action is called like the call (same-name)"
    case .datedName: "an action is called like the call without its API date (dated-name)"
    case .family: "an action is called like the call without its version, or for one item (family)"
    case .unmapped: "nothing is known of this call (unmapped)"
    case .noActionNeeded:
      "anyone may make it: it is unsigned, or authorised by something else (no-action-needed)"
    }
  }

  /// What may have been meant.
  private var advice: [(String, [String])] {
    guard !resolution.prefixes.isEmpty else {
      let near = NearNames(source.lowercased(), in: catalog.services).names
      return [("", ["no event source or service prefix is called so"])]
        + (near.isEmpty ? [] : [("Near", near)])
    }
    let names = resolution.prefixes.flatMap { prefix in
      catalog.indices(ofService: prefix).map { catalog.name(at: $0) }
    }
    let near = NearNames(name.lowercased(), in: names.map { String($0.name) }).names
    let written = near.compactMap { near in names.first { $0.name == near } }.map(\.description)
    return written.isEmpty ? [] : [("Near", written)]
  }

  private func recording(_ entry: Entry) -> [String] {
    var lines: [String]
    switch entry.visibility {
    case .management: lines = ["as a management event"]
    case .data: lines = ["as a data event of \(entry.dataResourceTypes.joined(separator: ", "))"]
    case .both:
      lines = ["as a management or a data event (\(entry.dataResourceTypes.joined(separator: ", ")))"]
    case .networkActivity: lines = ["as a network activity event only"]
    case .never: lines = ["never: it has no event of its own"]
    case .unknown: lines = ["nobody knows how: absence says nothing"]
    }
    if let evidence = entry.visibilityEvidence { lines.append("source: \(evidence)") }
    return lines
  }
}
