import ActionCatalog
import IAMIdentifiers

/// Adds to recorded calls, line by line, the actions that they needed.
struct CallTranslator {
  /// How many bytes of different calls are remembered; more would be memory that grows with the input.
  private static let mostRemembered = 1 << 25
  /// Names that are longer than any that AWS has given.
  private static let longestName = 512

  /// Deeper records are translated each for itself: of what is too deep for a request nothing is read.
  private static let deepestRemembered = 64

  /// What calls are told apart by. Hashed as a whole: arrays hash their elements one by one.
  private struct Key: Hashable {
    var bytes: [UInt8] = []

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  private struct RequestName: Hashable {
    let source, name: Key?
  }

  private let catalog: ActionCatalog
  /// The added members of a call, by what decides them.
  private var answers: [Key: [UInt8]] = [:]
  private var places: [RequestName: [ParameterPlace]] = [:]
  private var remembered = 0
  private var visibilities: [ActionName: Visibility] = [:]
  private var key = Key()

  init(_ catalog: ActionCatalog) { self.catalog = catalog }

  /// Translates a line into one that has a line feed at its end; an empty one into nothing.
  mutating func translate(_ line: LineReader.Line, number: Int, into output: inout [UInt8]) -> LineOutcome {
    line.answer(number, into: &output) { object, output in
      translate(object, number: number, into: &output)
    }
  }

  /// The members of a record that decide.
  private struct Fields {
    var source, name, type, category, errorCode, errorMessage, request, additional: Range<Int>?
    /// Whether members have names that are added: what the catalogue says takes their place.
    var hasOwnAnswers = false

    init(_ object: RawObject) {
      for member in object.members {
        // All names that matter begin with one of a few letters.
        let first = member.nameHasEscapes || member.name.isEmpty ? 0 : object.bytes[member.name.lowerBound]
        let value = member.value
        switch first {
        case UInt8(ascii: "e"), 0:
          if object.isNamed(member, "eventSource") { source = value }
          if object.isNamed(member, "eventName") { name = value }
          if object.isNamed(member, "eventType") { type = value }
          if object.isNamed(member, "eventCategory") { category = value }
          if object.isNamed(member, "errorCode") { errorCode = value }
          if object.isNamed(member, "errorMessage") { errorMessage = value }
          if first == 0 { fallthrough }
        case UInt8(ascii: "r"), UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "v"):
          if object.isNamed(member, "requestParameters") { request = value }
          if object.isNamed(member, "additionalEventData") { additional = value }
          if CallTranslator.isAnswer(object, member) { hasOwnAnswers = true }
        default: break
        }
      }
    }
  }

  private static let answerNames: [StaticString] = ["actions", "conditional", "visibility", "rule"]

  private static func isAnswer(_ object: RawObject, _ member: RawObject.Member) -> Bool {
    answerNames.contains { object.isNamed(member, $0) }
  }

  private mutating func translate(_ object: RawObject, number: Int, into output: inout [UInt8]) -> Bool {
    let bytes = object.bytes
    let fields = Fields(object)
    let answer = denial(fields, bytes) ?? self.answer(object, fields)
    let isEmpty = CallTranslator.copy(object, without: fields.hasOwnAnswers, into: &output)
    if !isEmpty { output.append(UInt8(ascii: ",")) }
    output += answer
    let isCall = answer.last == UInt8(ascii: "}")
    if !isCall { output += ",\"line\":\(number)}".utf8 }
    output.append(0x0A)
    return isCall
  }

  /// The answer where the message of a denial names the action: then nothing else of the call decides.
  private mutating func denial(_ fields: Fields, _ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let message = fields.errorMessage.flatMap({ RawObject.text(bytes, $0) }) else { return nil }
    let code = fields.errorCode.flatMap { RawObject.text(bytes, $0) }
    let resolution = catalog.resolve(
      Call(eventSource: "", eventName: "", parameters: nil, errorCode: code, errorMessage: message))
    guard resolution.rule == .denialMessage, let action = resolution.actions.first else { return nil }
    var line = JSONLine(continuing: true)
    line.add(resolution, visibility: visibility(action))
    return line.closed
  }

  private mutating func answer(_ object: RawObject, _ fields: Fields) -> [UInt8] {
    let bytes = object.bytes
    key.bytes.removeAll(keepingCapacity: true)
    add(fields.source, bytes)
    add(fields.name, bytes)
    addDecidingValues(fields, bytes)
    add(fields.type, bytes)
    add(fields.category, bytes)
    guard object.deepest < CallTranslator.deepestRemembered else { return answer(fields, bytes) }
    if let known = answers[key] { return known }
    let answer = self.answer(fields, bytes)
    remember(key.bytes.count + answer.count)
    answers[key] = answer
    return answer
  }

  /// Makes room for something more, whose size is given without what a dictionary needs beside it.
  private mutating func remember(_ bytes: Int) {
    remembered += bytes + 128
    guard remembered > CallTranslator.mostRemembered else { return }
    answers = [:]
    places = [:]
    remembered = bytes + 128
  }

  // MARK: - What calls are told apart by

  private mutating func add(_ field: Range<Int>?, _ bytes: UnsafeBufferPointer<UInt8>) {
    if let field { key.bytes += bytes[field] }
    // No JSON holds this byte, so that no two calls have one key.
    key.bytes.append(0)
  }

