/// A JSON value as it was written: members in their order, duplicate names kept, numbers as text.
///
/// Foundation's decoders keep the last of two members with one name and forget the order and the place. In a policy
/// a duplicate name is a mistake that must be reported, hence a reader of our own.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The number's text, such as `1.50`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A name and its value in an object.
  public struct Member: Hashable, Sendable {
    public let name: String
    public let value: JSONValue

    /// Made of its parts.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }
}

extension JSONValue {
  /// The value of the last member of that name; nil where there is none, or where this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// What kind of value it is, for a person: `a list`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The text of a string; nil for every other value.
  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of a boolean; nil for every other value.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// A number that is whole; nil for every other value.
  public var integer: Int64? {
    if case .number(let text) = self { Int64(text) } else { nil }
  }

  /// The items of an array; nil for every other value.
  public var array: [JSONValue]? {
    if case .array(let items) = self { items } else { nil }
  }

  /// The members of an object; nil for every other value.
  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// Names that occur more than once in an object, each once, in order.
  public var duplicateNames: [String] {
    guard case .object(let members) = self else { return [] }
    var seen: Set<String> = []
    var twice: Set<String> = []
    return members.map(\.name).filter { !seen.insert($0).inserted && twice.insert($0).inserted }
  }

  /// The same value in one agreed spelling: no white space, members sorted by name, only the escapes that JSON
  /// demands. Two documents that differ only in spelling have one canonical text, and so one hash.
  public var canonicalText: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let digits): text += digits
    case .string(let string): JSONValue.write(string, to: &text)
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        item.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      let sorted = members.enumerated().sorted {
        ($0.element.name, $0.offset) < ($1.element.name, $1.offset)
      }
      for (index, member) in sorted.enumerated() {
        if index > 0 { text += "," }
        JSONValue.write(member.element.name, to: &text)
        text += ":"
        member.element.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
