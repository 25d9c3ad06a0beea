/// A place in a call's record at which a value decides which action was needed, found without reading the rest.
///
/// It only finds: what the values mean is the catalogue's business.
struct ParameterPlace {
  private enum Step {
    case name([UInt8])
    /// `[]`: each element of a list.
    case elements
    /// `{}`: each value of a map.
    case values
  }

  /// Whether it lies in `additionalEventData` instead of `requestParameters`.
  let isAdditional: Bool
  private let steps: [Step]

  /// - Parameter text: as `ActionCatalog.decidingParameters` gives it.
  init(_ text: String) {
    let outside = "additionalEventData."
    isAdditional = text.hasPrefix(outside)
    var steps: [Step] = []
    for part in (isAdditional ? text.dropFirst(outside.count) : text[...]).split(separator: ".") {
      var name = part
      var after: [Step] = []
      while name.hasSuffix("[]") || name.hasSuffix("{}") {
        after.insert(name.hasSuffix("[]") ? .elements : .values, at: 0)
        name = name.dropLast(2)
      }
      steps.append(.name(Array(name.utf8)))
      steps += after
    }
    self.steps = steps
  }

  /// Where the values at the place lie.
  ///
  /// - Parameter object: where the object lies in a text that is known to be JSON.
  func values(in bytes: UnsafeBufferPointer<UInt8>, object: Range<Int>) -> [Range<Int>] {
    var found = [object]
    for step in steps {
      var next: [Range<Int>] = []
      for value in found {
        switch step {
        case .elements: next += ParameterPlace.elements(bytes, value)
        case .values: next += RawObject(bytes, at: value)?.members.map(\.value) ?? []
        case .name(let name):
          guard let object = RawObject(bytes, at: value) else { continue }
          for member in object.members where object.isNamed(member, name) { next.append(member.value) }
        }
      }
      found = next
    }
    return found
  }

  private static func elements(_ bytes: UnsafeBufferPointer<UInt8>, _ list: Range<Int>) -> [Range<Int>] {
    guard bytes[list.lowerBound] == UInt8(ascii: "[") else { return [] }
    var scanner = JSONScanner(bytes, at: list.lowerBound + 1)
    var elements: [Range<Int>] = []
    scanner.skipSpace()
    while scanner.byte != UInt8(ascii: "]") {
      guard let element = try? scanner.value() else { return elements }
      elements.append(element)
      scanner.skipSpace()
      if scanner.byte == UInt8(ascii: ",") { scanner.at += 1 }
      scanner.skipSpace()
    }
    return elements
  }
}
