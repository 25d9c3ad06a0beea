import IAMPolicy

/// Who a trust policy lets in, in words.
enum TrustSentences {
  static func statements(_ document: PolicyDocument, account: String) -> [TrustStatementResult] {
    let policy = TrustPolicy(document)
    return policy.principals.filter { $0.effect != .deny }.map { trusted in
      let keys = document.statements.first { $0.index == trusted.statementIndex }?.conditionKeys ?? []
      return TrustStatementResult(
        statement: trusted.statementIndex + 1, sid: trusted.sid,
        who: (trusted.isExcepted ? "everybody but " : "") + who(trusted.principal),
        conditionKeys: Array(Set(keys)).sorted())
    }
  }

  private static func who(_ principal: Principal) -> String {
    switch principal {
    case .everyone: "everybody"
    case .account(let id, _): "every principal of \(id) that its own policies let in"
    case .role(let arn): "the role \(arn)"
    case .user(let arn): "the user \(arn)"
    case .roleSession(let arn): "the session \(arn)"
    case .federatedUser(let arn): "the federated user \(arn)"
    case .service(let name): "the service \(name)"
    case .federated(let provider): "whoever \(provider) vouches for"
    case .uniqueID(let id): "\(id), which is gone"
    case .canonicalUser(let id): "the canonical user \(id)"
    case .malformed(let text): "\(text), which is no principal"
    }
  }
}
