import IAMIdentifiers

/// How a statement's `Principal` takes in a caller; it decides which other layers limit what the statement allows.
///
/// Source: "Policy evaluation logic" and "Permissions boundaries for IAM entities", IAM User Guide.
enum PrincipalMatch: Int, Comparable {
  case none
  /// By account: the caller's own policies must allow as well.
  case account
  /// By the ARN of the role of which the caller is a session: boundary and session policies still limit.
  case role
  /// By the caller's own ARN, or by `*`.
  case direct

  static func < (left: PrincipalMatch, right: PrincipalMatch) -> Bool { left.rawValue < right.rawValue }
}

extension PrincipalClause {
  /// How the clause takes in a caller.
  ///
  /// - Parameter hasBoundary: a `Deny` with `NotPrincipal` catches every caller that has a permissions boundary. Source: "AWS
  ///   JSON policy elements: NotPrincipal", IAM User Guide.
  func match(_ caller: RequestPrincipal, effect: Statement.Effect, hasBoundary: Bool) -> PrincipalMatch {
    switch self {
    case .only(let principals): return principals.map { $0.match(caller) }.max() ?? .none
    case .except(let principals):
      if effect == .deny, hasBoundary { return .direct }
      return PrincipalClause.isExempt(caller, by: principals) ? .none : .direct
    }
  }

  /// The first canonical user id that the clause names: an account of which the policy does not show the number.
  var canonicalUser: String? {
    guard case .only(let principals) = self else { return nil }
    for case .canonicalUser(let id) in principals { return id }
    return nil
  }

  /// A caller is exempt only where all that it is, is named: its account, its role, and itself.
  private static func isExempt(_ caller: RequestPrincipal, by principals: [Principal]) -> Bool {
    if principals.contains(.everyone) { return true }
    let isNamed = principals.contains { $0.match(caller) == .direct }
    switch caller {
    case .service, .federated, .anonymous: return isNamed
    case .root: return principals.contains { $0.match(caller) > .none }
    case .user, .federatedUser:
      return isNamed && principals.contains { $0.match(caller) == .account }
    case .role:
      return principals.contains { $0.match(caller) == .role }
        && principals.contains { $0.match(caller) == .account }
    case .roleSession:
      return isNamed && principals.contains { $0.match(caller) == .role }
        && principals.contains { $0.match(caller) == .account }
    }
  }
}

extension Principal {
  func match(_ caller: RequestPrincipal) -> PrincipalMatch {
    switch (self, caller) {
    case (.everyone, _): .direct
    case (.account(let account), .root(let own)): account == own ? .direct : .none
    case (.account(let account), _): caller.account == account ? .account : .none
    case (.user(let arn), .user(let own)): arn == own ? .direct : .none
    case (.role(let arn), .role), (.role(let arn), .roleSession):
      // Names of roles are unique in an account whatever their path, which a session's ARN does not show.
      caller.account == arn.accountID && caller.roleName == arn.resourceName
        && Principal.agrees(arn, caller) ? .role : .none
    case (.roleSession(let arn), .roleSession(let own)): arn == own ? .direct : .none
    case (.federatedUser(let arn), .federatedUser(let own)): arn == own ? .direct : .none
    case (.service(let name), .service(let own)): name.lowercased() == own.lowercased() ? .direct : .none
    case (.federated(let name), .federated(let own)): name == own ? .direct : .none
    default: .none
    }
  }

  /// Of a role itself the whole ARN is known.
  private static func agrees(_ arn: ARN, _ caller: RequestPrincipal) -> Bool {
    if case .role(let own) = caller { return own == arn }
    return true
  }
}
