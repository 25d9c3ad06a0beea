import IAMIdentifiers

/// How a statement's `Principal` takes in a caller; it decides which other layers limit what the statement allows.
///
/// Source: "Policy evaluation logic" and "Permissions boundaries for IAM entities", IAM User Guide.
enum PrincipalMatch: Int, Comparable {
  case none
  /// By account: the caller's own policies must allow as well.
  case account
  /// By the ARN or id of the role of which the caller is a session: boundary and session policies still limit.
  case role
  /// By the caller's own ARN or id, or by `*`.
  case direct

  static func < (left: PrincipalMatch, right: PrincipalMatch) -> Bool { left.rawValue < right.rawValue }
}

/// How principals that are written down take in a caller, where some of what tells them apart may not be known.
struct PrincipalReach: Hashable {
  private var parts: [Part]

  private struct Part: Hashable {
    let match: PrincipalMatch
    let truth: Truth
  }

  static let none = PrincipalReach(parts: [])
  static let direct = PrincipalReach(.direct)

  /// - Parameter truth: whether it comes true.
  init(_ match: PrincipalMatch, if truth: Truth = .yes) {
    self.init(parts: match == .none || truth == .no ? [] : [Part(match: match, truth: truth)])
  }

  private init(parts: [Part]) { self.parts = parts }

  /// By any of several principals.
  init(any reaches: some Sequence<PrincipalReach>) {
    // Everything that is not known would be named again for every principal of a long list.
    var seen: Set<Part> = []
    parts = reaches.flatMap(\.parts).filter { seen.insert($0).inserted }
  }

  /// Whether the caller is taken in at least so.
  func atLeast(_ match: PrincipalMatch) -> Truth {
    Truth.any(parts.lazy.filter { $0.match >= match }.map(\.truth))
  }

  /// Whether the caller is taken in just so.
  func exactly(_ match: PrincipalMatch) -> Truth {
    Truth.any(parts.lazy.filter { $0.match == match }.map(\.truth))
  }
}

extension PrincipalClause {
  /// How the clause takes in the caller of a request.
  ///
  /// - Parameter hasBoundary: a `Deny` with `NotPrincipal` catches every caller that has a permissions boundary. Source: "AWS
  ///   JSON policy elements: NotPrincipal", IAM User Guide.
  func reach(_ request: AuthorizationRequest, effect: Statement.Effect, hasBoundary: Bool) -> PrincipalReach {
    switch self {
    case .only(let principals): return PrincipalReach(any: principals.lazy.map { $0.reach(request) })
    case .except(let principals):
      if effect == .deny, hasBoundary { return .direct }
      return PrincipalReach(.direct, if: PrincipalClause.exempts(principals, request).negated)
    }
  }

  /// A caller is exempt only where all that it is, is named: its account, its role, and itself.
  private static func exempts(_ principals: [Principal], _ request: AuthorizationRequest) -> Truth {
    if principals.contains(.everyone) { return .yes }
    let named = PrincipalReach(
      any: principals.lazy.map { principal in
        // Whose account the id is, nothing tells; it exempts nobody.
        if case .canonicalUser = principal { .none } else { principal.reach(request) }
      })
    switch request.principal {
    case .service, .federated, .anonymous: return named.exactly(.direct)
    case .root: return named.atLeast(.account)
    case .user, .federatedUser: return Truth.all([named.exactly(.direct), named.exactly(.account)])
    case .role: return Truth.all([named.exactly(.role), named.exactly(.account)])
    case .roleSession:
      return Truth.all([named.exactly(.direct), named.exactly(.role), named.exactly(.account)])
    }
  }
}

extension Principal {
  /// How the principal takes in the caller of a request.
  func reach(_ request: AuthorizationRequest) -> PrincipalReach {
    let caller = request.principal
    switch (self, caller) {
    case (.everyone, _): return .direct
    case (.account(let account, let partition), _):
      guard account == caller.account, partition == nil || partition == caller.partition else { return .none }
      if case .root = caller { return .direct }
      return PrincipalReach(.account)
    case (.user(let arn), .user(let own)), (.roleSession(let arn), .roleSession(let own)),
      (.federatedUser(let arn), .federatedUser(let own)):
      return arn == own ? .direct : .none
    case (.role(let arn), .role(let own)): return arn == own ? PrincipalReach(.role) : .none
    case (.role(let arn), .roleSession): return PrincipalReach(.role, if: Principal.isRole(arn, of: request))
    case (.service(let name), .service(let own)):
      return name.lowercased() == own.lowercased() ? .direct : .none
    case (.federated(let name), .federated(let own)): return name == own ? .direct : .none
    case (.uniqueID(let id), _): return Principal.reach(of: id, request)
    case (.canonicalUser(let id), _) where caller.account != nil:
      // The id is of an account, and nothing tells of which.
      return PrincipalReach(.account, if: .depends(on: ["canonical user \(String(id.prefix(64)))"]))
    default: return .none
    }
  }

  /// Whether a session is one of the role.
  ///
  /// A session's ARN has the role's name, which is unique in the account, and not its path; `aws:PrincipalArn` has both.
  /// Source: "AWS global condition context keys", IAM User Guide.
  private static func isRole(_ arn: ARN, of request: AuthorizationRequest) -> Truth {
    let caller = request.principal
    func fits(_ role: ARN) -> Bool {
      role.partition == caller.partition && role.accountID == caller.account
        && role.resourceName == caller.roleName
    }
    guard fits(arn) else { return .no }
    switch request.context.lookup("aws:PrincipalArn") {
    case .absent: return .yes
    case .unknown: return .depends(on: ["aws:PrincipalArn"])
    case .values(let values):
      guard let own = values.first.flatMap({ ARN($0) }), own.service == "iam", own.resourceType == "role",
        fits(own)
      else { return .yes }
      return Truth(own == arn)
    }
  }

  /// Whom a unique id takes in: the user or the role's session whose `aws:userid` has it.
  ///
  /// Sources: "IAM identifiers" and "AWS JSON policy elements: Principal", IAM User Guide; the table "Principal key values" of
  /// "IAM policy elements: Variables and tags", IAM User Guide.
  private static func reach(of id: PrincipalID, _ request: AuthorizationRequest) -> PrincipalReach {
    let match: PrincipalMatch
    switch (id.kind, request.principal) {
    case (.role, .role), (.role, .roleSession): match = .role
    case (.user, .user): match = .direct
    default: return .none
    }
    if let own = request.principalID { return own == id ? PrincipalReach(match) : .none }
    switch request.context.lookup("aws:userid") {
    case .absent: return .none
    case .unknown: return PrincipalReach(match, if: .depends(on: ["aws:userid"]))
    case .values(let values):
      let isOwn = values.contains { value in
        let own = id.kind == .role ? value.prefix { $0 != ":" } : value[...]
        return own.utf8.elementsEqual(id.description.utf8)
      }
      return isOwn ? PrincipalReach(match) : .none
    }
  }
}
