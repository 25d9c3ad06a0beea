/// What a request is about: one resource, or with wildcards all those that a pattern describes.
///
/// A `*` alone is no such pattern: only statements about every resource match it.
struct RequestedResource {
  /// How much of what is asked for a pattern of a policy takes in.
  enum Share {
    case none, part, whole
  }

  let text: String
  /// Nil where the text names one resource.
  private let pattern: ResourcePattern?

  init(_ text: String) {
    self.text = text
    // A request's text has no policy variables.
    let pattern = ResourcePattern(text, variables: false)
    self.pattern = pattern.isLiteral || pattern.isEverything ? nil : pattern
  }

  /// Whether it is about all that a pattern describes.
  var isPattern: Bool { pattern != nil }

  /// - Parameter other: a pattern of a policy, without policy variables.
  func share(in other: ResourcePattern) -> Share {
    guard let pattern else { return other.matches(text) ? .whole : .none }
    if other.covers(asked: pattern) { return .whole }
    return other.overlaps(pattern) ? .part : .none
  }
}
