/// What became of a call.
public enum CallOutcome: String, Hashable, Sendable, CaseIterable {
  /// It was done, or would have been (`DryRunOperation`).
  case success
  /// It failed for another reason than permission: a possible use.
  case failed
  /// It was denied: an attempt, no use.
  case denied
  /// Credentials, signature or subscription were refused before anything was asked of IAM: neither use nor attempt.
  case unauthenticated
}

/// What an error code says of the authorisation that came before it, if any did.
public enum ErrorClass: String, Hashable, Sendable, CaseIterable {
  case success, denied, unauthenticated
  /// The call was authorised and failed afterwards.
  case authorisedFailure = "authorised-failure"
  /// The call may have failed before or after it was authorised.
  case possibleUse = "possible-use"
}

extension ActionCatalog {
  /// What became of a call, by what its record says of errors.
  public func outcome(ofErrorCode code: String?, errorMessage: String? = nil) -> CallOutcome {
    guard let code, !code.isEmpty else {
      // Console sign-ins that failed have a message and no code.
      guard let errorMessage, !errorMessage.isEmpty else { return .success }
      return errorMessage == "Failed authentication" ? .unauthenticated : .failed
    }
    return switch errorClass(of: code) {
    case .success: .success
    case .denied: .denied
    case .unauthenticated: .unauthenticated
    case .authorisedFailure, .possibleUse: .failed
    }
  }

  /// The class of an error code, without regard to case; unknown codes are possible uses.
  public func errorClass(of code: String) -> ErrorClass {
    withLowercasedBytes(of: code) { ErrorCodes.table.kind($0) } ?? .possibleUse
  }
}

/// The classes of error codes: the first row that matches decides.
final class ErrorCodes: Sendable {
  static let table = ErrorCodes()

  private struct Row {
    let order: Int
    let pattern: Pattern
    let kind: ErrorClass
  }

  private let exact: ByteIndex
  private let exactRows: [Row]
  private let patterns: [Row]

  private init() {
    var order = 0
    var exact = ByteIndexBuilder(capacity: 128, bytes: 2048)
    var (exactRows, patterns): ([Row], [Row]) = ([], [])
    Table.errors.forEachLine { line, _ in
      guard let kind = ErrorClass(rawValue: line.text(1)) else { return }
      order += 1
      let row = Row(order: order, pattern: Pattern(line.text(0)), kind: kind)
      if row.pattern.hasStar {
        patterns.append(row)
      } else if exact.insert(line.cell(0), scope: 0) == exactRows.count {
        exactRows.append(row)
      }
    }
    self.exact = ByteIndex(exact)
    (self.exactRows, self.patterns) = (exactRows, patterns)
  }

  func kind(_ code: UnsafeBufferPointer<UInt8>) -> ErrorClass {
    let known = exact.find(code, scope: 0).map { exactRows[$0] }
    for row in patterns {
      if let known, known.order < row.order { return known.kind }
      if row.pattern.matches(code) { return row.kind }
    }
    return known?.kind ?? .possibleUse
  }
}
