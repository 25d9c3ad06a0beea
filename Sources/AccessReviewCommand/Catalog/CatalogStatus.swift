import AccessReview
import ActionCatalog
import Foundation

/// The catalogue in numbers, and what of a trail it could not translate.
struct CatalogStatus {
  let catalog: ActionCatalog
  /// The hash of what lies over it, in hexadecimal digits.
  let overlayHash: String?
  let trail: TranslationReport?
  private let sources: CatalogSources
  private let actions, retired, unlisted: Int
  private let visibilities: [(visibility: Visibility, actions: Int)]
  private let disagreements: [ActionCatalog.Disagreement]

  init(catalog: ActionCatalog, overlayHash: String?, trail: TranslationReport?) {
    self.catalog = catalog
    self.overlayHash = overlayHash
    self.trail = trail
    sources = CatalogSources(catalog)
    let entries = (0..<catalog.count).map { catalog.entry(at: $0) }
    actions = entries.count
    retired = entries.count { $0.isRetired }
    unlisted = entries.count { $0.isUnlisted }
    visibilities = Visibility.allCases.map { visibility in
      (visibility, entries.count { $0.visibility == visibility })
    }
    disagreements = catalog.disagreements
  }

  // MARK: - Text

  /// - Parameters:
  ///   - store: the path of the store; nil where there is none.
  ///   - rows: how many rows of a list are shown.
  func text(store: String?, rows: Int) -> String {
    var lines = ["Catalogue of actions"]
    lines.append(
      "  made from   " + sources.packages.map { "\($0.name) \($0.version)" }.joined(separator: ", "))
    if let date = sources.date { lines.append("  of          \(date)") }
    lines.append("  version     \(catalog.version)")
    lines.append(
      "  actions     \(actions) of \(catalog.services.count) services; \(retired) retired, \(unlisted) not in AWS's lists yet"
    )
    lines.append(
      "  recorded    "
        + visibilities.filter { $0.actions > 0 }.map { "\($0.visibility.rawValue) \($0.actions)" }
        .joined(separator: ", "))
    let mapping = catalog.mappingCounts
    lines.append(
      "  mapping     \(mapping.rows) rows for \(mapping.calls) calls; \(mapping.parameters) parameters decide"
    )
    if let overlay = sources.overlay {
      lines.append(
        "  reference   \(overlay.services.count) \(overlay.services.count == 1 ? "service" : "services") of \(overlay.date), SHA-256 \(overlayHash ?? "unknown")"
      )
    } else {
      lines.append("  reference   none is laid over it (catalog update)")
    }
    lines.append("")
    guard let store, let trail else {
      lines.append("There is no store here, so no trail to tell of; name one with --db.")
      return finished(lines, rows)
    }
    lines.append("Trail in \(store)")
    guard trail.events > 0 else {
      lines.append("  no events")
      return finished(lines, rows)
    }
    let share = CatalogStatus.percent(trail.untranslatedShare)
    lines.append("  \(trail.events) events of \(trail.calls) calls")
    lines.append(
      "  not translated: \(trail.untranslatedEvents) events of \(trail.untranslated.count) calls, \(share) % of the events"
    )
    if !trail.untranslated.isEmpty {
      var table = TextTable(
        ["EVENTS", "EVENT SOURCE", "EVENT NAME", "FIRST SEEN", "LAST SEEN"], rightAligned: [0])
      for call in trail.untranslated.prefix(rows) {
        table.add([
          String(call.events), call.eventSource, call.eventName, call.firstSeen.description,
          call.lastSeen.description,
        ])
      }
      lines += [""] + table.lines(indent: "  ") + CatalogStatus.more(trail.untranslated.count, rows)
    }
    lines.append("")
    lines.append(
      "Denials whose message names another action than the catalogue: \(trail.contradictions.count)")
    if !trail.contradictions.isEmpty {
      var table = TextTable(
        ["EVENTS", "EVENT SOURCE", "EVENT NAME", "CATALOGUE", "MESSAGE", "EXAMPLE"], rightAligned: [0])
      for denial in trail.contradictions.prefix(rows) {
        table.add([
          String(denial.events), denial.eventSource, denial.eventName,
          denial.tableActions.isEmpty ? "-" : denial.tableActions.map(\.description).joined(separator: " "),
          denial.namedAction.description, denial.exampleEventID ?? "-",
        ])
      }
      lines += [""] + table.lines(indent: "  ") + CatalogStatus.more(trail.contradictions.count, rows)
    }
    return finished(lines, rows)
  }

