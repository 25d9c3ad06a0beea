public import AccessReview
import Foundation

/// A review as JSON: every field of ``ReviewResult``, with sorted keys, for other programs.
public struct JSONReport: Sendable {
  private let result: ReviewResult

  /// The report of a review.
  public init(_ result: ReviewResult) { self.result = result }

  /// The document, with a newline at its end; the same result gives the same bytes.
  ///
  /// - Throws: `EncodingError` where a number is not finite, which JSON cannot say.
  public func render() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(result), as: UTF8.self) + "\n"
  }
}
