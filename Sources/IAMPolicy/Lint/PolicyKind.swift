/// What a policy document is used as, which decides what may stand in it and how large it may be.
public enum PolicyKind: String, Hashable, Sendable, CaseIterable {
  /// Attached to, or put into, a user, group or role.
  case identity
  /// Of a resource: a bucket, key, queue, …
  case resource
  /// A role trust policy.
  case trust
  /// A service control policy.
  case scp
  /// A resource control policy.
  case rcp
  /// A permissions boundary.
  case boundary

  /// What a document is most likely used as, by what stands in it.
  public init(guessing document: PolicyDocument) {
    guard document.statements.contains(where: { $0.principals != nil }) else {
      self = .identity
      return
    }
    // The policies of some other resources name none either, such as those of repositories.
    let isTrust = document.statements.contains { statement in
      guard case .only(let patterns)? = statement.actions else { return false }
      return patterns.contains { $0.servicePrefix == "sts" }
    }
    self = isTrust && document.statements.allSatisfy { $0.resources == nil } ? .trust : .resource
  }

  /// Whether Allow statements grant something, and do not merely leave room for it.
  var grants: Bool { self == .identity || self == .resource || self == .trust }

  /// Whether statements name whom they are about.
  var hasPrincipals: Bool { self == .resource || self == .trust || self == .rcp }
}
