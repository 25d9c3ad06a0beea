import JSONText

extension JSONValue {
  /// With every text replaced, but for those under some keys: to change a review in all its texts at once.
  func replacingTexts(except keys: Set<String>, under key: String = "", by new: (String) -> String)
    -> JSONValue
  {
    switch self {
    case .string(let text): keys.contains(key) ? self : .string(new(text))
    case .array(let items): .array(items.map { $0.replacingTexts(except: keys, under: key, by: new) })
    case .object(let members):
      .object(
        members.map { member in
          Member(member.name, member.value.replacingTexts(except: keys, under: member.name, by: new))
        })
    default: self
    }
  }
}
