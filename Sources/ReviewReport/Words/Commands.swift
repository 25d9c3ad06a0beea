import AccessReview

/// The commands that reports name, so that they are spelled in one place.
enum Commands {
  static func show(_ role: String) -> String { "accessreview show \(quoted(role))" }

  /// The commands that make the same review and the same document again.
  static func again(_ result: ReviewResult) -> [String] {
    let period = result.month.map { "--month \(quoted($0))" } ?? "--as-of \(quoted(result.asOfAt))"
    let coverage = Words.percent(result.minimumCoverage).prefix { $0 != " " }
    let assumed = (result.assumedRecorded ?? []).map {
      " --assume-recorded \(quoted($0.hasPrefix("data:") ? String($0.dropFirst(5)) : $0))"
    }
    return [
      "accessreview review \(period) --window \(result.windowDays)d --min-coverage \(coverage)\(assumed.joined())",
      "accessreview report \(period) --format html --output report.html",
    ]
  }

  /// A word as a shell takes it: in single quotes unless it is plain.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "-_.,:/@+=".utf8.contains(byte)
        }
      }
    if isPlain { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
