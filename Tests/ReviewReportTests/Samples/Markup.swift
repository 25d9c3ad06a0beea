/// A small reader of the report's markup, strict where browsers forgive.
struct Markup {
  struct Tag {
    var name: String
    var attributes: [(name: String, value: String)]

    func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  private(set) var tags: [Tag] = []
  private(set) var problems: [String] = []
  /// What is shown, without the style and the script.
  private(set) var text = ""

  private static let void: Set<String> = ["meta", "br", "wbr", "input", "!doctype"]

  init(_ document: String) {
    var open: [String] = []
    var rest = document.utf8[...]
    let (less, greater) = (UInt8(ascii: "<"), UInt8(ascii: ">"))
    while var start = rest.firstIndex(of: less) {
      if open.last == "style" || open.last == "script" {
        guard let end = rest.firstRange(of: Array("</".utf8)) else { break }
        start = end.lowerBound
      } else {
        let between = rest[..<start]
        text += String(decoding: between, as: UTF8.self) + " "
        if between.contains(greater) { problems.append("a bare >") }
      }
      guard let end = rest[start...].firstIndex(of: greater) else {
        problems.append("a tag without end")
        return
      }
      let inner = String(decoding: rest[rest.index(after: start)..<end], as: UTF8.self)
      rest = rest[rest.index(after: end)...]
      if inner.hasPrefix("/") {
        let name = String(inner.dropFirst())
        if open.popLast() != name { problems.append("</\(name)> closes something else") }
        continue
      }
      guard let tag = parse(inner) else { continue }
      tags.append(tag)
      if !inner.hasSuffix("/"), !Self.void.contains(tag.name) { open.append(tag.name) }
    }
    if !open.isEmpty { problems.append("never closed: \(open)") }
  }

  private mutating func parse(_ inner: String) -> Tag? {
    let body = inner.hasSuffix("/") ? inner.dropLast() : inner[...]
    let name = body.prefix { $0 != " " }
    guard let first = name.first, first.isLetter || first == "!" else {
      problems.append("no name of a tag: <\(inner.prefix(40))")
      return nil
    }
    var attributes: [(String, String)] = []
    var rest = body.dropFirst(name.count)
    while let start = rest.firstIndex(where: { $0 != " " }) {
      rest = rest[start...]
      let key = rest.prefix { $0 != "=" && $0 != " " }
      rest = rest.dropFirst(key.count)
      guard rest.first == "=" else {
        attributes.append((String(key), ""))
        continue
      }
      rest = rest.dropFirst()
      guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else {
        problems.append("an attribute without quotes: \(key)")
        break
      }
      attributes.append((String(key), String(rest[rest.index(after: rest.startIndex)..<end])))
      rest = rest[rest.index(after: end)...]
    }
    return Tag(name: name.lowercased(), attributes: attributes)
  }
}
