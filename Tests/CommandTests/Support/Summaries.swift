import Foundation

/// The import's summary, as `--format json` writes it.
struct Summary: Decodable {
  struct Problem: Decodable, Equatable {
    let file: String
    let record: Int?
    let code, problem, remedy: String
  }

  let files: [String: Int]
  let records, events, duplicates, joined, endpointOnly, refused, notEvents, filesKnown, contentBytes: Int
  let problemsLeftOut: Int
  let problems: [Problem]

  var codes: [String] { problems.map(\.code).sorted() }
}

/// An import that came to its end.
struct ImportOutcome {
  let status: Int32
  let summary: Summary
  let error: String
}

extension Program {
  /// Imports, and reads the summary.
  static func importing(
    _ paths: String..., into store: String = "accessreview.sqlite", in folder: TemporaryFolder,
    options: [String] = [], input: Data = Data(), wrapper: [String] = []
  ) throws -> ImportOutcome {
    let outcome = try run(
      ["import", "--db", store, "--format", "json"] + options + ["--"] + paths, in: folder, input: input,
      wrapper: wrapper)
    guard let summary = try? JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8)) else {
      throw Failure(outcome: outcome)
    }
    return ImportOutcome(status: outcome.status, summary: summary, error: outcome.error)
  }

  struct Failure: Error, CustomStringConvertible {
    let outcome: Outcome
    var description: String { "status \(outcome.status), no summary: \(outcome.output)\(outcome.error)" }
  }
}
