import ActionCatalog
import ArgumentParser

/// `accessreview catalog resolve`
struct CatalogResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Say which actions recorded calls needed.",
    discussion: """
      With SOURCE and NAME, about one call, for a person; the source may be written as s3 or s3.amazonaws.com.

        accessreview catalog resolve s3 CopyObject
        accessreview catalog resolve s3 PutObject --parameter x-amz-acl=public-read

      Without them, JSON Lines are read from standard input: CloudTrail's records, or objects with eventSource and eventName \
      and whatever else of a record there is (eventType, eventCategory, requestParameters, additionalEventData, errorCode, \
      errorMessage). Each comes out as it went in, with these members added:

        actions      what the call needed: the primary action first, then
                     those required beside it
        conditional  what it may have needed besides: action, and the
                     parameter that would tell
        visibility   how a trail records the primary action: management,
                     data, both, network-activity, never, unknown
        rule         how it is known; unmapped: it is not

        jq -c '.Records[]' trail.json | accessreview catalog resolve

      Members of these names that are there already are replaced. In the place of a line that is no object comes an object \
      with error and line, and the exit status is 3. It needs no store (where there is one, the \
      service reference in it counts), and no memory that grows with the input.
      """)

  @Argument(help: "Event source or service prefix.")
  var source: String?

  @Argument(help: "Event name.")
  var name: String?

  @Option(
    name: .customLong("parameter"),
    help: ArgumentHelp(
      "A request parameter of the call, by its place; may be given several times.", valueName: "place=value"))
  var parameters: [String] = []

  @OptionGroup var store: CatalogStoreOptions

  func validate() throws {
    if source != nil, name == nil { throw ValidationError("Give SOURCE and NAME, or neither of them.") }
    if source == nil, !parameters.isEmpty { throw ValidationError("--parameter wants SOURCE and NAME.") }
    for parameter in parameters where !parameter.contains("=") {
      throw ValidationError(
        "--parameter wants a place and a value, such as x-amz-acl=private; this is '\(TerminalLine.escaped(parameter))'."
      )
    }
  }

  func run() throws {
    let catalog = try store.catalog()
    if let source, let name {
      Console.output(CallAnswer(source: source, name: name, parameters: given, catalog).text)
    } else {
      try stream(catalog)
    }
  }

  private var given: [String: String] {
    var given: [String: String] = [:]
    for parameter in parameters {
      let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let place = parts.first, let value = parts.last else { continue }
      given[String(place)] = given[String(place)].map { "\($0)\n\(value)" } ?? String(value)
    }
    return given
  }

  private func stream(_ catalog: ActionCatalog) throws {
    var reader = LineReader()
    var translator = CallTranslator(catalog)
    let isWhole = try reader.answerEach { line, number, output in
      translator.translate(line, number: number, into: &output)
    }
    if !isWhole { throw ExitCode(ExitStatus.incomplete.rawValue) }
  }
}
