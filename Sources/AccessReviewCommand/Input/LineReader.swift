import Foundation
import IAMIdentifiers

/// Reads lines from a file descriptor, however many there are, in memory that does not grow with them.
struct LineReader {
  /// What came where a line was expected.
  enum Line {
    /// The bytes of the line, without its line feed; they are good for the call only.
    case bytes(UnsafeBufferPointer<UInt8>)
    /// The line was longer than `longest`, and was skipped.
    case tooLong
  }

  /// Bytes of the longest line that is read: more than CloudTrail ever wrote into one record.
  static let longest = 1 << 24

  private let descriptor: Int32
  private let name: String
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var end = 0
  private var number = 0
  private var isSkipping = false

  /// Reads from a descriptor, which stays open.
  ///
  /// - Parameter name: what errors call it.
  init(descriptor: Int32 = 0, name: String = "standard input") {
    self.descriptor = descriptor
    self.name = name
  }

  /// Gives each line, with its number from 1 on, and says when the input has no more for now.
  mutating func forEach(_ body: (Int, Line) throws -> Void, whenDrained: () throws -> Void) throws {
    while try fill() {
      try consume(body)
      try whenDrained()
    }
    if isSkipping {
      try body(number + 1, .tooLong)
    } else if end > 0 {
      try buffer.withUnsafeBufferPointer { try body(number + 1, .bytes(.init(rebasing: $0[..<end]))) }
    }
    try whenDrained()
  }

  /// Reads what there is; false at the end of the input.
  private mutating func fill() throws -> Bool {
    while true {
      let (filled, room) = (end, buffer.count - end)
      let count = buffer.withUnsafeMutableBytes { bytes in
        read(descriptor, bytes.baseAddress.map { $0 + filled }, room)
      }
      if count > 0 {
        end += count
        return true
      }
      if count == 0 { return false }
      guard errno == EINTR else {
        throw InputError(
          place: name, problem: "it cannot be read: \(String(cString: strerror(errno)))")
      }
    }
  }

  private mutating func consume(_ body: (Int, Line) throws -> Void) throws {
    var start = 0
    try buffer.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      while start < end, let found = memchr(base + start, 0x0A, end - start) {
        let stop = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        number += 1
        if isSkipping {
          isSkipping = false
          try body(number, .tooLong)
        } else {
          try body(number, .bytes(.init(rebasing: bytes[start..<stop])))
        }
        start = stop + 1
      }
    }
    if isSkipping {
      end = 0
      return
    }
    let left = end - start
    if start > 0, left > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        if let base = bytes.baseAddress { memmove(base, base + start, left) }
      }
    }
    end = left
    guard end == buffer.count else { return }
    if buffer.count < LineReader.longest {
      buffer += [UInt8](repeating: 0, count: buffer.count)
    } else {
      isSkipping = true
      end = 0
    }
  }
}

/// Why an input could not be read at all.
struct InputError: DescribedError {
  let place: String?
  let problem: String
  var remedy = "Check that it exists and may be read, then run the command again."
  var code: String { "input-unreadable" }
}
