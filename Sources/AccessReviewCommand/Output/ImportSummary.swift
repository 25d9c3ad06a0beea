import EvidenceStore
import Foundation
import TrailFacts

/// What an import did, for a person or a program.
struct ImportSummary {
  let tally: ImportTally

  /// A few lines; problems beyond the first twenty are counted.
  func text(store: String) -> String {
    var lines: [String] = []
    let count = tally.files.values.reduce(0, +)
    let megabytes = String(format: "%.1f", Double(tally.contentBytes) / 1e6)
    let known = tally.filesKnown > 0 ? ", \(tally.filesKnown) known already" : ""
    lines.append("  \(count) \(count == 1 ? "file" : "files")\(known), \(megabytes) MB of content read")
    if count > 0 { lines.append("") }
    for kind in FileKind.allCases {
      guard let files = tally.files[kind], files > 0 else { continue }
      let number = String(files)
      var line =
        "  " + String(repeating: " ", count: max(0, 8 - number.count)) + number + "  " + kind.rawValue
      if kind == .trail {
        line += ": \(tally.records) records = \(tally.events) new events + \(tally.duplicates) seen before"
      }
      lines.append(line)
    }
    lines.append("")
    if tally.joined > 0 || tally.endpointOnly > 0 {
      lines.append(
        "  \(tally.joined) \(tally.joined == 1 ? "is a second record" : "are second records") of a call; "
          + "\(tally.endpointOnly) \(tally.endpointOnly == 1 ? "was" : "were") seen only at an endpoint")
    }
    if tally.notEvents > 0 {
      lines.append("  \(tally.notEvents) records are no events (Insights and the like)")
    }
    lines.append("  Store: \(TerminalLine.escaped(store))")
    lines += problemLines
    return lines.joined(separator: "\n") + "\n"
  }

  private var problemLines: [String] {
    guard !tally.problems.isEmpty else { return [] }
    let total = tally.problems.count + tally.problemsLeftOut
    var lines = ["", "\(total) \(total == 1 ? "problem" : "problems"):"]
    let sorted = tally.problems.sorted { $0.problem.severity.rawValue > $1.problem.severity.rawValue }
    for located in sorted.prefix(20) {
      let record = located.problem.record.map { ", record \($0)" } ?? ""
      let offset = located.problem.byteOffset.map { ", byte \($0)" } ?? ""
      lines.append("  \(TerminalLine.escaped(located.path))\(record)\(offset)")
      lines.append(
        "     \(TerminalLine.escaped(located.problem.problem)). \(TerminalLine.escaped(located.problem.remedy))"
      )
    }
    if total > 20 {
      lines.append("  … and \(total - 20) more: see the view import_problems, or --format json.")
    }
    return lines
  }

  /// The same as JSON.
  func json() throws -> String {
    struct Problem: Encodable {
      let file: String
      let record: Int?
      let code, problem, remedy: String

      enum CodingKeys: String, CodingKey { case file, record, code, problem, remedy }

      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(record, forKey: .record)
        try container.encode(code, forKey: .code)
        try container.encode(problem, forKey: .problem)
        try container.encode(remedy, forKey: .remedy)
      }
    }
    struct Summary: Encodable {
      let files: [String: Int]
      let records, events, duplicates, joined, endpointOnly, refused, notEvents, filesKnown, contentBytes: Int
      let problemsLeftOut: Int
      let problems: [Problem]
    }
    let summary = Summary(
      files: Dictionary(uniqueKeysWithValues: FileKind.allCases.map { ($0.rawValue, tally.files[$0] ?? 0) }),
      records: tally.records, events: tally.events, duplicates: tally.duplicates, joined: tally.joined,
      endpointOnly: tally.endpointOnly, refused: tally.refused, notEvents: tally.notEvents,
      filesKnown: tally.filesKnown, contentBytes: tally.contentBytes, problemsLeftOut: tally.problemsLeftOut,
      problems: tally.problems.map {
        Problem(
          file: $0.path, record: $0.problem.record, code: $0.problem.code, problem: $0.problem.problem,
          remedy: $0.problem.remedy)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(summary), as: UTF8.self) + "\n"
  }
}
