/// Any JSON, to change a review in all its texts at once.
enum JSONValue: Codable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// With every text replaced, but for those under some keys.
  func replacingTexts(except keys: Set<String>, under key: String = "", by new: (String) -> String)
    -> JSONValue
  {
    switch self {
    case .string(let text): keys.contains(key) ? self : .string(new(text))
    case .array(let items): .array(items.map { $0.replacingTexts(except: keys, under: key, by: new) })
    case .object(let fields):
      .object(
        Dictionary(
          uniqueKeysWithValues: fields.map {
            ($0.key, $0.value.replacingTexts(except: keys, under: $0.key, by: new))
          }))
    default: self
    }
  }
}
