extension String {
  /// The text with each `%XX` replaced by its byte; `+` stays as it is.
  ///
  /// Nil where two hexadecimal digits are missing after a percent sign, or where the bytes are not UTF-8. IAM's API gives
  /// documents in this form (RFC 3986). Source: "GetAccountAuthorizationDetails", IAM API Reference.
  public var percentDecoded: String? {
    func nibble(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x30...0x39: byte - 0x30
      case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
      default: nil
      }
    }
    let bytes = Array(utf8)
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "%") else {
        decoded.append(bytes[at])
        at += 1
        continue
      }
      guard at + 2 < bytes.count, let high = nibble(bytes[at + 1]), let low = nibble(bytes[at + 2]) else {
        return nil
      }
      decoded.append(high << 4 | low)
      at += 3
    }
    return String(validating: decoded, as: UTF8.self)
  }
}
