/// Groups what could not be known by its reason, so that each group says what would settle it.
enum UnknownGroups {
  static func of(_ roles: [RoleResult]) -> [UnknownGroup] {
    struct Key: Hashable {
      let code: ReasonCode
      let subject: String
    }
    var groups: [Key: (permissions: Int, roles: Set<String>)] = [:]
    for role in roles where !role.isAdministrator && !role.isServiceLinked {
      for permission in role.permissions {
        guard permission.verdict == .unobservable || permission.verdict == .notEnoughEvidence else {
          continue
        }
        let key = Key(code: permission.reasonCode, subject: subject(permission, role))
        groups[key, default: (0, [])].permissions += 1
        groups[key]?.roles.insert(role.roleID)
      }
    }
    return groups.map { key, value in
      UnknownGroup(
        reasonCode: key.code, subject: key.subject, permissions: value.permissions, roles: value.roles.count,
        remedy: remedy(key.code))
    }.sorted {
      ($1.permissions, $0.subject, $0.reasonCode.rawValue) < (
        $0.permissions, $1.subject, $1.reasonCode.rawValue
      )
    }
  }

  private static func subject(_ permission: PermissionResult, _ role: RoleResult) -> String {
    switch permission.reasonCode {
    case .coverageGap, .noTrail: "\(role.accountID): \(permission.reason)"
    case .grantedTooRecently: "permissions that were granted within the window"
    case .untranslatedCall: "calls that the catalogue does not know"
    case .grantUnknown: "grants that are limited by what is not known"
    case .unknownAction: "actions that the catalogue does not know"
    case .neverLogged, .visibilityUnknown: "\(permission.service): \(permission.reason)"
    default: permission.reason
    }
  }

  private static func remedy(_ code: ReasonCode) -> String {
    switch code {
    case .neverLogged: "Nothing would show it; ask who needs it."
    case .visibilityUnknown: "Nothing is known about its recording; ask who needs it."
    case .managementEventsNotRecorded: "Record all management events, reads and those of KMS too."
    case .passRoleUnclear: "Nothing would show it; ask which roles it hands to services."
    case .roleUsedUnseen:
      "Find out what the imported files lack: something used the role, and they do not show it."
    case .dataEventsNotRecorded, .dataEventsPartlyRecorded:
      "Record these data events for as long as a window, and import what is delivered."
    case .selectorsUnknown:
      "Import the output of describe-trails and get-event-selectors, or say with review --assume-recorded what was recorded."
    case .coverageGap:
      "Import the missing days if they exist; otherwise wait until the window has passed them."
    case .noTrail: "Import the trail of this account."
    case .grantedTooRecently: "Wait until they have been granted for a whole window."
    case .untranslatedCall: "See the list of calls below; a newer catalogue may know them."
    case .unknownAction: "Check its spelling; a newer catalogue may know it."
    case .grantUnknown: "Import a complete snapshot with all policies."
    case .seenAtEndpointOnly: "Record the management events of the service beside those of the endpoint."
    default: "Nothing is missing."
    }
  }
}
