import CContentHash

/// The SHA-256 of a content: what tells whether two files, documents or sets of events are the same.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  /// 32 bytes.
  public let bytes: [UInt8]

  /// The hash of a text's UTF-8.
  public init(of text: String) {
    let hasher = ContentHasher()
    hasher.add(text)
    self = hasher.finish()
  }

  /// The hash of bytes.
  public init(of bytes: [UInt8]) {
    let hasher = ContentHasher()
    bytes.withUnsafeBytes(hasher.add)
    self = hasher.finish()
  }

  fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

  /// 64 hexadecimal digits in lower case.
  public var description: String { ContentHash.hexadecimal(bytes) }

  /// Bytes as hexadecimal digits in lower case.
  public static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Hashes content that comes piece by piece.
public final class ContentHasher {
  private let state = ch_sha256_create()

  /// A hash over nothing yet.
  public init() {}

  deinit { ch_sha256_destroy(state) }

  /// Adds bytes.
  public func add(_ bytes: UnsafeRawBufferPointer) { ch_sha256_add(state, bytes.baseAddress, bytes.count) }

  /// Adds the UTF-8 of a text.
  public func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// The hash of all that was added; nothing may be added afterwards.
  public func finish() -> ContentHash {
    var bytes = [UInt8](repeating: 0, count: 32)
    ch_sha256_finish(state, &bytes)
    return ContentHash(bytes: bytes)
  }
}
