import JSONText

/// Tells whether the options of a collected call leave a part of its answer out.
///
/// Only options that are known to leave nothing out are let pass.
struct NarrowingOptions {
  private let harmless: Set<String>

  /// Source: "lookup-events", AWS CLI Command Reference.
  static let eventHistory = NarrowingOptions([
    "start-time", "end-time", "max-items", "page-size", "max-results",
  ])
  /// Source: "describe-regions", AWS CLI Command Reference.
  static let regions = NarrowingOptions(["all-regions", "no-all-regions"])

  private init(_ own: Set<String>) {
    harmless = own.union(["region", "output", "profile", "no-cli-pager", "no-paginate"])
  }

  /// The names of the others that a line has, among its parameters or in its command; nil where there are none.
  func found(in line: JSONValue) -> String? {
    var names: [String] = []
    if let parameters = line["parameters"], parameters != .null {
      names += parameters.members?.filter { $0.value != .null }.map(\.name) ?? ["parameters"]
    }
    let words = (line["command"]?.string ?? "").split(separator: " ").drop { $0 == "aws" }.dropFirst(2)
    for word in words where word.hasPrefix("--") {
      names.append(String(word.dropFirst(2).prefix { $0 != "=" }))
    }
    let narrowing = Set(names).subtracting(harmless).sorted()
    return narrowing.isEmpty ? nil : narrowing.joined(separator: " ")
  }
}
