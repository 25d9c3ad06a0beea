/// On which lines of a file the statements of its policy begin.
struct StatementLines {
  /// By the statement's place in the document, counted from 1; empty where the document stands in the file as a text.
  let lines: [Int]

  init(_ file: PolicyFile) {
    guard !file.enclosed.wasText else {
      lines = []
      return
    }
    lines = file.bytes.withUnsafeBufferPointer { bytes in
      StatementLines.offsets(bytes, file.enclosed.path).map(StatementLines.counter(bytes))
    }
  }

  private static func offsets(_ bytes: UnsafeBufferPointer<UInt8>, _ path: [String]) -> [Int] {
    guard var object = try? RawObject(bytes) else { return [] }
    for name in path {
      guard let member = object.members.last(where: { object.isNamed($0, Array(name.utf8)) }),
        let inner = RawObject(bytes, at: member.value)
      else { return [] }
      object = inner
    }
    var offsets: [Int] = []
    for member in object.members where object.isNamed(member, "Statement") {
      guard bytes[member.value.lowerBound] == UInt8(ascii: "[") else {
        offsets.append(member.value.lowerBound)
        continue
      }
      var scanner = JSONScanner(bytes, at: member.value.lowerBound + 1)
      scanner.skipSpace()
      while scanner.byte != UInt8(ascii: "]"), let value = try? scanner.value() {
        offsets.append(value.lowerBound)
        scanner.skipSpace()
        guard scanner.byte == UInt8(ascii: ",") else { break }
        scanner.at += 1
      }
    }
    return offsets
  }

  /// Counts lines up to one offset after the other, each of which lies behind the one before.
  private static func counter(_ bytes: UnsafeBufferPointer<UInt8>) -> (Int) -> Int {
    var (at, line) = (0, 1)
    return { offset in
      while at < offset {
        if bytes[at] == 0x0A { line += 1 }
        at += 1
      }
      return line
    }
  }

  /// The line of a statement; of the document as a whole the first.
  func line(ofStatement index: Int?) -> Int {
    guard let index, lines.indices.contains(index) else { return 1 }
    return lines[index]
  }
}
