import IAMIdentifiers
import IAMPolicy
import JSONText

/// Takes typed values out of a JSON document and notes what does not fit, instead of failing.
///
/// An absent member and a `null` are the same: nothing was said. A member of another type is a problem.
struct DocumentReader {
  var problems: [DocumentProblem] = []
  /// Places whose loss hides an entity or a grant, so that what was read is not all there was.
  var unreadable: [String] = []
  /// How often calls were refused, by call and error code.
  var refused: [String: Int] = [:]
  /// The newest of all dates read so far.
  var newestDate: UTCTime?

  mutating func report(_ kind: DocumentProblem.Kind, at place: String, _ problem: String) {
    problems.append(DocumentProblem(kind, at: place, problem))
  }

  /// How often lines name a call that is not read, by what is said of it.
  var unknownCalls: [String: Int] = [:]

  /// Calls that were refused or are not read, a line for each kind.
  var refusals: [DocumentProblem] {
    let unknown = unknownCalls.sorted { $0.key < $1.key }.map { call, count in
      DocumentProblem(
        .callUnknown, at: "$", "\(call) is not read (\(count) \(count == 1 ? "line" : "lines"))")
    }
    return unknown
      + refused.sorted { $0.key < $1.key }.map { call, count in
        DocumentProblem(
          .callRefused, at: "$",
          "\(count) \(count == 1 ? "call" : "calls") of \(call): what it would have said is not known")
      }
  }

  /// Reports a loss after which the document no longer tells everything.
  mutating func lose(_ kind: DocumentProblem.Kind, at place: String, _ problem: String) {
    report(kind, at: place, problem)
    unreadable.append(place)
  }

  /// The member, where it is there and not null.
  func member(_ name: String, of value: JSONValue) -> JSONValue? {
    guard let found = value[name], found != .null else { return nil }
    return found
  }

  mutating func text(_ name: String, of value: JSONValue, at place: String) -> String? {
    read(name, of: value, at: place, as: "a text") { $0.string }
  }

  /// A text of which the empty one says nothing either.
  mutating func filledText(_ name: String, of value: JSONValue, at place: String) -> String? {
    guard let text = text(name, of: value, at: place), !text.isEmpty else { return nil }
    return text
  }

  mutating func flag(_ name: String, of value: JSONValue, at place: String) -> Bool? {
    read(name, of: value, at: place, as: "true or false") { $0.bool }
  }

  mutating func integer(_ name: String, of value: JSONValue, at place: String) -> Int64? {
    read(name, of: value, at: place, as: "a whole number") { $0.integer }
  }

  /// The member's value; nil where it is absent, or is not what should stand there, which is reported.
  private mutating func read<Value>(
    _ name: String, of value: JSONValue, at place: String, as kind: String, _ convert: (JSONValue) -> Value?
  ) -> Value? {
    guard let found = member(name, of: value) else { return nil }
    guard let converted = convert(found) else {
      report(.wrongType, at: "\(place).\(name)", "\(kind) should stand here")
      return nil
    }
    return converted
  }

  /// A date in any of the forms that the AWS CLI writes; an empty text is no date and no problem.
  mutating func time(_ name: String, of value: JSONValue, at place: String) -> UTCTime? {
    guard let found = member(name, of: value), found != .string("") else { return nil }
    guard let time = UTCTime(cliDate: found) else {
      report(.malformedDate, at: "\(place).\(name)", "this is no date in any form that the AWS CLI writes")
      return nil
    }
    newestDate = max(newestDate ?? time, time)
    return time
  }

  /// The items of a list; none where it is absent. A member that is no list is lost.
  mutating func list(_ name: String, of value: JSONValue, at place: String) -> [JSONValue] {
    guard let found = member(name, of: value) else { return [] }
    guard let items = found.array else {
      lose(.wrongType, at: "\(place).\(name)", "a list should stand here")
      return []
    }
    return items
  }

  /// Reads every object of a list; what is no object is lost.
  mutating func objects<Item>(
    _ name: String, of value: JSONValue, at place: String,
    read: (inout DocumentReader, JSONValue, _ place: String) -> Item?
  ) -> [Item] {
    var items: [Item] = []
    for (index, item) in list(name, of: value, at: place).enumerated() {
      let itemPlace = "\(place).\(name)[\(index)]"
      guard item.members != nil else {
        lose(.wrongType, at: itemPlace, "an object should stand here")
        continue
      }
      if let item = read(&self, item, itemPlace) { items.append(item) }
    }
    return items
  }

  /// The texts of a list; what is no text is lost.
  mutating func texts(_ name: String, of value: JSONValue, at place: String) -> [String] {
    var texts: [String] = []
    for (index, item) in list(name, of: value, at: place).enumerated() {
      if let text = item.string {
        texts.append(text)
      } else {
        lose(.wrongType, at: "\(place).\(name)[\(index)]", "a text should stand here")
      }
    }
    return texts
  }

  /// The text, reported where it is no ARN.
  mutating func arn(_ name: String, of value: JSONValue, at place: String) -> String? {
    guard let text = text(name, of: value, at: place) else { return nil }
    if ARN(text) == nil { report(.malformedARN, at: "\(place).\(name)", "this is no ARN") }
    return text
  }

  /// The text, reported where it is no unique id.
  mutating func uniqueID(_ name: String, of value: JSONValue, at place: String) -> String? {
    guard let text = text(name, of: value, at: place) else { return nil }
    if PrincipalID(text) == nil {
      report(.malformedID, at: "\(place).\(name)", "this is no unique id of IAM")
    }
    return text
  }

  /// The text, reported where IAM would not accept it as a name.
  ///
  /// Source: "IAM and AWS STS quotas", section "IAM name requirements", IAM User Guide.
  mutating func name(_ name: String, of value: JSONValue, at place: String) -> String? {
    guard let text = text(name, of: value, at: place) else { return nil }
    let fits = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "_+=,.@-".utf8.contains(byte)
      }
    }
    if !fits || text.isEmpty || text.utf8.count > 128 {
      report(.malformedName, at: "\(place).\(name)", "IAM gives no such name")
    }
    return text
  }
}

extension UTCTime {
  /// Seconds of 0001-01-01 and of the end of 9999: what can be written with a year of four digits.
  private static let writable = -62_135_596_800.0...253_402_300_799.0

  /// Reads a date as the AWS CLI writes it: ISO 8601, or seconds since 1970 with or without a fraction.
  ///
  /// Source: "Setting the output format in the AWS CLI", setting `cli_timestamp_format`, AWS CLI User Guide.
  init?(cliDate value: JSONValue) {
    switch value {
    case .string(let text):
      guard let time = UTCTime(iso8601: text) else { return nil }
      self = time
    case .number(let digits):
      guard let seconds = Double(digits), UTCTime.writable.contains(seconds) else { return nil }
      self.init(seconds: Int64(seconds.rounded(.down)))
    default: return nil
    }
  }
}

/// A name out of a document, fit to stand in a JSON path: short, in quotes, without control characters.
func quotedName(_ name: String) -> String {
  var text = ""
  for scalar in name.unicodeScalars.prefix(40) {
    let plain = scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\"
    text.unicodeScalars.append(plain ? scalar : "?")
  }
  return "[\"\(text)\(name.unicodeScalars.count > 40 ? "..." : "")\"]"
}
