import ActionCatalog
import Foundation
import IAMIdentifiers
import IAMPolicy
import JSONText

/// The actions of a catalogue, or of a list that another release wrote: what two of them are compared by.
struct ActionList {
  /// What is compared of an action.
  struct Facts: Equatable {
    let levels: [String]
    /// Nil where a list does not say it.
    let visibility: String?
    let isRetired: Bool
  }

  let facts: [ActionName: Facts]
  /// The catalogue, where it is one and no list.
  let catalog: ActionCatalog?

  init(_ catalog: ActionCatalog) {
    var facts: [ActionName: Facts] = [:]
    facts.reserveCapacity(catalog.count)
    for number in 0..<catalog.count {
      let entry = catalog.entry(at: number)
      facts[entry.name] = Facts(
        levels: entry.accessLevels.names, visibility: entry.visibility.rawValue, isRetired: entry.isRetired)
    }
    self.facts = facts
    self.catalog = catalog
  }

  /// Reads what `catalog actions --format jsonl` has written.
  init(lines bytes: [UInt8], path: String) throws {
    var facts: [ActionName: Facts] = [:]
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let place = "\(path), line \(number + 1)"
      let value: JSONValue
      do { value = try JSONValue(json: line) } catch {
        throw ActionListError(place: place, problem: "this is no JSON: \(error.problem)")
      }
      guard let action = value["action"]?.string.flatMap({ ActionName($0) }) else {
        throw ActionListError(place: place, problem: "this is no line of a list of actions")
      }
      let levels =
        value["accessLevels"]?.array?.compactMap(\.string) ?? [value["accessLevel"]?.string ?? "unknown"]
      facts[action] = Facts(
        levels: levels, visibility: value["visibility"]?.string, isRetired: value["retired"]?.bool ?? false)
    }
    guard !facts.isEmpty else { throw ActionListError(place: path, problem: "there are no actions in it") }
    self.facts = facts
    catalog = nil
  }

  /// Whether a text is such a list: its first line is an object that names an action.
  static func isList(_ bytes: [UInt8]) -> Bool {
    let first = bytes.split(separator: 0x0A, maxSplits: 1).first ?? []
    guard let value = try? JSONValue(json: first) else { return false }
    return value["action"]?.string != nil
  }
}

/// Why a file is no list of actions.
struct ActionListError: DescribedError {
  let place: String?
  let problem: String
  var code: String { "not-a-list-of-actions" }
  var remedy: String {
    "Give what `accessreview catalog actions --format jsonl` has written, or service reference files."
  }
}
