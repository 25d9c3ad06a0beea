extension IPNetwork {
  /// True where bits are set after the prefix, which are of no account.
  var hasHostBits: Bool {
    for (place, byte) in address.bytes.enumerated() {
      let bits = min(8, max(0, prefix - place * 8))
      if byte & UInt8(0xFF >> bits) != 0 { return true }
    }
    return false
  }

  /// True for ranges so wide that they stand for the whole Internet.
  ///
  /// Source: "Blocking public access to your Amazon S3 storage", section "The meaning of public", Amazon S3 User Guide.
  var isVast: Bool { prefix < (address.bytes.count == 4 ? 8 : 32) }

  /// True for ranges that no request comes from over the Internet.
  ///
  /// Sources: RFC 1918 and RFC 4193 (private networks), RFC 6598 (shared ones), RFC 1122 and RFC 4291 (loopback), RFC 3927
  /// and RFC 4291 (link-local).
  var isPrivate: Bool { IPNetwork.privateRanges.contains { $0.prefix <= prefix && $0.contains(address) } }

  private static let privateRanges = [
    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
    "fc00::/7", "fe80::/10", "::1/128",
  ].compactMap { IPNetwork($0) }
}
