import IAMIdentifiers

/// Why a document could not be written.
struct OutputError: DescribedError {
  let path: String
  let problem: String
  var code: String { "output-unwritable" }
  var place: String? { path }
  var remedy = "Name another file with --output, in a folder that you may write."
}
