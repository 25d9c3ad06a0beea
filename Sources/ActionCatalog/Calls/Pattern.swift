/// A pattern of the tables: `*` stands for any run of bytes, case counts for nothing.
struct Pattern: Hashable, Sendable {
  /// What stands between the stars, in lower case.
  private let parts: [[UInt8]]

  init(_ text: some StringProtocol) {
    parts = Array(text.utf8).split(separator: 0x2A, omittingEmptySubsequences: false)
      .map { $0.map(ByteIndexBuilder.lowercased) }
  }

  var hasStar: Bool { parts.count > 1 }

  /// Whether a text matches as a whole.
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  /// Whether a text matches as a whole. Nothing longer than 64 KiB does.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 1 << 16 else { return false }
    guard let first = parts.first, let last = parts.last else { return text.isEmpty }
    guard Self.has(first, text, at: 0) else { return false }
    guard parts.count > 1 else { return text.count == first.count }
    var place = first.count
    for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
      while !Self.has(part, text, at: place) {
        place += 1
        if place + part.count > text.count { return false }
      }
      place += part.count
    }
    return text.count - last.count >= place && Self.has(last, text, at: text.count - last.count)
  }

  private static func has(_ part: [UInt8], _ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    guard place + part.count <= text.count else { return false }
    for offset in 0..<part.count where ByteIndexBuilder.lowercased(text[place + offset]) != part[offset] {
      return false
    }
    return true
  }
}

enum ByteSearch {
  /// Where a run of bytes begins for the first time.
  static func first(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    var place = bytes.startIndex
    let end = bytes.endIndex - wanted.count
    while place <= end {
      if bytes[place] == first, bytes[place...].starts(with: wanted) { return place }
      place += 1
    }
    return nil
  }
}
