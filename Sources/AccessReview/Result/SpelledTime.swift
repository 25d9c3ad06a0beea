import IAMIdentifiers

extension Int64? {
  /// The moment, spelled out.
  var text: String? { map { UTCTime(seconds: $0).description } }
}
