import IAMPolicy
import JSONText

/// Who calls, taken apart from its text.
struct ReferenceCaller {
  enum Kind { case user, role, session, federatedUser, root, service, provider, nobody }

  /// How a policy takes in a caller, the closer the greater.
  enum Match: Int, Comparable {
    case nobody, account, role, itself
    static func < (left: Match, right: Match) -> Bool { left.rawValue < right.rawValue }
  }

  let text: String
  let kind: Kind
  let account: String?
  let partition: String
  /// Of a role and of its session.
  let roleName: String?
  /// What the request says of the caller: its id, and the ARN with the role's path.
  let userID: String?
  let principalARN: String?

  /// - Parameter value: the request's value of a condition key.
  init(_ text: String, value: (String) -> String?) {
    self.text = text
    userID = value("aws:userid")
    principalARN = value("aws:PrincipalArn")
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6 else {
      kind = text == "*" ? .nobody : text.hasSuffix(".amazonaws.com") ? .service : .provider
      (account, roleName, partition) = (nil, nil, "")
      return
    }
    partition = parts[1]
    let names = parts[5].split(separator: "/").map(String.init)
    switch names[0] {
    case "user": (kind, roleName) = (.user, nil)
    case "role": (kind, roleName) = (.role, names.last)
    case "assumed-role": (kind, roleName) = (.session, names[1])
    case "federated-user": (kind, roleName) = (.federatedUser, nil)
    case "root": (kind, roleName) = (.root, nil)
    default: (kind, roleName) = (.provider, nil)
    }
    account = kind == .provider ? nil : parts[4]
  }

  var isServiceLinked: Bool {
    text.contains(":role/aws-service-role/") || text.contains(":assumed-role/AWSServiceRoleFor")
  }

  /// - Parameters:
  ///   - kind: the key in `Principal`.
  ///   - name: one of its values.
  func match(kind principal: String, name: String) -> Match {
    switch principal {
    case "AWS":
      if name == "*" { return .itself }
      guard let account else { return .nobody }
      if name == account || name == "arn:\(partition):iam::\(account):root" {
        return kind == .root ? .itself : .account
      }
      if name.hasPrefix("AIDA") { return kind == .user && name == userID ? .itself : .nobody }
      if name.hasPrefix("AROA") {
        let own = (userID ?? "").split(separator: ":").first.map(String.init)
        return (kind == .session || kind == .role) && name == own ? .role : .nobody
      }
      if name.contains(":role/") {
        if kind == .role { return name == text ? .role : .nobody }
        guard kind == .session, isOurRole(name) else { return .nobody }
        if let principalARN, isOurRole(principalARN), principalARN != name { return .nobody }
        return .role
      }
      return name == text && kind != .root ? .itself : .nobody
    case "Service": return kind == .service && name == text ? .itself : .nobody
    case "Federated": return kind == .provider && name == text ? .itself : .nobody
    default: return .nobody
    }
  }

  /// Whether an ARN is of a role of our account with our role's name, whatever its path.
  private func isOurRole(_ arn: String) -> Bool {
    arn.hasPrefix("arn:\(partition):iam::\(account ?? ""):role/")
      && arn.split(separator: "/").last.map(String.init) == roleName
  }

  func bestMatch(in principals: JSONValue) -> Match { matches(principals).max() ?? .nobody }

  private func matches(_ principals: JSONValue) -> [Match] {
    if principals.string == "*" { return [.itself] }
    return (principals.members ?? []).flatMap { member in
      (member.value.array ?? [member.value]).map { match(kind: member.name, name: $0.string ?? "") }
    }
  }

  /// Whether `NotPrincipal` names all that the caller is.
  func isExempt(by principals: JSONValue) -> Bool {
    let found = matches(principals)
    // Whoever names everyone leaves nobody to be caught.
    if principals.string == "*"
      || (principals["AWS"].map { ($0.array ?? [$0]).contains(.string("*")) } ?? false)
    {
      return true
    }
    switch kind {
    case .root, .service, .provider, .nobody: return found.contains(.itself)
    case .user, .federatedUser: return found.contains(.itself) && found.contains(.account)
    case .role: return found.contains(.role) && found.contains(.account)
    case .session: return found.contains(.itself) && found.contains(.role) && found.contains(.account)
    }
  }
}
