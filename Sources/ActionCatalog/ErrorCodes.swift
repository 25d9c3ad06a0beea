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
    guard code.utf8.count <= 256 else { return .possibleUse }
    return ErrorCodes.rows.first { Pattern.matches($0.pattern, code) }?.kind ?? .possibleUse
  }
}

enum ErrorCodes {
  static let rows: [(pattern: String, kind: ErrorClass)] = Table.errors.rows(columns: 3).compactMap { cells in
    ErrorClass(rawValue: String(cells[1])).map { (cells[0].lowercased(), $0) }
  }
}
