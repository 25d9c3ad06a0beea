import Foundation
import IAMIdentifiers

/// A file that a command reads, or standard input.
enum InputFile {
  /// Gives a reader of the lines of a file; of standard input for `-`.
  static func reading<Value>(_ path: String, _ body: (inout LineReader) throws -> Value) throws -> Value {
    guard path != "-" else {
      var reader = LineReader()
      return try body(&reader)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError(place: path, problem: "it cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var reader = LineReader(descriptor: descriptor, name: path)
    return try body(&reader)
  }

  /// The bytes of a file, or of standard input for `-`.
  ///
  /// - Parameter limit: bytes of the largest file that is read.
  static func bytes(of path: String, limit: Int) throws(InputError) -> [UInt8] {
    let name = path == "-" ? "standard input" : path
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw InputError(place: name, problem: "it cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw InputError(place: name, problem: "it cannot be read: \(String(cString: strerror(errno)))")
      }
      bytes += piece[..<count]
      guard bytes.count <= limit else {
        throw InputError(
          place: name, problem: "it is larger than \(limit >> 20) MiB",
          remedy: "Give files with one policy document each.")
      }
    }
  }
}
