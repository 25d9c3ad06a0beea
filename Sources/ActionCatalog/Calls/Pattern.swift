/// A pattern of the tables: `*` stands for any run of bytes, case counts for nothing.
struct Pattern: Hashable, Sendable {
  /// What stands between the stars, in lower case.
  private let parts: [[UInt8]]

  init(_ text: some StringProtocol) {
    parts = Array(text.utf8).split(separator: 0x2A, omittingEmptySubsequences: false)
      .map { $0.map(ByteIndex.lowercased) }
  }

  var hasStar: Bool { parts.count > 1 }

  /// Whether a text matches as a whole. Nothing longer than 64 KiB does.
  func matches(_ text: some Collection<UInt8>) -> Bool {
    guard text.count <= 1 << 16 else { return false }
    return matches(text.map(ByteIndex.lowercased))
  }

  private func matches(_ text: [UInt8]) -> Bool {
    guard let first = parts.first, let last = parts.last else { return text.isEmpty }
    guard parts.count > 1 else { return text == first }
    guard text.starts(with: first) else { return false }
    var rest = text[first.count...]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = ByteSearch.first(part, in: rest) else { return false }
      rest = rest[(found + part.count)...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
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
