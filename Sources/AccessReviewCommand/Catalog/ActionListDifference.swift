import ActionCatalog
import IAMIdentifiers

/// What one list of actions has, or says, otherwise than an older one, and what that means for wildcards.
struct ActionListDifference {
  /// Something that differs.
  enum Change {
    case added(reachesSameAs: [ActionName], grantedBy: [String])
    case removed
    case retired
    case listedAgain
    case level(from: [String], to: [String])
    case visibility(from: String, to: String)

    /// As programs read it.
    var name: String {
      switch self {
      case .added: "added"
      case .removed: "removed"
      case .retired: "retired"
      case .listedAgain: "listed-again"
      case .level: "changed-level"
      case .visibility: "changed-visibility"
      }
    }
  }

  /// Sorted by action; an action can have several.
  let changes: [(action: ActionName, facts: ActionList.Facts, change: Change)]

  init(from old: ActionList, to new: ActionList, grants: Wildcards) {
    // A list knows no relations: the program's own catalogue does.
    let relations = new.catalog ?? .builtIn
    let names = Set(old.facts.keys).union(new.facts.keys).sorted()
    var changes: [(action: ActionName, facts: ActionList.Facts, change: Change)] = []
    for action in names {
      switch (old.facts[action], new.facts[action]) {
      case (nil, let now?):
        let same = Set(relations.sameAs(action) + relations.reachesSameAs(action))
        let reaches = same.filter { old.facts[$0] != nil }.sorted()
        changes.append((action, now, .added(reachesSameAs: reaches, grantedBy: grants.granting(action))))
      case (let before?, nil): changes.append((action, before, .removed))
      case (let before?, let now?):
        if before.isRetired != now.isRetired {
          changes.append((action, now, now.isRetired ? .retired : .listedAgain))
        }
        if before.levels != now.levels {
          changes.append((action, now, .level(from: before.levels, to: now.levels)))
        }
        if let was = before.visibility, let visibility = now.visibility, was != visibility {
          changes.append((action, now, .visibility(from: was, to: visibility)))
        }
      case (nil, nil): break
      }
    }
    self.changes = changes
  }

  /// The added actions that patterns or a policy grant.
  var newlyGranted: [(action: ActionName, facts: ActionList.Facts, by: [String])] {
    changes.compactMap { action, facts, change in
      guard case .added(_, let by) = change, !by.isEmpty else { return nil }
      return (action, facts, by)
    }
  }

  /// A line for programs.
  static func line(_ action: ActionName, _ facts: ActionList.Facts, _ change: Change) -> JSONLine {
    var line = JSONLine()
    line.member("change", change.name)
    line.member("action", action.description)
    switch change {
    case .level(let from, let to):
      line.member("from", from)
      line.member("to", to)
    case .visibility(let from, let to):
      line.member("from", from)
      line.member("to", to)
    default:
      line.member("accessLevel", facts.levels.first)
      line.member("visibility", facts.visibility)
    }
    if case .added(let reaches, let by) = change {
      line.member("retired", facts.isRetired)
      line.member("reachesSameAs", reaches.map(\.description))
      line.member("grantedBy", by)
    }
    return line
  }

  /// A few tables for a person.
  func text(asksForGrants: Bool) -> String {
    func count(_ name: String) -> Int { changes.count { $0.change.name == name } }
    var lines = [
      "\(count("added")) added, \(count("removed")) removed, \(count("retired")) retired, "
        + "\(count("changed-level")) of another level, \(count("changed-visibility")) of another visibility"
    ]
    if asksForGrants {
      let granted = newlyGranted
      lines += ["", "Newly granted: \(granted.count)"]
      if !granted.isEmpty {
        var table = TextTable(["ACTION", "ACCESS LEVEL", "BY"])
        for (action, facts, by) in granted {
          table.add([action.description, facts.levels.joined(separator: ","), by.joined(separator: "; ")])
        }
        lines += table.lines(indent: "  ")
      }
    }
    guard !changes.isEmpty else { return lines.joined(separator: "\n") + "\n" }
    var table = TextTable(["CHANGE", "ACTION", "ACCESS LEVEL", "NOTES"])
    for (action, facts, change) in changes {
      var note = ""
      switch change {
      case .added(let reaches, _):
        if !reaches.isEmpty {
          note = "reaches the same as \(reaches.map(\.description).joined(separator: " "))"
        }
      case .level(let from, _): note = "was \(from.joined(separator: ","))"
      case .visibility(let from, let to): note = "recorded: was \(from), is \(to)"
      case .removed, .retired, .listedAgain: break
      }
      table.add([change.name, action.description, facts.levels.joined(separator: ","), note])
    }
    return (lines + [""] + table.lines()).joined(separator: "\n") + "\n"
  }
}