  private func finished(_ lines: [String], _ rows: Int) -> String {
    var lines = lines.map(TerminalLine.escaped)
    if sources.overlay != nil {
      lines += [
        "", "Operations for which AWS's service reference names other actions: \(disagreements.count)",
      ]
      if !disagreements.isEmpty {
        var table = TextTable(["SERVICE", "OPERATION", "CATALOGUE", "RULE", "REFERENCE"])
        for item in disagreements.prefix(rows) {
          table.add([
            item.service, item.operation, item.actions.map(\.description).joined(separator: " "),
            item.rule.rawValue, item.authorizedActions.map(\.description).joined(separator: " "),
          ])
        }
        lines += [""] + table.lines(indent: "  ") + CatalogStatus.more(disagreements.count, rows)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func more(_ count: Int, _ shown: Int) -> [String] {
    count > shown ? ["  … and \(count - shown) more: see --format json."] : []
  }

  /// One decimal, but never 0.0 for something.
  static func percent(_ share: Double) -> String {
    share > 0 && share < 0.05 ? "<0.1" : String(format: "%.1f", share)
  }

  // MARK: - JSON

  var json: JSONLine {
    var line = JSONLine()
    line.member("version", catalog.version)
    line.member("date", sources.date)
    line.member(
      "packages",
      sources.packages.map { package in
        var line = JSONLine()
        line.member("name", package.name)
        line.member("version", package.version)
        return line
      })
    line.member("actions", actions)
    line.member("services", catalog.services.count)
    line.member("retired", retired)
    line.member("unlisted", unlisted)
    var byVisibility = JSONLine()
    for (visibility, count) in visibilities { byVisibility.member(visibility.rawValue, count) }
    line.member("visibility", byVisibility)
    var mapping = JSONLine()
    let counts = catalog.mappingCounts
    mapping.member("rows", counts.rows)
    mapping.member("calls", counts.calls)
    mapping.member("parameters", counts.parameters)
    line.member("mapping", mapping)
    if let overlay = sources.overlay {
      var reference = JSONLine()
      reference.member("date", overlay.date == ReferenceFiles.unknownDay ? nil : overlay.date)
      reference.member("services", overlay.services.count)
      reference.member("sha256", overlayHash)
      line.member("reference", reference)
    } else {
      line.member("reference", String?.none)
    }
    if let trail { line.member("trail", json(of: trail)) } else { line.member("trail", String?.none) }
    line.member("disagreements", disagreements.map(JSONLine.init))
    return line
  }

  private func json(of trail: TranslationReport) -> JSONLine {
    var line = JSONLine()
    line.member("calls", trail.calls)
    line.member("events", trail.events)
    line.member("untranslatedCalls", trail.untranslated.count)
    line.member("untranslatedEvents", trail.untranslatedEvents)
    line.member("untranslatedPercent", number: String(format: "%.3f", trail.untranslatedShare))
    line.member(
      "untranslated",
      trail.untranslated.map { call in
        var line = JSONLine()
        line.member("eventSource", call.eventSource)
        line.member("eventName", call.eventName)
        line.member("events", call.events)
        line.member("firstSeenAt", call.firstSeen.description)
        line.member("lastSeenAt", call.lastSeen.description)
        return line
      })
    line.member(
      "denials",
      trail.contradictions.map { denial in
        var line = JSONLine()
        line.member("eventSource", denial.eventSource)
        line.member("eventName", denial.eventName)
        line.member("actions", denial.tableActions.map(\.description))
        line.member("namedAction", denial.namedAction.description)
        line.member("events", denial.events)
        line.member("exampleEventId", denial.exampleEventID)
        return line
      })
    return line
  }
}

extension JSONLine {
  /// An operation of which the service reference says something else.
  init(_ disagreement: ActionCatalog.Disagreement) {
    self.init()
    member("service", disagreement.service)
    member("operation", disagreement.operation)
    member("actions", disagreement.actions.map(\.description))
    member("rule", disagreement.rule.rawValue)
    member("reference", disagreement.authorizedActions.map(\.description))
  }
}
