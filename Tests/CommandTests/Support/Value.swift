import Foundation

/// JSON to write down in a test.
indirect enum Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral,
  ExpressibleByStringInterpolation,
  Sendable
{
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([Value])
  case object([(String, Value)])
  case null

  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: Value...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, Value)...) { self = .object(elements) }
  init(nilLiteral: ()) { self = .null }

  /// The object with further members, which come last; a member that is there already is replaced.
  func with(_ members: [(String, Value)]) -> Value {
    guard case .object(var own) = self else { return self }
    own.removeAll { member in members.contains { $0.0 == member.0 } }
    return .object(own + members)
  }

  func without(_ name: String) -> Value {
    guard case .object(let own) = self else { return self }
    return .object(own.filter { $0.0 != name })
  }

  /// The value as JSON, in the order in which it was written down.
  var json: String {
    switch self {
    case .text(let text): Value.quoted(text)
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Value.quoted($0.0) + ":" + $0.1.json }.joined(separator: ",") + "}"
    case .null: "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension TemporaryFolder {
  @discardableResult
  func write(_ value: Value, to name: String) throws -> String { try write(value.json, to: name) }
}
