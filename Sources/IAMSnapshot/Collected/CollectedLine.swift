import IAMIdentifiers
import IAMPolicy
import JSONText

/// A line that a collecting script writes: a call, when and for whom it was made, and what it answered.
///
/// `{"accessreview":1,"command":…,"account":…,"region":…,"resource":…,"takenAt":…,"complete":…,"error":…,"output":…}`
enum CollectedLine {
  static func isRecognised(in json: JSONValue) -> Bool {
    json["accessreview"] != nil && json["command"] != nil
  }

  static func read(_ json: JSONValue, at place: String, _ reader: inout DocumentReader) throws(SnapshotError)
    -> [SnapshotDocument]
  {
    let command = reader.text("command", of: json, at: place) ?? ""
    guard json["accessreview"]?.integer == 1, let call = CollectedCall(command: command) else {
      let version = json["accessreview"]?.integer == 1 ? "" : ", of a line of another version,"
      reader.unknownCalls["the command \(quotedName(command))\(version)", default: 0] += 1
      return []
    }
    var context = CallContext()
    if let text = reader.filledText("account", of: json, at: place) {
      context.account = AccountID(text)
      if context.account == nil {
        reader.report(.malformedAccountID, at: "\(place).account", "an account id has 12 digits")
      }
    }
    context.region = reader.filledText("region", of: json, at: place)
    context.resource = reader.filledText("resource", of: json, at: place)
    context.takenAt = reader.time("takenAt", of: json, at: place)
    context.isComplete = reader.flag("complete", of: json, at: place) ?? false
    context.filter =
      switch call {
      // Options of many kinds leave something out of these.
      case .eventHistory: NarrowingOptions.eventHistory.found(in: json)
      case .regions: NarrowingOptions.regions.found(in: json)
      // An empty list does not say of which account it is.
      case .accountAssignments: reader.member("parameters", of: json)?["account-id"]?.string
      default:
        reader.member("parameters", of: json)?["filter"]?.string ?? filter(in: command)
          ?? (call == .policies ? context.resource : nil)
      }
    if let error = reader.member("error", of: json) {
      return [.answer(refusal(error, of: call, context, at: place, &reader))]
    }
    guard let output = reader.member("output", of: json) else {
      reader.report(.answerMissing, at: place, "\(call.rawValue) has neither an output nor an error")
      return []
    }
    return try documents(of: call, json, output, context, at: place, &reader)
  }

  private static func documents(
    of call: CollectedCall, _ json: JSONValue, _ output: JSONValue, _ context: CallContext, at line: String,
    _ reader: inout DocumentReader
  ) throws(SnapshotError) -> [SnapshotDocument] {
    let document: SnapshotDocument
    let place = "\(line).output"
    switch call.subject {
    case .snapshot:
      guard AccountPage.isRecognised(in: output) else { break }
      var page = try AccountPage.read(output, at: place, &reader)
      if context.isComplete == false { page.unreadable.append("the rest, which was not collected") }
      document = .accountPage(page)
      return [collected(document, call, output, context)]
    case .trail:
      guard TrailConfiguration.isRecognised(in: output) else { break }
      document = .trailConfiguration(try TrailConfiguration.read(output, at: place, &reader))
      return [collected(document, call, output, context)]
    case .events:
      // Its events are taken by whoever reads trails.
      return [.answer(reader.eventHistory(json, output, context, at: line))]
    case .inventory:
      guard call == .regions else { return [] }
      return [.answer(reader.enabledRegions(json, output, context, at: line))]
    default: return reader.answers(of: call, output, context, at: place).map { .answer($0) }
    }
    reader.report(.entryUnreadable, at: place, "this is no output of \(call.rawValue)")
    return []
  }

  private static func collected(
    _ document: SnapshotDocument, _ call: CollectedCall, _ output: JSONValue, _ context: CallContext
  ) -> SnapshotDocument {
    .collected(
      CollectedDocument(
        call: call, account: context.account, resource: context.resource, takenAt: context.takenAt,
        document: document, output: output))
  }

  /// A call that failed. Some failures are an answer: there is none.
  private static func refusal(
    _ error: JSONValue, of call: CollectedCall, _ context: CallContext, at place: String,
    _ reader: inout DocumentReader
  ) -> CallAnswer {
    let code = reader.text("code", of: error, at: "\(place).error") ?? error.string ?? ""
    let resource: String?
    switch call.subject {
    case .resourcePolicies, .keyGrants:
      let name = call == .registryPolicy ? "*" : context.resource
      let arn = name.flatMap { reader.resourceARN(call, $0, context) }
      resource = arn?.description ?? context.resource
    case .organisation:
      resource = context.resource.map { ARN($0).map { String($0.resourceName) } ?? $0 }
    default: resource = context.resource
    }
    if AbsenceCodes.contains(code) {
      return reader.answer(call, context, resource: resource, .none(code: code))
    }
    reader.refused["\(call.rawValue) with \(quotedName(code.isEmpty ? "no code" : code))", default: 0] += 1
    return reader.answer(call, context, resource: resource, .refused(code: code))
  }

  /// What a list was filtered by, from the command's own option.
  private static func filter(in command: String) -> String? {
    let words = command.split(whereSeparator: { $0 == " " || $0 == "=" })
    guard let option = words.firstIndex(of: "--filter"), option + 1 < words.count else { return nil }
    return String(words[option + 1])
  }
}
