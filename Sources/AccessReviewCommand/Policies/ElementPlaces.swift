import IAMPolicy
import JSONText

/// Where in a file the elements of its policy stand.
struct ElementPlaces {
  /// A place for a person: both are counted from 1, columns in characters of Unicode.
  struct Place: Equatable {
    let line: Int
    /// Nil where only the line is known.
    let column: Int?
  }

  /// A statement or the document: where it begins, and its elements by name.
  private struct Object {
    let start: Int
    var elements: [String: Int] = [:]
  }

  private let bytes: [UInt8]
  /// Where lines begin.
  private let lines: [Int]
  /// How many bytes before each stretch of the file begin no character.
  private let continuations: [Int]
  private var document: Object?
  private var statements: [Object] = []

  /// - Parameter path: the members on the way to the document; nil where it is not known to be JSON of the file.
  init(_ bytes: [UInt8], path: [String]?) {
    self.bytes = bytes
    lines = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    continuations = ElementPlaces.continuations(bytes)
    guard let path else { return }
    (document, statements) = bytes.withUnsafeBufferPointer { ElementPlaces.objects($0, path) }
  }

  /// The place of a finding; line 1 where nothing better is known.
  func place(of finding: LintFinding) -> Place {
    guard let index = finding.statementIndex else {
      return (document?.elements[finding.element]).map(place) ?? Place(line: 1, column: nil)
    }
    guard statements.indices.contains(index) else { return Place(line: 1, column: nil) }
    return place(statements[index].elements[finding.element] ?? statements[index].start)
  }

  /// The place of a byte of the file.
  func place(_ offset: Int) -> Place {
    var (low, high) = (0, lines.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle] <= offset { low = middle } else { high = middle }
    }
    // A byte-order mark is no character of the first line.
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let start = max(lines[low], mark)
    let column = max(0, offset - start - (continuations(before: offset) - continuations(before: start)))
    return Place(line: low + 1, column: column + 1)
  }

  /// Bytes of a stretch: a file of one long line is not counted through for each finding.
  private static let stretch = 1 << 10

  private static func continuations(_ bytes: [UInt8]) -> [Int] {
    var counts = [0]
    for start in Swift.stride(from: 0, to: bytes.count, by: stretch) {
      let end = min(start + stretch, bytes.count)
      counts.append(counts[counts.count - 1] + bytes[start..<end].count(where: isContinuation))
    }
    return counts
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  private func continuations(before offset: Int) -> Int {
    let offset = min(offset, bytes.count)
    let whole = offset / ElementPlaces.stretch
    return continuations[whole]
      + bytes[(whole * ElementPlaces.stretch)..<offset].count(where: ElementPlaces.isContinuation)
  }

  private static func objects(
    _ bytes: UnsafeBufferPointer<UInt8>, _ path: [String]
  ) -> (Object?, [Object]) {
    guard var object = try? RawObject(bytes) else { return (nil, []) }
    for name in path {
      guard let member = object.members.last(where: { object.isNamed($0, Array(name.utf8)) }),
        let inner = RawObject(bytes, at: member.value)
      else { return (nil, []) }
      object = inner
    }
    var document = Object(start: 0)
    var statements: [Object] = []
    for member in object.members {
      guard object.isNamed(member, "Statement") else {
        document.elements[object.name(of: member)] = member.whole.lowerBound
        continue
      }
      guard bytes[member.value.lowerBound] == UInt8(ascii: "[") else {
        statements.append(statement(bytes, member.value))
        continue
      }
      var scanner = JSONScanner(bytes, at: member.value.lowerBound + 1)
      scanner.skipSpace()
      while scanner.byte != UInt8(ascii: "]"), let value = try? scanner.value() {
        statements.append(statement(bytes, value))
        scanner.skipSpace()
        guard scanner.byte == UInt8(ascii: ",") else { break }
        scanner.at += 1
      }
    }
    return (document, statements)
  }

  /// Of elements that occur twice the last one counts, at which the mistake shows.
  private static func statement(_ bytes: UnsafeBufferPointer<UInt8>, _ value: Range<Int>) -> Object {
    var statement = Object(start: value.lowerBound)
    guard let object = RawObject(bytes, at: value) else { return statement }
    for member in object.members { statement.elements[object.name(of: member)] = member.whole.lowerBound }
    return statement
  }
}
