import Foundation

/// Results on standard output, written in large pieces.
struct ResultStream {
  private static let piece = 1 << 18
  private var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(2 * ResultStream.piece) }

  /// Lets somebody write at the end of what has gathered.
  mutating func appending<Value>(_ body: (inout [UInt8]) throws -> Value) throws -> Value {
    let value = try body(&bytes)
    if bytes.count >= ResultStream.piece { try flush() }
    return value
  }

  mutating func line(_ more: some Collection<UInt8>) throws {
    bytes += more
    bytes.append(0x0A)
    if bytes.count >= ResultStream.piece { try flush() }
  }

  /// Writes what has gathered. Whoever closed the other end of a pipe has seen enough: that is no error.
  mutating func flush() throws {
    defer { bytes.removeAll(keepingCapacity: true) }
    var done = 0
    while done < bytes.count {
      let wrote = bytes[done...].withUnsafeBytes { Foundation.write(1, $0.baseAddress, $0.count) }
      if wrote < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { return }
        throw OutputError(
          path: "standard output", problem: "it cannot be written: \(String(cString: strerror(errno)))",
          remedy: "Make room, or send the output elsewhere.")
      }
      done += wrote
    }
  }
}