  /// Adds what lies at the places that decide about calls of this name; not read, only told apart.
  private mutating func addDecidingValues(_ fields: Fields, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard fields.request != nil || fields.additional != nil else { return }
    for field in [fields.request, fields.additional] {
      // Its first letters tell null, an object and one that was left out as too large apart.
      add(field.map { $0.prefix(11) }, bytes)
      key.bytes.append(field.map { $0.count > ActionCatalog.longestParameters } == true ? 1 : 0)
    }
    for place in places(fields, bytes) {
      guard let object = place.isAdditional ? fields.additional : fields.request else { continue }
      for value in place.values(in: bytes, object: object) { add(value, bytes) }
      key.bytes.append(0)
    }
  }

  /// The places whose values decide which action calls of this name needed.
  private mutating func places(_ fields: Fields, _ bytes: UnsafeBufferPointer<UInt8>) -> [ParameterPlace] {
    guard [fields.source, fields.name].allSatisfy({ $0?.count ?? 0 <= CallTranslator.longestName }) else {
      return []
    }
    let name = RequestName(
      source: fields.source.map { Key(bytes: Array(bytes[$0])) },
      name: fields.name.map { Key(bytes: Array(bytes[$0])) })
    if let known = places[name] { return known }
    let eventSource = fields.source.flatMap { RawObject.text(bytes, $0) } ?? ""
    let eventName = fields.name.flatMap { RawObject.text(bytes, $0) } ?? ""
    let deciding = catalog.decidingParameters(eventSource: eventSource, eventName: eventName)
    let passing = catalog.passRoleParameters(eventSource: eventSource, eventName: eventName).map(\.place)
    let found = (deciding + passing + ["omitted"]).map(ParameterPlace.init)
    remember(found.count * 64 + 2 * CallTranslator.longestName)
    places[name] = found
    return found
  }

  /// Writes the object without its end, byte by byte; says whether nothing stands in it.
  private static func copy(_ object: RawObject, without own: Bool, into output: inout [UInt8]) -> Bool {
    output.append(UInt8(ascii: "{"))
    guard let first = object.members.first, let last = object.members.last else { return true }
    guard own else {
      output += object.bytes[first.whole.lowerBound..<last.whole.upperBound]
      return false
    }
    var isEmpty = true
    for member in object.members where !isAnswer(object, member) {
      if !isEmpty { output.append(UInt8(ascii: ",")) }
      output += object.bytes[member.whole]
      isEmpty = false
    }
    return isEmpty
  }

  /// The added members and the object's end; without the end where the object is no record of a call.
  private mutating func answer(_ fields: Fields, _ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    func text(_ field: Range<Int>?) -> String? { field.flatMap { RawObject.text(bytes, $0) } }
    let (source, name) = (text(fields.source), text(fields.name))
    var line = JSONLine(continuing: true)
    let resolution = catalog.resolve(call(fields, bytes))
    line.add(resolution, visibility: visibility(resolution.actions.first))
    guard resolution.rule == .unmapped, source == nil || name == nil else { return line.closed }
    line.member("error", "\(source == nil ? "eventSource" : "eventName") is missing, or is no text")
    return line.bytes
  }

  private mutating func visibility(_ action: ActionName?) -> Visibility {
    guard let action else { return .unknown }
    if let known = visibilities[action] { return known }
    let visibility = catalog.entry(for: action)?.visibility ?? .unknown
    // Messages of denials name whatever they like.
    if catalog.index(of: action) != nil { visibilities[action] = visibility }
    return visibility
  }

  private func call(_ fields: Fields, _ bytes: UnsafeBufferPointer<UInt8>) -> Call {
    func text(_ field: Range<Int>?) -> String? { field.flatMap { RawObject.text(bytes, $0) } }
    func read(_ request: Range<Int>?, _ additional: Range<Int>?) throws(CatalogError) -> Call {
      try catalog.call(
        eventSource: text(fields.source) ?? "", eventName: text(fields.name) ?? "",
        eventType: text(fields.type),
        eventCategory: text(fields.category), requestParameters: request.map { Array(bytes[$0]) },
        additionalEventData: additional.map { Array(bytes[$0]) })
    }
    // Where one of the fields is nothing that a record has, what it would tell is unknown; the other one still counts.
    for (request, additional) in [
      (fields.request, fields.additional), (fields.request, nil), (nil, fields.additional),
    ] {
      if let call = try? read(request, additional) { return call }
    }
    return Call(
      eventSource: text(fields.source) ?? "", eventName: text(fields.name) ?? "",
      eventType: text(fields.type),
      eventCategory: text(fields.category), parameters: nil)
  }
}

extension JSONLine {
  /// Adds what a call needed.
  ///
  /// - Parameter visibility: of the primary action.
  mutating func add(_ resolution: Resolution, visibility: Visibility) {
    member("actions", resolution.actions.map(\.description))
    member(
      "conditional",
      resolution.conditional.map { conditional in
        var line = JSONLine()
        line.member("action", conditional.action.description)
        line.member("parameter", conditional.parameter)
        return line
      })
    member("visibility", visibility.rawValue)
    member("rule", resolution.rule.rawValue)
  }
}
